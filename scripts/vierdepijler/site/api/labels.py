"""What codes, units, sources and reasons are called, in every language of the package."""

from collections.abc import Iterator
from typing import Any

from vierdepijler.core.cells import Cell, row_anchor
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.writers.formats.json_files import json_value

from .endpoint import Api, Texts

UNKNOWNS, UNITS, SOURCES, ITEMS = "unknowns", "units", "sources", "source_items"
SOURCE_PAGE = "sources"


def row_texts(api: Api, table: Table, row: int, name: str) -> Texts | None:
    """Give a text that a row has once per language, such as `label`; None where the table has no such fields."""
    fields = {language: f"{name}_{language}" for language in api.package.languages}
    present = {language: field for language, field in fields.items() if field in table.field_names}
    found = {language: cell_text(table.value(row, field)) for language, field in present.items()}
    return {language: text for language, text in found.items() if text} or None


def row_of(api: Api, table: str, *key: str) -> tuple[Table, int] | None:
    """Find a row by its key; None where there is no such table or row."""
    found = api.package.tables.get(table)
    return None if found is None or key not in found.keys else (found, found.keys[key])


def code_row(api: Api, cell: Cell) -> tuple[Table, int] | None:
    """Find the row that a code stands for, in the list that its field leads to; None for what is no code."""
    if cell.value is None:
        return None
    for key in cell.table.foreign_keys:
        target = api.package.tables.get(key.table)
        if key.fields == (cell.field.name,) and target is not None and target.primary_key == key.targets:
            return row_of(api, key.table, cell_text(cell.value))
    return None


def label_of(api: Api, cell: Cell) -> Texts | None:
    """Say what the code in a cell stands for; None for what is no code, or has no label."""
    found = code_row(api, cell)
    return None if found is None else row_texts(api, *found, "label")


def cells_of(table: Table, row: int) -> Iterator[Cell]:
    """Give the cells of a row, in the order of the fields."""
    return (Cell(table, row, field) for field in table.fields)


def key_of(table: Table, row: int) -> dict[str, Any]:
    """Give the key of a row as JSON has it."""
    return {name: json_value(table.value(row, name)) for name in table.primary_key}


def unit_of(api: Api, code: str | None) -> dict[str, Any] | None:
    """Describe a unit by its code; None for no unit."""
    found = row_of(api, UNITS, code) if code else None
    return {"code": code, "label": found and row_texts(api, *found, "label")} if code else None


def described_reason(api: Api, unknown_id: str) -> dict[str, Any]:
    """Describe a row of the register of what is not known."""
    found = row_of(api, UNKNOWNS, unknown_id)
    nothing = {"unknown_id": unknown_id, "label": None, "reason": None, "reason_label": None}
    if found is None:
        return nothing
    table, row = found
    reason = next((cell for cell in cells_of(table, row) if cell.field.name == "reason"), None)
    return {
        **nothing,
        "label": row_texts(api, table, row, "label"),
        "reason": None if reason is None else cell_text(reason.value) or None,
        "reason_label": None if reason is None else label_of(api, reason),
    }


def source_of(api: Api, table: Table, row: int) -> dict[str, Any] | None:
    """Say which source a row comes from, and which item where that is known; None where the row does not say."""
    source, item = (
        cell_text(table.value(row, name)) if name in table.field_names else "" for name in ("source_id", "source_item")
    )
    if not source or table.name == SOURCES:
        return None
    described, place = row_of(api, SOURCES, source), row_of(api, ITEMS, source, item) if item else None
    return {
        "source_id": source,
        "title": described and cell_text(described[0].value(described[1], "title")),
        "source_item": item or None,
        "item_label": place and row_texts(api, *place, "label"),
        "page": api.page(SOURCE_PAGE, row_anchor((source, item) if item else (source,))),
    }
