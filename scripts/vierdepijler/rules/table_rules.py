"""Rules about the rows and columns of one table: what is there twice, not at all, out of order or out of range."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.messages import Message, say
from vierdepijler.package import Field, Package, Table
from vierdepijler.problems import Problem, quoted

from .rule import (
    PackageRule,
    TableRule,
    as_arrow,
    group_rows,
    in_column,
    in_rows,
    listed,
    missing_values,
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


def check_rows(table: Table) -> Iterator[Problem]:
    """Find a table that holds nothing but its header."""
    if table.header and not table.records:
        what = say("the table has a header and no rows")
        yield Problem(table.file, 1, "", what, say("fill it, or take the table out of the descriptor"))


def check_duplicates(table: Table) -> Iterator[Problem]:
    """Find rows that say the same as an earlier one, in every cell; where there is a key, the schema sees to it."""
    if table.field_names and not table.primary_key:
        yield from _repeated(table, list(table.field_names), say("the row is the same as an earlier one"))


def check_unique_keys(table: Table) -> Iterator[Problem]:
    """Find rows that repeat one of the `uniqueKeys` of their schema, which Frictionless passes over."""
    for key in table.descriptor.get("schema", {}).get("uniqueKeys", ()):
        fields = [key] if isinstance(key, str) else list(key)
        if set(fields) <= set(table.field_names):
            what = say("the row repeats an earlier one in {fields}", fields=", ".join(fields))
            yield from _repeated(table, fields, what)


def _repeated(table: Table, fields: list[str], what: str) -> Iterator[Problem]:
    groups = group_rows((table.frame[name] for name in fields), len(table.frame))
    todo = say("make one of the two differ")
    yield from in_rows(table, ", ".join(fields), wrong_rows(pd.Series(groups).duplicated()), lambda _: what, todo)


def check_columns(table: Table) -> Iterator[Problem]:
    """Find columns without a single value, unless each row gives the reason why."""
    for field in table.fields:
        if table.records and field.property("reasonIn") is None and table.frame[field.name].isna().all():
            what = say("the column is empty throughout")
            yield Problem(table.file, 1, field.name, what, say("fill it, or take the field out of the schema"))


def check_categories(table: Table) -> Iterator[Problem]:
    """Find values that are none of the `categories` of their field, which Frictionless passes over."""
    for field in table.fields:
        if declared := listed(field.descriptor, "categories", object):
            known = [str(value.get("value") if isinstance(value, dict) else value) for value in declared]
            wrong = table.frame[field.name].notna() & ~table.texts[field.name].isin(known)
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
        if field.is_number:
            wrong = table.frame[field.name].isna() & ~table.texts[field.name].isin(missing_values(table, field))
            yield from in_column(
                table,
                field.name,
                wrong,
                partial(say, "{cell} is not a number that can be stored"),
                say("write a finite number of at most eighteen digits"),
            )


def check_notation(table: Table) -> Iterator[Problem]:
    """Find values that Frictionless can read and other programs cannot: ` 3290`, `3_290`, `20250225`."""
    for field in table.fields:
        if field.type in NOTATION and all(field.descriptor.get(name, usual) == usual for name, usual in USUAL.items()):
            texts = table.texts[field.name]
            # What Arrow writes for the value is as it should be; only what is written otherwise needs a closer look.
            other = texts[wrong_rows(pc.invert(_as_written(table, field)))]
            usual = other.str.contains(NOTATION[field.type], regex=True) | other.isin(missing_values(table, field))
            unusual = other.index[~usual.to_numpy(dtype=bool)].tolist()
            todo = say("write plain digits, a decimal point, and dates as 2025-02-25")
            yield from in_rows(table, field.name, unusual, partial(_unusual, texts), todo)


def _as_written(table: Table, field: Field) -> pa.Array:
    """Tell for each cell whether Arrow would write its value in the same way."""
    written = pc.fill_null(as_arrow(table.frame[field.name]).cast(pa.string()), "")
    return pc.equal(written, as_arrow(table.texts[field.name]))


def _unusual(texts: "pd.Series[str]", row: int) -> Message:
    return say(UNUSUAL, cell=quoted(texts.iloc[row]))


def check_decimals(table: Table) -> Iterator[Problem]:
    """Find numbers with more decimals than their field declares: `decimals`, or those of the row by `decimalsIn`."""
    for field in table.fields:
        mark = re.escape(str(field.descriptor.get("decimalChar", ".")))
        for decimals, rows in _decimals(table, field):
            wrong = table.texts[field.name].str.contains(rf"{mark}[0-9]{{{decimals}}}[0-9]", regex=True) & rows
            yield from in_column(
                table,
                field.name,
                wrong,
                partial(say, "{cell} has more decimals than the {most} declared", most=decimals),
                say("round it, or declare more decimals"),
            )


def _decimals(table: Table, field: Field) -> Iterator[tuple[int, "pd.Series[bool]"]]:
    """Give each number of decimals that is declared, with its rows, where the column has more than that."""
    if field.type != "number":
        return  # a whole number has none
    most = as_arrow(table.frame[field.name]).type.scale
    declared: Any = field.descriptor.get("decimals")
    beside = field.property("decimalsIn")
    if isinstance(declared, int) and not isinstance(declared, bool):
        if 0 <= declared < most:
            yield declared, pd.Series(True, index=table.frame.index)
    elif beside is not None and beside in table.field_names and table.field(beside).type == "integer":
        column = table.frame[beside]
        yield from ((int(n), column == n) for n in column.dropna().unique() if 0 <= n < most)


def check_shares(table: Table) -> Iterator[Problem]:
    """Find shares below nothing or above everything; a change in percent is another unit."""
    for field in table.fields:
        beside = field.property("unitIn")
        if not field.is_number or PERCENT not in (field.property("unit"), PERCENT if beside else None):
            continue
        column = table.frame[field.name]
        wrong = (column < 0) | (column > 100)
        if beside in table.field_names and beside is not None:
            wrong &= table.frame[beside] == PERCENT
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
        undecided = pd.Series(True, index=table.frame.index)
        wrong = ~undecided
        for name in declared:
            if (field := name.removeprefix("-")) in table.field_names:
                column = _places(package, table, field)
                above = column.shift()
                before = (column > above) if name.startswith("-") else (column < above)
                # An empty cell comes last.
                wrong |= undecided & (_certain(before) | (above.isna() & column.notna()))
                undecided &= _certain(column == above) | (above.isna() & column.isna())
        rows = [row for row in wrong_rows(wrong) if row]  # above the first row there is none
        if rows:
            what = say("the row is out of order: the table is sorted by {fields}", fields=", ".join(declared))
            todo = say("move it to its place")
            yield from in_rows(table, declared[0].removeprefix("-"), rows, what, todo)


def _places(package: Package, table: Table, field: str) -> "pd.Series[Any]":
    """Give what a column is sorted by: its values, or the places of its codes in their list."""
    for key in table.foreign_keys:
        if key.fields == (field,) and key.table in package.tables and key.table != table.name:
            listing = package.tables[key.table]
            if key.targets[0] not in listing.field_names:
                return pd.Series(0, index=table.frame.index)  # the order of a list that is not there is not known
            codes = as_arrow(listing.texts[key.targets[0]])
            places = pc.index_in(as_arrow(table.texts[field]), value_set=codes)
            return pd.Series(places, index=table.frame.index, dtype=pd.ArrowDtype(pa.int32()))
    return table.frame[field]


def _certain(mask: "pd.Series[Any]") -> "pd.Series[bool]":
    return mask.fillna(value=False).astype(bool)


TABLE_RULES = (
    TableRule("empty-table", check_rows, of_text=True),
    TableRule("duplicate-rows", check_duplicates),
    TableRule("unique-keys", check_unique_keys),
    TableRule("empty-columns", check_columns),
    TableRule("categories", check_categories),
    TableRule("numbers", check_storable),
    TableRule("notation", check_notation),
    TableRule("decimals", check_decimals),
    TableRule("shares", check_shares),
    PackageRule("row-order", check_order),
)
