"""SQLite: the whole package as one database, with its keys, its labels, and what explains it.

The same package gives the same bytes. For that three numbers in the header are fixed, which SQLite keeps for itself
(https://sqlite.org/fileformat2.html): how often the file was changed (offsets 24 and 92: readers who have it open see
by it that another wrote; that they are equal tells that the size in the header holds) and which version of the library
wrote last (96: for who looks into trouble, no reader uses it).

The tables are not STRICT, because that needs SQLite 3.37 of November 2021 to be read at all; a CHECK on each column
asks the same of every version. Types of Table Schema become those of SQLite (https://sqlite.org/datatype3.html): whole
numbers and years INTEGER, truth values INTEGER 0 or 1, dates and all else TEXT as the CSV writes them. Numbers are
REAL where a double gives every value of the column back exactly, and TEXT with all their decimals otherwise.
"""

import errno
import os
import re
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.columnar import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Field, Table, Value, cell_text

from .dictionary import dictionary_header, dictionary_rows, text_columns, texts_in
from .publication import Publication, records

APPLICATION = int.from_bytes(b"VPDP", "big")  # what kind of file it is, for programs such as file(1)
VERSION = re.compile(r"(\d+)\.(\d{1,2})\.(\d{1,2})")
SETTINGS = (
    "page_size = 4096",
    "journal_mode = OFF",  # a file that fails halfway is never shown
    "synchronous = OFF",
    "secure_delete = ON",  # nothing of the work stays behind in the empty part of a page
)
WRITES = ((24, 1), (92, 1), (96, 3_007_000))  # the places in the header, and what stands there in every file of ours
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
    """A table with the labels of its codes: its name, its table, its language, and the SQL that makes it."""

    name: str
    table: str
    language: str
    statement: str


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
                selected = ",\n  ".join(columns)
                statement = f"CREATE VIEW {sql_name(name)} AS SELECT\n  {selected}\nFROM {sql_name(table.name)}"
                found.append(View(name, table.name, language, statement))
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


def write_database(publication: Publication, path: Path) -> None:
    """Write the package as a SQLite database; `check_database` has found nothing that it cannot hold.

    Raises `OSError` where the disk is full, as the other writers do.
    """
    try:
        _write(publication, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
    with path.open("r+b") as file:
        for place, number in WRITES:
            file.seek(place)
            file.write(struct.pack(">I", number))


def _write(publication: Publication, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        _fill(database, publication)
        database.execute("COMMIT")
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {version_number(publication.package)}")
        database.execute("VACUUM")


def version_number(package: Package) -> int:
    """Write the version of a package as one number, `1.2.3` as 10203, for `PRAGMA user_version`; 0 for another form."""
    found = VERSION.fullmatch(str(package.descriptor.get("version", "")))
    return 0 if found is None else int(found[1]) * 10_000 + int(found[2]) * 100 + int(found[3])


def _fill(database: sqlite3.Connection, publication: Publication) -> None:
    package, shown = publication.package, views(publication.package)
    _add_own(database, "_package", *_about_package(publication))
    _add_own(database, "_tables", *_about_tables(package, shown))
    _add_own(database, "_fields", (*dictionary_header(package), "sqlite_type"), _about_fields(package))
    for table in package.tables.values():
        database.execute(table_statement(package, table))
        _insert(database, table.name, len(table.fields), _stored_rows(table))
    for view in shown:
        database.execute(view.statement)


def _add_own(database: sqlite3.Connection, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add a table that explains the others; numbers stand in its columns `position` and `rows`."""
    columns = (f"{sql_name(column)} {'INTEGER' if column in ('position', 'rows') else 'TEXT'}" for column in header)
    database.execute(f"CREATE TABLE {sql_name(name)} (\n  " + ",\n  ".join(columns) + "\n)")
    _insert(database, name, len(header), rows)


def _insert(database: sqlite3.Connection, name: str, width: int, rows: Iterable[Sequence[Any]]) -> None:
    places = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {sql_name(name)} VALUES ({places})", rows)


def _stored_rows(table: Table) -> Iterator[tuple[Any, ...]]:
    kinds = column_kinds(table)
    for record in records(table):
        yield tuple(map(_stored, record, kinds))


def _stored(value: Value, kind: str) -> Any:
    """Give a value as SQLite holds it in a column of a type."""
    match value:
        case None | str():
            return value
        case bool() | int():
            return int(value)
        case Decimal() if kind == "REAL":
            return float(value)
        case _:
            return cell_text(value)


def _about_package(publication: Publication) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """Say what the database is: its title, version, licence and address."""
    package, descriptor = publication.package, publication.descriptor
    licence: Descriptor = next(iter(descriptor.get("licenses", ())), {})
    described = {
        "name": descriptor.get("name"),
        "version": descriptor.get("version"),
        "created": descriptor.get("created"),
        **dict(zip(text_columns(package), texts_in(package, descriptor), strict=True)),
        "licence": licence.get("name"),
        "licence_title": licence.get("title"),
        "licence_url": licence.get("path"),
        "address": publication.url,
        "downloads": publication.folder,
    }
    return tuple(described), [tuple(described.values())]


def _about_tables(package: Package, shown: Iterable[View]) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """Say what each table is, and which view shows it with its labels."""
    names = {(view.table, view.language): view.name for view in shown}
    header = ("name", *text_columns(package), "rows", "primary_key", *(f"view_{each}" for each in package.languages))
    rows = (
        (
            *(table.name, *texts_in(package, table.descriptor), table.rows, ", ".join(table.primary_key)),
            *(names.get((table.name, language)) for language in package.languages),
        )
        for table in package.tables.values()
    )
    return header, rows


def _about_fields(package: Package) -> Iterator[tuple[str, ...]]:
    kinds = (kind for table in package.tables.values() for kind in column_kinds(table))
    for row, kind in zip(dictionary_rows(package), kinds, strict=True):
        yield *row, kind


def datasette_metadata(publication: Publication) -> dict[str, Any]:
    """Describe the package in the words of Datasette."""
    package, descriptor = publication.package, publication.descriptor
    licence: Descriptor = next(iter(descriptor.get("licenses", ())), {})
    maker: Descriptor = next(iter(descriptor.get("contributors", ())), {})
    described = {
        "title": package.text(descriptor, "title", package.languages[0]),
        "description": package.text(descriptor, "description", package.languages[0]),
        "license": licence.get("title") or licence.get("name"),
        "license_url": licence.get("path"),
        "source": maker.get("title"),
        "source_url": publication.url,
    }
    tables = {table.name: _described(package, table, package.languages[0]) for table in package.tables.values()}
    shown = {view.name: _described(package, package.tables[view.table], view.language) for view in views(package)}
    return {
        **{name: value for name, value in described.items() if value},
        "databases": {str(package.descriptor.get("name", "package")): {"tables": {**tables, **shown}}},
    }


def _described(package: Package, table: Table, language: str) -> dict[str, Any]:
    """Describe a table, or a view of it; `label_column` is what is shown of a row that others refer to."""
    label = f"label_{language}"
    columns = {field.name: package.text(field.descriptor, "description", language) for field in table.fields}
    return {
        "title": package.text(table.descriptor, "title", language),
        "description": package.text(table.descriptor, "description", language),
        "columns": {name: text for name, text in columns.items() if text},
        **({"label_column": label} if label in table.field_names else {}),
    }
