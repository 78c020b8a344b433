"""Derived figures: each recomputed from the cells it names, by the calculation it names.

The table is small by nature, one row a figure; the cells it names may be a column of any length.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from vierdepijler.core.cells import AddressError, Cell, Selection, input_addresses, put_forward, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, say
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.times import answer_to, newest_input, over_time

from .rule import PackageRule

CANNOT = say("this cannot be calculated")
DERIVED_FIELDS = ("value", "decimals", "calculation", "inputs")


def check_derived(package: Package) -> Iterator[Problem]:
    """Recompute each derived figure from the cells it names."""
    if (table := package.table_of(Role.DERIVED)) is None:
        return
    if missing := [name for name in DERIVED_FIELDS if name not in table.field_names]:
        what = say("a table of derived figures has no field {fields}", fields=", ".join(missing))
        yield Problem(table.file, 1, missing[0], what, say("add it, or give the table another role"))
        return
    # A table that does not fit its schema is not here; its own problems are told already.
    is_sound = True
    unsound = {resource["name"] for resource in package.descriptor["resources"]} - set(package.tables)
    for row in range(table.rows):
        try:
            if {address.partition(".")[0] for address in input_addresses(table, row)} & unsound:
                is_sound = False
                continue
            _refuse_below(package, table, row)
            expected = _compute(package, table, row, input_addresses(table, row))
        except (AddressError, ArithmeticError, ValueError) as error:
            # What is raised here and in `cells` carries a message; what Python raises does not.
            reason = error.args[0] if error.args and isinstance(error.args[0], Message) else CANNOT
            todo = say("correct the inputs or the calculation")
            yield Problem(table.file, table.lines[row], "inputs", reason, todo)
            is_sound = False
            continue
        value = table.value(row, "value")
        if value is not None and value != expected:  # a value that cannot be read is told by another rule
            found = say(
                "the value is {value}, but its formula gives {expected}",
                value=cell_text(value),
                expected=cell_text(expected),
            )
            yield Problem(table.file, table.lines[row], "value", found, say("correct the value or the inputs"))
        yield from _quoted(package, table, row)
    if is_sound:  # otherwise it cannot be told what continues what
        yield from _told_left_behind(package, table)


def left_behind(package: Package) -> Iterator[tuple[int, list[str], str]]:
    """Find each figure of which every input has a newer one, and that no figure of ours continues from there.

    Gives its row, the newer inputs, and the value that it has with these; empty where that cannot be calculated.
    """
    table = package.by_role[Role.DERIVED]
    for row in range(table.rows):
        inputs = {address: newest_input(package, address) for address in input_addresses(table, row)}
        timed = {address: newer for address, newer in inputs.items() if newer}
        is_current = not timed or any(address == newer for address, newer in timed.items())
        if not is_current and over_time(package, table, row)[-1] == row:
            newer = [later or address for address, later in inputs.items()]
            yield row, newer, _computed(package, table, row, newer)


def _told_left_behind(package: Package, table: Table) -> Iterator[Problem]:
    for row, newer, value in left_behind(package):
        figure = table.row_keys[row][0]
        what = say(
            "what '{figure}' is computed from has newer figures: {inputs}", figure=figure, inputs=";".join(newer)
        )
        pattern = (
            "add a row that is computed from these in the same way, with the value {value}; pages then show that one"
        )
        yield Problem(table.file, table.lines[row], "inputs", what, say(pattern, value=value or "–"))


def _computed(package: Package, table: Table, row: int, addresses: Iterable[str]) -> str:
    """Compute a figure from other inputs; empty where these cannot be calculated with."""
    try:
        return cell_text(_compute(package, table, row, addresses))
    except (AddressError, ArithmeticError, ValueError):
        return ""


def _quoted(package: Package, table: Table, row: int) -> Iterator[Problem]:
    """Find the sentences to copy of a figure that the caveat of a table forbids to quote."""
    try:
        put_forward(package, Cell(table, row, table.field("value")))
    except AddressError as error:
        for name in table.field_names:
            if name.startswith("sentence_") and table.value(row, name) is not None:
                yield Problem(table.file, table.lines[row], name, error.args[0], say("empty this cell"))


def _compute(package: Package, table: Table, row: int, addresses: Iterable[str]) -> Decimal:
    selections = [_open(package, select(package, address)) for address in addresses]
    calculation = CALCULATIONS.get(name := cell_text(table.value(row, "calculation")))
    if calculation is None:
        known = ", ".join(CALCULATIONS)
        raise ValueError(say("the calculation '{name}' is not one of {known}", name=name, known=known))
    if not isinstance(decimals := table.value(row, "decimals"), int):
        raise ValueError(say("the number of decimals is not filled in"))
    return calculation(selections).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _refuse_below(package: Package, table: Table, row: int) -> None:
    used = (select(package, address) for address in input_addresses(table, row))
    if any(selection.table.role == Role.DERIVED and max(selection.rows, default=0) >= row for selection in used):
        raise ValueError(say("a derived figure may only use those on the rows above it"))


def _open(package: Package, selection: Selection) -> Selection:
    """Leave out the entries of the register that were answered: these are not unknown any more."""
    if selection.table.role != Role.UNKNOWNS:
        return selection
    return replace(selection, rows=tuple(row for row in selection.rows if answer_to(package, row) is None))


def _numbers(selections: list[Selection]) -> list[Decimal]:
    if any(selection.field is None for selection in selections):
        raise ValueError(say("this calculation needs cells or columns, and not a whole table"))
    return [_number(cell) for selection in selections for cell in selection.cells]


def _number(cell: Cell) -> Decimal:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | Decimal):
        raise ValueError(say("{address} holds no number", address=cell.address))
    if cell.upper:
        raise ValueError(say("{address} is a range, and no number to calculate with", address=cell.address))
    return Decimal(cell.value)


def _two_numbers(selections: list[Selection]) -> tuple[Decimal, Decimal]:
    numbers = _numbers(selections)
    if len(numbers) != 2:
        raise ValueError(say("this calculation needs two cells, and the inputs lead to {count}", count=len(numbers)))
    return numbers[0], numbers[1]


def _ratio(selections: list[Selection]) -> Decimal:
    dividend, divisor = _two_numbers(selections)
    if divisor == 0:
        raise ValueError(say("the second number is zero, and nothing can be divided by it"))
    return dividend / divisor


def _difference(selections: list[Selection]) -> Decimal:
    first, second = _two_numbers(selections)
    return first - second


def _count(selections: list[Selection]) -> Decimal:
    counts = (
        len(selection.rows) if selection.field is None else sum(cell.value is not None for cell in selection.cells)
        for selection in selections
    )
    return Decimal(sum(counts))


CALCULATIONS: Mapping[str, Callable[[list[Selection]], Decimal]] = {
    "share": lambda selections: 100 * _ratio(selections),
    "ratio": _ratio,
    "sum": lambda selections: sum(_numbers(selections), Decimal(0)),
    "difference": _difference,
    "count": _count,
}


DERIVATION = (PackageRule("derived", check_derived),)
