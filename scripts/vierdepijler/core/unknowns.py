"""The register of what is not known: which cell answers an entry, once a source says it."""

from collections.abc import Iterator

from .cells import ADDRESS, ORIGIN, Cell, find_rows, select
from .package import Package
from .tables import Role, Table, cell_text
from .times import moment

UNKNOWN = "unknown_id"
ANSWERED_BY = "answered_by"  # the addresses of cells that would answer an entry, with `;` between them
PRINT = (*ORIGIN, "as_printed")


def answer_to(package: Package, row: int) -> Cell | None:
    """Give the first cell that says what an entry of the register says is not known; None while there is none.

    An address may lead to a table or a row that is not there yet: there the answer would come. Raises `AddressError`
    for a field that its table does not have.
    """
    table = package.by_role[Role.UNKNOWNS]
    if ANSWERED_BY not in table.field_names:
        return None
    found = (cell for address in _addresses(table, row) for cell in _cells(package, address))
    filled = [cell for cell in found if cell.value is not None]
    return min(filled, key=lambda cell: moment(package, cell.table, cell.row), default=None)


def unknown_said_by(package: Package, cell: Cell) -> int | None:
    """Give the entry of the register that stands on the same words of the same source as the row of a cell."""
    table = package.table_of(Role.UNKNOWNS)
    printed = [cell.beside(name) for name in PRINT]
    if table is None or not set(PRINT) <= set(table.field_names) or any(not one or not one.value for one in printed):
        return None
    wanted = {name: cell_text(one.value) for name, one in zip(PRINT, printed, strict=True) if one}
    return next(iter(find_rows(table, wanted)), None)


def _addresses(table: Table, row: int) -> list[str]:
    return [address.strip() for address in cell_text(table.value(row, ANSWERED_BY)).split(";") if address.strip()]


def _cells(package: Package, address: str) -> Iterator[Cell]:
    parts = ADDRESS.match(address)
    table = package.tables.get(parts["table"]) if parts else None
    if parts is None or table is None:
        return
    column = select(package, f"{parts['table']}.{parts['field']}")
    key = parts["key"]
    if key is None:
        yield from column.cells
    elif "*" in key or tuple(key.split(",")) in table.keys:
        try:
            yield from select(package, address).cells
        except LookupError:  # no such row yet
            return
