"""Figures against the document: whether a value is the one that the source prints.

A field that has `printedIn` is observed, not computed: beside it stands the figure exactly as the document
writes it. Reading that again, in Dutch notation, must give the value.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .package import Package, Table, Value, cell_text
from .problems import Problem, quoted

MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
]  # fmt: skip
NUMBER_WORDS = {
    "geen": 0, "eerste": 1, "twee": 2, "tweede": 2, "drie": 3, "derde": 3, "vier": 4, "vierde": 4, "vijf": 5,
    "vijfde": 5, "zes": 6, "zesde": 6, "zeven": 7, "zevende": 7, "acht": 8, "achtste": 8, "negen": 9,
    "negende": 9, "tien": 10, "tiende": 10, "elf": 11, "twaalf": 12,
}  # fmt: skip
THOUSANDS = ". \u00a0\u202f"  # a point, or one of the spaces
TOKEN = re.compile(
    rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}})"
    rf"|(?P<wday>\d{{1,2}}) (?P<wmonth>{'|'.join(MONTHS)}) (?P<wyear>\d{{4}})"
    rf"|(?P<number>\d{{1,3}}(?:[{THOUSANDS}]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?)"
    rf"|\b(?P<word>{'|'.join(NUMBER_WORDS)})\b",
    re.IGNORECASE,
)


def printed_values(text: str) -> list[Decimal | datetime.date]:
    """Read the numbers and dates in a piece of Dutch text, in order: `3.811`, `34%`, `25/2/2025`, `drie`."""
    values = (_read(token) for token in TOKEN.finditer(text))
    return [value for value in values if value is not None]


def _read(token: re.Match[str]) -> Decimal | datetime.date | None:
    if token["number"]:
        return Decimal(re.sub(f"[{THOUSANDS}]", "", token["number"]).replace(",", "."))
    if token["word"]:
        return Decimal(NUMBER_WORDS[token["word"].lower()])
    month = int(token["month"]) if token["month"] else MONTHS.index(token["wmonth"].lower()) + 1
    try:
        return datetime.date(int(token["year"] or token["wyear"]), month, int(token["day"] or token["wday"]))
    except ValueError:
        return None


def check_printed(package: Package) -> Iterator[Problem]:
    """Find every observed value that differs from the figure as its source prints it."""
    for table in package.tables.values():
        for field in table.fields:
            if (printed := field.property("printedIn")) and printed in table.field_names:
                yield from _check_column(table, field.name, printed)


def _check_column(table: Table, field: str, printed: str) -> Iterator[Problem]:
    sources = [cell_text(table.value(row, printed)) for row in range(len(table.frame))]
    for row, source in enumerate(sources):
        value = table.value(row, field)
        if value is not None and _comparable(value) not in _expected(sources, row):
            yield Problem(
                table.file,
                table.lines[row],
                field,
                f"the value is {cell_text(value)}, but the source prints {quoted(source)}",
                f"look in the source, and correct the value or the field '{printed}'",
            )


def _expected(sources: Sequence[str], row: int) -> list[Decimal | datetime.date]:
    """Give the values that a row may have: where as many rows share a print as it has figures, each has its own."""
    values = printed_values(sources[row])
    sharing = [other for other, source in enumerate(sources) if source == sources[row]]
    return [values[sharing.index(row)]] if len(sharing) == len(values) else values


def _comparable(value: Value) -> Value:
    return Decimal(value) if isinstance(value, int) else value
