"""Reading a data package from disk: the descriptor as JSON, each table in columns of text that give typed values.

What the text of a cell means under its schema, Frictionless says; where that is plain to see, it need not be asked.
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
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
    typed_values,
)

from .descriptors import parts_in_files, read_descriptor
from .gathering import FIRST_ROW, gather, is_gathered, read_records
from .package import LargeTable, Lines, Package, line_numbers
from .problems import Message, Problem, Severity, UnreadableError, heard, say
from .references import fill, resource_error, text_file
from .staging import finish
from .tables import Descriptor, Field, Table, Value
from .text_files import MEGABYTE, read_layout, read_text

WHOLE = 128 * MEGABYTE  # a table that can only be read whole may have as many bytes as fit in memory several times


def read_package(
    path: Path,
    held: int | None = None,
    known: Mapping[str, Table] | None = None,
    *,
    leniently: bool = False,
    copies: Path | None = None,
) -> Package:
    """Read the package that the descriptor at `path` describes, every table of it.

    A change of several files that a killed run had begun is finished first.
    A table of more than `held` bytes is not held in memory but opened, to be read block by block; None holds all.
    `known` are tables, by name, whose files are as they were when these were read: such a table is taken over as long
    as it is described as it was. `copies` is a folder with copies of schemas that stand at an address.
    Read `leniently`, a package may have tables that cannot be read: the others are, and what is wrong is `told`.
    Raises `UnreadableError` for a missing or unreadable file, bad JSON, text that is not in the declared
    encoding, a path that leaves the package's folder, or a descriptor of another shape.
    """
    try:
        finish(path.parent)
        filled = fill(path, read_descriptor(path), copies, leniently=leniently)
        resources = {resource["name"]: resource for resource in filled.descriptor["resources"]}
        tables: list[Table | LargeTable] = []
        told, unread = list(filled.told), dict(filled.unread)
        for name, resource in resources.items():
            try:
                tables.append(_read(path, resource, resources, held, (known or {}).get(name)))
            except UnreadableError as error:
                told += error.problems
                unread[name] = resource
    except UnreadableError as error:
        error.root = path.parent
        raise
    if told and not (leniently and (tables or all(problem.severity is not Severity.ERROR for problem in told))):
        raise UnreadableError(sorted(told), path.parent)
    tables = [_without_keys_to(unread, table) for table in tables] if unread else tables
    heads = [table.head if isinstance(table, LargeTable) else table for table in tables]
    places = {name: place for place, name in enumerate(filled.whole)}
    return Package(
        path,
        {**filled.descriptor, "resources": [head.descriptor for head in heads]},
        {table.name: table for table in tables if isinstance(table, Table)},
        {table.head.name: table for table in tables if isinstance(table, LargeTable)},
        {**filled.others, **{places[name]: resource for name, resource in unread.items()}},
        tuple(told),
        frozenset(unread),
    )


def _without_keys_to(unread: Collection[str], table: Table | LargeTable) -> Table | LargeTable:
    """Give a table without the foreign keys to tables that could not be read: nobody knows whether they lead there."""
    head = table.head if isinstance(table, LargeTable) else table
    schema = head.descriptor.get("schema", {})
    kept = [key for key in schema.get("foreignKeys", ()) if key["reference"].get("resource") not in unread]
    if len(kept) == len(schema.get("foreignKeys", ())):
        return table
    others = {name: value for name, value in schema.items() if name != "foreignKeys"}
    own = {**others, "foreignKeys": kept} if kept else others
    described = replace(head, descriptor={**head.descriptor, "schema": own}, typed={})
    return replace(table, head=described) if isinstance(table, LargeTable) else described


def _read(
    path: Path, resource: Descriptor, resources: Mapping[str, Descriptor], held: int | None, before: Table | None
) -> Table | LargeTable:
    if before is not None and before.descriptor == resource:
        return before
    large = None if held is None else _open_large(path, resource, resources, held)
    return large or read_table(path, resource, resources, None if held is None else max(held, WHOLE))


def _open_large(
    package: Path, resource: Descriptor, resources: Mapping[str, Descriptor], held: int
) -> LargeTable | None:
    """Open a table that is too large to hold; None for a smaller one, or one that must be read with more care."""
    if is_gathered(resource) or "fieldsMatch" in resource.get("schema", {}):
        return None
    file = text_file(package, resource)
    path = package.parent / file
    if (
        not path.is_file()
        or path.stat().st_size <= held
        or ("schema" in resource and not resource["schema"].get("fields"))
    ):
        return None
    if not is_plain(resource, resources):
        _check_schema(package, resource)
    try:
        source = replace(open_table(path, resource), is_strict=True)
    except (UnknownFeatureError, UnicodeDecodeError, OSError, csv.Error):
        return None
    fields, none, lines = _fields(resource, source.labels), block_of((), len(source.labels)), Lines()
    head = Table(resource["name"], file, resource, fields, source.labels, none, lines)
    return LargeTable(head, source, lines)


def read_table(
    package: Path, resource: Descriptor, resources: Mapping[str, Descriptor] | None = None, most: int | None = None
) -> Table:
    """Read one table of the package whose descriptor lies at `package`; raises `UnreadableError` as above.

    `resources` are those of the package, by name, that its keys may lead to. A file of more than `most` bytes is
    refused.
    """
    gathered = gather(package, resource) if is_gathered(resource) else None
    if gathered:
        resource, text, file = gathered.resource, gathered.text, gathered.resource["path"]
    else:
        file = text_file(package, resource)
        text = read_text(package.parent / file, file, str(resource.get("encoding", "utf-8")), most)
    if not is_plain(resource, resources or {}):
        _check_schema(package, resource)
    layout = read_layout(text)
    text = text.removeprefix("\ufeff")
    names = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
    numbers: Sequence[int] = ()
    try:
        header, block, lines = _quick_rows(text, resource)
        in_columns = True
    except (UnknownFeatureError, OddTextError, csv.Error) as error:
        records = read_records(text, resource.get("dialect", {}), names, file)
        header, lines, numbers = records.header, records.lines, records.numbers
        block, in_columns = block_of(records.rows, len(header)), isinstance(error, OddTextError)
    resource, told = arranged(resource, header, file)
    fields = _fields(resource, header)
    table = Table(
        resource["name"], file, resource, fields, header, block, lines, numbers, layout, in_columns, told=told
    )
    if gathered:
        lines = range(FIRST_ROW, FIRST_ROW + table.rows)
        return replace(table, lines=lines, parts=gathered.parts, told=(*told, *gathered.told))
    return table


def _fields(resource: Descriptor, header: Sequence[str]) -> tuple[Field, ...]:
    """Give the fields of a table: those of its schema, or else a text for each column."""
    declared = resource.get("schema", {}).get("fields", ())
    return tuple(map(Field, declared or [{"name": label, "type": "string"} for label in header]))


def arranged(resource: Descriptor, header: Sequence[str], file: str) -> tuple[Descriptor, tuple[Problem, ...]]:
    """Put the fields of a schema in the order of the columns, where its `fieldsMatch` lets these stand in another.

    Gives the resource with a schema whose fields match exactly, and what is wrong with the columns that they lack.
    """
    schema = resource.get("schema", {})
    match = schema.get("fieldsMatch", "exact")
    if match == "exact" or not schema.get("fields") or len(set(header)) < len(header):
        return resource, ()
    known = {field["name"]: field for field in schema["fields"]}
    extra = [label for label in header if label not in known]
    lost = [field for name, field in known.items() if name not in header] if match in ("equal", "subset") else []
    fields = [*(known.get(label, {"name": label, "type": "any"}) for label in header), *lost]
    told = []
    if match in ("equal", "superset"):
        what, todo = "the schema does not know this column", "remove the column, or add a field to the schema"
        told = [Problem(file, 1, label, say(what), say(todo), "header") for label in extra]
    elif match == "partial" and len(extra) == len(header):
        what, todo = "none of the columns is a field of the schema", "check that this is the file that is meant"
        told = [Problem(file, 1, "", say(what), say(todo), "header")]
    exact = {name: value for name, value in schema.items() if name != "fieldsMatch"}
    return {**resource, "schema": {**exact, "fields": fields}}, tuple(told)


def _quick_rows(text: str, resource: Descriptor) -> tuple[tuple[str, ...], Block, Sequence[int]]:
    """Cut the text of a table in columns, as Frictionless cuts it: its header, its rows and their lines.

    Raises `UnknownFeatureError` where Frictionless may cut it otherwise, and `OddTextError` for text that needs care.
    """
    form, piece = form_of(resource), text.encode()
    header = header_of(first_lines(piece, LONG_SAMPLE), form, resource.get("dialect", {}))
    block = quick_block(piece, len(header), form)
    return header, block.after(1), line_numbers(block, 1)[1:]


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
