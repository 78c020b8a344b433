"""Times: when a row holds, and which rows say the same of other times.

Rows form a *series* when their keys differ in nothing but the day, the period and the source: what one answer says,
and what the next says of the same. A derived figure continues another that is calculated alike from these. An entry of
the register of what is not known is answered by the first cell that says it.
"""

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from .cells import (
    ADDRESS,
    ORIGIN,
    SOURCE,
    AddressError,
    Cell,
    Selection,
    cell_address,
    find_field,
    find_rows,
    find_table,
    inputs_of,
    key_of,
    select,
)
from .package import Package
from .problems import Message, say
from .tables import Field, Role, Table, cell_text

WHEN = ("reference_date", "reference_period")  # the day that a row holds for, or the period, as precise as its source
PERIOD = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<last>\d{4})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
NEVER = datetime.date.min
Moment = tuple[datetime.date, datetime.date]
UNKNOWN = "unknown_id"
ANSWERED_BY = "answered_by"  # the addresses of cells that would answer an entry, with `;` between them
EARLIER, LATER_CELL = "cell", "later_cell"  # the addresses of two figures, of which the second may be empty
PRINT = (*ORIGIN, "as_printed")


def last_day(period: str) -> datetime.date | None:
    """Give the last day of a day, month, quarter, year or span of years, such as `2020-Q1`; None for another text."""
    if not (found := PERIOD.fullmatch(period)):
        return None
    year, month, day = int(found["last"] or found["year"]), int(found["month"] or 12), found["day"]
    month = 3 * int(found["quarter"]) if found["quarter"] else month
    try:
        return datetime.date(year, month, int(day or calendar.monthrange(year, month)[1]))
    except ValueError:
        return None


def is_series(table: Table) -> bool:
    """Tell whether the rows of a table can say the same of other times: the day, period or source is in its key."""
    return table.role == Role.DERIVED or any(name == SOURCE or is_time(table.field(name)) for name in table.primary_key)


def is_time(field: Field) -> bool:
    """Tell whether a field says when: a day, a year, or a period as precise as its source."""
    return field.type in ("date", "year") or field.property("unit") == "period"


def times_of(table: Table) -> list[str]:
    """Name the fields that say when a row holds: those of its key, or else its day or its period."""
    in_key = [name for name in table.primary_key if is_time(table.field(name))]
    return in_key or [name for name in WHEN if name in table.field_names]


def things_of(table: Table) -> list[str]:
    """Name the fields of the key that say what a row is about, whatever the time."""
    return [name for name in table.primary_key if name != SOURCE and not is_time(table.field(name))]


def subject(package: Package, table: Table, row: int) -> tuple[str, ...]:
    """Say what a row is about, whatever the time: its key without day, period and source, or how it is calculated."""
    if table.role == Role.DERIVED:
        calculation = cell_text(table.value(row, "calculation"))
        return (calculation, *(part for used in inputs_of(package, row) for part in _input(package, row, *used)))
    return _without_time(table, table.row_keys[row])


def _without_time(table: Table, key: Sequence[str]) -> tuple[str, ...]:
    named = dict(zip(table.primary_key, key, strict=False))  # which may end without its source
    return tuple(named[name] for name in things_of(table))


def _input(package: Package, row: int, address: str, used: Selection) -> tuple[str, ...]:
    parts = ADDRESS.match(address)
    if parts is None or parts["key"] is None or (used.table.role == Role.DERIVED and used.rows[0] >= row):
        return (address,)  # a figure that stands on itself, or on one below it, is told by the rule of derived figures
    name = f"{parts['table']}.{parts['field']}"
    if used.table.role == Role.DERIVED:
        return (name, *subject(package, used.table, used.rows[0]))
    return (name, *_without_time(used.table, key_of(parts)))


def moment(package: Package, table: Table, row: int) -> Moment:
    """Tell when a row holds, and when its source told so: the last day of each, to put rows in their order.

    A row without a day or period is as old as its source; a figure of our own as the newest that it is computed from.
    """
    if table.role == Role.DERIVED:
        used = [one for _, one in inputs_of(package, row) if is_series(one.table)]
        rows = ((one.table, each) for one in used for each in one.rows if one.table is not table or each < row)
        return max((moment(package, *each) for each in rows), default=(NEVER, NEVER))
    told = source_day(package, cell_text(table.value(row, SOURCE))) if SOURCE in table.field_names else NEVER
    own = (last_day(cell_text(table.value(row, name))) for name in times_of(table))
    return max(filter(None, own), default=told), told


