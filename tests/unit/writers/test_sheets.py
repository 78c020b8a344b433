from pathlib import Path

import pytest

from rule_checks import package_of, table
from vierdepijler.writers.formats.workbooks import fits, grid_names, sheet_names


@pytest.mark.parametrize(
    ("kind", "cells", "is_fit"),
    [
        ("integer", ["999999999999999", "-1", ""], True),
        ("integer", ["1000000000000000"], True),
        ("integer", ["1000000000000001", "1"], False),
        ("number", ["0.1", "123456789012.345"], True),
        ("number", ["0.1", "123456789012.3456"], False),
        ("date", ["1900-03-01", ""], True),
        ("date", ["2025-01-01", "1900-02-28"], False),
        ("boolean", ["true"], True),
        ("string", ["1"], False),
        ("year", ["2025"], True),
        ("datetime", ["2025-02-25T10:00:00Z"], False),
        ("integer", [], True),
    ],
)
def test_a_column_is_what_it_is_or_text_where_something_would_be_lost(
    tmp_path: Path, kind: str, cells: list[str], *, is_fit: bool
) -> None:
    text = "id,v\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells))
    found = package_of(tmp_path, table("t", f"id v:{kind}", text)).read().tables["t"]
    assert fits(found, found.fields[1]) is is_fit


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
