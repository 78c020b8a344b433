"""CSV files in pieces of whole rows, in UTF-8, so that a file of any size needs the memory of a few of them."""

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from .blocks import LINE_FEED, QUOTE, Block, block_of, careful_blocks, lines_at, lines_of, quick_block
from .forms import (
    AS_UTF_8,
    LONG_SAMPLE,
    LONGEST,
    CsvForm,
    OddTextError,
    UnknownFeatureError,
    first_lines,
    form_of,
    header_of,
)

LAST_LINES = 100  # that are looked at one by one for the end of a row, which nearly always is the last
PIECE = 1 << 21  # bytes; larger pieces are hardly faster, and memory grows with them
BYTE_ORDER_MARK = codecs.BOM_UTF8
Reading = Callable[[], Block]  # reads some rows of a table, in any thread; raises `OddTextError` where they need care


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

    def readings(self) -> Iterator[Reading]:
        """Give the rows block by block; the file that was opened for its header is read on the first time.

        A table that was found odd is read by Python's own reader, which raises `csv.Error` where it cannot.
        """
        if self.is_odd:
            yield from self._careful_readings()
            return
        pieces, self.opened = self.opened or pieces_of(self.path, self.form), None
        for place, piece in enumerate(pieces):
            yield Piece(piece, len(self.labels), self.form, skipped=0 if place else 1)

    def _careful_readings(self) -> Iterator[Reading]:
        codec = "utf-8-sig" if self.form.codec == "utf-8" else self.form.codec
        with self.path.open(encoding=codec, newline="") as text:
            form, width = {"delimiter": self.form.delimiter}, len(self.labels)
            blocks = careful_blocks(lines_of(text), width, form, strict=self.is_strict)
            for place, block in enumerate(blocks):
                yield partial(block.after, 0 if place else 1)


@dataclass
class CsvFiles:
    """A table in several files, one after the other, each with the same header; `path` is that of the first."""

    path: Path
    labels: tuple[str, ...]
    parts: tuple[CsvFile, ...]
    is_odd: bool = False
    is_strict: bool = False

    def readings(self) -> Iterator[Reading]:
        """Give the rows of all files."""
        return chain.from_iterable(part.readings() for part in self.parts)


@dataclass(frozen=True)
class Piece:
    """Whole rows of a file, of which the first may be its header and is skipped; read when it is called."""

    text: bytes
    width: int
    form: CsvForm
    skipped: int

    def __call__(self) -> Block:
        """Read all of its rows."""
        return quick_block(self.text, self.width, self.form).after(self.skipped)

    def rows(self, places: Sequence[int]) -> Block:
        """Read some of its rows, by their places."""
        places = [place + self.skipped for place in places]
        lines = lines_at(self.text, places)
        if lines is not None:
            return quick_block(lines, self.width, self.form)
        block = quick_block(self.text, self.width, self.form)
        return block_of([block.cells(place) for place in places], self.width)


def cells_at(reading: Reading, places: Sequence[int]) -> list[list[str]]:
    """Give the cells of some rows, by their places in what is read."""
    block, found = (reading.rows(places), range(len(places))) if isinstance(reading, Piece) else (reading(), places)
    return [block.cells(place) for place in found]


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


def pieces_of(path: Path, form: CsvForm) -> Iterator[bytes]:
    """Give the rows of a file in order, as pieces in UTF-8 without a byte order mark.

    Raises `OSError` where it cannot be read, `UnicodeDecodeError` where it is not in its encoding, and
    `OddTextError` for text that another reader may cut in other places.
    """
    with path.open("rb") as file:
        rest = b""
        for position, chunk in enumerate(_chunks(file, form.codec)):
            piece = rest + (chunk.removeprefix(BYTE_ORDER_MARK) if position == 0 else chunk)
            end = _end_of_rows(piece)
            if len(piece) - end > LONGEST:
                raise OddTextError("a cell, or a quote that is never closed, takes in megabytes")
            rest = piece[end:]
            if end:
                yield _checked(piece[:end])
        if rest:
            yield _checked(rest)


def _chunks(file: BinaryIO, codec: str) -> Iterator[bytes]:
    """Read a file; what is not in UTF-8 is in a code of one byte a character, so that any chunk can be decoded."""
    while chunk := file.read(PIECE):
        yield chunk if codec in AS_UTF_8 or chunk.isascii() else chunk.decode(codec).encode()


def _checked(piece: bytes) -> bytes:
    """Make sure that a piece is UTF-8, without making text of it; raises `UnicodeDecodeError` otherwise."""
    if not piece.isascii():
        ends = pa.py_buffer(np.array([0, len(piece)], np.int32))
        try:
            pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(piece)]).validate(full=True)
        except pa.ArrowInvalid:
            piece.decode()
            raise
    return piece


def _end_of_rows(piece: bytes) -> int:
    """Find the last end of a line that stands outside quotes: an even number of them goes before it."""
    is_quote = (characters := np.frombuffer(piece, np.uint8)) == QUOTE
    quotes, end = int(np.count_nonzero(is_quote)), len(piece)
    for _ in range(LAST_LINES):
        if (line_end := piece.rfind(b"\n", 0, end)) < 0:
            return 0
        quotes -= piece.count(b'"', line_end, end)
        if quotes % 2 == 0:
            return line_end + 1
        end = line_end
    line_ends = np.flatnonzero(characters[:end] == LINE_FEED)
    outside = line_ends[np.searchsorted(np.flatnonzero(is_quote), line_ends) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0
