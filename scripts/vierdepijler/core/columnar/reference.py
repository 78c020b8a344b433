"""Frictionless, the reference: its readers of cells, and its report about whole tables or about the rows that matter.

Nothing here is needed for a table that is clean at first sight, so this module is imported only for others:
Frictionless takes as long to import as a small package takes to check.
"""

import csv
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from frictionless import (
    Detector,
    Dialect,
    Error,
    Field,
    FrictionlessException,
    Package,
    Resource,
    Schema,
    errors,
    system,
)
from frictionless.formats.csv import parser as csv_parser
from frictionless.schema import field as fields_of_frictionless
from frictionless.table.header import Header
from frictionless.table.lookup import Lookup
from frictionless.vendors import stringcase

from .forms import LONGEST, Sniffer
from .judging import Reader
from .patterns import is_match
from .plans import ORDERED
from .scanning import ForeignKey

Descriptor = Mapping[str, Any]
STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"  # its name; nobody fetches it
STANDARD_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
# What else a descriptor may say (a type, a compression, a profile) would make Frictionless read another thing.
READ_BY_FRICTIONLESS = ("name", "path", "schema", "bytes", "hash")
# Of Frictionless, which keeps them to itself.
OPENING, LOOKUP, COMPARING = "_TableResource__open_lookup", "_TableResource__lookup", "_Header__process"
RefusedError = FrictionlessException  # by a name for those who have no need of the rest


def _check_pattern(pattern: re.Pattern[str], cell: str | None) -> bool:
    return cell is None or is_match(pattern, cell)


_compare_each = getattr(Header, COMPARING)


def _compare_labels(header: Header) -> None:
    """Look for what is wrong with a header, where its labels are not the names of the fields, each once."""
    labels = header.labels
    if labels != header.field_names or not all(labels) or len(set(labels)) < len(labels):
        _compare_each(header)


def _copied(field: Any) -> Any:
    """Copy a field, with what Frictionless knows of which properties it was given."""
    made = copy(field)
    made.metadata_assigned, made.metadata_defaults = set(field.metadata_assigned), dict(field.metadata_defaults)
    made.metadata_initiated = True  # what is set from now on was given too
    return made


# Frictionless finds its checks by their names. What is put in its place here says the same and comes to an end: its
# own lets a pattern or a guess about the dialect take for ever, and a cell fill the memory.
vars(fields_of_frictionless)["check_pattern"] = _check_pattern
vars(csv_parser)["csv"] = SimpleNamespace(**{**vars(csv), "Sniffer": Sniffer})
csv.field_size_limit(LONGEST)
# A copy of a field it makes by writing out its description, holding that to the standard, and reading it again; of a
# schema of thousands of fields it makes two, and for each it looks through all that it knows for the class of the type.
# It compares each label of a header with each label before it, and writes the names of each error in snake case anew.
for _owner, _name, _quicker in (
    (Field, "to_copy", _copied),
    (system, "select_field_class", cache(system.select_field_class)),
    (Header, COMPARING, _compare_labels),
    (stringcase, "snakecase", cache(stringcase.snakecase)),
):
    setattr(_owner, _name, _quicker)
Numbered = Mapping[int, Sequence[str]]  # the cells of rows, by their number in the file; the header is row 1


def opened(descriptor: Descriptor, root: Path) -> Package:
    """Give the package as Frictionless reads it; raises `FrictionlessException` for a descriptor that it refuses.

    The standard's defaults are written out: Frictionless guesses an encoding or a delimiter that is not there.
    """
    resources = [
        _inline(resource, resource["data"])
        if "data" in resource
        else {
            **{name: resource[name] for name in READ_BY_FRICTIONLESS if name in resource},
            "type": "table",
            "format": "csv",
            "encoding": resource.get("encoding", "utf-8"),
            "dialect": {"delimiter": ",", **resource.get("dialect", {})},
        }
        for resource in descriptor["resources"]
    ]
    package = Package.from_descriptor(
        {"$schema": STANDARD, "name": "package", "resources": resources}, basepath=str(root)
    )
    package.to_descriptor(validate=True)
    return package


def cells_of(resource: Descriptor, file: str, root: Path) -> list[list[Any]]:
    """Give the cells of a table in a file that is no CSV, as Frictionless reads them, the header among them.

    Raises `FrictionlessException` where it cannot.
    """
    described = {name: resource[name] for name in ("name", "dialect") if name in resource}
    table: Any = Resource.from_descriptor({**described, "path": file, "type": "table"}, basepath=str(root))
    cells: list[list[Any]] = table.read_cells()
    return cells


def cell_reader(field: Descriptor, schema: Descriptor) -> Reader:
    """Give Frictionless's own reader of the cells of a field."""
    alone = {"$schema": STANDARD_SCHEMA, "fields": [dict(field)], "missingValues": schema.get("missingValues", [""])}
    reader: Reader = Schema.from_descriptor(alone).fields[0].create_cell_reader()
    return reader


