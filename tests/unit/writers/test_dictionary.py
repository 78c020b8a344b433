from typing import Any

from conftest import Copy
from vierdepijler.writers.formats.dictionary import dictionary_header, dictionary_rows


def dictionary(copy: Copy) -> dict[tuple[str, str], dict[str, str]]:
    package = copy.read()
    rows = (dict(zip(dictionary_header(package), row, strict=True)) for row in dictionary_rows(package))
    return {(row["table"], row["field"]): row for row in rows}


def test_every_field_of_every_table_is_explained_in_both_languages(miniature: Copy) -> None:
    rows = dictionary(miniature)
    assert len(rows) == sum(len(table.fields) for table in miniature.read().tables.values())
    assert rows["counts", "persons"] == {
        "table": "counts", "position": "3", "field": "persons",
        "title_nl": "Personen", "title_en": "People", "description_nl": "Hoeveel.", "description_en": "How many.",
        "type": "integer", "unit": "persons", "unit_field": "", "required": "false",
        "constraints": '{"minimum": 0, "maximum": 100000}', "key": "", "refers_to": "",
    }  # fmt: skip


def test_keys_and_what_a_field_refers_to_are_told(miniature: Copy) -> None:
    rows = dictionary(miniature)
    assert (rows["counts", "group"]["key"], rows["counts", "group"]["refers_to"]) == ("primary", "groups.code")
    assert rows["groups", "label_nl"]["key"] == "unique"
    assert rows["groups", "code"]["constraints"] == '{"pattern": "^[a-z]+$"}'
    assert rows["derived_figures", "figure_id"]["required"] == "true"  # a key of one field is never empty
    assert rows["derived_figures", "value"]["unit_field"] == "unit"


def test_a_field_of_two_keys_refers_to_both(miniature: Copy) -> None:
    def add(descriptor: Any) -> None:
        key = {"fields": ["group", "as_printed"], "reference": {"resource": "", "fields": ["group", "as_printed"]}}
        descriptor["resources"][0]["schema"]["foreignKeys"].append(key)

    rows = dictionary(miniature.change(add))
    assert rows["counts", "group"]["refers_to"] == "groups.code; counts.group"
