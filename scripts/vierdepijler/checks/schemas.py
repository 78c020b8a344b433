"""Whether each table is as its schema says: seen at a glance where it is, and asked of Frictionless otherwise."""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType

from vierdepijler.core.columnar import (
    Block,
    Checked,
    Names,
    Reading,
    SlowPatternError,
    as_names,
    block_of,
    check_table,
    errors_of,
    frictionless,
    is_plain,
    wanted_of,
)
from vierdepijler.core.descriptors import place_of
from vierdepijler.core.package import Package
from vierdepijler.core.problems import READABLE, Problem, UnreadableError, heard, quoted, say, unreadable
from vierdepijler.core.references import files_of
from vierdepijler.core.tables import MANY, Descriptor
from vierdepijler.core.text_files import csv_error, encoding_error

COMPARED = 10_000  # rows that share a key of which the rule hears; it tells of fewer
SLICE = 100_000  # rows of a table that are looked at in one go, beside those of another


class Watcher:
    """Is shown the rows of tables while they are checked: of a large table nobody sees them again."""

    def look(self, _table: str, _block: Block) -> Callable[[], None]:
        """Look at some rows of a table, in any thread; what it gives is called in the order of the rows."""
        return lambda: None

    def compare(self, table: str, rows: Sequence[int], block: Block) -> None:
        """Look at those rows of a large table, by their places, that may have one of its unique keys in common."""


@dataclass
class HeldTable:
    """The rows of a table that was read, for the check in columns."""

    path: Path
    labels: tuple[str, ...]
    block: Block
    is_odd: bool = False
    is_strict: bool = True

    def readings(self) -> Iterator[Reading]:
        """Give all of them."""
        for start in range(0, self.block.rows, SLICE):
            yield partial(self.block.after, start, min(SLICE, self.block.rows - start))


def check_schemas(
    package: Package, only: Collection[str] | None = None, watch: Watcher | None = None
) -> Iterator[Problem]:
    """Check the descriptor and every table of the package, or those in `only`, against types, constraints and keys.

    `watch` is shown the rows as they are looked at; of a large table nobody sees them again. Raises `UnreadableError`
    where the text of a large table cannot be read.
    """
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    if not all(is_plain(resource, resources) for resource in resources.values()):
        try:
            frictionless().opened(package.descriptor, package.root)
        except frictionless().RefusedError as failure:
            yield from _words().descriptor_problems(package, failure)
            return
    yield from _of_others(package)
    nowhere = list(_keys_to_nowhere(package))
    yield from nowhere
    lost = {problem.column.partition(".")[0] for problem in nowhere}
    heads = {head.name: head for head in package.heads}
    names = [name for name in resources if only is None or name in only]
    try:
        checked = _checked(package, resources, names, watch or Watcher())
        found = errors_of(_with_rows(package), package.root, checked, names)
    except SlowPatternError as failure:
        raise too_slow(package, failure) from failure
    except TypeError as failure:  # of a key or a unique field that holds lists
        what = say("the tables cannot be checked: {reason}", reason=heard(str(failure)))
        yield Problem(package.path.name, 0, "", what, "check the types of the keys", READABLE)
        return
    for name, errors in found.items():
        if errors:
            yield from _words().table_problems(package, heads[name], errors, lost=name in lost)


def _with_rows(package: Package) -> Descriptor:
    """Give the descriptor with the rows of tables that were gathered in it, for Frictionless to read from there."""
    resources = []
    for resource in package.descriptor["resources"]:
        table = package.tables.get(resource["name"])
        if table is None or not table.parts:
            resources.append(resource)
        else:
            rows = [list(table.block.cells(row)) for row in range(table.rows)]
            resources.append({**resource, "data": [list(table.header), *rows]})
    return {**package.descriptor, "resources": resources}


def _of_others(package: Package) -> Iterator[Problem]:
    """Find files of the package that are no tables and are not there, or not the ones that the descriptor describes."""
    for place, resource in package.others.items():
        for file in files_of(resource) if resource["name"] not in package.unread else ():
            path = package.root / file
            if not path.is_file():
                what = say("the file '{file}' is not there", file=file)
                place_ = ("resources", place, "path")
                told = package.problem(
                    place_, resource["name"], what, say("put it there, or take it out of the descriptor")
                )
                yield replace(told, rule=READABLE)
            elif len(files_of(resource)) == 1 and {"bytes", "hash"} & resource.keys():
                for error in frictionless().errors_of_file(resource, path):
                    pattern = "the file is not the one that the descriptor describes ({reason})"
                    todo = say("put that file there, or correct its size and hash in the descriptor")
                    yield Problem(file, 0, "", say(pattern, reason=heard(error.note)), todo, "file-size")


