"""What the API says about one row of a table, found by its key."""

from collections.abc import Iterator
from typing import Any

from vierdepijler.cells import Cell, is_figure
from vierdepijler.tables import Table

from .endpoint import Answer, Api, row_addresses
from .file_names import file_name
from .labels import cells_of, key_of, label_of, reason_of, record_of, source_of, unit_of
from .table_answers import find_table


def row_names(api: Api) -> Iterator[tuple[str, ...]]:
    """Give the table and the name of every row that has an address of its own."""
    return ((table, row) for table, rows in api.rows.items() for row in rows)


def answer_row(api: Api, table_name: str, row_name: str) -> Answer:
    """Answer a row, with what its codes, units and empty cells mean and where it comes from."""
    table = find_table(api, table_name)
    row = api.rows[table_name][row_name]
    cells = list(cells_of(table, row))
    content = {
        "table": table.name,
        "id": row_name,
        "key": key_of(table, row),
        "record": record_of(table, row),
        "labels": _by_field(cells, [label_of(api, cell) for cell in cells]),
        "units": _by_field(cells, [unit_of(api, cell.unit) for cell in cells]),
        "empty": _by_field(cells, [reason_of(api, cell) for cell in cells]),
        "source": source_of(api, table, row),
        "figures": {cell.field.name: _figure(api, cell) for cell in cells if is_figure(cell)},
    }
    return Answer(content, api.download(f"{table.name}.csv"), api.row_page(table, row))


def row_path(table: Table, row: int) -> str | None:
    """Give the path of the answer about a row; None where rows of its table have none."""
    if row_addresses(table) != "yes":
        return None
    return f"tables/{file_name([table.name])}/rows/{file_name(table.row_keys[row])}.json"


def _by_field(cells: list[Cell], found: list[Any]) -> dict[str, Any]:
    """Give what was found by the name of the field, where anything was."""
    return {cell.field.name: item for cell, item in zip(cells, found, strict=True) if item is not None}


def _figure(api: Api, cell: Cell) -> dict[str, Any]:
    identifier = api.figure_name(cell)
    return {
        "id": identifier,
        "address": api.address(f"figures/{identifier}.json"),
        "passport": api.page(f"passport:{cell.table.name}", cell.anchor),
    }
