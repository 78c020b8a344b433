"""Reading a data package from disk: the descriptor as JSON, each table in columns of text that give typed values.

What the text of a cell means under its schema, Frictionless says; where that is plain to see, it need not be asked.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from .columnar.blocks import Block, block_of, quick_block
from .columnar.files import LONG_SAMPLE, UnknownFeatureError, form_of, header_of, open_table
from .columnar.pieces import OddTextError
from .columnar.plain import is_plain
from .columnar.readers import reader_of, reference
from .columnar.values import typed_values
from .descriptors import line_of, read_descriptor, read_text
from .large import LargeTable, Lines, line_numbers
from .layouts import read_layout
from .messages import Message, heard, say
from .package import Package
from .problems import UnreadableError, quoted, unreadable
from .refusals import not_csv
from .tables import Descriptor, Field, Table, Value

SUFFIXES = {".csv", ".tsv", ".txt"}
DIALECT = {
    "delimiter": "delimiter",
    "quoteChar": "quotechar",
    "doubleQuote": "doublequote",
    "escapeChar": "escapechar",
    "skipInitialSpace": "skipinitialspace",
}


def read_package(path: Path, held: int | None = None) -> Package:
    """Read the package that the descriptor at `path` describes, every table of it.

    A table of more than `held` bytes is not held in memory but opened, to be read block by block; None holds all.
    Raises `UnreadableError` for a missing or unreadable file, bad JSON, text that is not in the declared
    encoding, a path that leaves the package's folder, or a descriptor of another shape.
    """
    try:
        descriptor = read_descriptor(path)
        tables = list(_read_tables(path, descriptor, held))
    except UnreadableError as error:
        error.root = path.parent
        raise
    return Package(
        path,
        descriptor,
        {table.name: table for table in tables if isinstance(table, Table)},
        {table.head.name: table for table in tables if isinstance(table, LargeTable)},
    )


def _read_tables(path: Path, descriptor: Descriptor, held: int | None) -> Iterator[Table | LargeTable]:
    resources: dict[str, Descriptor] = {}
    for resource in descriptor["resources"]:
        if resource["name"] in resources:
            what = say("two tables are called '{name}'", name=resource["name"])
            raise _refused(path, resource["name"], what, "give each table its own name")
        resources[resource["name"]] = resource
    for resource in descriptor["resources"]:
        large = None if held is None else _open_large(path, resource, resources, held)
        yield large or read_table(path, resource, resources)


def _open_large(
    package: Path, resource: Descriptor, resources: Mapping[str, Descriptor], held: int
) -> LargeTable | None:
    """Open a table that is too large to hold; None for a smaller one, or one that must be read with more care."""
    file = _safe_path(package, resource)
    path = package.parent / file
    if not path.is_file() or path.stat().st_size <= held or not resource.get("schema", {}).get("fields"):
        return None
    if not is_plain(resource, resources):
        _check_schema(package, resource)
    try:
        source = replace(open_table(path, resource), is_strict=True)
    except (UnknownFeatureError, UnicodeDecodeError, OSError, csv.Error):
        return None
    fields, lines = tuple(map(Field, resource["schema"]["fields"])), Lines()
    head = Table(resource["name"], file, resource, fields, source.labels, block_of((), len(source.labels)), lines)
    return LargeTable(head, source, lines)


def _refused(path: Path, table: str, what: str, todo: str) -> UnreadableError:
    return unreadable(path.name, what, todo, line=line_of(path, "resources", table))


def read_table(package: Path, resource: Descriptor, resources: Mapping[str, Descriptor] | None = None) -> Table:
    """Read one table of the package whose descriptor lies at `package`; raises `UnreadableError` as above.

    `resources` are those of the package, by name, that its keys may lead to.
    """
    file = _safe_path(package, resource)
    if not is_plain(resource, resources or {}):
        _check_schema(package, resource)
    text = read_text(package.parent / file, file, str(resource.get("encoding", "utf-8")))
    layout = read_layout(text)
    text = text.removeprefix("\ufeff")
    header, block, lines, in_columns = _rows(text, resource, file)
    fields = tuple(Field(field) for field in resource.get("schema", {}).get("fields", ())) or tuple(
        Field({"name": label, "type": "string"}) for label in header
    )
    return Table(resource["name"], file, resource, fields, header, block, lines, layout, in_columns)


def _rows(text: str, resource: Descriptor, file: str) -> tuple[tuple[str, ...], Block, Sequence[int], bool]:
    """Cut the text of a table: its header, its rows, their lines, and whether Frictionless cuts it as we do."""
    dialect = resource.get("dialect", {})
    try:
        form = form_of(resource)
        header = header_of(_first_lines(text), form, dialect)
        block = quick_block(text.encode(), len(header), form)
    except (UnknownFeatureError, csv.Error):
        return *_careful_rows(text, dialect, file), False
    except OddTextError:
        return *_careful_rows(text, dialect, file), True
    return header, block.after(1), line_numbers(block, 1)[1:], True


def _first_lines(text: str) -> str:
    end = 0
    for _ in range(LONG_SAMPLE):
        end = text.find("\n", end) + 1
        if not end:
            return text
    return text[:end]


def _careful_rows(text: str, dialect: Descriptor, file: str) -> tuple[tuple[str, ...], Block, Sequence[int]]:
    """Cut a text with Python's own reader of CSV."""
    records, lines = _records(text, dialect, file)
    header = records[0] if records else ()
    return header, block_of(records[1:], len(header)), lines[1:]


