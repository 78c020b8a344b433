"""Reading a data package from disk: the descriptor as JSON, each table in columns of text that give typed values.

What the text of a cell means under its schema, Frictionless says; where that is plain to see, it need not be asked.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from vierdepijler.core.columnar.blocks import Block, block_in, block_of
from vierdepijler.core.columnar.files import LONG_SAMPLE, UnknownFeatureError, form_of, header_of, open_table
from vierdepijler.core.columnar.pieces import OddTextError
from vierdepijler.core.columnar.plain import is_plain
from vierdepijler.core.columnar.readers import reader_of, reference
from vierdepijler.core.columnar.values import typed_values

from .descriptors import read_descriptor
from .journal import finish
from .large import LargeTable, Lines, line_numbers
from .layouts import read_layout
from .messages import Message, heard, say
from .package import Package
from .problems import UnreadableError, quoted
from .records import read_records
from .references import fill, is_text, refused
from .refusals import MEGABYTE, read_text
from .tables import Descriptor, Field, Table, Value

WHOLE = 128 * MEGABYTE  # a table that can only be read whole may have as many bytes as fit in memory several times


def read_package(path: Path, held: int | None = None, known: Mapping[str, Table] | None = None) -> Package:
    """Read the package that the descriptor at `path` describes, every table of it.

    A change of several files that a killed run had begun is finished first.
    A table of more than `held` bytes is not held in memory but opened, to be read block by block; None holds all.
    `known` are tables, by name, whose files are as they were when these were read: such a table is taken over as long
    as it is described as it was.
    Raises `UnreadableError` for a missing or unreadable file, bad JSON, text that is not in the declared
    encoding, a path that leaves the package's folder, or a descriptor of another shape.
    """
    try:
        finish(path.parent)
        filled = fill(path, read_descriptor(path))
        tables = list(_read_tables(path, filled.descriptor, held, known or {}))
    except UnreadableError as error:
        error.root = path.parent
        raise
    return Package(
        path,
        filled.descriptor,
        {table.name: table for table in tables if isinstance(table, Table)},
        {table.head.name: table for table in tables if isinstance(table, LargeTable)},
        filled.others,
    )


def _read_tables(
    path: Path, descriptor: Descriptor, held: int | None, known: Mapping[str, Table]
) -> Iterator[Table | LargeTable]:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    for resource in descriptor["resources"]:
        before = known.get(resource["name"])
        if before is not None and before.descriptor == resource:
            yield before
            continue
        large = None if held is None else _open_large(path, resource, resources, held)
        most = None if held is None else max(held, WHOLE)
        yield large or read_table(path, resource, resources, most)


def _open_large(
    package: Path, resource: Descriptor, resources: Mapping[str, Descriptor], held: int
) -> LargeTable | None:
    """Open a table that is too large to hold; None for a smaller one, or one that must be read with more care."""
    file = _text_file(package, resource)
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


def read_table(
    package: Path, resource: Descriptor, resources: Mapping[str, Descriptor] | None = None, most: int | None = None
) -> Table:
    """Read one table of the package whose descriptor lies at `package`; raises `UnreadableError` as above.

    `resources` are those of the package, by name, that its keys may lead to. A file of more than `most` bytes is
    refused.
    """
    file = _text_file(package, resource)
    if not is_plain(resource, resources or {}):
        _check_schema(package, resource)
    text = read_text(package.parent / file, file, str(resource.get("encoding", "utf-8")), most)
    layout = read_layout(text)
    text = text.removeprefix("\ufeff")
    fields = tuple(Field(field) for field in resource.get("schema", {}).get("fields", ()))
    numbers: Sequence[int] = ()
    try:
        header, block, lines = _quick_rows(text, resource)
        in_columns = True
    except (UnknownFeatureError, OddTextError, csv.Error) as error:
        records = read_records(text, resource.get("dialect", {}), [field.name for field in fields], file)
        header, lines, numbers = records.header, records.lines, records.numbers
        block, in_columns = block_of(records.rows, len(header)), isinstance(error, OddTextError)
    fields = fields or tuple(Field({"name": label, "type": "string"}) for label in header)
    return Table(resource["name"], file, resource, fields, header, block, lines, numbers, layout, in_columns)


def _quick_rows(text: str, resource: Descriptor) -> tuple[tuple[str, ...], Block, Sequence[int]]:
    """Cut the text of a table in columns, as Frictionless cuts it: its header, its rows and their lines.

    Raises `UnknownFeatureError` where Frictionless may cut it otherwise, and `OddTextError` for text that needs care.
    """
    form = form_of(resource)
    header = header_of(_first_lines(text), form, resource.get("dialect", {}))
    block = block_in(text.encode(), len(header), form)
    return header, block.after(1), line_numbers(block, 1)[1:]


def _first_lines(text: str) -> str:
    end = 0
    for _ in range(LONG_SAMPLE):
        end = text.find("\n", end) + 1
        if not end:
            return text
    return text[:end]


def _text_file(package: Path, resource: Descriptor) -> str:
    """Give the path of a table, and check that it is one of CSV."""
    file, name = resource["path"], resource["name"]
    if not is_text(resource, file):
        what = say("{file} is not a CSV file", file=quoted(file))
        raise refused(package, name, what, "save the table as CSV, with a name in .csv")
    return Path(file).as_posix()


def _check_schema(package: Path, resource: Descriptor) -> None:
    """Let Frictionless say whether it can use a schema; raises `UnreadableError` where it cannot."""
    if not resource.get("schema", {}).get("fields"):
        return
    steps: tuple[str, ...] = ()
    try:
        for field in resource["schema"]["fields"]:
            steps = ("schema", "fields", field["name"], "constraints", "pattern")
            re.compile(field.get("constraints", {}).get("pattern", ""))
        steps = ()
        lost = reference().limits_without_value(resource["schema"])
    except RecursionError as error:
        raise _unusable(package, resource, say("nested too deep"), *steps) from error
    except (re.error, TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as error:
        raise _unusable(package, resource, heard(str(error)), *steps) from error
    except reference().Refusal as error:
        reason = (error.reasons or [error.error])[0].note
        raise _unusable(package, resource, heard(reason)) from error
    if lost:
        raise _unusable(package, resource, say("the limit of a constraint does not fit its type"))


def _unusable(package: Path, resource: Descriptor, reason: Message, *steps: str) -> UnreadableError:
    what = say("the schema of the table '{name}' cannot be used: {reason}", name=resource["name"], reason=reason)
    todo = "mend the schema; the types and constraints are those of Table Schema 2.0"
    return refused(package, resource["name"], what, todo, *steps)


def read_value(field: Field, text: str) -> Value:
    """Read a value as a field of a file writes it, for a limit that stands in its schema."""
    left_out = ("missingValues", "constraints")
    descriptor = {name: value for name, value in field.descriptor.items() if name not in left_out}
    value: Value = typed_values(descriptor, {}, pa.array([text]), reader_of({}, descriptor))[0].as_py()
    return value
