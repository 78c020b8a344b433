import csv
import json
import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.formats import sha256, write_checksums, write_csv, write_json, write_zip

HARD = 'code,label_nl,label_en\na,"met ""quotes"", komma\nen regel",ééñ €\nb,,\n'


def test_csv_reads_back_as_it_was(miniature: Copy, tmp_path: Path) -> None:
    table = miniature.write("data/groups.csv", HARD).read().tables["groups"]
    write_csv(table, tmp_path / "groups.csv")
    with (tmp_path / "groups.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [table.block.cells(row) for row in range(table.rows)]
    assert rows[0] == ["code", "label_nl", "label_en"]


def test_csv_is_written_in_one_notation(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "2025-02-25", "25/02/2025")
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][0].update(format="%d/%m/%Y"))
    write_csv(miniature.read().tables["counts"], tmp_path / "counts.csv")
    assert (tmp_path / "counts.csv").read_text("utf-8").splitlines()[1] == "2025-02-25,a,3290,,3.290"


def test_json_is_a_list_of_typed_records(miniature: Copy, tmp_path: Path) -> None:
    tables = miniature.read().tables
    write_json(tables["counts"], tmp_path / "counts.json")
    write_json(tables["derived_figures"], tmp_path / "figures.json")
    counts = json.loads((tmp_path / "counts.json").read_text("utf-8"))
    assert counts[0] == {
        "day": "2025-02-25", "group": "a", "persons": 3290, "unknown_id": None, "as_printed": "3.290",
    }  # fmt: skip
    assert counts[2]["persons"] is None
    values = [record["value"] for record in json.loads((tmp_path / "figures.json").read_text("utf-8"))]
    assert values == [3811, 86.3, 3, 2, 6.3, 2769]


def test_a_table_without_rows_is_written(miniature: Copy, tmp_path: Path) -> None:
    table = miniature.write("data/groups.csv", "code,label_nl,label_en\n").read().tables["groups"]
    write_csv(table, tmp_path / "groups.csv")
    write_json(table, tmp_path / "groups.json")
    assert (tmp_path / "groups.csv").read_text("utf-8") == "code,label_nl,label_en\n"
    assert json.loads((tmp_path / "groups.json").read_text("utf-8")) == []


def test_an_archive_has_the_same_bytes_at_another_time_and_in_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text")
    write_zip({"b.txt": file, "a.txt": file}, tmp_path / "one.zip")
    os.utime(file, (0, 1_000_000_000))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    write_zip({"a.txt": file, "b.txt": file}, tmp_path / "two.zip")
    assert sha256(tmp_path / "one.zip") == sha256(tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["a.txt", "b.txt"]
        assert archive.testzip() is None


def test_checksums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    write_checksums([tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path / "SHA256SUMS")
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert [line[-5:] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()] == ["a.txt", "b.txt"]
