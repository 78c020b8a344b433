"""Pieces of CSV in columns of text: by pyarrow where every reader of CSV agrees about them, by Python's own otherwise.

Frictionless reads CSV with Python's module `csv`. The quick reader is used only for text of which it is sure to give
the same cells: quotes stand round whole cells, rows end in one way, and no NUL hides between them.
"""

import csv as python_csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from .arrow import NO_LENGTH
from .forms import LONGEST, MOST_COLUMNS, CsvForm, OddTextError

QUOTE, LINE_FEED, RETURN = b'"\n\r'
STRAY_RETURN = re.compile(rb"\r(?!\n)")
NOTHING = b"\0"  # stands in for an empty line while pyarrow reads, which would give it empty cells
FEW = 4096  # bytes that Python has read before pyarrow has begun
CARE = 20_000  # rows that Python reads into one block
RAGGED = 1_000_000  # cells in rows of another width than the header, and such rows: they are not kept in columns
python_csv.field_size_limit(LONGEST)  # a long cell is a cell, as it is for Frictionless, as long as memory lasts


@dataclass(frozen=True)
class Block:
    """Rows of a table in columns of text; null where a row stops before that column.

    `ragged` holds the cells of the rows that have another number of them than the header, by their place in the block.
    """

    columns: tuple[pa.StringArray, ...]
    ragged: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.columns[0]) if self.columns else len(self.ragged)

    @property
    def size(self) -> int:
        """The number of cells, as they stand in the file."""
        return (self.rows - len(self.ragged)) * len(self.columns) + sum(map(len, self.ragged.values()))

    def cells(self, place: int) -> list[str]:
        """Give the cells of a row as they stand in the file."""
        if place in self.ragged:
            return list(self.ragged[place])
        return [column[place].as_py() for column in self.columns]

    def after(self, rows: int, count: int | None = None) -> "Block":
        """Leave out the first rows, such as a header, and give `count` of the others, or all."""
        end = self.rows if count is None else rows + count
        ragged = {place - rows: cells for place, cells in self.ragged.items() if rows <= place < end}
        return Block(tuple(column.slice(rows, count) for column in self.columns), ragged)


def quick_block(piece: bytes, width: int, form: CsvForm) -> Block:
    """Read a piece of whole rows; raises `OddTextError` for text that needs more care."""
    _check(piece, form.delimiter.encode())
    columns, ragged = _read(piece, width, form)
    if _has_empty_rows(columns):
        marked, empty = _marked(piece)
        columns, ragged = _read(marked, width, form)
        if empty != sum(not cells for cells in ragged.values()):
            raise OddTextError("an empty line in a table of one column, or in a quoted cell")
    return _with_ragged(columns, ragged)


def block_in(piece: bytes, width: int, form: CsvForm) -> Block:
    """Read a piece of whole rows by the quicker of the two readers, which agree about it; raises `OddTextError`."""
    if len(piece) > FEW:
        return quick_block(piece, width, form)
    _check(piece, form.delimiter.encode())
    records = list(python_csv.reader(io.StringIO(piece.decode(), newline=""), delimiter=form.delimiter))
    if width == 1 and [] in records:
        raise OddTextError("an empty line in a table of one column")
    return block_of(records, width)


def _read(piece: bytes, width: int, form: CsvForm) -> tuple[list[pa.StringArray], dict[int, tuple[str, ...]]]:
    ragged: dict[int, tuple[str, ...]] = {}
    left = RAGGED

    def keep(row: csv.InvalidRow) -> str:
        nonlocal left
        cells = ragged[row.number - 1] = _cells(row.text, form)
        left -= 1 + len(cells)
        return "skip" if left >= 0 and len(cells) <= MOST_COLUMNS else "error"

    try:
        return _columns(piece, width, form, keep), ragged
    except pa.ArrowInvalid as error:
        raise OddTextError("rows of very different widths") from error