def too_slow(package: Package, failure: SlowPatternError) -> UnreadableError:
    """Name the field whose pattern takes too long."""
    fields = ((table.name, field.descriptor) for table in package.heads for field in table.fields)
    table, field = next(
        (table, field["name"])
        for table, field in fields
        if f"^{field.get('constraints', {}).get('pattern')}$" == failure.pattern
    )
    steps = ("resources", table, "schema", "fields", field, "constraints", "pattern")
    file, line = place_of(package.path, *steps)
    what = say("this pattern takes too long, on {cell} for one", cell=quoted(failure.text))
    todo = "write it without a repeat within a repeat"
    return unreadable(file, what, todo, line=line, column=f"{table}.{field}")


def _checked(
    package: Package, resources: Mapping[str, Descriptor], names: Collection[str], watch: Watcher
) -> dict[str, Checked | None]:
    """Pass over the tables that are asked for, and those that their keys lead to."""
    heads = {head.name: head for head in package.heads}
    needed = {key.table for name in names for key in heads[name].foreign_keys} | set(names)
    wanted = wanted_of(resources.values())
    return {name: _pass_over(package, name, wanted.get(name, ()), watch) for name in resources if name in needed}


def _pass_over(package: Package, name: str, wanted: Sequence[Names], watch: Watcher) -> Checked | None:
    look = partial(watch.look, name)
    if large := package.large.get(name):
        try:
            checked = check_table(large.head.descriptor, large.source, wanted, look, unique_keys(large.head.descriptor))
        except csv.Error as error:
            raise csv_error(large.head.file, error) from error
        except UnicodeDecodeError as error:
            raise encoding_error(large.source.path, large.head.file, large.source.form.encoding) from error
        if checked:
            _compare(checked, partial(watch.compare, name))
        return checked
    table = package.tables[name]
    if not table.in_columns:
        return None
    source = HeldTable(package.root / table.file, table.header, table.block)
    kept = table.checked if table.rows <= MANY else {}  # of a long one it would take room for as long as the table
    asked = tuple(wanted)
    if asked in kept:
        look(table.block)()
    else:
        kept[asked] = check_table(table.descriptor, source, wanted, look)
    checked = kept[asked]
    return checked and replace(checked, source=source)


def unique_keys(resource: Descriptor) -> list[Names]:
    """Give the `uniqueKeys` of a resource, which are checked by a rule of ours: Frictionless passes them over."""
    return [as_names(key) for key in resource.get("schema", {}).get("uniqueKeys", ())]


def _compare(table: Checked, compare: Callable[[Sequence[int], Block], None]) -> None:
    """Show the rows of a large table that share a unique key, or the first of very many."""
    rows = table.scan.alike()[:COMPARED]
    if len(rows):
        cells = dict(table.scan.cells(table.source.readings(), rows))
        compare(rows.tolist(), block_of([cells[row] for row in rows.tolist()], len(table.source.labels)))


def _words() -> ModuleType:
    """Import what puts the errors of Frictionless into words."""
    from . import schema_errors  # noqa: PLC0415 - a package without errors is checked without Frictionless

    return schema_errors


def count_schema_rules(package: Package) -> int:
    """Count what the schemas ask: a type and each constraint of every field, and every key."""
    return sum(
        sum(1 + len(field.descriptor.get("constraints", {})) for field in table.fields)
        + bool(table.primary_key)
        + len(table.foreign_keys)
        for table in package.heads
    )


def _keys_to_nowhere(package: Package) -> Iterator[Problem]:
    """Find foreign keys to a table or field that is not there; Frictionless passes them over in silence."""
    for table in package.heads:
        for key in table.foreign_keys:
            target = package.head(key.table)
            missing = [] if target is None else [name for name in key.targets if name not in target.field_names]
            if target is None or missing:
                what = _leads_nowhere(", ".join(key.fields), key.table, ", ".join(missing))
                place = ("resources", table.name, "schema", "foreignKeys")
                told = package.problem(place, f"{table.name}.foreignKeys", what, "correct the reference")
                yield replace(told, rule="foreign-key")


def _leads_nowhere(key: str, table: str, missing: str) -> str:
    if missing:
        pattern = "the key {key} leads to '{table}', but there is no field '{missing}'"
        return say(pattern, key=key, table=table, missing=missing)
    return say("the key {key} leads to '{table}', but there is no such table", key=key, table=table)