def source_day(package: Package, source: str) -> datetime.date:
    """Tell when a source came out: its `published`, or else the latest day that it tells of and cannot be older than.

    What it cannot be older than are the fields with an expectation of the kind `source-date`.
    """
    table = package.table_of(Role.SOURCES)
    for row in find_rows(table, {SOURCE: source}) if table and "published" in table.field_names else ():
        if day := last_day(cell_text(table.value(row, "published"))) if table else None:
            return day
    return max(_days_told(package, source), default=NEVER)


def _days_told(package: Package, source: str) -> Iterator[datetime.date]:
    for table in package.tables.values():
        for expected in table.descriptor.get("expectations", ()):
            if expected.get("kind") == "source-date" and expected.get("source") == SOURCE:
                values = (table.value(row, expected["field"]) for row in table.rows_with(SOURCE, source))
                yield from (value for value in values if isinstance(value, datetime.date))


def over_time(package: Package, table: Table, row: int) -> list[int]:
    """Give the rows that say the same as a row of other times, itself among them, the oldest first."""
    if not is_series(table):
        return [row]
    about = subject(package, table, row)
    if table.role == Role.DERIVED:
        rows = [other for other in range(table.rows) if other == row or subject(package, table, other) == about]
    else:
        rows = find_rows(table, dict(zip(things_of(table), about, strict=True)))
    return sorted(rows, key=lambda one: moment(package, table, one))


def is_told_again(package: Package, table: Table, row: int) -> bool:
    """Tell whether a later source says the same as a row, and of the same time."""
    time, told = moment(package, table, row)
    others = (moment(package, table, other) for other in over_time(package, table, row))
    return any(other[0] == time and other[1] > told for other in others)


def newest_input(package: Package, address: str) -> str:
    """Give the address that says the same of the newest time; empty for one that leads to nothing with a time."""
    parts, used = ADDRESS.match(address), select(package, address)
    table = used.table
    if parts is None or parts["key"] is None or not is_series(table):
        return ""
    if table.role == Role.DERIVED:
        last = over_time(package, table, used.rows[0])[-1]
        is_timed = moment(package, table, last)[0] != NEVER
        return cell_address(table.name, parts["field"], table.row_keys[last]) if is_timed else ""
    given = dict(zip(things_of(table), _without_time(table, key_of(parts)), strict=True))
    rows = find_rows(table, {name: part for name, part in given.items() if part != "*"})
    time = max(moment(package, table, row) for row in rows)
    # Of all that one source tells, some may repeat what another told: their key, with the source, is that of all.
    new = max((table.row_keys[row] for row in rows if moment(package, table, row) == time), key=len)
    key = tuple(given.get(name, part) for name, part in zip(table.primary_key, new, strict=False))
    return cell_address(table.name, parts["field"], key).replace("%2A", "*")


def before_and_after(package: Package, cell: Cell) -> tuple[Cell | None, Cell | None]:
    """Give the figure of the time just before that of a cell, and the newest; None where none is.

    What a later source says of the same time is newer. Where no row says the same, the newer figure is the one that a
    later source puts in its place.
    """
    filled = [Cell(cell.table, row, cell.field) for row in over_time(package, cell.table, cell.row)]
    filled = [one for one in filled if one.value is not None]
    own = moment(package, cell.table, cell.row)
    older = [one for one in filled if moment(package, cell.table, one.row)[0] < own[0]]
    newer = [one for one in filled if moment(package, cell.table, one.row) > own] or figures_after(package, cell)
    return older[-1] if older else None, newer[-1] if newer else None


def time_cell(package: Package, cell: Cell) -> Cell | None:
    """Find what says when a figure holds: its day or period, or else its source; of our own, of what it stands on."""
    if cell.table.role == Role.DERIVED:
        used = (one.cells[-1] for _, one in inputs_of(package, cell.row) if is_series(one.table) and one.cells)
        return next(filter(None, (time_cell(package, one) for one in used)), None)
    beside = filter(None, map(cell.beside, (*times_of(cell.table), SOURCE)))
    return next((one for one in beside if one.value is not None), None)


def statements(package: Package, cell: Cell, side: str = EARLIER) -> list[int]:
    """Give the rows that say what a later source makes of a figure; by `LATER_CELL`, those that stand on it."""
    table = package.table_of(Role.LATER)
    return find_rows(table, {side: cell.address}) if table else []