def _columns(piece: bytes, width: int, form: CsvForm, keep: Callable[[csv.InvalidRow], str]) -> list[pa.StringArray]:
    names = [str(place) for place in range(width)]
    table = csv.read_csv(
        pa.py_buffer(piece),
        read_options=csv.ReadOptions(use_threads=False, block_size=len(piece) + 1, column_names=names),
        parse_options=csv.ParseOptions(
            delimiter=form.delimiter, ignore_empty_lines=False, newlines_in_values=True, invalid_row_handler=keep
        ),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    return [_whole(column) for column in table.columns]


def _has_empty_rows(columns: Sequence[pa.StringArray]) -> bool:
    """Tell whether a row may be an empty line: pyarrow gives it empty cells, and Python none at all."""
    is_empty = np.ones(len(columns[0]), bool)
    for column in columns:
        is_empty &= pc.equal(pc.binary_length(column), NO_LENGTH).to_numpy(zero_copy_only=False)
        if not is_empty.any():
            return False
    return True


def _marked(piece: bytes) -> tuple[bytes, int]:
    """Put a mark in each empty line; gives how many there are too. Raises `OddTextError` for very many of them."""
    if piece.count(b"\n\n") + piece.count(b"\n\r") > RAGGED:
        raise OddTextError("very many empty lines")
    characters = np.frombuffer(piece, np.uint8)
    starts = np.append(0, np.flatnonzero(characters == LINE_FEED) + 1)
    first = characters[starts[starts < len(piece)]]
    empty = starts[: len(first)][(first == LINE_FEED) | (first == RETURN)].tolist()
    return NOTHING.join(piece[start:end] for start, end in pairwise([0, *empty, len(piece)])), len(empty)


def _check(piece: bytes, delimiter: bytes) -> None:
    """Find out whether every reader of CSV agrees about a piece; raises `OddTextError` otherwise."""
    if NOTHING in piece:
        raise OddTextError("a NUL")
    if b"\r" in piece and STRAY_RETURN.search(piece):
        raise OddTextError("a carriage return that ends no line")
    if b'"' not in piece:
        return
    characters = np.frombuffer(piece, np.uint8)
    quotes = np.flatnonzero(characters == QUOTE)
    if len(quotes) % 2:
        raise OddTextError("a quote that is not closed")
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = np.append(False, opening[1:] == closing[:-1] + 1)
    before = characters[opening - 1]
    starts = (before == delimiter[0]) | (before == LINE_FEED) | (opening == 0) | doubled
    after = characters[np.minimum(closing + 1, len(piece) - 1)]
    ends = (
        np.isin(after, [delimiter[0], LINE_FEED, RETURN]) | (closing == len(piece) - 1) | np.append(doubled[1:], False)
    )
    if not (starts.all() and ends.all()):
        raise OddTextError("a quote that does not stand round a whole cell")


def _cells(text: str, form: CsvForm) -> tuple[str, ...]:
    """Split a row that pyarrow would not take."""
    if text.rstrip("\r\n") == NOTHING.decode():
        return ()
    return tuple(next(python_csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter)))


def _whole(column: pa.ChunkedArray) -> pa.StringArray:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _with_ragged(columns: Sequence[pa.StringArray], ragged: Mapping[int, tuple[str, ...]]) -> Block:
    """Put the rows of another width back where they stood."""
    if not ragged:
        return Block(tuple(columns))
    rows = len(columns[0])
    is_ragged = np.zeros(rows + len(ragged), bool)
    is_ragged[list(ragged)] = True
    order = np.empty(len(is_ragged), np.int64)
    order[~is_ragged] = np.arange(rows)
    order[is_ragged] = np.arange(rows, len(is_ragged))
    added = (
        pa.array([cells[place] if place < len(cells) else None for cells in ragged.values()], pa.string())
        for place in range(len(columns))
    )
    return Block(
        tuple(pa.concat_arrays(parts).take(pa.array(order)) for parts in zip(columns, added, strict=True)), ragged
    )


def careful_blocks(
    text: Iterator[str], width: int, options: Mapping[str, Any], *, strict: bool = False
) -> Iterator[Block]:
    """Read lines of CSV with Python's own reader, as Frictionless does; raises `csv.Error` where it cannot."""
    reader = python_csv.reader(text, strict=strict, **options)
    while records := list(_some(reader)):
        yield block_of(records, width)


def _some(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    """Give the next rows, so many that they fit in memory; raises `csv.Error` for one of very many cells."""
    left = RAGGED
    for record in islice(reader, CARE):
        if len(record) > MOST_COLUMNS:
            raise python_csv.Error(f"a row of more than {MOST_COLUMNS} cells")
        yield record
        left -= len(record)
        if left < 0:
            return


def lines_of(text: TextIO) -> Iterator[str]:
    """Give the lines of a file; raises `csv.Error` for one that is too long to be one."""
    while line := text.readline(LONGEST):
        if len(line) == LONGEST and not line.endswith(("\n", "\r")):
            raise python_csv.Error(f"field larger than field limit ({LONGEST})")
        yield line


def block_of(records: Sequence[Sequence[str]], width: int) -> Block:
    """Put records in columns of text."""
    columns = (
        pa.array([record[place] if place < len(record) else None for record in records], pa.string())
        for place in range(width)
    )
    ragged = {place: tuple(record) for place, record in enumerate(records) if len(record) != width}
    return Block(tuple(columns), ragged)
