"""A table as who checks a pasted one needs it."""

from conftest import Copy
from vierdepijler.figures.figure_index import table_document


def test_a_table_has_its_key_its_rows_as_texts_and_the_labels_of_its_codes(miniature: Copy) -> None:
    package = miniature.read()
    found = table_document(package, package.tables["counts"])
    assert found["key"] == ["day", "group"]
    assert found["rows"][0] == ["2025-02-25", "a", "3290", "", "3.290"]
    assert found["rows"][2] == ["2025-02-25", "c", "", "nobody-counts", ""]
    assert [field["name"] for field in found["fields"] if field["labels"]] == ["group"]
