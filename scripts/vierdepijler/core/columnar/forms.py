"""The form of a CSV file: its encoding and delimiter, its header, and what Frictionless guesses about all of these.

Frictionless lets Python's `csv.Sniffer` find out whether a space follows each delimiter, and it takes the first row
that is about as wide as the first hundred are on average for the header. Where either guess departs from the
descriptor, the table is left to it.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

LONGEST = 1 << 24  # bytes; a row, or a quoted cell, that is longer than this is read with care
MOST_COLUMNS = 16_384  # as many as a spreadsheet has
# What Frictionless decodes as we do; the others (UTF-16 and the like) are left to it.
KNOWN_ENCODINGS = frozenset({"utf-8", "utf-8-sig", "iso8859-1", "iso8859-15", "cp1252"})
AS_UTF_8 = frozenset({"utf-8", "utf-8-sig"})
SAMPLE = 100  # lines for the first guess, rows for the second
STEPS, FEW = 100_000_000, 5000  # what a guess may take, a second or so; and characters that never take more
NO_WORD = re.compile(r"\W+")
SPACED_QUOTE = re.compile(r"""[^\w\n"'] ["']|["'][^\w\n"'] """)  # without these no quoted cell tells of spaces
LONG_SAMPLE = 20 * SAMPLE  # lines that are enough for the rows of the sample, if their cells are not pages long
DELIMITERS = frozenset(",;\t|:")
PLAIN_DIALECT: Mapping[str, Any] = {"quoteChar": '"', "doubleQuote": True, "header": True, "skipInitialSpace": False}
IGNORED = frozenset(
    {"$schema", "name", "title", "description", "lineTerminator", "csvddfVersion", "caseSensitiveHeader"}
)


class UnknownFeatureError(ValueError):
    """The table has something that the columnar check does not know; Frictionless is to check all of it."""


class OddTextError(ValueError):
    """The text is not as a writer of CSV writes it, so that readers of CSV may differ about it."""


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written: its encoding, and what stands between its cells."""

    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def codec(self) -> str:
        """Name the encoding as Python knows it; raises `LookupError` for a name that it does not know."""
        return codecs.lookup(self.encoding).name


def form_of(resource: Mapping[str, Any]) -> CsvForm:
    """Give the form of the file of a resource; raises `UnknownFeatureError` for one that we do not read in columns."""
    dialect = {name: value for name, value in resource.get("dialect", {}).items() if name not in IGNORED}
    form = CsvForm(resource.get("encoding", "utf-8"), dialect.pop("delimiter", ","))
    if form.delimiter not in DELIMITERS or any(PLAIN_DIALECT.get(name) != value for name, value in dialect.items()):
        raise UnknownFeatureError("a dialect")
    try:
        codec = form.codec
    except LookupError as error:
        raise UnknownFeatureError("an encoding") from error
    if codec not in KNOWN_ENCODINGS:
        raise UnknownFeatureError("an encoding")
    return form


def header_of(start: str, form: CsvForm, dialect: Iterable[str], *, is_all: bool = True) -> tuple[str, ...]:
    """Read the header in the first lines of a file, `LONG_SAMPLE` of them or all that there are.

    Raises `UnknownFeatureError` where Frictionless guesses something else than the descriptor says.
    """
    lines = list(io.StringIO(start, newline=""))
    rows = list(islice(csv.reader(lines, delimiter=form.delimiter), SAMPLE))
    if not rows or not rows[0]:
        raise UnknownFeatureError("a file without a header")
    if len(rows[0]) > MOST_COLUMNS:
        raise UnknownFeatureError("very many columns")
    if len(rows) < SAMPLE and (len(lines) >= LONG_SAMPLE or not is_all):
        raise UnknownFeatureError("very long rows")
    if "skipInitialSpace" not in dialect and takes_space_away("".join(lines[:SAMPLE]), form.delimiter):
        raise UnknownFeatureError("spaces after each delimiter")
    if "header" not in dialect and not starts_with_header(rows):
        raise UnknownFeatureError("a first row that is no header")
    return tuple(rows[0])


def takes_space_away(sample: str, delimiter: str) -> bool:
    """Tell whether Frictionless would take the space after each delimiter for a part of it."""
    header = next(filter(None, sample.split("\n")), "")
    spaced_header = header.count(delimiter) == header.count(f"{delimiter} ")
    if not spaced_header and not SPACED_QUOTE.search(sample):
        return False
    try:
        return bool(Sniffer().sniff(sample, delimiter).skipinitialspace)
    except csv.Error:
        return False


class Sniffer(csv.Sniffer):
    """Python's sniffer of CSV, on no more than it can look through in a second: its time grows with the square."""

    def sniff(self, sample: str, delimiters: str | None = None) -> type[csv.Dialect]:
        """Guess from the sample, or from its start where it has many quotes or long runs of other signs."""
        longest = max(map(len, NO_WORD.findall(sample)), default=0)
        steps = len(sample) * (longest + sample.count('"') + sample.count("'"))
        return super().sniff(sample if steps <= STEPS else sample[:FEW], delimiters)


def starts_with_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether Frictionless would take the first row for the header, by its width."""
    widths = [len(row) for row in rows[:SAMPLE]]
    if not widths:
        return True
    width = round(sum(widths) / len(widths))
    drift = max(round(width * 0.1), 1)
    return width - drift <= widths[0] <= width + drift


def first_lines(piece: bytes, count: int) -> str:
    """Give the first lines of a piece as text, ends of lines included."""
    end = -1
    for _ in range(count):
        end = piece.find(b"\n", end + 1)
        if end < 0:
            return piece.decode()
    return piece[: end + 1].decode()
