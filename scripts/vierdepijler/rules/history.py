"""The history of figures: what each of them was in each release, and the rule that it is written down.

A row of `figure_history` names a cell and a release, and gives the value as a data file writes it; an empty value
tells that the figure was withdrawn. There is a row for the first release of a figure, and one for every change.
"""

import csv
import datetime
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

import pandas as pd

from vierdepijler.cells import HISTORY, cell_address, figure_fields
from vierdepijler.messages import say
from vierdepijler.package import Package, Table, Value, cell_text, plain
from vierdepijler.problems import Problem

from .rule import PackageRule

RELEASES = "releases"
FIELDS = ("cell", "version", "value")


def entries(package: Package) -> Mapping[str, list[int]]:
    """Give the rows of the table of histories by the cell that they are about, in the order of the table."""
    table = package.tables.get(HISTORY)
    found: dict[str, list[int]] = {}
    if table is not None and set(FIELDS) <= set(table.field_names):
        for row, cell in enumerate(_texts(table, "cell")):
            found.setdefault(cell, []).append(row)
    return found


def recorded_value(text: str, figure: Value) -> Value:
    """Read a value from the table of histories as one of the same kind as the figure that it is about."""
    try:
        if isinstance(figure, datetime.date):
            return datetime.date.fromisoformat(text)
        return Decimal(text) if isinstance(figure, int | Decimal) and Decimal(text).is_finite() else text or None
    except (ValueError, InvalidOperation):
        return text or None


def check_history(package: Package) -> Iterator[Problem]:
    """Find figures whose value differs from the last one recorded, and records that cannot be right."""
    if (table := package.tables.get(HISTORY)) is None:
        return
    if missing := [name for name in FIELDS if name not in table.field_names]:
        what = say("a table of histories has no field {fields}", fields=", ".join(missing))
        yield Problem(table.file, 1, missing[0], what, say("add it, or give the table another name"))
        return
    recorded, values = entries(package), _texts(table, "value")
    last = {cell: values[rows[-1]] for cell, rows in recorded.items()}
    current: set[str] = set()
    for name in package.tables:
        for address, problem in _compared(package, package.tables[name], table, last):
            current.add(address)
            if problem:
                yield problem
    # A table that does not fit its schema is not here; its own problems are told already.
    unsound = {resource["name"] for resource in package.descriptor["resources"]} - set(package.tables)
    for cell, rows in recorded.items():
        if last[cell] and cell not in current and cell.partition(".")[0] not in unsound:
            what = say("'{cell}' is recorded, but there is no such figure any more", cell=cell)
            todo = say("correct the name, or add the row {row}", row=_row(package, cell, ""))
            yield Problem(table.file, table.lines[rows[-1]], "cell", what, todo)
    yield from _check_order(package, table, recorded)


def _compared(
    package: Package, table: Table, history: Table, last: Mapping[str, str]
) -> Iterator[tuple[str, Problem | None]]:
    """Give every figure of a table, with what is wrong with the last value recorded of it."""
    for field in figure_fields(table):
        for row, value in enumerate(_texts(table, field.name)):
            if not value:
                continue
            address = cell_address(table.name, field.name, table.row_keys[row])
            if last.get(address) == value:
                yield address, None
                continue
            what = (
                say("the value is {value}, but the last one recorded is '{last}'", value=value, last=last[address])
                if address in last
                else say("this figure has no history")
            )
            todo = say("add the row {row} to {file}", row=_row(package, address, value), file=history.file)
            yield address, Problem(table.file, table.lines[row], field.name, what, todo)


def _row(package: Package, address: str, value: str) -> str:
    """Write the row that is missing, up to the reasons, the way the file needs it."""
    row = io.StringIO()
    csv.writer(row, lineterminator="").writerow([address, package.descriptor.get("version", "…"), value])
    return f"{row.getvalue()},…,…"


def _check_order(package: Package, table: Table, recorded: Mapping[str, list[int]]) -> Iterator[Problem]:
    """Find records that do not follow the order of the releases, or that record no change."""
    releases = package.tables.get(RELEASES)
    order = {} if releases is None else {key[0]: row for key, row in releases.keys.items()}
    versions, values = _texts(table, "version"), _texts(table, "value")
    for rows in recorded.values():
        before, value = -1, ""
        for row in rows:
            place = order.get(versions[row], before + 1)
            if place <= before:
                what = say("release {version} does not come after the one recorded before it", version=versions[row])
                todo = say("put the rows of a figure in the order of the releases")
                yield Problem(table.file, table.lines[row], "version", what, todo)
            if values[row] == value:
                what = say("this row records no change: the value is that of the row before, or there was none")
                yield Problem(
                    table.file, table.lines[row], "value", what, say("correct the value, or leave the row out")
                )
            before, value = place, values[row]


def _texts(table: Table, field: str) -> list[str]:
    """Write a whole column the way a data file does, empty where a cell is."""
    return ["" if value is None or value is pd.NA else cell_text(plain(value)) for value in table.frame[field].tolist()]


RULES = (PackageRule("history", check_history),)
