"""Reading a data package from disk: the descriptor as JSON, each table in columns of text that give typed values.

What the text of a cell means under its schema, Frictionless says; where that is plain to see, it need not be asked.
"""

import csv
import io
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from vierdepijler.core.columnar import (
    LONG_SAMPLE,
    Block,
    OddTextError,
    UnknownFeatureError,
    block_of,
    first_lines,
    form_of,
    frictionless,
    header_of,
    is_plain,
    open_table,
    quick_block,
    reader_of,
    records_of,
    typed_values,
)

from .descriptors import parts_in_files, read_descriptor
from .messages import Message, heard, say
from .package import LargeTable, Package, line_numbers
from .problems import UnreadableError, quoted, unreadable
from .references import fill, is_text, resource_error
from .staging import finish
from .tables import Descriptor, Field, Table, Value
from .text_files import MEGABYTE, csv_error, read_layout, read_text

DIALECT = {
    "delimiter": "delimiter",
    "quoteChar": "quotechar",
    "escapeChar": "escapechar",
    "skipInitialSpace": "skipinitialspace",
}
MOST, ROW = 8_000_000, 4  # cells that fit in memory one by one, and how many a row takes the place of
Cells = tuple[str, ...]


@dataclass(frozen=True)
class CsvRows:
    """The header of a table and its rows, with the line on which each starts and its number among all in the file."""

    header: Cells
    rows: Sequence[Cells]
    lines: tuple[int, ...]
    numbers: tuple[int, ...]


def read_records(text: str, dialect: Descriptor, names: Sequence[str], file: str) -> CsvRows:
    """Cut a text as Frictionless does in this dialect; raises `UnreadableError` for text that is no CSV.

    `names` are those of the fields, for a file without a header.
    """
    cut = list(_cut(text, dialect, file))
    places = _header_places(dialect)
    comments = {number for number, (_, cells) in enumerate(cut, 1) if _is_comment(number, cells, dialect)}
    header = _joined([cut[n - 1][1] for n in places if n <= len(cut) and n not in comments], dialect)
    rows = [
        (number, line, cells)
        for number, (line, cells) in enumerate(cut, 1)
        if number > max(places, default=0)
        and number not in comments
        and not (dialect.get("skipBlankRows") and not any(cells))
    ]
    if not places:
        header = tuple(names) or tuple(f"field{place}" for place in range(1, 1 + len(rows[0][2] if rows else ())))
    return CsvRows(header, [cells for *_, cells in rows], tuple(r[1] for r in rows), tuple(r[0] for r in rows))


def _cut(text: str, dialect: Descriptor, file: str) -> Iterator[tuple[int, Cells]]:
    """Split CSV text into records, each with the line on which it starts."""
    options = {DIALECT[name]: value for name, value in dialect.items() if name in DIALECT}
    doubles = dialect.get("doubleQuote", True) or "escapeChar" not in dialect  # else a quote could not be written
    left = MOST
    try:
        # A quote that is never closed would otherwise take in the rest of the file without a word.
        for line, record in records_of(io.StringIO(text, newline=""), strict=True, doublequote=doubles, **options):
            left -= ROW + len(record)
            if left < 0:
                what = say("this table is too large for the way it is written")
                todo = "write it with commas and double quotes, no empty lines, and each row as wide as the header"
                raise unreadable(file, what, todo, line=line)
            yield line, tuple(record)
    except (csv.Error, TypeError, ValueError) as error:
        raise csv_error(file, error) from error


def _header_places(dialect: Descriptor) -> list[int]:
    """Give the numbers of the records that the header is made of; none for a file without a header."""
    return list(dialect.get("headerRows", [1])) if dialect.get("header", True) else []


def _is_comment(number: int, cells: Cells, dialect: Descriptor) -> bool:
    mark = dialect.get("commentChar")
    return number in dialect.get("commentRows", ()) or bool(mark and cells and cells[0].startswith(mark))


def _joined(records: Sequence[Cells], dialect: Descriptor) -> Cells:
    """Make one header of several records: their labels joined, each said once where it stays the same."""
    if len(records) == 1:
        return records[0]
    labels: list[list[str]] = []
    for cells in records:
        for place, cell in enumerate(map(str.strip, cells)):
            if place == len(labels):
                labels.append([cell])
            elif labels[place][-1] != cell:
                labels[place].append(cell)
    return tuple(str(dialect.get("headerJoin", " ")).join(parts) for parts in labels)


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
    fields, lines = tuple(map(Field, resource["schema"]["fields"])), array("q")
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
    form, piece = form_of(resource), text.encode()
    header = header_of(first_lines(piece, LONG_SAMPLE), form, resource.get("dialect", {}))
    block = quick_block(piece, len(header), form)
    return header, block.after(1), line_numbers(block, 1)[1:]


def _text_file(package: Path, resource: Descriptor) -> str:
    """Give the path of a table, and check that it is one of CSV."""
    file, name = resource["path"], resource["name"]
    if not is_text(resource, file):
        what = say("{file} is not a CSV file", file=quoted(file))
        raise resource_error(package, name, what, "save the table as CSV, with a name in .csv")
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
        lost = frictionless().limits_without_value(resource["schema"])
    except RecursionError as error:
        raise _unusable(package, resource, say("nested too deep"), *steps) from error
    except (re.error, TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as error:
        raise _unusable(package, resource, heard(str(error)), *steps) from error
    except frictionless().RefusedError as error:
        reason = (error.reasons or [error.error])[0].note
        raise _unusable(package, resource, heard(reason)) from error
    if lost:
        raise _unusable(package, resource, say("the limit of a constraint does not fit its type"))


def _unusable(package: Path, resource: Descriptor, reason: Message, *steps: str) -> UnreadableError:
    what = say("the schema of the table '{name}' cannot be used: {reason}", name=resource["name"], reason=reason)
    todo = "mend the schema; the types and constraints are those of Table Schema 2.0"
    is_apart = any((name, part) == (resource["name"], "schema") for _, name, part in parts_in_files(package))
    return resource_error(package, resource["name"], what, todo, *(steps or (("schema",) if is_apart else ())))


def read_value(field: Field, text: str) -> Value:
    """Read a value as a field of a file writes it, for a limit that stands in its schema."""
    left_out = ("missingValues", "constraints")
    descriptor = {name: value for name, value in field.descriptor.items() if name not in left_out}
    value: Value = typed_values(descriptor, {}, pa.array([text]), reader_of({}, descriptor))[0].as_py()
    return value
