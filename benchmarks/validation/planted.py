"""The errors that are planted: 17 kinds, each some times, spread over the whole table.

A kind is named as Frictionless names it: the type of its error, or the constraint, and for a type the type itself.
Nothing is imported here, for those who are measured import this too.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

Cells = list[str]
Found = dict[str, list[int]]  # row numbers by kind of error; the header is row 1
ID, MUNICIPALITY, MONTH, ACTIVITY, HOURS, PERSONS, NOTE = range(7)
FIRST_ROW = 2  # the header is row 1
EACH = 6  # times that a kind is planted


def _put(column: int, *texts: str) -> Callable[[int, Cells, Cells], Cells]:
    """Put a text into a column, each of them in turn."""

    def spoil(turn: int, cells: Cells, _other: Cells) -> Cells:
        return [*cells[:column], texts[turn % len(texts)], *cells[column + 1 :]]

    return spoil


def _put_here_and_there(*places: tuple[int, str]) -> Callable[[int, Cells, Cells], Cells]:
    return lambda turn, cells, other: _put(*places[turn % len(places)])(0, cells, other)


def _copy(column: int, turn: int, cells: Cells, other: Cells, *, blank_too: bool = False) -> Cells:
    """Copy the cell of another row, and if asked leave it empty every other time."""
    return _put(column, "" if blank_too and turn % 2 else other[column])(0, cells, other)


SPOILERS: Mapping[str, Callable[[int, Cells, Cells], Cells]] = {
    "blank-row": lambda _turn, _cells, _other: [],
    "missing-cell": lambda _turn, cells, _other: cells[:NOTE],
    "extra-cell": lambda _turn, cells, _other: [*cells, "extra"],
    "type integer": _put(PERSONS, "12a", "1.5", "twaalf"),
    "type number": _put(HOURS, "12,5", "veel", "1.2.3"),
    "type date": _put(MONTH, "2024-13-01", "01-02-2024", "2023-02-29"),
    "required": _put_here_and_there((PERSONS, ""), (MONTH, ""), (ACTIVITY, "")),
    "minimum": _put_here_and_there((PERSONS, "-1"), (MONTH, "2009-12-01"), (HOURS, "-0.25")),
    "maximum": _put_here_and_there((PERSONS, "100001"), (MONTH, "2027-01-01")),
    "exclusiveMaximum": _put(HOURS, "744.00", "1000.5"),
    "minLength": _put(NOTE, "é", "ja", "ok", "2×", "??", "ü"),
    "maxLength": _put(NOTE, *(f"{number}{'é' * 60}" for number in range(EACH))),
    "pattern": _put(ID, *(f"r{number:08}" for number in range(EACH))),
    "enum": _put(ACTIVITY, "sprot", "Taal"),
    "unique": partial(_copy, NOTE),
    "primary-key": partial(_copy, ID, blank_too=True),
    "foreign-key": _put(MUNICIPALITY, "GM9999", "GM0001"),
}


def planted(rows: int) -> Found:
    """Give the row numbers, by kind, of the errors planted in a table of so many rows."""
    found: Found = {kind: [] for kind in SPOILERS}
    for row, kind in _places(rows).items():
        found[kind].append(row + FIRST_ROW)
    return found


def planted_lines(rows: int, cells_of: Callable[[int], Cells]) -> dict[int, str]:
    """Write the lines that stand instead of others, by the number of the row they replace, counted from 0."""
    places = _places(rows)
    turns = dict.fromkeys(SPOILERS, 0)
    lines = {}
    for row, kind in places.items():
        other = next(cells for cells in map(cells_of, _clean_before(row, places)) if cells[NOTE])
        lines[row] = _written(SPOILERS[kind](turns[kind], cells_of(row), other))
        turns[kind] += 1
    return lines


def _places(rows: int) -> dict[int, str]:
    """Give the kind that is planted in each row, counted from 0, in their order."""
    kinds = list(SPOILERS) * EACH
    if rows < len(kinds):
        raise ValueError(f"a table of {rows} rows is too short for {len(kinds)} errors")
    return {(2 * place + 1) * rows // (2 * len(kinds)): kind for place, kind in enumerate(kinds)}


def _clean_before(row: int, places: Mapping[int, str]) -> Iterator[int]:
    """Give rows to copy from, without an error: from the middle of what comes before, so that it is far away."""
    return (other for other in chain(range(row // 2, row), range(row // 2)) if other not in places)


def _written(cells: Cells) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def kind_of(error: str, note: str) -> str:
    """Name the kind of an error of Frictionless, by its type and what it notes."""
    if error == "constraint-error":
        return note.partition('constraint "')[2].partition('"')[0]
    if error == "type-error":
        return "type " + note.partition('type is "')[2].partition("/")[0]
    return error.removesuffix("-error")


def by_kind(errors: Iterable[Any]) -> Found:
    """Sort errors of Frictionless by kind."""
    found: Found = {}
    for error in errors:
        found.setdefault(kind_of(error.type, error.note), []).append(error.row_number)
    return found
