"""What schemas cannot say about these data: each rule looks at a whole package and yields problems."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .cells import DERIVED, AddressError, Cell, Selection, select
from .descriptors import line_of
from .package import Package, Table, cell_text
from .problems import Problem, quoted
from .rule import PackageRule

DERIVED_FIELDS = ("value", "decimals", "calculation", "inputs")


def check_derived(package: Package) -> Iterator[Problem]:
    """Recompute each derived figure from the cells it names."""
    if (table := package.tables.get(DERIVED)) is None:
        return
    if missing := [name for name in DERIVED_FIELDS if name not in table.field_names]:
        what = f"a table of derived figures has no field {', '.join(missing)}"
        yield Problem(table.file, 1, missing[0], what, "add it, or give the table another name")
        return
    # A table that does not fit its schema is not here; its own problems are told already.
    unsound = {resource["name"] for resource in package.descriptor["resources"]} - set(package.tables)
    for row in range(len(table.frame)):
        try:
            if _inputs(table, row) & unsound:
                continue
            expected = _compute(package, table, row)
        except (AddressError, ArithmeticError, ValueError) as error:
            reason = (
                str(error) if str(error) and not isinstance(error, InvalidOperation) else "this cannot be calculated"
            )
            yield Problem(table.file, table.lines[row], "inputs", reason, "correct the inputs or the calculation")
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
    if any(selection.table.name == DERIVED and max(selection.rows, default=0) >= row for selection in selections):
        raise ValueError("a derived figure may only use those on the rows above it")
    calculation = CALCULATIONS.get(name := cell_text(table.value(row, "calculation")))
    if calculation is None:
        raise ValueError(f"the calculation '{name}' is not one of {', '.join(CALCULATIONS)}")
    if not isinstance(decimals := table.value(row, "decimals"), int):
        raise ValueError("the number of decimals is not filled in")
    return calculation(selections).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _numbers(selections: list[Selection]) -> list[Decimal]:
    if any(selection.field is None for selection in selections):
        raise ValueError("this calculation needs cells or columns, and not a whole table")
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
            if field.is_number:
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
                f"{quoted(text)} is not a number that can be stored",
                "write a finite number of at most eighteen digits",
            )


def _missing_values(table: Table) -> set[str]:
    declared = table.descriptor.get("schema", {}).get("missingValues", [""])
    return {value["value"] if isinstance(value, dict) else str(value) for value in declared}


def check_unique_keys(package: Package) -> Iterator[Problem]:
    """Find rows that repeat one of the `uniqueKeys` of their schema, which Frictionless passes over."""
    for table in package.tables.values():
        for key in table.descriptor.get("schema", {}).get("uniqueKeys", ()):
            fields = [key] if isinstance(key, str) else list(key)
            if missing := [name for name in fields if name not in table.field_names]:
                line = line_of(package.path, "resources", table.name, "schema", "uniqueKeys")
                what = f"the table has no field '{missing[0]}'"
                yield Problem(package.path.name, line, f"{table.name}.uniqueKeys", what, "correct the name")
                continue
            for row in table.frame.index[table.frame.duplicated(fields)]:
                what = f"the row repeats an earlier one in {', '.join(fields)}"
                yield Problem(table.file, table.lines[int(row)], ", ".join(fields), what, "make one of the two differ")


RULES = (
    PackageRule("unique-keys", check_unique_keys),
    PackageRule("derived", check_derived),
    PackageRule("reasons", check_reasons),
    PackageRule("numbers", check_numbers),
)
