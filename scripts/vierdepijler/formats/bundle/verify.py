"""Check this copy of the data: every file, every table, and whether JSON and SQLite hold the same as the CSV.

Run `python3 verify.py`, in Dutch with `--language nl`. It needs Python 3.9 or newer and nothing else, reads only the
files beside it, and does not go on the internet. Exit code: 0 all is well, 1 something is wrong, 2 not all was checked.

The checksums are those of SHA256SUMS (as `sha256sum` writes them); what a table must hold is said by datapackage.json
(Data Package 2.0, https://datapackage.org). That nobody changed both is told by the checksum of the archive itself.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import io
import json
import re
import signal
import sys
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

try:
    import sqlite3
except ImportError:  # Python can be built without
    HAS_SQLITE = False
else:
    HAS_SQLITE = True

SUMS, DESCRIPTOR = "SHA256SUMS", "datapackage.json"
OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what a file manager leaves behind
SHOWN = 20  # faults of one file that are told
# A descriptor that is none, or has a pattern that is none.
UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, re.error,
)  # fmt: skip
COUNTED = {"integer", "year", "number", "boolean"}  # what is no text in JSON and SQLite
WHOLE = COUNTED - {"number"}  # what SQLite keeps as whole numbers
PIECE, LONGEST_CELL = 2**20, 2**31 - 1
PATIENCE = 1.0  # seconds for a pattern on one cell: one like (a+)+ would take for ever
READERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {  # the form of a cell, and what reads it
    "integer": (re.compile("-?[0-9]+"), int),
    "year": (re.compile("-?[0-9]+"), int),
    "number": (re.compile(r"-?[0-9]+(\.[0-9]+)?"), Decimal),
    "boolean": (re.compile("true|false"), "true".__eq__),
    "date": (re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), datetime.date.fromisoformat),
}
ORDERED = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
BREAKS: Mapping[str, tuple[Callable[[Any, str, Any], bool], str]] = {  # of a value, as it is written, and a limit
    "minimum": (lambda value, _, limit: value < limit, "{cell} is below {limit}"),
    "maximum": (lambda value, _, limit: value > limit, "{cell} is above {limit}"),
    "exclusiveMinimum": (lambda value, _, limit: value <= limit, "{cell} is not above {limit}"),
    "exclusiveMaximum": (lambda value, _, limit: value >= limit, "{cell} is not below {limit}"),
    "enum": (lambda value, _, limit: value not in limit, "{cell} is not one of {limit}"),
    "pattern": (lambda _, text, limit: not has_form(text, limit), "{cell} has not the form {limit}"),
    "minLength": (lambda _, text, limit: len(text) < limit, "{cell} is shorter than {limit} characters"),
    "maxLength": (lambda _, text, limit: len(text) > limit, "{cell} is longer than {limit} characters"),
}
DUTCH = {
    "this file is missing": "dit bestand ontbreekt",
    "this file does not belong here": "dit bestand hoort hier niet",
    "this file was changed: its checksum differs": "dit bestand is veranderd: het controlegetal verschilt",
    "{descriptor} names another checksum or size": "{descriptor} noemt een ander controlegetal of een andere grootte",
    "this line is no checksum with a name": "deze regel is geen controlegetal met een naam",
    "this cannot be read ({reason})": "dit is niet te lezen ({reason})",
    "the header should be {names}": "de eerste rij hoort {names} te zijn",
    "{count} cells in {expected} columns": "{count} cellen in {expected} kolommen",
    "{count} rows, but {descriptor} says {expected}": "{count} rijen, maar {descriptor} zegt {expected}",
    "this cell may not be empty": "deze cel mag niet leeg zijn",
    "{cell} is not of the type {kind}": "{cell} is niet van het type {kind}",
    "{cell} is below {limit}": "{cell} is lager dan {limit}",
    "{cell} is above {limit}": "{cell} is hoger dan {limit}",
    "{cell} is not above {limit}": "{cell} is niet hoger dan {limit}",
    "{cell} is not below {limit}": "{cell} is niet lager dan {limit}",
    "{cell} is not one of {limit}": "{cell} is niet een van {limit}",
    "{cell} has not the form {limit}": "{cell} heeft niet de vorm {limit}",
    "{cell} is shorter than {limit} characters": "{cell} is korter dan {limit} tekens",
    "{cell} is longer than {limit} characters": "{cell} is langer dan {limit} tekens",
    "{cell} is in line {line} too": "{cell} staat ook in regel {line}",
    "{cell} is not in {target}": "{cell} staat niet in {target}",
    "row {row} should have the columns {names}": "rij {row} hoort de kolommen {names} te hebben",
    "{count} rows, but {expected} in {file}": "{count} rijen, maar {expected} in {file}",
    "{cell} in row {row}, but {other} in line {line} of {file}": (
        "{cell} in rij {row}, maar {other} in regel {line} van {file}"
    ),
    "the keys of the database do not hold": "de sleutels van de databank kloppen niet",
    "and {count} more like this": "en nog {count} zulke",
    "Files with the right checksum: {count}.": "Bestanden met het juiste controlegetal: {count}.",
    "Tables as {descriptor} describes them: {count}, with {rows} rows.": (
        "Tabellen zoals {descriptor} ze beschrijft: {count}, met {rows} rijen."
    ),
    "The rows of the database were not read: this Python has no SQLite.": (
        "De rijen van de databank zijn niet gelezen: deze Python heeft geen SQLite."
    ),
    "All is well.": "Alles klopt.",
    "Faults found: {count}.": "Fouten gevonden: {count}.",
    "It could not all be checked.": "Niet alles was na te kijken.",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words and what fills these in, and where: file, column, and line from 1 (0 for no line)."""

    file: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    column: str = ""

    def told(self, language: str) -> str:
        """Say it on one line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f"{self.column}: " if self.column else ""
        return f"{place}: {column}{said(self.words, language, **self.values)}"


@dataclass(frozen=True)
class Table:
    """A table as its CSV holds it: the rows as texts, and the line on which each starts."""

    name: str
    file: str
    schema: Mapping[str, Any]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    formats: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column["name"] for column in self.schema["fields"]]

    @property
    def kinds(self) -> list[str]:
        """The types of the columns."""
        return [column.get("type", "string") for column in self.schema["fields"]]

    @cached_property
    def values(self) -> list[list[Any]]:
        """The rows as other formats hold them."""
        known = [
            {text: valued(kind, text) for text in set(column)} for kind, column in zip(self.kinds, zip(*self.rows))
        ]
        return [[texts[text] for texts, text in zip(known, row)] for row in self.rows]

    def cells(self, names: Iterable[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give some columns, row by row, each with its line."""
        places = [self.names.index(name) for name in names]
        for line, row in zip(self.lines, self.rows):
            yield line, tuple(row[place] for place in places)


