"""Rows and cells in the published document of a table: where they stand, and how they are called."""

from collections.abc import Sequence

from vierdepijler.cells import cell_address, key_in_address

from .findings import Document


def cell_of(table: str, field: str, key: Sequence[str]) -> str:
    """Name a cell: `completions.persons[2025-02-25,obliged]`."""
    return cell_address(table, field, tuple(key))


def row_of(table: str, key: Sequence[str]) -> str:
    """Name a row: `completions[2025-02-25,obliged]`."""
    return f"{table}[{','.join(key_in_address(key))}]"


def field_place(table: Document, name: str) -> int | None:
    """Give the place of a field in the rows of a table, or None."""
    return next((place for place, field in enumerate(table["fields"]) if field["name"] == name), None)


def key_of(table: Document, row: Sequence[str]) -> tuple[str, ...]:
    """Give the key of a row of a table."""
    names = [field["name"] for field in table["fields"]]
    return tuple(row[names.index(name)] for name in table["key"])


def row_place(table: Document, key: Sequence[str]) -> int | None:
    """Give the place of the row with a key, or None."""
    return next((place for place, row in enumerate(table["rows"]) if key_of(table, row) == tuple(key)), None)


def text_of(table: Document, row: int, field: str) -> str:
    """Give the text of a cell; empty where there is no such field."""
    place = field_place(table, field)
    return "" if place is None else str(table["rows"][row][place])
