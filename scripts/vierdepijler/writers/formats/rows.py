"""The values of a table, row by row, as every writer takes them."""

from collections.abc import Iterator

import pyarrow as pa

from vierdepijler.core.tables import Table, Value, plain


def records(table: Table) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a table, each as its typed values in the order of the fields; None for an empty cell."""
    yield from zip(*(_values(table.column(name)) for name in table.field_names), strict=True)


def _values(column: pa.Array) -> list[Value]:
    values: list[Value] = column.to_pylist()
    if not pa.types.is_decimal(column.type):  # only decimals are not yet as we mean them
        return values
    return [None if value is None else plain(value) for value in values]