def said(words: str, language: str, **values: object) -> str:
    """Fill in a sentence, in Dutch or in English."""
    return (DUTCH[words] if language == "nl" else words).format(**values)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimals."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def files_below(folder: Path) -> dict[str, Path]:
    """Give the files in a folder and below it by their path from there, but for what the system leaves there."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path for name, path in sorted(files.items()) if path.name not in OF_THE_SYSTEM}


def check_files(sums: str, digests: Mapping[str, str], archive: str) -> Iterator[Fault]:
    """Compare the files that are there with SHA256SUMS; the archive that they came from may lie beside them."""
    listed: dict[str, str] = {}
    for line, text in enumerate(sums.splitlines(), start=1):
        if found := re.fullmatch("([0-9a-f]{64})  (.+)", text):
            listed[found[2]] = found[1]
        else:
            yield Fault(SUMS, "this line is no checksum with a name", line=line)
    for name in sorted({*listed, *digests}):
        if name not in digests:
            yield Fault(name, "this file is missing")
        elif name not in listed and name != archive:
            yield Fault(name, "this file does not belong here")
        elif name in listed and digests[name] != listed[name]:
            yield Fault(name, "this file was changed: its checksum differs")


def check_described(described: Any, files: Mapping[str, Path], digests: Mapping[str, str]) -> Iterator[Fault]:
    """Compare every file that the descriptor describes, wherever it does, with the hash and size that it names."""
    for part in described.values() if isinstance(described, dict) else described:
        if isinstance(part, (dict, list)):
            yield from check_described(part, files, digests)
    if isinstance(described, dict) and "path" in described and "hash" in described:
        name = described["path"]
        is_same = name in files and f"sha256:{digests[name]}" == described["hash"]
        if not is_same or files[name].stat().st_size != described.get("bytes"):
            yield Fault(name, "{descriptor} names another checksum or size", {"descriptor": DESCRIPTOR})


def read_table(folder: Path, resource: Mapping[str, Any], faults: list[Fault]) -> Table | None:
    """Read a CSV (UTF-8, RFC 4180); None, and a fault, where it has not the columns of its schema."""
    name, expected = resource["path"], [column["name"] for column in resource["schema"]["fields"]]
    rows, lines, before = [], [], 0
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                rows.append(row)
                lines.append(before + 1)
                before = reader.line_num
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(name, "this cannot be read ({reason})", {"reason": error}, before + 1))
        return None
    if not rows or rows[0] != expected:
        faults.append(Fault(name, "the header should be {names}", {"names": ",".join(expected)}, 1))
        return None
    odd = [(line, len(row)) for line, row in zip(lines, rows) if len(row) != len(expected)]
    for line, count in odd:
        faults.append(
            Fault(name, "{count} cells in {expected} columns", {"count": count, "expected": len(expected)}, line)
        )
    formats = {each["name"]: each["path"] for each in resource.get("distributions", ())}
    return None if odd else Table(resource["name"], name, resource["schema"], rows[1:], lines[1:], formats)


def typed(kind: str, text: str) -> Any:
    """Read a cell as it is published, None where it is empty; raises `ValueError` where it is not of its type."""
    if text == "" or kind not in READERS:
        return text or None
    form, read = READERS[kind]
    if not form.fullmatch(text):
        raise ValueError(text)
    return read(text)


def valued(kind: str, text: str) -> Any:
    """Read a cell as JSON and SQLite hold it: numbers and truth values as such, and all else as it stands there."""
    try:
        return typed(kind, text) if kind in COUNTED or text == "" else text
    except ValueError:  # told already
        return text


def check_cells(table: Table) -> Iterator[Fault]:
    """Check the type and the constraints of each column, every distinct text once."""
    for column in table.schema["fields"]:
        known: dict[str, tuple[tuple[str, dict[str, object]], ...]] = {}
        for line, (text,) in table.cells([column["name"]]):
            if text not in known:
                known[text] = tuple(broken(column, text))
            for words, values in known[text]:
                yield Fault(table.file, words, values, line, column["name"])


def broken(column: Mapping[str, Any], text: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Give what a cell breaks of the type and the constraints of its column."""
    kind, asked = column.get("type", "string"), column.get("constraints", {})
    if text == "":
        if asked.get("required"):
            yield "this cell may not be empty", {}
        return
    try:
        value = typed(kind, text)
    except ValueError:
        yield "{cell} is not of the type {kind}", {"cell": repr(text), "kind": kind}
        return
    for name, limit in asked.items():
        if name in BREAKS and (kind in READERS or name not in ORDERED):
            breaks, words = BREAKS[name]
            if breaks(value, text, limit if name == "pattern" else meant(kind, limit)):
                yield words, {"cell": repr(text), "limit": limit}


