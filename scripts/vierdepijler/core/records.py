"""CSV text cut into records as Frictionless does in any dialect: the header, the rows, and where each stands."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vierdepijler.core.columnar import records_of

from .messages import say
from .problems import unreadable
from .tables import Descriptor
from .text_files import csv_error

DIALECT = {
    "delimiter": "delimiter",
    "quoteChar": "quotechar",
    "escapeChar": "escapechar",
    "skipInitialSpace": "skipinitialspace",
}
MOST, ROW = 8_000_000, 4  # cells that fit in memory one by one, and how many a row takes the place of
Cells = tuple[str, ...]


@dataclass(frozen=True)
class CsvRows:
    """The header of a table and its rows, with the line on which each starts and its number among all in the file."""

    header: Cells
    rows: Sequence[Cells]
    lines: Sequence[int]
    numbers: tuple[int, ...]

    def line(self, row: int) -> int:
        """Give the line on which a row starts, counted from 0."""
        return self.lines[row]


def read_records(text: str, dialect: Descriptor, names: Sequence[str], file: str) -> CsvRows:
    """Cut a text as Frictionless does in this dialect; raises `UnreadableError` for text that is no CSV.

    `names` are those of the fields, for a file without a header.
    """
    cut = list(_cut(text, dialect, file))
    comments = {number for number, (_, cells) in enumerate(cut, 1) if _is_comment(number, cells, dialect)}
    places = _header_places(dialect, next((n for n in range(1, len(cut) + 1) if n not in comments), 1))
    header = _joined([cut[n - 1][1] for n in places if n <= len(cut) and n not in comments], dialect)
    rows = [
        (number, line, cells)
        for number, (line, cells) in enumerate(cut, 1)
        if number > max(places, default=0)
        and number not in comments
        and not (dialect.get("skipBlankRows") and not any(cells))
    ]
    if not places:
        header = tuple(names) or tuple(f"field{place}" for place in range(1, 1 + len(rows[0][2] if rows else ())))
    return CsvRows(header, [cells for *_, cells in rows], tuple(r[1] for r in rows), tuple(r[0] for r in rows))


def _cut(text: str, dialect: Descriptor, file: str) -> Iterator[tuple[int, Cells]]:
    """Split CSV text into records, each with the line on which it starts."""
    options = {DIALECT[name]: value for name, value in dialect.items() if name in DIALECT}
    doubles = dialect.get("doubleQuote", True) or "escapeChar" not in dialect  # else a quote could not be written
    left = MOST
    try:
        # A quote that is never closed would otherwise take in the rest of the file without a word.
        for line, record in records_of(io.StringIO(text, newline=""), strict=True, doublequote=doubles, **options):
            left -= ROW + len(record)
            if left < 0:
                what = say("this table is too large for the way it is written")
                todo = "write it with commas and double quotes, no empty lines, and each row as wide as the header"
                raise unreadable(file, what, todo, line=line)
            yield line, tuple(record)
    except (csv.Error, TypeError, ValueError) as error:
        raise csv_error(file, error) from error


def _header_places(dialect: Descriptor, first: int) -> list[int]:
    """Give the numbers of the records that the header is made of: the `first` that is no comment, or none."""
    return list(dialect.get("headerRows", [first])) if dialect.get("header", True) else []


def _is_comment(number: int, cells: Cells, dialect: Descriptor) -> bool:
    mark = dialect.get("commentChar")
    return number in dialect.get("commentRows", ()) or bool(mark and cells and cells[0].startswith(mark))


def _joined(records: Sequence[Cells], dialect: Descriptor) -> Cells:
    """Make one header of several records: their labels joined, each said once where it stays the same."""
    if len(records) == 1:
        return records[0]
    labels: list[list[str]] = []
    for cells in records:
        for place, cell in enumerate(map(str.strip, cells)):
            if place == len(labels):
                labels.append([cell])
            elif labels[place][-1] != cell:
                labels[place].append(cell)
    return tuple(str(dialect.get("headerJoin", " ")).join(parts) for parts in labels)
