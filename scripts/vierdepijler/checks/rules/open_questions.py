"""What a later source may change: what is said to be not known, and what is said of a figure afterwards."""

import difflib
from collections.abc import Iterator

from vierdepijler.core.cells import ADDRESS, SOURCE, AddressError, is_figure, select
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.times import (
    ANSWERED_BY,
    EARLIER,
    LATER_CELL,
    addresses_of,
    entries_named,
    said_after_all,
    source_day,
)

from .rule import PackageRule

SAYS = "notKnown"  # of a resource: the entries of the register that its caveat says are not known
SIMILAR = 0.8  # how much a slip looks like the name of a table that is there


def check_answers(package: Package) -> Iterator[Problem]:
    """Find addresses in the register to which no answer could ever come, and caveats that no longer hold."""
    table = package.table_of(Role.UNKNOWNS)
    if table is None or ANSWERED_BY not in table.field_names:
        return
    is_sound = True
    for row in range(table.rows):
        for address in addresses_of(table, row):
            if slip := _slip(package, address):
                is_sound = False
                yield Problem(table.file, table.lines[row], ANSWERED_BY, slip, say("correct the address"))
    if is_sound:
        yield from _caveats(package)


def _slip(package: Package, address: str) -> str:
    """Say what is wrong with an address: a table may still have to come, but not one that is called almost alike."""
    parts = ADDRESS.match(address)
    if parts is None or not parts["field"]:
        return say("{address} is not the address of a cell or column", address=quoted(address))
    if parts["table"] in package.tables:
        try:
            select(package, f"{parts['table']}.{parts['field']}")
        except AddressError as error:
            return error.args[0] if error.args else ""
    elif near := difflib.get_close_matches(parts["table"], package.tables, 1, SIMILAR):
        return say("there is no table '{name}'; there is '{near}'", name=parts["table"], near=near[0])
    return ""


def _caveats(package: Package) -> Iterator[Problem]:
    for table in package.tables.values():
        codes = table.descriptor.get(SAYS, ())
        for told in filter(None, (said_after_all(package, entry) for entry in entries_named(package, codes))):
            todo = say("write another caveat, and take the code out of '{name}'", name=SAYS)
            yield package.problem(("resources", table.name, SAYS), f"{table.name}.caveat", told, todo)


def check_statements(package: Package) -> Iterator[Problem]:
    """Find rows about what a later source says of a figure, of which a figure is not there or the source not later."""
    table = package.table_of(Role.LATER)
    if table is None or not {EARLIER, LATER_CELL, SOURCE} <= set(table.field_names):
        return
    for row in range(table.rows):
        for name in (EARLIER, LATER_CELL):
            if slip := _unfit(package, table, row, name):
                yield Problem(table.file, table.lines[row], name, slip, say("correct the address or the source"))
                break


def _unfit(package: Package, table: Table, row: int, name: str) -> str:
    """Say why an address cannot be that of the earlier figure, or of the one that the later source gives."""
    address, source = cell_text(table.value(row, name)), cell_text(table.value(row, SOURCE))
    if name == LATER_CELL and not address:
        return ""
    try:
        cells = select(package, address).cells
    except AddressError as error:
        return str(error)
    own = cells[0].beside(SOURCE) if len(cells) == 1 and is_figure(cells[0]) and cells[0].address == address else None
    if own is None:
        return say("{address} is not the address of one figure with a source", address=quoted(address))
    if name == LATER_CELL:
        is_of_source = cell_text(own.value) == source
        return "" if is_of_source else say("{address} is not of the source {source}", address=address, source=source)
    if source_day(package, source) > source_day(package, cell_text(own.value)):
        return ""
    return say("nothing says that the source {source} is later than that of {address}", source=source, address=address)


def check_later(package: Package) -> Iterator[Problem]:
    """Find what a later source answers, or is said to say of a figure, where it does not or no longer holds."""
    yield from check_answers(package)
    yield from check_statements(package)


RULES = (PackageRule("claims", check_later),)
