"""Sheets of a workbook as values: what stands above a table, its columns and their kinds, and its rows.

Excel keeps fifteen digits of a number, and knows no day before 1900 (and one too many in that year). A column that
holds more is text throughout: nothing is lost, and no column is half the one and half the other.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from vierdepijler.core.tables import Field, Table, Value, plain

MOST_DIGITS = 15
FIRST_DAY = datetime.date(1900, 3, 1)  # Excel takes 1900 for a leap year: before this day programs do not agree
LONGEST_NAME = 31  # of a sheet, in characters
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
TAKEN = "history"  # the name of a sheet that Excel keeps for itself


class Kind(Enum):
    """How the cells of a column are written."""

    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    TEXT = "text"


@dataclass(frozen=True)
class Line:
    """A line of text above a table; `leads_to` names a sheet, `address` a page, to which it is a link."""

    text: str
    leads_to: str = ""
    address: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a sheet: its name in the workbook, its header, the kinds of its columns and its rows.

    `leads_to` names, for each row, the sheet to which its first cell is a link.
    """

    name: str
    header: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: Sequence[tuple[Value, ...]]
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the lines at its top, the first of which is its title, and one table below them."""

    name: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None


def kind_of(table: Table, field: Field) -> Kind:
    """Decide how a column is written: as what it is, or as text where a spreadsheet would lose something."""
    values = (plain(value) for value in table.column(field.name).to_pylist() if value is not None)
    match field.type:
        case "integer" | "number" | "year":
            return Kind.NUMBER if all(map(_is_short, values)) else Kind.TEXT
        case "date":
            return (
                Kind.DATE if all(isinstance(day, datetime.date) and day >= FIRST_DAY for day in values) else Kind.TEXT
            )
        case "boolean":
            return Kind.BOOLEAN
        case _:
            return Kind.TEXT


def _is_short(value: Value) -> bool:
    return isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS


def text_grid(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Grid:
    """Make a table of nothing but text."""
    return Grid(name, header, (Kind.TEXT,) * len(header), [tuple(text or None for text in row) for row in rows])


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Give each name as Excel takes it for a sheet: 31 characters, none forbidden, and no two the same."""
    given: list[str] = []
    used = {TAKEN, *(name.casefold() for name in taken)}
    for name in names:
        bare = FORBIDDEN.sub("_", name).strip("' ") or "_"
        given.append(_unused(bare, used))
        used.add(given[-1].casefold())
    return tuple(given)


def _unused(name: str, used: set[str]) -> str:
    ends = ("", *(f"~{number}" for number in range(2, len(used) + 3)))
    shortened = (name[: LONGEST_NAME - len(end)].strip("' ") + end for end in ends)
    return next(short for short in shortened if short.casefold() not in used)


def grid_names(names: Iterable[str]) -> tuple[str, ...]:
    """Name tables in a workbook: letters, digits and lines, no cell's name such as `A1`, and no two the same."""
    given: list[str] = []
    for name in names:
        safe = "table_" + re.sub(r"[^A-Za-z0-9_]", "_", name)[:200]
        is_used = safe.casefold() in {other.casefold() for other in given}
        given.append(f"{safe}.{len(given)}" if is_used else safe)
    return tuple(given)
