"""Rules about the rows and columns of one table: what is there twice, not at all, out of order or out of range."""

import math
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.columnar import asked_once, matches, text_bytes
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Field, Role, Table

from .rule import (
    PackageRule,
    TableRule,
    group_rows,
    in_column,
    in_rows,
    listed,
    missing_values,
    repeats,
    truth_mask,
    wrong_rows,
)

PERCENT = "percent"
# How a value is written where its field declares no other notation; what else Frictionless reads, others do not.
NOTATION: Mapping[str, str] = {
    "integer": r"^[+-]?(?:0|[1-9][0-9]*)$",
    "number": r"^[+-]?(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$|^(?i:[+-]?inf|nan)$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "year": r"^[0-9]{4}$",
}
USUAL: Mapping[str, object] = {"decimalChar": ".", "groupChar": "", "bareNumber": True, "format": "default"}
UNUSUAL = "{cell} is written in a way that not every program can read"
ZEROS = r"[+-]?0+[0-9]+(?:\.[0-9]*)?"
LONGEST = 309  # digits of a number that is as large as any that a program reckons with
FEW = 100  # one row in so many may stand there twice by mistake


def check_rows(table: Table) -> Iterator[Problem]:
    """Find a table that holds nothing but its header, unless it waits for what a later source will say."""
    if table.header and not table.rows and table.role != Role.LATER:
        what = say("the table has a header and no rows")
        yield Problem(table.file, 1, "", what, say("fill it, or take the table out of the descriptor"))


def check_duplicates(table: Table) -> Iterator[Problem]:
    """Find rows that say the same as an earlier one, in every cell; where there is a key, the schema sees to it."""
    if table.rows > 1 and table.field_names and not table.primary_key:
        yield from _repeated(table, list(table.field_names), say("the row is the same as an earlier one"))


