"""Rules about what leads to what: a source and an item for each figure, a reason for each gap, a use for each code."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from vierdepijler.descriptors import line_of
from vierdepijler.messages import say
from vierdepijler.package import Package, Table
from vierdepijler.problems import Problem, quoted

from .rule import PackageRule, TableRule, in_column, is_whole

SOURCES = "sources"
ORIGIN = ("source_id", "source_item")


def check_origin(table: Table) -> Iterator[Problem]:
    """Find figures of a source without that source, its item, or the figure as it is printed there."""
    for field in table.fields:
        printed = field.property("printedIn")
        if printed is None:
            continue
        has_value = table.frame[field.name].notna()
        for beside in (*ORIGIN, printed):
            if beside not in table.field_names:
                continue  # the rule `pointers` tells
            wrong = has_value & table.frame[beside].isna()
            what = partial(say, "a figure stands here without its '{name}'", name=beside)
            # The figure is named by its field, for the empty cell beside it says nothing.
            yield from in_column(table, field.name, wrong, what, say("fill in '{name}'", name=beside))


def check_reasons(table: Table) -> Iterator[Problem]:
    """Find cells that are empty without a reason, and reasons for cells that are not empty."""
    by_reason: dict[str, list[str]] = {}
    for field in table.fields:
        if (reason := field.property("reasonIn")) in table.field_names and reason is not None:
            by_reason.setdefault(reason, []).append(field.name)
    for reason, fields in by_reason.items():
        empty, given = table.frame[fields].isna(), table.frame[reason].notna()
        # A row has one reason: the first of its empty cells asks for it.
        unexplained = ~given
        for name in fields:
            yield from in_column(
                table,
                name,
                empty[name] & unexplained,
                partial(say, "the cell is empty without a reason"),
                say("fill it in, or give the reason in '{name}'", name=reason),
            )
            unexplained &= ~empty[name]
        yield from in_column(
            table,
            reason,
            given & ~empty.any(axis=1),
            partial(say, "{cell} explains an empty cell, but none is empty"),
            say("empty this cell"),
        )


def check_source_list(package: Package) -> Iterator[Problem]:
    """Compare the sources in the descriptor with the table of sources, by title and address."""
    table = package.tables.get(SOURCES)
    if table is None or not {"title", "address"} <= set(table.field_names):
        return
    listed = [(str(s.get("title", "")), str(s.get("path", ""))) for s in package.descriptor.get("sources", ())]
    rows = pd.Series(list(zip(table.texts["title"], table.texts["address"], strict=True)), dtype=object)
    yield from in_column(
        table,
        "title",
        ~rows.isin(listed),
        partial(say, "the descriptor does not list {cell} among its sources, with this address"),
        say("add it to 'sources' in the descriptor"),
    )
    known = set(rows)
    for number, source in enumerate(listed):
        if source not in known:
            what = say("the table '{table}' has no {title} with this address", table=SOURCES, title=quoted(source[0]))
            place = line_of(package.path, "sources", number) or line_of(package.path, "sources")
            yield Problem(
                package.path.name, place, f"sources.{number + 1}", what, say("add it there, or remove it here")
            )


def check_sources_used(package: Package) -> Iterator[Problem]:
    """Find sources that no row of another table comes from."""
    table = package.tables.get(SOURCES)
    if table is None or len(table.primary_key) != 1 or not is_whole(package):
        return
    key = table.primary_key[0]
    naming: list[pd.Series[Any]] = [
        other.texts[field.name]
        for other in package.tables.values()
        if other.name != SOURCES and set(ORIGIN) != set(other.primary_key)
        for field in other.fields
        if field.name == key or field.name.endswith(f"_{key}")
    ]
    if not naming:
        return
    yield from in_column(
        table,
        key,
        ~table.texts[key].isin(pd.concat(naming).unique()),
        partial(say, "nothing comes from the source {cell}"),
        say("remove the source, or name it where it was used"),
    )


def check_use(package: Package) -> Iterator[Problem]:
    """Find rows of a code list (or of another table with `mustBeUsed`) that no row of another table leads to."""
    if not is_whole(package):
        return
    leading: dict[str, list[pd.Series[Any]]] = {}
    for table in package.tables.values():
        for key in table.foreign_keys:
            if len(key.fields) == 1 and key.table != table.name and key.table in package.tables:
                leading.setdefault(key.table, []).append(_used(table, key.fields[0]))
    for name, columns in leading.items():
        table = package.tables[name]
        by_default = table.primary_key == ("code",)
        if len(table.primary_key) != 1 or not table.descriptor.get("mustBeUsed", by_default):
            continue
        used = pd.concat([*columns, _units(package, name)]).astype(str).unique()
        yield from in_column(
            table,
            table.primary_key[0],
            ~table.frame[table.primary_key[0]].astype(str).isin(used),
            partial(say, "no row of another table leads to {cell}"),
            say("remove the row, or use it"),
        )


def _used(table: Table, field: str) -> "pd.Series[Any]":
    """Give the values of a column, each once: there are few, however many rows name them."""
    return pd.Series(table.frame[field].unique(), dtype=table.frame[field].dtype).dropna()


def _units(package: Package, name: str) -> "pd.Series[Any]":
    """Give the units that fields declare, which use the rows of the table of units too."""
    tables = package.tables.values() if name == "units" else ()
    return pd.Series([unit for t in tables for f in t.fields if (unit := f.property("unit"))], dtype=str)


REFERENCE_RULES = (
    TableRule("origin", check_origin),
    TableRule("reasons", check_reasons),
    PackageRule("unused-codes", check_use),
    PackageRule("sources-used", check_sources_used),
    PackageRule("source-list", check_source_list),
)
