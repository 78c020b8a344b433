"""The first rows of the history of drafted figures: what each was when it was published first."""

from collections.abc import Iterator

from vierdepijler.core.cells import HISTORY, cell_address, figure_fields
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table

from .claims import text_in

FIELDS = ("cell", "version", "value")


def first_records(package: Package, table: Table, rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Give a row of the table of histories for every figure in drafted rows, none where there is no such table.

    The reasons are those of the first figure in that table, which was published first as well.
    """
    history = package.tables.get(HISTORY)
    if history is None or not set(FIELDS) <= set(history.field_names):
        return
    like = {name: text_in(history, 0, name) if history.rows else "" for name in history.field_names}
    for row in rows:
        key = tuple(row[name] for name in table.primary_key)
        for field in figure_fields(table):
            if row[field.name]:
                address = cell_address(table.name, field.name, key)
                version = str(package.descriptor.get("version", ""))
                yield like | {"cell": address, "version": version, "value": row[field.name]}