def has_form(text: str, pattern: str) -> bool:
    """Tell whether a text has the form of a pattern; raises `TimeoutError` where that takes too long.

    Where a system has no alarm (Windows), nothing stops it but whoever waits.
    """

    def stop(*_: object) -> None:
        raise TimeoutError(f"the pattern {pattern!r} takes too long on {text[:SHOWN]!r}")

    if not hasattr(signal, "setitimer"):
        return bool(re.fullmatch(pattern, text))
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return bool(re.fullmatch(pattern, text))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def meant(kind: str, limit: Any) -> Any:
    """Give the value of a limit, which may be written as a cell is."""
    if isinstance(limit, list):
        return [meant(kind, each) for each in limit]
    return typed(kind, limit) if isinstance(limit, str) else limit


def listed(names: Any) -> list[str]:
    """Give the fields of a key, which may be the name of one."""
    return [names] if isinstance(names, str) else list(names)


def check_keys(table: Table) -> Iterator[Fault]:
    """Check that no two rows share a key, and that none has an empty primary one."""
    primary = listed(table.schema.get("primaryKey", ()))
    unique = [[column["name"]] for column in table.schema["fields"] if column.get("constraints", {}).get("unique")]
    for key in [primary] * bool(primary) + unique + [listed(names) for names in table.schema.get("uniqueKeys", ())]:
        seen: dict[tuple[str, ...], int] = {}
        for line, cells in table.cells(key):
            if key is primary and not any(cells):
                yield Fault(table.file, "this cell may not be empty", {}, line, ", ".join(key))
            elif (key is primary or all(cells)) and seen.setdefault(cells, line) != line:
                values = {"cell": ", ".join(map(repr, cells)), "line": seen[cells]}
                yield Fault(table.file, "{cell} is in line {line} too", values, line, ", ".join(key))


