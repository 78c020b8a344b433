"""The verdict on tables: clean where the quick proofs say so, or else what Frictionless says of some of its rows."""

import csv
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from .blocks import Block
from .forms import SAMPLE, OddTextError, UnknownFeatureError, form_of
from .judging import Reader, UncomparableError, UnusableFieldError
from .plans import as_names, fields_of, foreign_keys_of, is_plain, key_kind, plan_of
from .scanning import (
    ENOUGH,
    CsvFile,
    CsvFiles,
    Examined,
    ForeignKey,
    Look,
    Names,
    Note,
    Reading,
    Rows,
    Scan,
    open_table,
    scan,
)

if TYPE_CHECKING:
    from frictionless import Error, Package

Descriptor = Mapping[str, Any]
FIRST_SHARE = 2 * ENOUGH  # rows that are looked at first: each has an error, or the key of a row that has one
FIRST_ROW = 2  # Frictionless counts the header as row 1
NOT_IN_COLUMNS = (UnknownFeatureError, UnusableFieldError, UncomparableError, csv.Error, UnicodeDecodeError, OSError)


def reader_of(schema: Descriptor, field: Descriptor) -> Callable[[], Reader]:
    """Give what asks for Frictionless's reader of a field, when it is needed; a column without a name has no schema."""
    known = schema if field["name"] else {}
    named = {**field, "name": field["name"] or "extra"}
    return cache(lambda: frictionless().cell_reader(named, known))


def frictionless() -> ModuleType:
    """Import what knows Frictionless."""
    from . import reference as module  # noqa: PLC0415 - its import costs as much as checking a clean package does

    return module


class RowSource(Protocol):
    """Where the rows of a table come from."""

    path: Path
    labels: tuple[str, ...]
    is_odd: bool
    is_strict: bool

    def readings(self) -> Iterable[Reading]:
        """Give the rows block by block, as often as asked."""


@dataclass(frozen=True)
class Checked:
    """A table that was passed over in columns."""

    resource: Descriptor
    source: RowSource
    scan: Scan

    @cached_property
    def fields(self) -> Mapping[str, Descriptor]:
        """The field of each column, by its name."""
        return {field["name"]: field for field in fields_of(self.resource, self.source.labels)}


@dataclass(frozen=True)
class FileTask:
    """A file of a table that is to be looked at, and the fields of that table which keys lead to."""

    resource: Descriptor
    path: Path
    wanted: tuple[Names, ...]


@dataclass(frozen=True)
class FileVerdict:
    """What a file of a table holds, block by block, with hashes for keys; that of the table is all of them in order."""

    path: Path
    labels: tuple[str, ...]
    is_odd: bool
    blocks: tuple[Examined, ...]


Each = Callable[[Callable[[FileTask], FileVerdict | None], Sequence[FileTask]], Iterable[FileVerdict | None]]


def table_errors(descriptor: Descriptor, root: Path, each: Each = map) -> "dict[str, list[Error]]":
    """Give every table's errors, in Frictionless's own order and words; none for a clean table.

    `descriptor` is that of a data package (Data Package 2.0) and `root` its folder; a table may be in several files.
    `each` calls a function for every file, as `map` does: an executor or a cluster may do so anywhere, for both the
    files to look at and what is found can be sent. Raises `FrictionlessException` for a descriptor that Frictionless
    refuses.
    """
    resources = {resource["name"]: _described(resource, root) for resource in descriptor["resources"]}
    if not all(is_plain(resource, resources) for resource in resources.values()):
        frictionless().opened(descriptor, root)
    wanted = wanted_of(resources.values())
    tasks = [
        FileTask(resource, root / file, tuple(wanted.get(name, ())))
        for name, resource in resources.items()
        for file in as_names(resource["path"])
    ]
    verdicts = iter(each(verdict_of, tasks))
    parts = {name: list(islice(verdicts, len(as_names(one["path"])))) for name, one in resources.items()}
    checked = {name: merged(one, parts[name], wanted.get(name, ())) for name, one in resources.items()}
    return errors_of(descriptor, root, checked, list(resources))


def verdict_of(task: FileTask) -> FileVerdict | None:
    """Look at one file of a table, wherever that is done; None where it cannot be read in columns."""
    try:
        source = open_table(task.path, task.resource)
    except NOT_IN_COLUMNS:
        return None
    checked = check_table(task.resource, source, task.wanted)
    return None if checked is None else FileVerdict(task.path, source.labels, source.is_odd, checked.scan.blocks)


def described(resource: Descriptor, source: RowSource) -> Descriptor:
    """Give a resource with its schema, or with the one that Frictionless guesses where it has none."""
    if "schema" in resource:
        return resource
    blocks = (reading() for reading in source.readings())
    rows = (block.cells(place) for block in blocks for place in range(block.rows))
    return {**resource, "schema": frictionless().guessed_schema(source.labels, list(islice(rows, SAMPLE - 1)))}


def _described(resource: Descriptor, root: Path) -> Descriptor:
    if "schema" in resource:
        return resource
    try:
        return described(resource, open_table(root / as_names(resource["path"])[0], resource))
    except (*NOT_IN_COLUMNS, OddTextError):
        return resource


