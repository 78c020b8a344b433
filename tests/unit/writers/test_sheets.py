from pathlib import Path

import pytest

from rule_checks import package_of, table
from vierdepijler.writers.formats.spreadsheets import Kind, grid_names, kind_of, sheet_names


@pytest.mark.parametrize(
    ("kind", "cells", "written"),
    [
        ("integer", ["999999999999999", "-1", ""], Kind.NUMBER),
        ("integer", ["1000000000000000"], Kind.NUMBER),
        ("integer", ["1000000000000001", "1"], Kind.TEXT),
        ("number", ["0.1", "123456789012.345"], Kind.NUMBER),
        ("number", ["0.1", "123456789012.3456"], Kind.TEXT),
        ("date", ["1900-03-01", ""], Kind.DATE),
        ("date", ["2025-01-01", "1900-02-28"], Kind.TEXT),
        ("boolean", ["true"], Kind.BOOLEAN),
        ("string", ["1"], Kind.TEXT),
        ("year", ["2025"], Kind.NUMBER),
        ("datetime", ["2025-02-25T10:00:00Z"], Kind.TEXT),
        ("integer", [], Kind.NUMBER),
    ],
)
def test_a_column_is_what_it_is_or_text_where_something_would_be_lost(
    tmp_path: Path, kind: str, cells: list[str], written: Kind
) -> None:
    text = "id,v\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells))
    found = package_of(tmp_path, table("t", f"id v:{kind}", text)).read().tables["t"]
    assert kind_of(found, found.fields[1]) is written


def test_names_of_sheets_are_short_safe_and_their_own() -> None:
    long = "a_name_that_is_longer_than_thirty_one"
    names = sheet_names([long, long + "_x", "A_NAME_THAT_IS_LONGER_THAN_THIRT", "a/b", "'a?", "History", ""], ["a_b"])
    assert names == (
        "a_name_that_is_longer_than_thir", "a_name_that_is_longer_than_th~2", "A_NAME_THAT_IS_LONGER_THAN_TH~3",
        "a_b~2", "a_", "History~2", "_",
    )  # fmt: skip
    assert all(0 < len(name) <= 31 for name in names)


def test_names_of_tables_in_a_workbook_are_no_cells_and_their_own() -> None:
    assert grid_names(["A1", "r", "a b", "a-b", "é"]) == ("table_A1", "table_r", "table_a_b", "table_a_b.3", "table__")
