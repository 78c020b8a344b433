"""The verdict on tables: clean where the quick proofs say so, or else what Frictionless says of some of its rows."""

import csv
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from .blocks import Block
from .files import Reading, open_table
from .forms import OddTextError, UnknownFeatureError
from .judging import Reader, UnusableFieldError
from .keys import UncomparableError
from .plans import fields_of, foreign_keys_of, is_plain, key_kind, plan_of
from .scanning import ENOUGH, ForeignKey, Names, Rows, Scan, Seen, scan

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


def table_errors(descriptor: Descriptor, root: Path) -> "dict[str, list[Error]]":
    """Give every table's errors, in Frictionless's own order and words; none for a clean table.

    `descriptor` is that of a data package (Data Package 2.0) and `root` its folder. Raises `FrictionlessException` for
    a descriptor that Frictionless refuses.
    """
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    if not all(is_plain(resource, resources) for resource in resources.values()):
        frictionless().opened(descriptor, root)
    wanted = wanted_of(resources.values())
    checked = {name: _from_file(resource, wanted.get(name, ()), root) for name, resource in resources.items()}
    return errors_of(descriptor, root, checked, list(resources))


def _from_file(resource: Descriptor, wanted: Sequence[Names], root: Path) -> Checked | None:
    try:
        source = open_table(root / resource["path"], resource)
    except NOT_IN_COLUMNS:
        return None
    return check_table(resource, source, wanted)


def _nobody(_block: Block) -> None:
    """Show the rows to nobody."""


def check_table(
    resource: Descriptor,
    source: RowSource,
    wanted: Sequence[Names],
    seen: Seen = _nobody,
    alike: Sequence[Names] = (),
) -> Checked | None:
    """Pass over a table in columns; None where that cannot be done, and Frictionless is to check all of it.

    `wanted` are the fields of this table that keys lead to; `seen` is shown the rows, block by block. Where it turns
    out on the way that the text needs care, it is shown them from the start again. `alike` are more keys of which is
    asked which rows share one. Raises `csv.Error` or `UnicodeDecodeError` where the source is to be strict and its text
    cannot be read.
    """
    try:
        plan = plan_of(resource, source.labels, wanted, partial(reader_of, resource.get("schema", {})), alike)
        try:
            found = scan(plan, source.readings(), seen)
        except OddTextError:
            source.is_odd = True
            found = scan(plan, source.readings(), seen)
    except NOT_IN_COLUMNS as error:
        if source.is_strict and isinstance(error, csv.Error | UnicodeDecodeError):
            raise
        return None
    return Checked(resource, source, found)


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
    if len(found) < ENOUGH and {"bytes", "hash"} & set(table.resource):
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
