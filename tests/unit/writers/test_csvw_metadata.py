"""The metadata beside each CSV, against a validator of CSV on the Web; a wrong value is caught by it."""

import json
import shutil
from pathlib import Path

import pytest
from csvw import CSVW

from conftest import Copy
from vierdepijler.core.package import Package


def complaints(file: Path) -> list[str]:
    try:
        described = CSVW(str(file), validate=True, strict=False)
        return [] if described.is_valid else [str(warning.message) for warning in described.warnings]
    except ValueError as error:
        return [str(error)]


def test_every_csv_is_as_the_metadata_beside_it_say(published: Package) -> None:
    for table in published.tables.values():
        assert complaints(published.root / f"{table.name}.csv-metadata.json") == []


def test_a_program_that_is_given_a_csv_finds_the_metadata(published: Package) -> None:
    described = CSVW(str(published.root / "completions.csv"), validate=True, strict=False)
    columns = described.tables[0].tableSchema.columns
    assert [column.name for column in columns] == list(published.tables["completions"].field_names)
    assert columns[2].titles.getfirst("nl") == "Personen"
    assert columns[2].titles.getfirst("en") == "People"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("completions.csv", ",3290,", ",veel,"),
        ("completions.csv", ",3290,", ",-1,"),
        ("completions.csv", "2025-02-25,obliged", "25/2/2025,obliged"),
        ("completions.csv", ",obliged,", ",Verplicht,"),
        ("completions.csv", ",obliged,", ",onbekend,"),
        ("completions.csv", ",obliged,", ",all,"),
        ("completions.csv", ",3290,", ",,"),
        ("completions.csv", ",persons,", ",people,"),
        ("participant_groups.csv", "obliged,", "verplicht,"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_caught(published: Package, tmp_path: Path, file: str, old: str, new: str) -> None:
    metadata = "completions.csv-metadata.json"
    names = [table["url"] for table in json.loads((published.root / metadata).read_text("utf-8"))["tables"]]
    for name in (metadata, *names):
        shutil.copy(published.root / name, tmp_path / name)
    assert complaints(tmp_path / metadata) == []
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    assert complaints(tmp_path / metadata) != []


def test_what_each_type_is_called(miniature: Copy, tmp_path: Path) -> None:
    out = miniature.publish(tmp_path / "out")
    table = json.loads((out / "counts.csv-metadata.json").read_text("utf-8"))["tables"][0]
    types = {column["name"]: column["datatype"] for column in table["tableSchema"]["columns"]}
    assert types["day"] == "date"
    assert types["persons"] == {"base": "integer", "minimum": 0, "maximum": 100000}
    assert types["unknown_id"] == "string"
    assert table["tableSchema"]["primaryKey"] == ["day", "group"]
    (key,) = table["tableSchema"]["foreignKeys"]
    assert key["reference"] == {"resource": "groups.csv", "columnReference": ["code"]}
    assert complaints(out / "counts.csv-metadata.json") == []
