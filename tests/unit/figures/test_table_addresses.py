"""Rows and cells of the published document of a table."""

from vierdepijler.lookup.findings import Document
from vierdepijler.lookup.table_addresses import cell_of, field_place, key_of, row_of, row_place, text_of

TABLE: Document = {
    "table": "t",
    "key": ["group", "day"],
    "fields": [{"name": "day"}, {"name": "group"}, {"name": "n"}],
    "rows": [["2025-01-01", "a", "1"], ["2025-01-01", "b,c", "2"]],
}


def test_a_row_is_found_by_its_key_in_the_order_of_the_key() -> None:
    assert key_of(TABLE, TABLE["rows"][1]) == ("b,c", "2025-01-01")
    assert row_place(TABLE, ("b,c", "2025-01-01")) == 1
    assert row_place(TABLE, ("2025-01-01", "b,c")) is None


def test_a_cell_has_its_text_and_a_field_that_is_not_there_has_none() -> None:
    assert text_of(TABLE, 1, "n") == "2"
    assert text_of(TABLE, 1, "x") == ""
    assert field_place(TABLE, "x") is None


def test_names_of_rows_and_cells_keep_the_parts_of_a_key_apart() -> None:
    assert cell_of("t", "n", ("b,c", "2025-01-01")) == "t.n[b%2Cc,2025-01-01]"
    assert row_of("t", ("b,c", "2025-01-01")) == "t[b%2Cc,2025-01-01]"
