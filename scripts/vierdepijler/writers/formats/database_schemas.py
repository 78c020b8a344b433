"""The tables and views of a SQLite database, as statements of SQL: types, keys, and the labels of codes.

The tables are not STRICT, because that needs SQLite 3.37 of November 2021 to be read at all; a CHECK on each column
asks the same of every version. Types of Table Schema become those of SQLite (https://sqlite.org/datatype3.html): whole
numbers and years INTEGER, truth values INTEGER 0 or 1, dates and all else TEXT as the CSV writes them. Numbers are
REAL where a double gives every value of the column back exactly, and TEXT with all their decimals otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.columnar import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table

OWN_TABLES = ("_package", "_tables", "_fields")
KINDS: Mapping[str, str] = {"integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER"}
CHECKS: Mapping[str, str] = {
    "boolean": "{column} IN (0, 1)",
    "date": "{column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
}
OF_ITS_KIND = "typeof({column}) IN ('{kind}', 'null')"  # a column TEXT turns all that it is given into text
SURE_DIGITS = 15  # every decimal with so many digits comes back from a double as it was


@dataclass(frozen=True)
class View:
    """A table with the labels of its codes: its name, its table, its language, and what is selected."""

    name: str
    table: str
    language: str
    columns: tuple[str, ...]

    @property
    def statement(self) -> str:
        """The SQL that makes the view."""
        columns = ",\n  ".join(self.columns)
        return f"CREATE VIEW {sql_name(self.name)} AS SELECT\n  {columns}\nFROM {sql_name(self.table)}"


def sql_folded(name: str) -> str:
    """Write a name as SQLite compares it: without capitals, but only those of ASCII."""
    return name.encode().lower().decode()


def sql_name(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(sql_name, names))


def table_statement(package: Package, table: Table) -> str:
    """Write the SQL that makes a table, with its keys."""
    parts = [*map(_definition, table.fields, column_kinds(table)), *_keys(package, table)]
    return f"CREATE TABLE {sql_name(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def column_kinds(table: Table) -> tuple[str, ...]:
    """Give the type of each column in SQLite."""
    return tuple(
        _number_kind(table.column(field.name)) if field.type == "number" else KINDS.get(field.type, "TEXT")
        for field in table.fields
    )


def _number_kind(values: pa.Array) -> str:
    """Choose REAL for numbers that all come back from a double as they were, and TEXT for others."""
    largest = pc.max(pc.abs(values)).as_py()
    if largest is None or largest.scaleb(values.type.scale) < 10**SURE_DIGITS:
        return "REAL"
    is_exact = all(Decimal(repr(float(value))) == value for value in pc.unique(values.drop_null()).to_pylist())
    return "REAL" if is_exact else "TEXT"


def _definition(field: Field, kind: str) -> str:
    column = sql_name(field.name)
    required = " NOT NULL" if field.descriptor.get("constraints", {}).get("required") else ""
    check = CHECKS.get(field.type, "" if kind == "TEXT" else OF_ITS_KIND).format(column=column, kind=kind.lower())
    return f"{column} {kind}{required}" + (f" CHECK ({check})" if check else "")


def _keys(package: Package, table: Table) -> Iterator[str]:
    if table.primary_key:
        yield f"PRIMARY KEY ({_listed(table.primary_key)})"
    for names in _unique_keys(table):
        yield f"UNIQUE ({_listed(names)})"
    for key in table.foreign_keys:
        if _is_held(package, key):
            target = f"{sql_name(key.table)} ({_listed(key.targets)})"
            yield f"FOREIGN KEY ({_listed(key.fields)}) REFERENCES {target}"


def _unique_keys(table: Table) -> Iterator[tuple[str, ...]]:
    """Give the keys of a table beside the primary one, each once."""
    declared = table.descriptor.get("schema", {}).get("uniqueKeys", ())
    keys = [
        *((field.name,) for field in table.fields if field.descriptor.get("constraints", {}).get("unique")),
        *((names,) if isinstance(names, str) else tuple(names) for names in declared),
    ]
    yield from (key for key in dict.fromkeys(keys) if key != table.primary_key)


def _is_held(package: Package, key: ForeignKey) -> bool:
    """Tell whether SQLite can hold a foreign key: it must lead to a key, of a table that is in the database."""
    if (target := package.tables.get(key.table)) is None:
        return False
    return set(key.targets) in [set(names) for names in (target.primary_key, *_unique_keys(target))]


def views(package: Package) -> tuple[View, ...]:
    """Give a view in each language for every table with codes: all its columns, and beside each code its label."""
    taken = [*OWN_TABLES, *package.tables]
    found = []
    for table in package.tables.values():
        for language in package.languages:
            columns = _labelled(package, table, f"label_{language}")
            if len(columns) > len(table.fields):
                name = free_name(f"{table.name}_{language}", taken)
                taken.append(name)
                found.append(View(name, table.name, language, columns))
    return tuple(found)


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """Give a name that SQLite does not take for one of those that are taken: the one wanted, or with a number."""
    folded, name, number = set(map(sql_folded, taken)), wanted, 1
    while sql_folded(name) in folded:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _labelled(package: Package, table: Table, label: str) -> tuple[str, ...]:
    """Write what a view selects: each column, and after it the label of its code, where the list of codes has one."""
    labels = {
        key.fields[0]: key
        for key in reversed(table.foreign_keys)
        if len(key.fields) == 1 and key.table in package.tables and label in package.tables[key.table].field_names
    }
    taken, columns = list(table.field_names), []
    for name in table.field_names:
        columns.append(f"{sql_name(table.name)}.{sql_name(name)}")
        if name in labels:
            taken.append(free_name(f"{name}_label", taken))
            columns.append(f"{_looked_up(table, labels[name], label)} AS {sql_name(taken[-1])}")
    return tuple(columns)


def _looked_up(table: Table, key: ForeignKey, label: str) -> str:
    """Write the look-up of a label; not as a join, of which a view has at most 64."""
    code = f"{sql_name(table.name)}.{sql_name(key.fields[0])}"
    codes = sql_name(free_name("codes", [table.name]))
    is_meant = f"{codes}.{sql_name(key.targets[0])} = {code}"
    return f"(SELECT {codes}.{sql_name(label)} FROM {sql_name(key.table)} AS {codes} WHERE {is_meant})"
