import json
from pathlib import Path
from typing import Any

from conftest import Copy
from vierdepijler.writers.formats.csv_files import write_json
from vierdepijler.writers.formats.publication import publication_of


def written(copy: Copy, table: str, folder: Path) -> Any:
    package = copy.read()
    write_json(publication_of(package), package.tables[table], folder / f"{table}.json")
    return json.loads((folder / f"{table}.json").read_text("utf-8"))


def test_json_holds_typed_records(miniature: Copy, tmp_path: Path) -> None:
    counts = written(miniature, "counts", tmp_path)["records"]
    assert counts[0] == {
        "day": "2025-02-25", "group": "a", "persons": 3290, "unknown_id": None, "as_printed": "3.290",
    }  # fmt: skip
    assert counts[2]["persons"] is None
    values = [record["value"] for record in written(miniature, "derived_figures", tmp_path)["records"]]
    assert values == [3811, 86.3, 3, 2, 6.3, 2769]


def test_a_table_without_rows_is_written(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/groups.csv", "code,label_nl,label_en\n")
    assert written(miniature, "groups", tmp_path)["records"] == []


def test_a_header_says_where_the_records_come_from(miniature: Copy, tmp_path: Path) -> None:
    miniature.change(lambda d: d.update(sources=[{"title": "Antwoord", "path": "https://bron.example/"}]))
    header = written(miniature, "counts", tmp_path)
    header.pop("records")
    assert header == {
        "title": "Tellingen", "title_en": "Counts", "licence": "CC0-1.0", "source": ["Antwoord https://bron.example/"],
        "version": "1.2.3", "retrieved_from": "https://miniature.example/data/latest/counts.json",
    }  # fmt: skip


def test_each_record_is_a_line_and_a_decimal_keeps_its_digits(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/derived_figures.csv", ",86.3,", ",999999999999999999.123456789,")
    written(miniature, "derived_figures", tmp_path)
    lines = (tmp_path / "derived_figures.json").read_text("utf-8").splitlines()
    assert sum('"value": ' in line for line in lines) == 6
    assert any('"value": 999999999999999999.123456789, ' in line for line in lines)
