"""The values of a table, row by row, as every writer takes them."""

from collections.abc import Iterator

from vierdepijler.tables import Table, Value, plain


def records(table: Table) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a table, each as its typed values in the order of the fields; None for an empty cell."""
    columns = [table.column(name).to_pylist() for name in table.field_names]
    for row in zip(*columns, strict=True):
        yield tuple(None if value is None else plain(value) for value in row)
