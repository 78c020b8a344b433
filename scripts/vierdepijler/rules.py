"""What schemas cannot say about these data: each rule looks at a whole package and yields problems."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .cells import DERIVED, AddressError, Cell, Selection, select
from .package import Descriptor, Package, Table, cell_text, descriptor_line
from .problems import Problem

UNITS = "units"
NUMERIC = {"integer", "number"}
TEXTS = ("title", "description")


@dataclass(frozen=True)
class Rule:
    """A check with a name of its own, and what it catches in one sentence."""

    name: str
    catches: str
    check: Callable[[Package], Iterator[Problem]]


def check_derived(package: Package) -> Iterator[Problem]:
    """Recompute each derived figure from the cells it names."""
    if (table := package.tables.get(DERIVED)) is None:
        return
    # A table that does not fit its schema is not here; its own problems are told already.
    unsound = {resource["name"] for resource in package.descriptor["resources"]} - set(package.tables)
    for row in range(len(table.frame)):
        try:
            if _inputs(table, row) & unsound:
                continue
            expected = _compute(package, table, row)
        except (AddressError, ValueError) as error:
            yield Problem(table.file, table.lines[row], "inputs", str(error), "correct the inputs or the calculation")
            continue
        if (value := table.value(row, "value")) != expected:
            yield Problem(
                table.file,
                table.lines[row],
                "value",
                f"the value is {cell_text(value)}, but its formula gives {cell_text(expected)}",
                "correct the value or the inputs",
            )


def _addresses(table: Table, row: int) -> list[str]:
    return [address.strip() for address in cell_text(table.value(row, "inputs")).split(";")]


def _inputs(table: Table, row: int) -> set[str]:
    return {address.partition(".")[0] for address in _addresses(table, row)}


def _compute(package: Package, table: Table, row: int) -> Decimal:
    selections = [select(package, address) for address in _addresses(table, row)]
    calculation = CALCULATIONS.get(name := cell_text(table.value(row, "calculation")))
    if calculation is None:
        raise ValueError(f"the calculation '{name}' is not one of {', '.join(CALCULATIONS)}")
    decimals = int(cell_text(table.value(row, "decimals")))
    return calculation(selections).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _numbers(selections: list[Selection]) -> list[Decimal]:
    return [_number(cell) for selection in selections for cell in selection.cells]


def _number(cell: Cell) -> Decimal:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | Decimal):
        raise ValueError(f"{cell.address} holds no number")
    return Decimal(cell.value)


def _two_numbers(selections: list[Selection]) -> tuple[Decimal, Decimal]:
    numbers = _numbers(selections)
    if len(numbers) != 2:
        raise ValueError(f"this calculation needs two cells, and the inputs lead to {len(numbers)}")
    return numbers[0], numbers[1]


def _ratio(selections: list[Selection]) -> Decimal:
    dividend, divisor = _two_numbers(selections)
    if divisor == 0:
        raise ValueError("the second number is zero, and nothing can be divided by it")
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


def check_reasons(package: Package) -> Iterator[Problem]:
    """Find cells that are empty without a reason, and reasons for cells that are not empty."""
    for table in package.tables.values():
        by_reason: dict[str, list[str]] = {}
        for field in table.fields:
            if (reason := field.property("reasonIn")) in table.field_names and reason is not None:
                by_reason.setdefault(reason, []).append(field.name)
        for reason, fields in by_reason.items():
            yield from _check_reason(table, reason, fields)


def _check_reason(table: Table, reason: str, fields: list[str]) -> Iterator[Problem]:
    for row, line in enumerate(table.lines[: len(table.frame)]):
        empty = [field for field in fields if table.value(row, field) is None]
        given = cell_text(table.value(row, reason))
        if empty and not given:
            yield Problem(
                table.file,
                line,
                empty[0],
                "the cell is empty without a reason",
                f"fill it in, or give the reason in '{reason}'",
            )
        if given and not empty:
            yield Problem(
                table.file, line, reason, f"'{given}' explains an empty cell, but none is empty", "empty this cell"
            )


def check_numbers(package: Package) -> Iterator[Problem]:
    """Find numbers that pass as such but that no data format can hold: NaN, infinity, forty digits."""
    for table in package.tables.values():
        for position, field in enumerate(table.fields):
            if field.type in NUMERIC:
                yield from _check_storable(table, position, field.name)


def _check_storable(table: Table, position: int, field: str) -> Iterator[Problem]:
    empty = table.frame[field].isna()
    for row, record in enumerate(table.records):
        text = record[position] if position < len(record) else ""
        if empty.iloc[row] and text not in _missing_values(table):
            yield Problem(
                table.file,
                table.lines[row],
                field,
                f"'{text}' is not a number that can be stored",
                "write a finite number",
            )


def _missing_values(table: Table) -> set[str]:
    declared = table.descriptor.get("schema", {}).get("missingValues", [""])
    return {value["value"] if isinstance(value, dict) else str(value) for value in declared}


def check_units(package: Package) -> Iterator[Problem]:
    """Find numbers without a unit, and units that the table of units does not know."""
    if UNITS not in package.tables:
        return
    known = {key[0] for key in package.tables[UNITS].keys}
    for table in package.tables.values():
        for field in table.fields:
            unit = field.property("unit")
            line = descriptor_line(package.path, table.name, field.name)
            if field.type in NUMERIC and unit is None and field.property("unitIn") is None:
                yield Problem(
                    package.path.name, line, f"{table.name}.{field.name}", "a number without a unit", "add 'unit'"
                )
            elif unit is not None and unit not in known:
                yield Problem(
                    package.path.name,
                    line,
                    f"{table.name}.{field.name}",
                    f"the table '{UNITS}' has no unit '{unit}'",
                    "choose one of its codes, or add the unit there",
                )


def check_languages(package: Package) -> Iterator[Problem]:
    """Find titles and descriptions that are not there in every language of the package."""
    yield from _missing_texts(package, package.descriptor)
    for table in package.tables.values():
        yield from _missing_texts(package, table.descriptor, table.name)
        for field in table.fields:
            yield from _missing_texts(package, field.descriptor, table.name, field.name)


def _missing_texts(package: Package, descriptor: Descriptor, *names: str) -> Iterator[Problem]:
    if "languages" not in package.descriptor:
        return
    for text in TEXTS:
        for language in package.languages:
            own = text if language == package.languages[0] else f"{text}_{language}"
            if not descriptor.get(own):
                line = descriptor_line(package.path, *names)
                column = ".".join((*names, own))
                yield Problem(package.path.name, line, column, "this text is missing", f"write it in '{language}'")


RULES = (
    Rule("derived", "a derived figure that is not what its formula gives", check_derived),
    Rule("reasons", "an empty cell without a reason in the register of what is not known", check_reasons),
    Rule("numbers", "a number that no data format can hold", check_numbers),
    Rule("units", "a number without a unit", check_units),
    Rule("languages", "a title or description in one language only", check_languages),
)
