"""A pass over a CSV file in pieces, block by block: which rows have an error, and what keys they hold.

A pass needs the memory of a few blocks, of eight bytes a row for each key that must be unique, and of the distinct keys
that lead to other tables or that others lead to.
"""

import codecs
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .blocks import LINE_FEED, QUOTE, Block, Mask, as_mask, block_of, careful_blocks, lines_at, lines_of, quick_block
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
from .judging import Bits, Judge, cell_bits, joined, once_each, row_bits, shared_rows

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


THREADS = 2  # more do not help: reading from one file and Python's own work go one after the other
MANY = 100_000  # rows from which on threads are worth their start
ENOUGH = 1000  # errors after which Frictionless stops looking in a table
Rows = np.ndarray[Any, np.dtype[np.int64]]
Places = tuple[int, ...]  # of columns
Names = tuple[str, ...]


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key of a table: its fields and where they stand, the table they lead to, and the fields there."""

    fields: Names
    table: str
    targets: Names
    places: Places = ()


@dataclass(frozen=True)
class Plan:
    """What is asked of the columns of a table: who judges each, and the keys that they make, by the places of columns.

    The `primary` key must be unique, and so must each of `unique` where it is not empty; `leading` keys lead to
    another table, and other tables lead to those that are `wanted`, by the names of their fields. Of the keys in
    `alike` is asked which rows share one, without a verdict.
    """

    judges: tuple[Judge, ...]
    primary: Places = ()
    unique: Places = ()
    leading: tuple[ForeignKey, ...] = ()
    wanted: Mapping[Names, Places] = field(default_factory=dict)
    alike: tuple[Places, ...] = ()


@dataclass(frozen=True)
class Examined:
    """What one block of rows holds; places count from the first row of the block."""

    rows: int
    wrong: Rows
    primary: Bits | None
    unique: tuple[Bits, ...]
    leading: tuple[pa.DictionaryArray, ...]
    wanted: Mapping[Names, pa.StringArray]
    alike: tuple[Bits, ...]


@dataclass(frozen=True)
class Scan:
    """What all blocks of a table hold; rows count from 0."""

    plan: Plan
    blocks: tuple[Examined, ...]

    @property
    def starts(self) -> Rows:
        """The first row of each block, and behind these the number of rows."""
        return np.cumsum([0, *(block.rows for block in self.blocks)])

    def keys(self, names: Names) -> pa.StringArray:
        """Give the distinct keys that other tables lead to."""
        parts = [block.wanted[names] for block in self.blocks]
        return pa.concat_arrays(parts).unique().drop_null() if parts else pa.array([], pa.string())

    def suspects(self, known: Sequence[pa.StringArray]) -> Rows:
        """Give the rows that Frictionless must look at, in order; `known` has the keys that each leading key may be."""
        if not self.blocks:
            return np.zeros(0, np.int64)
        parts = [self._all(lambda block: block.wrong), *self._shared()]
        parts.extend(self.lost(place, keys) for place, keys in enumerate(known))
        return once_each(np.sort(np.concatenate(parts)))

    def alike(self) -> Rows:
        """Give the rows that seem to share a key with another, of the keys of which that was asked, in order."""
        parts = [
            shared_rows([block.alike[place] for block in self.blocks])
            for place in range(len(self.plan.alike) if self.blocks else 0)
        ]
        return once_each(np.sort(np.concatenate(parts))) if parts else np.zeros(0, np.int64)

    def lost(self, place: int, known: pa.StringArray) -> Rows:
        """Give the rows of which a leading key, by its place, is none of those that are known."""
        return self._all(partial(_lost, place=place, known=known))

    def cells(self, readings: Iterable[Reading], rows: Rows) -> Iterator[tuple[int, list[str]]]:
        """Give the cells of some rows, by their row, from the readings of the table."""
        places = (rows[(rows >= start) & (rows < end)] for start, end in pairwise(self.starts))
        blocks = zip(readings, places, self.starts, strict=False)
        tasks = (partial(_cells_in, reading, here, start) for reading, here, start in blocks if len(here))
        yield from chain.from_iterable(_side_by_side(tasks))

    def _shared(self) -> list[Rows]:
        """Give the rows that seem to share a key that must be unique, for each of these keys."""
        keys = [[block.unique[place] for block in self.blocks] for place in range(len(self.plan.unique))]
        if self.plan.primary:
            keys.append([block.primary for block in self.blocks if block.primary is not None])
        tasks = [partial(shared_rows, blocks) for blocks in keys]
        if len(tasks) < THREADS or self.starts[-1] < MANY:
            return [task() for task in tasks]
        with ThreadPoolExecutor(THREADS) as threads:
            return list(threads.map(lambda task: task(), tasks))

    def _all(self, rows_of: Callable[[Examined], Rows]) -> Rows:
        """Give rows of all blocks by their place in the table; none of a table that has only a header."""
        none = np.zeros(0, np.int64)
        return np.concatenate(
            [none, *(rows_of(block) + at for block, at in zip(self.blocks, self.starts, strict=False))]
        )


def _cells_in(reading: Reading, rows: Rows, start: int) -> list[tuple[int, list[str]]]:
    """Give the cells of some rows of a block that starts with a row, by their row."""
    return list(zip(rows.tolist(), cells_at(reading, (rows - start).tolist()), strict=True))


def _lost(block: Examined, place: int, known: pa.StringArray) -> Rows:
    """Give the rows of a block whose key leads nowhere."""
    keys = block.leading[place]
    is_lost = pc.invert(pc.is_in(keys.dictionary, value_set=known))
    if not pc.any(is_lost).as_py():
        return np.zeros(0, np.int64)
    return np.flatnonzero(as_mask(is_lost.take(keys.indices)))


Note = Callable[[], None]
Look = Callable[[Block], Note]  # looks at a block, in any thread; what it gives is called in the order of the blocks
Done = TypeVar("Done")


def scan(plan: Plan, readings: Iterable[Reading], look: Look) -> Scan:
    """Pass over all rows of a table, and let `look` see each block too; raises what a reading raises."""
    blocks = []
    for note, examined in _side_by_side(partial(_looked_at, plan, reading, look) for reading in readings):
        note()
        blocks.append(examined)
    return Scan(plan, tuple(blocks))


def _looked_at(plan: Plan, reading: Reading, look: Look) -> tuple[Note, Examined]:
    block = reading()
    return look(block), examine(plan, block)


def _side_by_side(tasks: Iterator[Callable[[], Done]]) -> Iterator[Done]:
    """Do tasks in threads, and give what they find in order; no more are begun than are being done, for memory."""
    first = list(islice(tasks, 2))
    if len(first) < 2:
        yield from (task() for task in first)
        return
    with ThreadPoolExecutor(THREADS) as threads:
        begun: deque[Future[Done]] = deque(threads.submit(task) for task in first)
        try:
            for task in tasks:
                begun.append(threads.submit(task))
                if len(begun) > THREADS:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for future in begun:
                future.cancel()


def examine(plan: Plan, block: Block) -> Examined:
    """Say what one block of rows holds."""
    judged = [judge.judge(texts) for judge, texts in zip(plan.judges, block.columns, strict=True)]
    texts = [column.texts for column in judged]
    wrong = np.zeros(block.rows, bool)
    wrong[list(block.ragged)] = True
    for column in judged:
        if column.wrong is not None:
            wrong |= column.wrong
    wrong |= _all_null(texts)
    primary = [texts[place] for place in plan.primary]
    if primary:
        wrong |= _all_null(primary)
    return Examined(
        block.rows,
        np.flatnonzero(wrong),
        row_bits(primary) if primary else None,
        tuple(cell_bits(texts[place]) for place in plan.unique),
        tuple(_compact(joined([texts[place] for place in key.places])) for key in plan.leading),
        {names: _wanted(texts, places) for names, places in plan.wanted.items()},
        tuple(row_bits([texts[place] for place in places]) for places in plan.alike),
    )


def _all_null(columns: Sequence[pa.StringArray]) -> Mask | bool:
    """Tell in which rows all of these columns are empty."""
    if any(not column.null_count for column in columns):
        return False
    is_null: Mask = np.logical_and.reduce([as_mask(column.is_null()) for column in columns])
    return is_null


def _compact(keys: pa.StringArray) -> pa.DictionaryArray:
    """Keep the keys of a block with as few bytes as can be."""
    coded = keys.dictionary_encode()
    small = pa.int16() if len(coded.dictionary) < 2**15 else pa.int32()
    return pa.DictionaryArray.from_arrays(coded.indices.cast(small), coded.dictionary)


def _wanted(texts: Sequence[pa.StringArray], places: Places) -> pa.StringArray:
    return joined([texts[place] for place in places]).unique()