def guessed_schema(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> Descriptor:
    """Give the schema that Frictionless guesses for a table without one, from its header and its first rows."""
    candidates = system.detect_field_candidates()
    guessed: Descriptor = (
        Detector()
        .detect_schema([list(row) for row in rows], labels=list(labels), field_candidates=candidates)
        .to_descriptor()
    )
    return guessed


def limits_without_value(schema: Descriptor) -> list[str]:
    """Give the fields of which a limit is no value of their type, so that Frictionless could compare nothing with it.

    Raises `FrictionlessException` for a schema that Frictionless refuses, and other exceptions where it breaks off.
    """
    fields = Schema.from_descriptor({"$schema": STANDARD_SCHEMA, **schema}).fields
    for field in fields:
        field.create_cell_reader()("")
    return [
        field.name
        for field in fields
        for name in ORDERED
        if name in field.constraints and field.create_value_reader()(field.constraints[name]) is None
    ]


def errors_of_table(package: Package, name: str) -> list[Error]:
    """Let Frictionless check a whole table."""
    return [error for task in package.get_resource(name).validate().tasks for error in task.errors]


class _Numbers(Dialect):
    """Gives rows the numbers that they have in their file, of which they are a few."""

    numbers: Collection[int] = ()

    def read_enumerated_content_stream(self, cell_stream: Iterable[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
        """Give the rows behind the header with their numbers."""
        rows = iter(cell_stream)
        next(rows, None)
        yield from zip(self.numbers, rows, strict=False)  # the sample has fewer rows than the whole


def errors_of_rows(
    resource: Descriptor,
    others: Mapping[str, Descriptor],
    labels: Sequence[str],
    rows: Numbered,
    found: Mapping[ForeignKey, Collection[int]],
) -> list[Error]:
    """Let Frictionless check some rows of a table, by their numbers, as if it had read all of it.

    `others` are the resources that its keys lead to; `found` tells for each key in which rows it leads somewhere.
    """
    name = resource["name"]
    tables = [_inline(resource, [list(labels), *map(list, rows.values())])]
    tables += [_empty(other) for key, other in others.items() if key != name]
    package = Package.from_descriptor({"$schema": STANDARD, "name": "package", "resources": tables})
    table: Any = package.get_resource(name)  # what it opens has no types
    table.dialect = _Numbers(header=True, header_rows=[1])
    table.dialect.numbers = tuple(rows)
    setattr(table, OPENING, partial(_open_lookup, table, rows, found))
    table.to_descriptor = dict  # by which it would hold the schema to the standard again, as the package just has
    return [error for task in table.validate().tasks for error in task.errors]


def _open_lookup(table: Any, rows: Numbered, found: Mapping[ForeignKey, Collection[int]]) -> None:
    """Tell what the keys of a table may lead to: to its own rows, and to what was `found` where no row was seen.

    Frictionless would copy and read all of a table for each key.
    """
    readers = [field.create_cell_reader() for field in table.schema.fields] if table.schema.foreign_keys else []
    places = {field.name: place for place, field in enumerate(table.schema.fields)}
    lookup = Lookup()
    for key in table.schema.foreign_keys:
        target, fields = key["reference"]["resource"], tuple(key["reference"]["fields"])
        keys = lookup.setdefault(target, {})
        if fields not in keys:
            is_own = target in ("", table.name) and set(fields) <= places.keys()
            keys[fields] = _keys_in(rows.values(), [places[name] for name in fields], readers) if is_own else set()
    for leading, numbers in found.items():
        known = _keys_in((rows[number] for number in numbers), leading.places, readers)
        for name in {leading.table, ""} & set(lookup):
            lookup[name].get(leading.targets, set()).update(known)
    setattr(table, LOOKUP, lookup)


def _keys_in(rows: Iterable[Sequence[str]], places: Sequence[int], readers: Sequence[Any]) -> set[tuple[Any, ...]]:
    """Give the values of a key in some rows, but of those in which all of it is empty."""
    keys = {
        tuple(readers[place](cells[place] if place < len(cells) else None)[0] for place in places) for cells in rows
    }
    return keys - {(None,) * len(places)}


def _inline(resource: Descriptor, data: list[list[str]]) -> dict[str, Any]:
    plain = {"name": resource["name"], "type": "table", "format": "inline", "data": data}
    return plain | {name: resource[name] for name in ("schema",) if name in resource}


def _empty(resource: Descriptor) -> dict[str, Any]:
    """Give a table that keys lead to without its rows: Frictionless is told of the keys that it has."""
    fields = resource.get("schema", {}).get("fields") or [{"name": "none", "type": "any"}]
    schema = {**resource.get("schema", {}), "fields": fields}
    schema.pop("foreignKeys", None)
    return _inline({"name": resource["name"], "schema": schema}, [[field["name"] for field in fields]])


def errors_of_file(resource: Descriptor, path: Path) -> list[Error]:
    """Compare a file with the size and the hash that the descriptor gives, as Frictionless does behind the last row."""
    return [*_hash_errors(resource.get("hash"), path), *_size_errors(resource.get("bytes"), path)]


def _hash_errors(declared: str | None, path: Path) -> Iterator[Error]:
    algorithm, _, expected = (declared or "").rpartition(":")
    algorithm = algorithm or "md5"
    if not declared or algorithm not in ("md5", "sha256"):
        return
    with path.open("rb") as file:
        actual = hashlib.file_digest(file, algorithm).hexdigest()
    if actual != expected:
        yield errors.HashCountError(note=f'expected is "{expected}" and actual is "{actual}"')


def _size_errors(declared: int | None, path: Path) -> Iterator[Error]:
    actual = path.stat().st_size
    if declared and declared != actual:
        yield errors.ByteCountError(note=f'expected is "{declared}" and actual is "{actual}"')
