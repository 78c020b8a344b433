"""CSV as RFC 4180 describes it: UTF-8, a comma, CRLF at the end of a line, quotes where they are needed."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from vierdepijler.core.tables import Table, Value, cell_text

from .publication import Publication
from .rows import records

LINE_END = "\r\n"


def write_csv(_: Publication, table: Table, path: Path) -> None:
    """Write the table as CSV: ISO dates, decimal point, `true` and `false`, an empty cell for null."""
    write_rows(table.field_names, records(table), path)


def write_rows(header: Sequence[str], rows: Iterable[Sequence[Value]], path: Path) -> None:
    """Write rows of values below their header, as `write_csv` writes those of a whole table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=LINE_END)
        writer.writerow(header)
        writer.writerows([cell_text(value) for value in row] for row in rows)