def check_doubles(table: Table) -> Iterator[Problem]:
    """Tell once of a table of others that a few of its rows say the same: where many do, that is how it is."""
    if table.field_names and not table.primary_key:
        rows = wrong_rows(repeats(group_rows((table.column(name) for name in table.field_names), table.rows)))
        if 0 < len(rows) <= max(1, table.rows // FEW):
            what = say("this row is the same as an earlier one (of such rows the table has {count})", count=len(rows))
            todo = say("remove what is counted twice; with a key in the schema it could not come back")
            yield Problem(table.file, table.lines[rows[0]], "", what, todo)


def check_unique_keys(table: Table) -> Iterator[Problem]:
    """Find rows that repeat one of the `uniqueKeys` of their schema, which Frictionless passes over."""
    for key in table.descriptor.get("schema", {}).get("uniqueKeys", ()):
        fields = [key] if isinstance(key, str) else list(key)
        if set(fields) <= set(table.field_names):
            what = say("the row repeats an earlier one in {fields}", fields=", ".join(fields))
            yield from _repeated(table, fields, what)


def _repeated(table: Table, fields: list[str], what: str) -> Iterator[Problem]:
    groups = group_rows((table.column(name) for name in fields), table.rows)
    todo = say("make one of the two differ")
    yield from in_rows(table, ", ".join(fields), wrong_rows(repeats(groups)), lambda _: what, todo)


def check_columns(table: Table) -> Iterator[Problem]:
    """Find columns without a single value, unless each row gives the reason why."""
    for field in table.fields:
        if field.property("reasonIn") is None and 0 < table.rows == table.column(field.name).null_count:
            what = say("the column is empty throughout")
            yield Problem(table.file, 1, field.name, what, say("fill it, or take the field out of the schema"))


def check_categories(table: Table) -> Iterator[Problem]:
    """Find values that are none of the `categories` of their field, which Frictionless passes over."""
    for field in table.fields:
        if declared := listed(field.descriptor, "categories", object):
            known = [str(value.get("value") if isinstance(value, dict) else value) for value in declared]
            is_known = pc.is_in(table.text(field.name), value_set=pa.array(known, pa.string()))
            wrong = pc.and_not(pc.is_valid(table.column(field.name)), is_known)
            yield from in_column(
                table,
                field.name,
                wrong,
                partial(say, "{cell} is not one of {known}", known=", ".join(known)),
                say("choose one of these, or add it to the categories"),
            )


def check_storable(table: Table) -> Iterator[Problem]:
    """Find numbers that pass as such but that no data format can hold: NaN, infinity, forty digits."""
    for field in table.fields:
        if field.is_number and (column := table.column(field.name)).null_count:
            wrong = pc.and_not(pc.is_null(column), _is_missing(table, field, table.text(field.name)))
            yield from in_column(
                table,
                field.name,
                wrong,
                partial(say, "{cell} is not a number that can be stored"),
                say("write a finite number of at most eighteen digits"),
            )


def check_finite(table: Table) -> Iterator[Problem]:
    """Find numbers that are larger than any that a program reckons with; NaN and INF are values of the standard."""
    for field in table.fields:
        if field.is_number and _may_be_endless(table.text(field.name)):
            exponents = pc.match_substring_regex(table.text(field.name), rf"(?i)\de\+?\d{{3}}|\d{{{LONGEST}}}")
            if rows := [row for row in wrong_rows(exponents) if _is_endless(table.text(field.name)[row].as_py())]:
                what = say("this number is larger than any program can hold")
                yield from in_rows(table, field.name, rows, what, say("check its exponent"))


def _may_be_endless(texts: pa.StringArray) -> bool:
    """Tell whether a number has an exponent, or more digits than any that a program reckons with."""
    content = text_bytes(texts).tobytes()
    return b"e" in content or b"E" in content or (pc.max(pc.binary_length(texts)).as_py() or 0) >= LONGEST


def _is_endless(text: str) -> bool:
    try:
        return math.isinf(float(text))
    except ValueError:
        return False


def _is_missing(table: Table, field: Field, texts: pa.Array) -> pa.Array:
    """Tell of texts of a field whether they stand for an empty cell."""
    return pc.is_in(texts, value_set=pa.array(sorted(missing_values(table, field)), pa.string()))


def check_notation(table: Table) -> Iterator[Problem]:
    """Find values that Frictionless can read and other programs cannot: ` 3290`, `3_290`, `20250225`."""
    for field in table.fields:
        if field.type in NOTATION and all(field.descriptor.get(name, usual) == usual for name, usual in USUAL.items()):
            texts = table.text(field.name)
            rows = np.flatnonzero(~asked_once(partial(matches, pattern=f"^$|{NOTATION[field.type]}"), texts))
            if len(rows):
                unusual = rows[~truth_mask(_is_missing(table, field, texts.take(pa.array(rows))))].tolist()
                yield from in_rows(table, field.name, unusual, partial(_unusual, texts), partial(_as_usual, texts))


def _unusual(texts: pa.Array, row: int) -> Message:
    cell = texts[row].as_py()
    has_zeros = re.fullmatch(ZEROS, cell) is not None
    return say("{cell} begins with zeros, which a number loses" if has_zeros else UNUSUAL, cell=quoted(cell))


def _as_usual(texts: pa.Array, row: int) -> Message:
    if re.fullmatch(ZEROS, texts[row].as_py()):
        return say("leave them out, or make the type of the field 'string' where they belong to a code")
    return say("write plain digits, a decimal point, and dates as 2025-02-25")


def check_decimals(table: Table) -> Iterator[Problem]:
    """Find numbers with more decimals than their field declares: `decimals`, or those of the row by `decimalsIn`."""
    for field in table.fields:
        mark = re.escape(str(field.descriptor.get("decimalChar", ".")))
        for decimals, rows in _decimals(table, field):
            longer = pc.match_substring_regex(table.text(field.name), rf"{mark}[0-9]{{{decimals}}}[0-9]")
            wrong = longer if rows is None else pc.and_(longer, rows)
            yield from in_column(
                table,
                field.name,
                wrong,
                partial(say, "{cell} has more decimals than the {most} declared", most=decimals),
                say("round it, or declare more decimals"),
            )


def _decimals(table: Table, field: Field) -> Iterator[tuple[int, pa.Array | None]]:
    """Give each number of decimals that is declared, with its rows (None: all), where the column has more than that."""
    if field.type != "number":
        return  # a whole number has none
    declared: Any = field.descriptor.get("decimals")
    beside = field.property("decimalsIn")
    most = 0 if declared is None and beside is None else table.column(field.name).type.scale
    if isinstance(declared, int) and not isinstance(declared, bool):
        if 0 <= declared < most:
            yield declared, None
    elif beside is not None and beside in table.field_names and table.field(beside).type == "integer":
        column = table.column(beside)
        yield from ((n, pc.equal(column, n)) for n in column.unique().drop_null().to_pylist() if 0 <= n < most)


def check_shares(table: Table) -> Iterator[Problem]:
    """Find shares below nothing or above everything; a change in percent is another unit."""
    for field in table.fields:
        beside = field.property("unitIn")
        if not field.is_number or PERCENT not in (field.property("unit"), PERCENT if beside else None):
            continue
        column = table.column(field.name)
        wrong = pc.or_kleene(pc.less(column, 0), pc.greater(column, 100))
        if beside in table.field_names and beside is not None:
            wrong = pc.and_kleene(wrong, pc.equal(table.text(beside), PERCENT))
        yield from in_column(
            table,
            field.name,
            wrong,
            partial(say, "{cell} is a share below 0 or above 100"),
            say("check the value; a share is written as 34 for 34%"),
        )


def check_order(package: Package) -> Iterator[Problem]:
    """Find rows that stand before the row above them, by `sortedBy`: fields, with a `-` for the highest first.

    A field that leads to another table follows the order of the rows there.
    """
    for table in package.tables.values():
        declared = listed(table.descriptor, "sortedBy", str)
        if any(key.table not in package.tables for key in table.foreign_keys):
            continue  # the order of a list that is not there is not known
        if rows := _out_of_order(package, table, declared):
            what = say("the row is out of order: the table is sorted by {fields}", fields=", ".join(declared))
            todo = say("move it to its place")
            yield from in_rows(table, declared[0].removeprefix("-"), rows, what, todo)


def _out_of_order(package: Package, table: Table, declared: list[str]) -> list[int]:
    """Give the rows that come before the row above them; the first has none above it."""
    undecided = np.ones(max(table.rows - 1, 0), dtype=bool)
    wrong = ~undecided
    for name in declared if table.rows else ():
        if (field := name.removeprefix("-")) in table.field_names:
            column = _places(package, table, field)
            above, own = column.slice(0, len(column) - 1), column.slice(1)
            before = pc.greater(own, above) if name.startswith("-") else pc.less(own, above)
            is_empty, was_empty = truth_mask(pc.is_null(own)), truth_mask(pc.is_null(above))
            wrong |= undecided & (truth_mask(before) | (was_empty & ~is_empty))  # an empty cell comes last
            undecided &= truth_mask(pc.equal(own, above)) | (was_empty & is_empty)
    return [row + 1 for row in wrong_rows(wrong)]


def _places(package: Package, table: Table, field: str) -> pa.Array:
    """Give what a column is sorted by: its values, or the places of its codes in their list."""
    for key in table.foreign_keys:
        if key.fields == (field,) and key.table in package.tables and key.table != table.name:
            listing = package.tables[key.table]
            if key.targets[0] not in listing.field_names:
                return pa.repeat(pa.scalar(0), table.rows)  # the order of a list that is not there is not known
            return pc.index_in(table.text(field), value_set=listing.text(key.targets[0]))
    return table.column(field)


TABLE_RULES = (
    TableRule("empty-table", check_rows, of_text=True),
    TableRule("duplicate-rows", check_duplicates, elsewhere=check_doubles),
    TableRule("unique-keys", check_unique_keys, of_keys=True),
    TableRule("empty-columns", check_columns),
    TableRule("categories", check_categories, of_rows=True),
    TableRule("numbers", check_storable, of_rows=True, elsewhere=check_finite),
    TableRule("notation", check_notation, of_rows=True),
    TableRule("decimals", check_decimals, of_rows=True),
    TableRule("shares", check_shares, of_rows=True),
    PackageRule("row-order", check_order),
)