def merged(resource: Descriptor, parts: Sequence[FileVerdict | None], wanted: Sequence[Names]) -> Checked | None:
    """Make one table of what its files hold, in their order; None where Frictionless is to check all of it."""
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or len({part.labels for part in found}) != 1:
        return None
    form, labels = form_of(resource), found[0].labels
    files = tuple(CsvFile(part.path, form, labels, None, part.is_odd) for part in found)
    plan = plan_of(resource, labels, wanted, partial(reader_of, resource.get("schema", {})))
    blocks = tuple(block for part in found for block in part.blocks)
    return Checked(resource, CsvFiles(files[0].path, labels, files), Scan(plan, blocks))


def _nobody(_block: Block) -> Note:
    """Look at nothing."""
    return _nothing


def _nothing() -> None:
    """Note nothing."""


def check_table(
    resource: Descriptor,
    source: RowSource,
    wanted: Sequence[Names],
    look: Look = _nobody,
    alike: Sequence[Names] = (),
) -> Checked | None:
    """Pass over a table in columns; None where that cannot be done, and Frictionless is to check all of it.

    `wanted` are the fields of this table that keys lead to; `look` sees the rows, block by block. Where it turns
    out on the way that the text needs care, it sees them from the start again. `alike` are more keys of which is
    asked which rows share one. Raises `csv.Error` or `UnicodeDecodeError` where the source is to be strict and its text
    cannot be read.
    """
    try:
        try:
            return _passed_over(resource, source, wanted, look, alike)
        except OddTextError:
            source.is_odd = True
            return _passed_over(resource, source, wanted, look, alike)
    except NOT_IN_COLUMNS as error:
        if source.is_strict and isinstance(error, csv.Error | UnicodeDecodeError):
            raise
        return None


def _passed_over(
    resource: Descriptor, source: RowSource, wanted: Sequence[Names], look: Look, alike: Sequence[Names]
) -> Checked:
    resource = described(resource, source)
    plan = plan_of(resource, source.labels, wanted, partial(reader_of, resource.get("schema", {})), alike)
    return Checked(resource, source, scan(plan, source.readings(), look))


def wanted_of(resources: Iterable[Descriptor]) -> Mapping[str, tuple[Names, ...]]:
    """Give the fields that the keys of all tables lead to, by the name of their table."""
    wanted: dict[str, dict[Names, None]] = {}
    for key in (key for resource in resources for key in foreign_keys_of(resource)):
        wanted.setdefault(key.table, {})[key.targets] = None
    return {table: tuple(targets) for table, targets in wanted.items()}


def errors_of(
    descriptor: Descriptor, root: Path, checked: Mapping[str, Checked | None], names: Collection[str]
) -> "dict[str, list[Error]]":
    """Give the errors of some tables of a package; those that their keys lead to are among the `checked` too."""
    found: dict[str, list[Error]] = {}
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    whole: Package | None = None
    for name in names:
        table = checked[name]
        known = None if table is None else _known_keys(table, checked)
        if table is None or known is None:
            whole = whole or frictionless().opened(descriptor, root)
            found[name] = frictionless().errors_of_table(whole, name)
        else:
            found[name] = _errors(table, known, resources)
    return found


def _known_keys(table: Checked, checked: Mapping[str, Checked | None]) -> list[pa.StringArray] | None:
    """Give the keys that each key of a table may be; None where they cannot be compared by their texts.

    Frictionless reads every table that a key leads to, also where the header of this one lacks the fields of the key.
    """
    known = []
    if not all(checked.get(key.table) for key in foreign_keys_of(table.resource)):
        return None
    try:
        for key in table.scan.plan.leading:
            other = checked[key.table]
            if other is None or _kinds(table, key.fields) != _kinds(other, key.targets):
                return None
            known.append(other.scan.keys(key.targets))
    except UnknownFeatureError:
        return None
    return known


def _kinds(table: Checked, names: Names) -> list[str]:
    return [key_kind(table.fields[name]) for name in names]


def _errors(table: Checked, known: Sequence[pa.StringArray], resources: Mapping[str, Descriptor]) -> "list[Error]":
    """Let Frictionless look at the rows that matter: first at as many as it needs to have enough, or else at all."""
    rows = table.scan.suspects(known)
    found: list[Error] = []
    if len(rows) or not _has_right_header(table):
        for share in (rows[:FIRST_SHARE], rows):
            found = _errors_of_rows(table, known, resources, share)
            if len(found) >= ENOUGH or len(share) == len(rows):
                break
    is_one = len(as_names(table.resource.get("path", ""))) == 1
    if len(found) < ENOUGH and is_one and {"bytes", "hash"} & set(table.resource):
        found += frictionless().errors_of_file(table.resource, table.source.path)
    return found


def _has_right_header(table: Checked) -> bool:
    names = [field["name"] for field in table.resource["schema"]["fields"]]
    return names == [label.strip() for label in table.source.labels]


def _errors_of_rows(
    table: Checked, known: Sequence[pa.StringArray], resources: Mapping[str, Descriptor], rows: Rows
) -> "list[Error]":
    cells = dict(table.scan.cells(table.source.readings(), rows)) if len(rows) else {}
    numbered = {row + FIRST_ROW: cells[row] for row in rows.tolist()}
    lost = [set((table.scan.lost(place, keys) + FIRST_ROW).tolist()) for place, keys in enumerate(known)]
    found: dict[ForeignKey, list[int]] = {
        key: [number for number in numbered if number not in gone]
        for key, gone in zip(table.scan.plan.leading, lost, strict=True)
    }
    others = {key.table: resources[key.table] for key in foreign_keys_of(table.resource)}
    problems: list[Error] = frictionless().errors_of_rows(table.resource, others, table.source.labels, numbered, found)
    return problems