def _safe_path(package: Path, resource: Descriptor) -> str:
    """Check that the resource is a file inside the package, as the standard asks of a safe path."""
    file, name = resource["path"], resource["name"]
    try:
        inside = (package.parent / file).resolve().is_relative_to(package.parent.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if "://" in file or not inside:
        raise _refused(
            package,
            name,
            say(
                "the path {path} of the table '{name}' leaves the package, or is no path", path=quoted(file), name=name
            ),
            "put the file below the folder of this descriptor and name it from there",
        )
    if Path(file).suffix not in SUFFIXES:
        what = say("{file} is not a CSV file", file=quoted(file))
        raise _refused(package, name, what, "save the table as CSV, with a name in .csv")
    return Path(file).as_posix()


def _check_schema(package: Path, resource: Descriptor) -> None:
    """Let Frictionless say whether it can use a schema; raises `UnreadableError` where it cannot."""
    if not resource.get("schema", {}).get("fields"):
        return
    try:
        for field in resource["schema"]["fields"]:
            re.compile(field.get("constraints", {}).get("pattern", ""))
        lost = reference().limits_without_value(resource["schema"])
    except (re.error, TypeError, ValueError, KeyError, AttributeError) as error:
        raise _unusable(package, resource, heard(str(error))) from error
    except reference().Refusal as error:
        reason = (error.reasons or [error.error])[0].note
        raise _unusable(package, resource, heard(reason)) from error
    if lost:
        raise _unusable(package, resource, say("the limit of a constraint does not fit its type"))


def _unusable(package: Path, resource: Descriptor, reason: Message) -> UnreadableError:
    return _refused(
        package,
        resource["name"],
        say("the schema of the table '{name}' cannot be used: {reason}", name=resource["name"], reason=reason),
        "mend the schema; the types and constraints are those of Table Schema 2.0",
    )


def read_value(field: Field, text: str) -> Value:
    """Read a value as a field of a file writes it, for a limit that stands in its schema."""
    descriptor = {name: value for name, value in field.descriptor.items() if name != "missingValues"}
    value: Value = typed_values(descriptor, {}, pa.array([text]), reader_of({}, descriptor))[0].as_py()
    return value


def _records(text: str, dialect: Descriptor, file: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Split CSV text into records, with the line on which each of them starts."""
    options = {DIALECT[name]: value for name, value in dialect.items() if name in DIALECT}
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    start = 1
    try:
        # A quote that is never closed would otherwise take in the rest of the file without a word.
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, **options)
        for record in reader:
            records.append(tuple(record))
            lines.append(start)
            start = reader.line_num + 1
    except (csv.Error, TypeError, ValueError) as error:
        raise not_csv(file, error, start) from error
    return tuple(records), tuple(lines)
