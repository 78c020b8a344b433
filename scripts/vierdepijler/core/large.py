"""Tables that are too large to hold in memory: they are seen once, block by block, while their schema is checked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import overload

import pyarrow.compute as pc

from vierdepijler.core.columnar.blocks import Block
from vierdepijler.core.columnar.files import CsvFile

from .tables import Table


def line_numbers(block: Block, first: int) -> Sequence[int]:
    """Give the line on which each row starts: one further for every row, and for every end of a line in a cell."""
    within = [pc.count_substring(column, "\n") for column in block.columns]
    if not any(pc.any(pc.greater(count, 0)).as_py() for count in within):
        return range(first, first + block.rows)
    counts = [sum(filter(None, row)) + 1 for row in zip(*(count.to_pylist() for count in within), strict=True)]
    for place, cells in block.ragged.items():
        counts[place] = 1 + sum(cell.count("\n") for cell in cells)
    return tuple(accumulate(counts, initial=first))[:-1]


def line_behind(block: Block, lines: Sequence[int]) -> int:
    """Give the line behind the last row of a block."""
    if not lines:
        return 0
    return lines[-1] + 1 + sum(cell.count("\n") for cell in block.cells(block.rows - 1))


class Lines(Sequence[int]):
    """The lines of rows in several blocks, one after the other."""

    def __init__(self) -> None:
        """Start without any."""
        self._parts: list[Sequence[int]] = []
        self._ends: list[int] = []

    def add(self, lines: Sequence[int]) -> None:
        """Add those of a block."""
        self._parts.append(lines)
        self._ends.append(len(self) + len(lines))

    def clear(self) -> None:
        """Forget them all, to start again."""
        self._parts.clear()
        self._ends.clear()

    def __len__(self) -> int:
        """Give the number of rows."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, row: int) -> int: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[int]: ...
    def __getitem__(self, row: int | slice) -> int | Sequence[int]:
        """Give the line of a row; raises `IndexError` for one that is not there."""
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(len(self)))]
        row = row + len(self) if row < 0 else row
        part = bisect_right(self._ends, row)
        if row < 0 or part == len(self._parts):
            raise IndexError(row)
        return self._parts[part][row - self._ends[part]]

    def __iter__(self) -> Iterator[int]:
        """Give all of them."""
        for part in self._parts:
            yield from part


@dataclass(frozen=True)
class LargeTable:
    """A table without its rows, and the file that they are read from; `lines` are those of the rows seen so far."""

    head: Table
    source: CsvFile
    lines: Lines

    def part(self, block: Block, lines: Sequence[int]) -> Table:
        """Give some of its rows as a table."""
        return replace(self.head, block=block, lines=lines, typed={})
