import csv
from pathlib import Path
from typing import Any

from conftest import Copy
from vierdepijler.writers.formats.dictionary import write_dictionary
from vierdepijler.writers.formats.publication import publication_of


def dictionary(copy: Copy, folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    write_dictionary(publication_of(copy.read()), folder / "dictionary.csv")
    with (folder / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["field"]): row for row in csv.DictReader(file)}


def test_every_field_of_every_table_is_explained_in_both_languages(miniature: Copy, tmp_path: Path) -> None:
    rows = dictionary(miniature, tmp_path)
    assert len(rows) == sum(len(table.fields) for table in miniature.read().tables.values())
    assert rows["counts", "persons"] == {
        "table": "counts", "position": "3", "field": "persons",
        "title_nl": "Personen", "title_en": "People", "description_nl": "Hoeveel.", "description_en": "How many.",
        "type": "integer", "unit": "persons", "unit_field": "", "required": "false",
        "constraints": '{"minimum": 0, "maximum": 100000}', "key": "", "refers_to": "",
    }  # fmt: skip


def test_keys_and_what_a_field_refers_to_are_told(miniature: Copy, tmp_path: Path) -> None:
    rows = dictionary(miniature, tmp_path)
    assert (rows["counts", "group"]["key"], rows["counts", "group"]["refers_to"]) == ("primary", "groups.code")
    assert rows["groups", "label_nl"]["key"] == "unique"
    assert rows["groups", "code"]["constraints"] == '{"pattern": "^[a-z]+$"}'
    assert rows["derived_figures", "figure_id"]["required"] == "true"  # a key of one field is never empty
    assert rows["derived_figures", "value"]["unit_field"] == "unit"


def test_a_field_of_two_keys_refers_to_both(miniature: Copy, tmp_path: Path) -> None:
    def add(descriptor: Any) -> None:
        key = {"fields": ["group", "as_printed"], "reference": {"resource": "", "fields": ["group", "as_printed"]}}
        descriptor["resources"][0]["schema"]["foreignKeys"].append(key)

    rows = dictionary(miniature.change(add), tmp_path)
    assert rows["counts", "group"]["refers_to"] == "groups.code; counts.group"


def test_rows_end_as_rfc_4180_asks(miniature: Copy, tmp_path: Path) -> None:
    dictionary(miniature, tmp_path)
    content = (tmp_path / "dictionary.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 18
