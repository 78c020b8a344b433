"""CSV files as the columnar check reads them: their header, and their rows in blocks that can be read side by side."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .blocks import Block, careful_blocks, lines_of, quick_block
from .guesses import SAMPLE, starts_with_header, takes_space_away
from .pieces import AS_UTF_8, KNOWN_ENCODINGS, MOST_COLUMNS, CsvForm, OddTextError, first_lines, pieces_of

LINE_FEED = ord("\n")
LONG_SAMPLE = 20 * SAMPLE  # lines that are enough for the rows of the sample, if their cells are not pages long
DELIMITERS = frozenset(",;\t|:")
PLAIN_DIALECT: Mapping[str, Any] = {"quoteChar": '"', "doubleQuote": True, "header": True, "skipInitialSpace": False}
IGNORED = frozenset(
    {"$schema", "name", "title", "description", "lineTerminator", "csvddfVersion", "caseSensitiveHeader"}
)


class UnknownFeatureError(ValueError):
    """The table has something that the columnar check does not know; Frictionless is to check all of it."""


class Reading(Protocol):
    """Some rows of a table, to be read in any thread."""

    def block(self) -> Block:
        """Read all of them; raises `OddTextError` where the text needs care."""

    def cells(self, places: Sequence[int], rows: int) -> list[list[str]]:
        """Read the cells of some of them, by their places from the first on; `rows` is how many there are."""


@dataclass(frozen=True)
class HeldRows:
    """Rows that are in memory."""

    held: Block

    def block(self) -> Block:
        """Give them all."""
        return self.held

    def cells(self, places: Sequence[int], rows: int) -> list[list[str]]:  # noqa: ARG002 - a reading is asked so
        """Give some of them."""
        return [self.held.cells(place) for place in places]


@dataclass(frozen=True)
class QuickRows:
    """Rows in a piece of text, behind `skipped` others: the header."""

    piece: bytes
    width: int
    form: CsvForm
    skipped: int

    def block(self) -> Block:
        """Read them all, in columns."""
        return quick_block(self.piece, self.width, self.form).after(self.skipped)

    def cells(self, places: Sequence[int], rows: int) -> list[list[str]]:
        """Read the lines of some of them; where a cell has lines of its own, all of them."""
        ends = np.append(-1, np.flatnonzero(np.frombuffer(self.piece, np.uint8) == LINE_FEED))
        if len(ends) - self.piece.endswith(b"\n") != rows + self.skipped:
            return HeldRows(self.block()).cells(places, rows)
        starts = ends[np.array(places) + self.skipped] + 1
        found = (self.piece[start : self.piece.find(b"\n", start) + 1 or None].decode() for start in starts.tolist())
        return [next(csv.reader([line], delimiter=self.form.delimiter)) for line in found]


@dataclass(frozen=True)
class RowsAgain:
    """Rows that were read before: their piece is taken from the file when they are asked for, from byte `start` on."""

    path: Path
    start: int
    size: int
    width: int
    form: CsvForm
    skipped: int

    def block(self) -> Block:
        """Read them all, in columns."""
        return self._rows().block()

    def cells(self, places: Sequence[int], rows: int) -> list[list[str]]:
        """Read the lines of some of them."""
        return self._rows().cells(places, rows)

    def _rows(self) -> QuickRows:
        with self.path.open("rb") as file:
            file.seek(self.start)
            return QuickRows(file.read(self.size), self.width, self.form, self.skipped)


@dataclass
class CsvFile:
    """A table in a file: `labels` is its header; its rows come from `readings`, which may be called again.

    Where it `is_strict`, quotes that Python's reader of CSV puts up with, as Frictionless does, are an error.
    """

    path: Path
    form: CsvForm
    labels: tuple[str, ...]
    opened: Iterator[bytes] | None = field(repr=False)
    is_odd: bool = False
    is_strict: bool = False
    known: list[tuple[int, int]] = field(default_factory=list)  # where each piece starts, and how long it is

    def readings(self) -> Iterator[Reading]:
        """Give the rows block by block; the file that was opened for its header is read on the first time.

        A table that was found odd is read by Python's own reader, which raises `csv.Error` where it cannot.
        """
        if self.is_odd:
            yield from self._careful_readings()
            return
        width = len(self.labels)
        if self.known and self.form.codec in AS_UTF_8:
            for place, (start, size) in enumerate(self.known):
                yield RowsAgain(self.path, start, size, width, self.form, 0 if place else 1)
            return
        pieces, self.opened = self.opened or pieces_of(self.path, self.form), None
        sizes = []
        for place, piece in enumerate(pieces):
            sizes.append(len(piece))
            yield QuickRows(piece, width, self.form, 0 if place else 1)
        mark = self.path.stat().st_size - sum(sizes)  # at the start of the file, in no piece
        self.known = [(start + mark, size) for start, size in zip(accumulate(sizes, initial=0), sizes, strict=False)]

    def _careful_readings(self) -> Iterator[Reading]:
        codec = "utf-8-sig" if self.form.codec == "utf-8" else self.form.codec
        with self.path.open(encoding=codec, newline="") as text:
            form, width = {"delimiter": self.form.delimiter}, len(self.labels)
            blocks = careful_blocks(lines_of(text), width, form, strict=self.is_strict)
            for place, block in enumerate(blocks):
                yield HeldRows(block if place else block.after(1))


def open_table(path: Path, resource: Mapping[str, Any]) -> CsvFile:
    """Open the file of a tabular resource and read its header.

    Raises `UnknownFeatureError` where Frictionless reads it in a way of its own, and what `pieces_of` raises.
    """
    form = form_of(resource)
    pieces = pieces_of(path, form)
    try:
        first, second = next(pieces, b""), next(pieces, b"")
    except OddTextError as error:
        raise UnknownFeatureError(str(error)) from error
    labels = header_of(first_lines(first, LONG_SAMPLE), form, resource.get("dialect", {}), is_all=not second)
    return CsvFile(path, form, labels, chain([first], [second] if second else [], pieces))


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
