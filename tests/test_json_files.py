import json
from pathlib import Path
from typing import Any

from conftest import Copy
from vierdepijler.formats.json_files import write_json
from vierdepijler.formats.publication import publication_of


def written(copy: Copy, table: str, folder: Path) -> Any:
    package = copy.read()
    write_json(publication_of(package), package.tables[table], folder / f"{table}.json")
    return json.loads((folder / f"{table}.json").read_text("utf-8"))


def test_json_is_a_list_of_typed_records(miniature: Copy, tmp_path: Path) -> None:
    counts = written(miniature, "counts", tmp_path)
    assert counts[0] == {
        "day": "2025-02-25", "group": "a", "persons": 3290, "unknown_id": None, "as_printed": "3.290",
    }  # fmt: skip
    assert counts[2]["persons"] is None
    values = [record["value"] for record in written(miniature, "derived_figures", tmp_path)]
    assert values == [3811, 86.3, 3, 2, 6.3, 2769]


def test_a_table_without_rows_is_written(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/groups.csv", "code,label_nl,label_en\n")
    assert written(miniature, "groups", tmp_path) == []
