"""CSV that Excel opens with a double click where the comma is the decimal sign, as in Belgium.

UTF-8 with the mark by which Excel knows it, a semicolon, a decimal comma, CRLF, quotes as in RFC 4180. Headers and
codes are in words of the package's first language. Dates are ISO: every Excel reads these as dates. Excel itself drops
leading zeros, and digits behind the fifteenth, from text that looks like a number; no CSV can forbid it that, so who
needs those takes the workbook.
"""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from vierdepijler.core.tables import Table, Value, cell_text
from vierdepijler.core.text import YES_NO

from .labels import labels, titles
from .publication import Publication
from .rows import records


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
