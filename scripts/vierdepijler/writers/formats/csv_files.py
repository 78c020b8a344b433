"""CSV, as RFC 4180 describes it, and as Excel opens it with a double click where the comma is the decimal sign.

The first is UTF-8 with a comma, CRLF at the end of a line and quotes where they are needed. The second, for Belgium,
has the mark by which Excel knows UTF-8, a semicolon and a decimal comma. Its headers and codes are in words of the
package's first language. Dates are ISO: every Excel reads these as dates. Excel itself drops leading zeros, and digits
behind the fifteenth, from text that looks like a number; no CSV can forbid it that, so who needs those takes the
workbook.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from vierdepijler.core.tables import Table, Value, cell_text
from vierdepijler.core.text import YES_NO

from .dictionary import labels, titles
from .publication import Publication, records

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


def write_excel_csv(publication: Publication, table: Table, path: Path) -> None:
    """Write the table with titles as header and labels for codes, in the first language of the package."""
    package, language = publication.package, publication.package.languages[0]
    named = [labels(package, table, field, language) for field in table.fields]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(titles(package, table, language))
        for record in records(table):
            writer.writerow(_shown(value, names, language) for value, names in zip(record, named, strict=True))


def _shown(value: Value, names: Mapping[Value, str], language: str) -> str:
    match value:
        case bool():
            return YES_NO.get(language, YES_NO["en"])[value]
        case Decimal():
            return cell_text(value).replace(".", ",")
        case _:
            return names.get(value) or cell_text(value)
