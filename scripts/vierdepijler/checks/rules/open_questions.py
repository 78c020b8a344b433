"""What is said to be not known: the addresses that would answer an entry of the register, and the caveats on it."""

import difflib
from collections.abc import Iterator

from vierdepijler.core.cells import ADDRESS, AddressError, select
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Role
from vierdepijler.core.times import ANSWERED_BY, addresses_of, entries_named, said_after_all

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


RULES = (PackageRule("claims", check_answers),)
