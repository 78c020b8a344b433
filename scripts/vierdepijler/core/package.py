"""The data package in memory: its descriptor, its tables with typed values, and those that are too large to hold.

Its parts are those of Data Package 2.0 (https://datapackage.org/standard/data-package/). Beside the
standard's own properties it knows a few of ours, all optional: `title_en` and the like (a text in another
language than the first of `languages`), `unit` and `unitIn` (the unit of a field, or the field that holds
it), `printedIn` (the field that holds the value as the source prints it), `notedIn` (the field that holds the
number of our note of a source that we hold no copy of), `reasonIn` (the field that points to the reason why a
cell is empty), `strengthIn` and `confidenceIn` (the fields that hold how strongly and how surely the source says it),
`sourceIn` (the field with the source of a cell, where the row has another), and of a resource its `role` (what the
table is for: `Role`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from vierdepijler.core.columnar import Block, CsvFile, text_bytes

from .descriptors import is_of_house, place_of
from .problems import Problem
from .tables import Descriptor, Field, Role, Table


def line_numbers(block: Block, first: int) -> Sequence[int]:
    """Give the line on which each row starts: one further for every row, and for every end of a line in a cell."""
    broken = [column for column in block.columns if b"\n" in text_bytes(column).tobytes()]
    if not broken and not block.ragged:
        return range(first, first + block.rows)
    counts = np.ones(block.rows, np.int64)
    for column in broken:
        counts += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy()
    for place, cells in block.ragged.items():
        counts[place] = 1 + sum(cell.count("\n") for cell in cells)
    return tuple((first + np.cumsum(counts) - counts).tolist())


def line_behind(block: Block, lines: Sequence[int]) -> int:
    """Give the line behind the last row of a block."""
    if not lines:
        return 0
    return lines[-1] + 1 + sum(cell.count("\n") for cell in block.cells(block.rows - 1))


class Lines(Sequence[int]):
    """The lines of the rows of a large table that were seen so far: of most they follow each other."""

    def __init__(self) -> None:
        """Begin without any."""
        self._parts: list[tuple[Any, int]] = []
        self._starts = [0]

    def add(self, lines: Sequence[int], before: int) -> None:
        """Put the lines of more rows behind them, counted from the line that goes `before` these."""
        self._parts.append((lines if isinstance(lines, range) else np.array(lines), before))
        self._starts.append(self._starts[-1] + len(lines))

    def clear(self) -> None:
        """Forget all of them."""
        del self._parts[:], self._starts[1:]

    def __len__(self) -> int:
        """Count them."""
        return self._starts[-1]

    def __getitem__(self, row: Any) -> Any:
        """Give the line of a row."""
        place = bisect_right(self._starts, row) - 1
        lines, before = self._parts[place]
        return int(lines[row - self._starts[place]]) + before


@dataclass(frozen=True)
class LargeTable:
    """A table without its rows, and the file that they are read from; `lines` are those of the rows seen so far."""

    head: Table
    source: CsvFile
    lines: Lines

    def part(self, block: Block, lines: Sequence[int]) -> Table:
        """Give some of its rows as a table."""
        return replace(self.head, block=block, lines=lines, typed={})


@dataclass(frozen=True)
class Package:
    """A data package: where it lies, its descriptor and its tables by name; those that are too large to hold apart.

    Its descriptor knows only resources that are tables, with their schemas in them; `others` are those that are no
    tables, by their place among all. In a package that was read leniently these may be tables that are `unread`, by
    their names, and why is `told`.
    """

    path: Path
    descriptor: Descriptor
    tables: Mapping[str, Table]
    large: Mapping[str, LargeTable] = field(default_factory=dict)
    others: Mapping[int, Descriptor] = field(default_factory=dict)
    told: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def root(self) -> Path:
        """The folder that every path of the descriptor starts from."""
        return self.path.parent

    @property
    def whole(self) -> Descriptor:
        """The descriptor with every resource that it names, in order."""
        resources = list(self.descriptor["resources"])
        for place in sorted(self.others):
            resources.insert(place, self.others[place])
        return {**self.descriptor, "resources": resources}

    @property
    def archive(self) -> str:
        """The file name of the zip that holds the whole package when it is published."""
        return f"{self.descriptor.get('name', 'package')}.zip"

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of titles and labels, the main one first."""
        return tuple(self.descriptor.get("languages", ("en",))) if is_of_house(self.descriptor) else ("en",)

    def language_folder(self, language: str) -> str:
        """Give the folder of the pages of a language, counted from the homepage: the main one stands at the root."""
        return "" if language == self.languages[0] else f"{language}/"

    def only(self, names: Iterable[str]) -> "Package":
        """Give the package with some of its tables; its descriptor still knows them all."""
        kept = set(names)
        return replace(
            self,
            tables={name: table for name, table in self.tables.items() if name in kept},
            large={name: table for name, table in self.large.items() if name in kept},
        )

    @property
    def heads(self) -> tuple[Table, ...]:
        """All tables, the large ones without their rows."""
        return (*self.tables.values(), *(large.head for large in self.large.values()))

    def head(self, name: str) -> Table | None:
        """Give a table by name, without its rows where it is a large one; None where there is no such table."""
        large = self.large.get(name)
        return self.tables.get(name) if large is None else large.head

    def table_of(self, role: Role) -> Table | None:
        """Give the table that has a role in this package; None where none has, or where it is too large to hold."""
        return self.by_role.get(role)

    @cached_property
    def by_role(self) -> Mapping[str, Table]:
        """The tables that have a role, by it."""
        return {table.role: table for table in reversed([*self.tables.values()]) if table.role}

    def problem(self, steps: Iterable[str | int], column: str, what: str, todo: str) -> Problem:
        """Say what is wrong with a part of the descriptor, with the file and the line on which it stands."""
        file, line = place_of(self.path, *steps)
        return Problem(file, line, column, what, todo)

    def field_problem(self, table: Table, field: Field, what: str, todo: str, *steps: str) -> Problem:
        """Say what is wrong with a field in the descriptor, or with a property of it, to which `steps` lead."""
        place = ("resources", table.name, "schema", "fields", field.name, *steps)
        return self.problem(place, ".".join((table.name, field.name, *steps)), what, todo)

    def title(self, part: Table | Field, language: str) -> str:
        """Give the title of a table or a field in a language, or else its name."""
        return self.text(part.descriptor, "title", language) or part.name

    def text(self, descriptor: Descriptor, name: str, language: str) -> str:
        """Give a text property (`title`, `description`) in a language, empty where it has none at all."""
        own = name if language == self.languages[0] else f"{name}_{language}"
        return str(descriptor.get(own) or descriptor.get(name) or "")
