"""Pieces of CSV in columns of text: by pyarrow where every reader of CSV agrees about them, by Python's own otherwise.

Frictionless reads CSV with Python's module `csv`. The quick reader is used only for text of which it is sure to give
the same cells: quotes stand round whole cells, rows end in one way, and no NUL hides between them.
"""

import csv as python_csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice, pairwise
from typing import Any, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from .forms import LONGEST, MOST_COLUMNS, CsvForm, OddTextError

Mask = np.ndarray[Any, np.dtype[np.bool_]]
# With the type of what they stand beside: else Arrow looks for one each time, five times the work for a short column.
# They are made of bytes, for `pa.scalar` would load pandas before anybody can spare it.
NO_TEXT, NO_DAY = pa.nulls(1, pa.string())[0], pa.nulls(1, pa.date32())[0]
NO_LENGTH = pa.Array.from_buffers(pa.int32(), 1, [None, pa.py_buffer(bytes(4))])[0]


def as_mask(values: pa.BooleanArray | pa.BooleanScalar) -> Mask:
    """Give a mask of truth values, in which null is false."""
    if values.null_count:
        values = pc.fill_null(values, fill_value=False)
    mask: Mask = values.to_numpy(zero_copy_only=False)
    return mask


def text_bytes(texts: pa.StringArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Give the bytes of all texts of a column, one after the other."""
    ends = text_ends(texts)
    data = texts.buffers()[2]
    return np.frombuffer(data or b"", np.uint8)[ends[0] : ends[-1]]


def text_ends(texts: pa.StringArray) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Give where each text starts in the buffer of its column, and where the last one ends."""
    if not len(texts):
        return np.zeros(1, np.int32)
    ends = np.frombuffer(texts.buffers()[1], np.int32)
    return ends[texts.offset : texts.offset + len(texts) + 1]


def is_printable(texts: pa.StringArray) -> bool:
    """Tell whether all texts are printable ASCII."""
    characters = text_bytes(texts)
    return not len(characters) or bool(characters.min() >= ord(" ") and characters.max() <= ord("~"))


class NoPandas:
    """Among those whom Python asks where a module is, one who says that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Refuse pandas; leave everything else to the others."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def spare_pandas() -> None:
    """Let pyarrow look for pandas, which it does once, and find nothing; an import of pandas is not hindered.

    Does nothing in a process that has loaded pandas already. Afterwards `pyarrow.array` does not know a series of
    pandas, nor `pandas.NA` in a list: this is for a process that has no use for pandas.
    """
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, NoPandas)
    try:
        pa.array([None]).to_numpy(zero_copy_only=False)  # its Python, and its C++ too
    finally:
        sys.meta_path.remove(NoPandas)


QUOTE, LINE_FEED, RETURN = b'"\n\r'
STRAY_RETURN = re.compile(rb"\r(?!\n)")
NOTHING = b"\0"  # stands in for an empty line while pyarrow reads, which would give it empty cells
CARE = 20_000  # rows that Python reads into one block
RAGGED = 1_000_000  # cells in rows of another width than the header, and such rows: they are not kept in columns
python_csv.field_size_limit(LONGEST)  # a long cell is a cell, as it is for Frictionless, as long as memory lasts


class BrokenCsvError(python_csv.Error):
    """Text that Python's reader of CSV breaks off in, in the row that starts on `line`."""

    def __init__(self, reason: str, line: int) -> None:
        """Say why and where."""
        super().__init__(reason)
        self.line = line


class WideRowError(BrokenCsvError):
    """A row of more cells than a table has columns."""


class LongLineError(BrokenCsvError):
    """A line that no program can show."""


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


def lines_at(piece: bytes, places: Sequence[int]) -> bytes | None:
    """Give some rows of a piece, where each of its lines is one; None where a cell goes on in the next line."""
    characters = np.frombuffer(piece, np.uint8)
    ends = np.flatnonzero(characters == LINE_FEED) + 1
    if b'"' in piece and (np.searchsorted(np.flatnonzero(characters == QUOTE), ends) % 2).any():
        return None
    starts = np.concatenate([[0], ends, [len(piece)]])
    return b"".join(piece[starts[place] : starts[place + 1]] for place in places)


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
            delimiter=form.delimiter,
            ignore_empty_lines=False,
            newlines_in_values=True,
            invalid_row_handler=keep,
            quote_char='"' if b'"' in piece else False,  # without any, none is looked for
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
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
    lines: Iterable[str], width: int, options: Mapping[str, Any], *, strict: bool = False
) -> Iterator[Block]:
    """Put what `records_of` cuts in columns, so many rows at a time that they fit in memory."""
    records = (record for _, record in records_of(lines, strict=strict, **options))
    while some := list(_some(records)):
        yield block_of(some, width)


def _some(records: Iterable[list[str]]) -> Iterator[list[str]]:
    left = RAGGED
    for record in islice(records, CARE):
        yield record
        left -= len(record)
        if left < 0:
            return


def records_of(lines: Iterable[str], **options: Any) -> Iterator[tuple[int, list[str]]]:
    """Cut lines into records with Python's own reader, as Frictionless does, each with the line on which it starts.

    `options` are those of `csv.reader`. Raises `BrokenCsvError` where it cannot.
    """
    start, reader = 1, python_csv.reader(lines, **options)
    while True:
        try:
            record = next(reader, None)
        except BrokenCsvError:
            raise
        except python_csv.Error as error:
            raise BrokenCsvError(str(error), start) from error
        if record is None:
            return
        if len(record) > MOST_COLUMNS:
            raise WideRowError(f"a row of more than {MOST_COLUMNS} cells", start)
        yield start, record
        start = reader.line_num + 1


def lines_of(text: TextIO) -> Iterator[str]:
    """Give the lines of a file; raises `LongLineError` for one that is too long to be one."""
    for number in count(1):
        if not (line := text.readline(LONGEST)):
            return
        if len(line) == LONGEST and not line.endswith(("\n", "\r")):
            raise LongLineError(f"field larger than field limit ({LONGEST})", number)
        yield line


def block_of(records: Sequence[Sequence[str]], width: int) -> Block:
    """Put records in columns of text."""
    columns = (
        pa.array([record[place] if place < len(record) else None for record in records], pa.string())
        for place in range(width)
    )
    ragged = {place: tuple(record) for place, record in enumerate(records) if len(record) != width}
    return Block(tuple(columns), ragged)