def figures_after(package: Package, cell: Cell) -> list[Cell]:
    """Give the figures that later sources put beside or in the place of a figure, the oldest first."""
    rows = statements(package, cell)
    addresses = [cell_text(package.by_role[Role.LATER].value(row, LATER_CELL)) for row in rows]
    found = [one for address in addresses if address for one in _cells(package, address)]
    return sorted(found, key=lambda one: moment(package, one.table, one.row))


def newest(package: Package, table: Table, rows: Sequence[int]) -> int:
    """Give the newest of some rows of one series, the oldest first; raises `AddressError` where two are equally new."""
    if len(rows) > 1 and moment(package, table, rows[-1]) == moment(package, table, rows[-2]):
        keys = " · ".join(",".join(table.row_keys[row]) for row in rows[-2:])
        what = "of the table '{table}', the rows {keys} hold of the same time: name one by its source"
        raise AddressError(say(what, table=table.name, keys=keys))
    return rows[-1]


def select_newest(package: Package, address: str) -> Selection:
    """Follow an address to the newest figure: `completions.persons[all]`, whose key names no day and no source.

    A whole key leads to its own row, but for a derived figure: to the one that continues it. Raises `AddressError`.
    """
    parts = ADDRESS.match(address)
    table = find_table(package, parts["table"]) if parts else None
    if parts is None or table is None or parts["key"] is None or not is_series(table):
        return select(package, address)
    field = find_field(table, parts["field"])
    names = things_of(table)
    key = key_of(parts) if names else ()
    if len(key) != len(names) or (not names and parts["key"]):
        return select(package, address)
    if not (rows := find_rows(table, dict(zip(names, key, strict=True)))):
        what = say("the table '{table}' has no row with the key '{key}'", table=table.name, key=parts["key"])
        raise AddressError(what)
    return Selection(table, field, (newest(package, table, over_time(package, table, rows[0])),))


def answer_to(package: Package, row: int) -> Cell | None:
    """Give the first cell that says what an entry of the register says is not known; None while there is none.

    An address may lead to a table or a row that is not there yet: there the answer would come. One that ends in `[*]`
    is of every row, and so answered by the last of them.
    """
    table = package.by_role[Role.UNKNOWNS]
    if ANSWERED_BY not in table.field_names:
        return None
    found = (cell for address in addresses_of(table, row) for cell in _answers(package, address))
    filled = [cell for cell in found if cell.value is not None]
    return min(filled, key=lambda cell: moment(package, cell.table, cell.row), default=None)


def said_after_all(package: Package, entry: int) -> Message | None:
    """Say what answers an entry of the register, and since when, to who says that it is not known; None for nothing."""
    if (found := answer_to(package, entry)) is None:
        return None
    table = package.by_role[Role.UNKNOWNS]
    return say(
        "this says that '{code}' is not known ({row}), but {cell} says it since {day}: let that say it",
        code=cell_text(table.value(entry, UNKNOWN)), row=f"{table.file}:{table.lines[entry]}",
        cell=found.address, day=max(moment(package, found.table, found.row)),
    )  # fmt: skip


def entries_named(package: Package, codes: Iterable[str]) -> Iterator[int]:
    """Give the entries of the register with some codes."""
    table = package.table_of(Role.UNKNOWNS)
    for code in codes:
        yield from find_rows(table, {UNKNOWN: code}) if table else ()


def unknown_said_by(package: Package, cell: Cell) -> int | None:
    """Give the entry of the register that stands on the same words of the same source as the row of a cell."""
    table = package.table_of(Role.UNKNOWNS)
    printed = [cell.beside(name) for name in PRINT]
    if table is None or not set(PRINT) <= set(table.field_names) or any(not one or not one.value for one in printed):
        return None
    wanted = {name: cell_text(one.value) for name, one in zip(PRINT, printed, strict=True) if one}
    return next(iter(find_rows(table, wanted)), None)


def addresses_of(table: Table, row: int) -> list[str]:
    """Give the addresses of the cells that would answer an entry of the register."""
    return [address.strip() for address in cell_text(table.value(row, ANSWERED_BY)).split(";") if address.strip()]


def _answers(package: Package, address: str) -> list[Cell]:
    """Give the cells that may answer an entry: any that an address leads to, or the last where it asks for all."""
    cells = list(_cells(package, address))
    if not address.endswith("[*]"):
        return cells
    is_whole = bool(cells) and all(cell.value is not None for cell in cells)
    return [max(cells, key=lambda cell: moment(package, cell.table, cell.row))] if is_whole else []


def _cells(package: Package, address: str) -> Iterator[Cell]:
    try:
        yield from select(package, address).cells
    except LookupError:  # no such table or row yet; a mistake in the address is told by a rule
        return