def check_references(table: Table, tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Check that what refers to another table, or to this one, is found there."""
    for reference in table.schema.get("foreignKeys", ()):
        fields, meant = listed(reference["fields"]), reference["reference"]
        target = tables.get(meant.get("resource") or table.name)
        if target is None:  # it could not be read, which was told
            continue
        known = {cells for _, cells in target.cells(listed(meant["fields"]))}
        for line, cells in table.cells(fields):
            if any(cells) and cells not in known:
                values = {"cell": ", ".join(map(repr, cells)), "target": target.file}
                yield Fault(table.file, "{cell} is not in {target}", values, line, ", ".join(fields))


def compare(table: Table, file: str, rows: Sequence[Sequence[Any]], order: Sequence[int]) -> Iterator[Fault]:
    """Compare the rows that another format holds with those of the CSV, value by value; `order` is that of its rows."""
    if len(rows) != len(table.rows):
        values = {"count": len(rows), "expected": len(table.rows), "file": table.file}
        yield Fault(file, "{count} rows, but {expected} in {file}", values, column=table.name)
    for number, (place, theirs) in enumerate(zip(order, rows), start=1):
        for name, value, other in zip(table.names, table.values[place], theirs):
            if not same(value, other):
                values = {"cell": shown(other), "row": number, "other": shown(value), "file": table.file}
                words = "{cell} in row {row}, but {other} in line {line} of {file}"
                yield Fault(file, words, {**values, "line": table.lines[place]}, column=f"{table.name}.{name}")


def same(value: Any, other: Any) -> bool:
    """Tell whether another format holds a value: true is not 1, and a decimal may be a number or a text there."""
    if type(value) is type(other) and value == other:
        return True
    if not isinstance(value, Decimal) or other is None or isinstance(other, bool):
        return False
    try:
        return value == Decimal(repr(other) if isinstance(other, float) else other)
    except (ArithmeticError, TypeError, ValueError):
        return False


def shown(value: Any) -> str:
    """Write a value for a person."""
    return repr(value) if isinstance(value, str) else "null" if value is None else str(value)


def check_json(folder: Path, file: str, table: Table) -> Iterator[Fault]:
    """Compare the records of a JSON file with the rows of the CSV."""
    try:
        content = json.loads((folder / file).read_text("utf-8"), parse_float=Decimal)
        records = content["records"] if isinstance(content, dict) else content
        odd = [number for number, record in enumerate(records, start=1) if list(record) != table.names]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield unread(file, error)
        return
    for number in odd:
        yield Fault(file, "row {row} should have the columns {names}", {"row": number, "names": ", ".join(table.names)})
    if not odd:
        yield from compare(table, file, [list(record.values()) for record in records], range(len(table.rows)))


def check_database(folder: Path, file: str, tables: Iterable[Table]) -> Iterator[Fault]:
    """Compare the tables of the SQLite database with the CSV, and check its keys."""
    try:
        address = (folder / file).resolve().as_uri() + "?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            for table in tables:
                columns = ", ".join(f"{sql_name(table.name)}.{sql_name(name)}" for name in table.names)
                asked = database.execute(f"SELECT {columns} FROM {sql_name(table.name)} ORDER BY rowid")
                rows = [with_truth(table.kinds, row) for row in asked]
                yield from compare(table, file, rows, order_of_rowid(table))
            if database.execute("PRAGMA foreign_key_check").fetchone():
                yield Fault(file, "the keys of the database do not hold")
    except (OSError, sqlite3.Error) as error:
        yield unread(file, error)


def with_truth(kinds: Sequence[str], row: Sequence[Any]) -> list[Any]:
    """Turn the 0 and 1 of SQLite into truth values where the column holds these."""
    return [{0: False, 1: True}.get(cell, cell) if kind == "boolean" else cell for kind, cell in zip(kinds, row)]


def sql_name(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def order_of_rowid(table: Table) -> Sequence[int]:
    """Give the rows as SQLite keeps them: in the order of their key where that is one whole number."""
    key = listed(table.schema.get("primaryKey", ()))
    place = table.names.index(key[0]) if len(key) == 1 else -1
    keys = [row[place] for row in table.values]
    is_whole = place >= 0 and table.kinds[place] in WHOLE and all(isinstance(key, int) for key in keys)
    return sorted(range(len(keys)), key=keys.__getitem__) if is_whole else range(len(keys))


def check_tables(folder: Path, descriptor: Mapping[str, Any]) -> tuple[list[Fault], dict[str, Table]]:
    """Check every table against the descriptor, and the other formats against the table."""
    faults: list[Fault] = []
    read = [read_table(folder, resource, faults) for resource in descriptor["resources"]]
    tables = {table.name: table for table in read if table is not None}
    for resource, table in zip(descriptor["resources"], read):
        if table is None:
            continue
        if len(table.rows) != resource["rows"]:
            values = {"count": len(table.rows), "descriptor": DESCRIPTOR, "expected": resource["rows"]}
            faults.append(Fault(table.file, "{count} rows, but {descriptor} says {expected}", values))
        faults += [*check_cells(table), *check_keys(table), *check_references(table, tables)]
        if "json" in table.formats:
            faults += check_json(folder, table.formats["json"], table)
    for file in databases(descriptor) if HAS_SQLITE else ():
        faults += check_database(folder, file, tables.values())
    return faults, tables


def databases(descriptor: Mapping[str, Any]) -> list[str]:
    """Give the files of the package that are SQLite databases."""
    return [each["path"] for each in descriptor.get("distributions", ()) if each["name"] == "sqlite"]


def verify(folder: Path, language: str) -> int:
    """Check the copy in a folder, tell what was found, and give the exit code."""
    files = files_below(folder)
    files.pop(SUMS, None)
    digests = {name: sha256(path) for name, path in files.items()}
    descriptor: Any = {}
    tables: dict[str, Table] = {}
    faults, unreadable = [], []
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"), parse_float=Decimal)
        of_tables, tables = check_tables(folder, descriptor)
        faults += [*check_described(descriptor, files, digests), *of_tables]
    except UNREADABLE as error:
        unreadable.append(unread(DESCRIPTOR, error))
    try:
        archive = f"{descriptor.get('name')}.zip" if isinstance(descriptor, dict) else ""
        faults[:0] = check_files((folder / SUMS).read_text("utf-8"), digests, archive)
    except (OSError, ValueError) as error:
        unreadable.append(unread(SUMS, error))
    tell(language, [*faults, *unreadable])
    if not HAS_SQLITE:
        print(said("The rows of the database were not read: this Python has no SQLite.", language))
    if unreadable:
        print(said("It could not all be checked.", language))
    elif not faults:
        rows = sum(len(table.rows) for table in tables.values())
        print(said("Files with the right checksum: {count}.", language, count=len(digests)))
        words = "Tables as {descriptor} describes them: {count}, with {rows} rows."
        print(said(words, language, descriptor=DESCRIPTOR, count=len(tables), rows=rows))
        print(said("All is well.", language))
    return 2 if unreadable else int(bool(faults))


def tell(language: str, faults: Sequence[Fault]) -> None:
    """Print what is wrong, of each file no more than can be read."""
    by_file: dict[str, list[Fault]] = {}
    for fault in faults:
        by_file.setdefault(fault.file, []).append(fault)
    for file, found in by_file.items():
        print(*(fault.told(language) for fault in found[:SHOWN]), sep="\n")
        if len(found) > SHOWN:
            print(Fault(file, "and {count} more like this", {"count": len(found) - SHOWN}).told(language))
    if faults:
        print(said("Faults found: {count}.", language, count=len(faults)))


def unread(file: str, error: Exception) -> Fault:
    """Say that a file cannot be read, and why."""
    return Fault(file, "this cannot be read ({reason})", {"reason": f"{type(error).__name__}: {error}"})


def main() -> int:
    """Read what is asked on the command line, and check."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # whatever characters a terminal knows
    csv.field_size_limit(LONGEST_CELL)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent, help="another copy")
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="nl: in het Nederlands")
    options = parser.parse_args()
    return verify(options.folder, options.language)


if __name__ == "__main__":
    sys.exit(main())
