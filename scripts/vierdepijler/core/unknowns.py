"""The register of what is not known: which cell answers an entry, once a source says it."""

from collections.abc import Iterable, Iterator

from .cells import ORIGIN, Cell, find_rows, select
from .messages import Message, say
from .package import Package
from .tables import Role, Table, cell_text
from .times import moment

UNKNOWN = "unknown_id"
ANSWERED_BY = "answered_by"  # the addresses of cells that would answer an entry, with `;` between them
PRINT = (*ORIGIN, "as_printed")


def answer_to(package: Package, row: int) -> Cell | None:
    """Give the first cell that says what an entry of the register says is not known; None while there is none.

    An address may lead to a table or a row that is not there yet: there the answer would come.
    """
    table = package.by_role[Role.UNKNOWNS]
    if ANSWERED_BY not in table.field_names:
        return None
    found = (cell for address in addresses_of(table, row) for cell in _cells(package, address))
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


def _cells(package: Package, address: str) -> Iterator[Cell]:
    try:
        yield from select(package, address).cells
    except LookupError:  # no such table or row yet; a mistake in the address is told by a rule
        return
