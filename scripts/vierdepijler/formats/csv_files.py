"""CSV: RFC 4180 in UTF-8, but for its line ends, which are those of the source files."""

import csv
from pathlib import Path

from vierdepijler.tables import Table, cell_text

from .publication import Publication
from .rows import records


def write_csv(_: Publication, table: Table, path: Path) -> None:
    """Write the table as UTF-8 CSV: comma, ISO dates, decimal point, an empty cell for null."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.field_names)
        writer.writerows([cell_text(value) for value in record] for record in records(table))
