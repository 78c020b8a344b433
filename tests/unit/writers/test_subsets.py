import csv
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.writers.formats.csv_files import file_names, write_subsets


def parts(copy: Copy, folder: Path, *declared: dict[str, str]) -> list[dict[str, Any]]:
    copy.change(lambda d: d["resources"][0].update(subsets=[*declared]))
    return write_subsets(copy.read().tables["counts"], folder)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_table_is_divided_by_year_and_by_code(miniature: Copy, tmp_path: Path) -> None:
    miniature.write(
        "data/counts.csv", "day,group,persons,unknown_id,as_printed\n2024-12-31,a,1,,1\n2025-01-01,b,2,,2\n"
    )
    years, groups = parts(miniature, tmp_path, {"field": "day", "by": "year"}, {"field": "group"})
    assert years == {"name": "day-year", "field": "day", "by": "year", "files": [
        {"name": "2024", "value": "2024", "path": "subsets/counts/day/2024.csv", "rows": 1},
        {"name": "2025", "value": "2025", "path": "subsets/counts/day/2025.csv", "rows": 1},
    ]}  # fmt: skip
    assert [file["path"] for file in groups["files"]] == ["subsets/counts/group/a.csv", "subsets/counts/group/b.csv"]
    assert rows_of(tmp_path / "subsets/counts/day/2025.csv")[1:] == [["2025-01-01", "b", "2", "", "2"]]


def test_the_parts_together_are_the_whole_table(miniature: Copy, tmp_path: Path) -> None:
    (divided,) = parts(miniature, tmp_path, {"field": "unknown_id"})
    found = [row for file in divided["files"] for row in rows_of(tmp_path / file["path"])[1:]]
    assert sorted(found) == sorted(rows_of(miniature.folder / "data" / "counts.csv")[1:])
    assert "empty~" in [file["name"] for file in divided["files"]]


@pytest.mark.parametrize("subsets", ["year", [{"field": "no_such"}], [{"field": "day", "by": "hour"}], [3]])
def test_what_others_mean_by_subsets_is_left_alone(miniature: Copy, tmp_path: Path, subsets: Any) -> None:
    miniature.change(lambda d: d["resources"][0].update(subsets=subsets))
    assert write_subsets(miniature.read().tables["counts"], tmp_path) == []


def test_every_value_is_a_safe_name_and_no_two_are_one() -> None:
    values = ["N01", "a", "A", "con", "a/b", "a:b", "..", "é", "x" * 300, "", "漢", "a b", "2025-02", "empty"]
    names = file_names(values)
    assert len({name.casefold() for name in names.values()}) == len(values)
    assert (names["N01"], names["2025-02"], names["empty"], names[""]) == ("N01", "2025-02", "empty", "empty~")
    assert all(
        name.replace("~", "").replace("-", "").replace("_", "").isalnum() or name[0] == "~" for name in names.values()
    )
    assert all(len(name) <= 60 for name in names.values())
    assert names["con"].startswith("con~")


def test_published_subsets_are_described_with_their_size_and_hash(miniature: Copy, tmp_path: Path) -> None:
    miniature.change(lambda d: d["resources"][0].update(subsets=[{"field": "day", "by": "year"}]))
    out = miniature.publish(tmp_path / "out")
    (declared,) = json.loads((out / "datapackage.json").read_text("utf-8"))["resources"][0]["subsets"]
    (file,) = declared["files"]
    assert file["bytes"] == (out / file["path"]).stat().st_size
    assert (file["format"], file["mediatype"], len(file["hash"])) == ("csv", "text/csv", 71)
    assert Copy(out).errors() == []
