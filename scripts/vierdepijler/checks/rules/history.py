"""The history of figures and of releases: what each was, and the rules that it stays, and is written down.

A row of that table names a cell and a release, and gives the value as a data file writes it; an empty value
tells that the figure was withdrawn. There is a row for the first release of a figure, and one for every change.
Archives stay as they are, the version follows from the changes, and corrections explain these.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import figure_fields, key_in_address
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Role, Table, Value
from vierdepijler.core.text_files import csv_text
from vierdepijler.releases.archives import Step, check_archives, read_archives, version_of
from vierdepijler.releases.corrections import (
    WHOLE_ROW,
    Passage,
    Revision,
    corrections_by_version,
    differences_of,
    holds_corrections,
    is_meaning,
    passages,
    step_of,
)
from vierdepijler.releases.differences import Differences

from .rule import Mask, PackageRule, Rows, column_texts, in_rows, is_whole, key_texts, own_keys, wrong_rows

FIELDS = ("cell", "version", "value")
FEW = 3


def entries(package: Package) -> Mapping[str, list[int]]:
    """Give the rows of the table of histories by the cell that they are about, in the order of the table."""
    table = package.table_of(Role.HISTORY)
    found: dict[str, list[int]] = {}
    if table is not None and set(FIELDS) <= set(table.field_names):
        for row, cell in enumerate(column_texts(table.column("cell")).to_pylist()):
            found.setdefault(cell, []).append(row)
    return found


def recorded_value(text: str, figure: Value) -> Value:
    """Read a value from the table of histories as one of the same kind as the figure that it is about."""
    try:
        if isinstance(figure, datetime.date):
            return datetime.date.fromisoformat(text)
        return Decimal(text) if isinstance(figure, int | Decimal) and Decimal(text).is_finite() else text or None
    except (ValueError, InvalidOperation):
        return text or None


def check_history(package: Package) -> Iterator[Problem]:
    """Find figures whose value differs from the last one recorded, and records that cannot be right."""
    if (table := package.table_of(Role.HISTORY)) is None:
        return
    if missing := [name for name in FIELDS if name not in table.field_names]:
        what = say("a table of histories has no field {fields}", fields=", ".join(missing))
        yield Problem(table.file, 1, missing[0], what, say("add it, or give the table another role"))
        return
    records = RecordedFigures.of(package, table)
    for other in package.tables.values():
        yield from _compared(records, other)
    yield from _gone(records)
    yield from _check_order(records)


@dataclass(frozen=True)
class RecordedFigures:
    """The table of histories as columns: `codes` tells for each row which of `cells` it is about.

    `last` is the last row about each cell, and `is_current` tells which cells a table of today was found to hold.
    """

    package: Package
    table: Table
    cells: pa.Array
    codes: Rows
    last: Rows
    is_current: Mask
    values: pa.Array

    @classmethod
    def of(cls, package: Package, table: Table) -> "RecordedFigures":
        """Put the records of a package in order by cell."""
        encoded = column_texts(table.column("cell")).dictionary_encode()
        cells, codes = encoded.dictionary, np.asarray(encoded.indices, dtype=np.int64)
        last = np.zeros(len(cells), dtype=np.int64)
        last[codes] = np.arange(len(codes))  # of the rows about one cell the last one stays
        values = column_texts(table.column("value"))
        return cls(package, table, cells, codes, last, np.zeros(len(cells), dtype=bool), values)

    @property
    def last_values(self) -> pa.Array:
        """The value last recorded of each cell."""
        return self.values.take(pa.array(self.last))

    def is_of_now(self, cell: str) -> bool:
        """Tell whether the last record of a cell is of the version that the package has now."""
        place = self.cells.index(cell).as_py()
        last = self.table.value(int(self.last[place]), "version") if place >= 0 else None
        return last is not None and last == self.package.descriptor.get("version")

    def row(self, cell: str, value: str) -> str:
        """Write the row that is missing, up to the reasons, the way the file needs it."""
        row = csv_text([(cell, str(self.package.descriptor.get("version", "…")), value)]).removesuffix("\n")
        return f"{row},…,…"


def _compared(records: RecordedFigures, table: Table) -> Iterator[Problem]:
    """Find the figures of a table that are not what was last recorded of them, and note which there are."""
    keys = key_texts(table) if (fields := figure_fields(table)) else None
    for field in fields:
        values = column_texts(table.column(field.name))
        addresses, place = _found(records, f"{table.name}.{field.name}", keys)
        if not _is_unique(addresses, place):
            addresses, place = _found(records, f"{table.name}.{field.name}", own_keys(table))
        is_figure = pc.not_equal(values, "")
        records.is_current[pc.drop_null(pc.filter(place, is_figure)).to_numpy()] = True
        last = records.last_values.take(place)
        is_other = pc.fill_null(pc.not_equal(last, values), fill_value=True)  # null where nothing is recorded

        def what(row: int, values: pa.Array = values, last: pa.Array = last) -> Message:
            if not last[row].is_valid:
                return say("this figure has no history")
            value, before = values[row].as_py(), last[row].as_py()
            return say("the value is {value}, but the last one recorded is '{last}'", value=value, last=before)

        def todo(row: int, values: pa.Array = values, addresses: pa.Array = addresses) -> Message:
            cell = addresses[row].as_py()
            missing = records.row(cell, values[row].as_py())
            if records.is_of_now(cell):
                return say("write {row} in place of its record of this version", row=missing)
            return say("add the row {row} to {file}", row=missing, file=records.table.file)

        yield from in_rows(table, field.name, wrong_rows(pc.and_(is_figure, is_other)), what, todo)


def _found(records: RecordedFigures, column: str, keys: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the address of each cell in a column, and its place among the recorded cells; null where it is not."""
    addresses = pc.binary_join_element_wise(f"{column}[", keys, "]", "")
    return addresses, pc.index_in(addresses, value_set=records.cells)


def _is_unique(addresses: pa.Array, place: pa.Array) -> bool:
    """Tell whether no two addresses are the same; of those with a place their numbers tell it, which is quicker."""
    unknown = addresses.filter(pc.is_null(place))
    counts = np.bincount(pc.drop_null(place).to_numpy())
    return counts.max(initial=0) <= 1 and len(unknown.unique()) == len(unknown)


def _gone(records: RecordedFigures) -> Iterator[Problem]:
    """Find cells that have a value by their last record, and that no table holds any more."""
    package = records.package
    # A table that does not fit its schema is not here; its own problems are told already.
    unsound = {resource["name"] for resource in package.descriptor["resources"]} - set(package.tables)
    has_value = pc.not_equal(records.last_values, "").to_numpy(zero_copy_only=False)
    gone = np.flatnonzero(has_value & ~records.is_current)
    names = pc.list_element(pc.split_pattern(records.cells.take(pa.array(gone)), ".", max_splits=1), 0)
    gone = gone[~pc.is_in(names, value_set=pa.array(unsound, pa.string())).to_numpy(zero_copy_only=False)]

    def cell(row: int) -> str:
        return str(records.cells[records.codes[row]].as_py())

    yield from in_rows(
        records.table,
        "cell",
        records.last[gone].tolist(),
        lambda row: say("'{cell}' is recorded, but there is no such figure any more", cell=cell(row)),
        lambda row: say("correct the name, or add the row {row}", row=records.row(cell(row), "")),
    )


def _check_order(records: RecordedFigures) -> Iterator[Problem]:
    """Find records that do not follow the order of the releases, or that record no change."""
    table = records.table
    # The rows of each cell together, in the order of the table.
    sorted_rows = np.argsort(records.codes, kind="stable")
    codes = records.codes[sorted_rows]
    is_first = np.diff(codes, prepend=-1) != 0
    versions = column_texts(table.column("version"))
    places = _places(records.package, versions.take(pa.array(sorted_rows)), is_first)
    before = np.where(is_first, -1, np.roll(places, 1))

    def what(row: int) -> Message:
        return say("release {version} does not come after the one recorded before it", version=versions[row].as_py())

    todo = say("put the rows of a figure in the order of the releases")
    yield from in_rows(table, "version", np.sort(sorted_rows[places <= before]).tolist(), what, todo)
    values = records.values.take(pa.array(sorted_rows))
    above = pa.concat_arrays([pa.array([""]), values.slice(0, max(len(values) - 1, 0))])[: len(values)]
    is_same = pc.equal(values, pc.if_else(pa.array(is_first), "", above)).to_numpy(zero_copy_only=False)
    what_same = say("this row records no change: the value is that of the row before, or there was none")
    todo = say("correct the value, or leave the row out")
    yield from in_rows(table, "value", np.sort(sorted_rows[is_same]).tolist(), lambda _: what_same, todo)


def _places(package: Package, versions: pa.Array, is_first: Mask) -> Rows:
    """Give the place of each release in the table of releases; an unknown one comes right after the record before."""
    releases = package.table_of(Role.RELEASES)
    order = {} if releases is None else {key[0]: row for key, row in releases.keys.items()}
    found = pc.index_in(versions, value_set=pa.array(list(order), pa.string()))
    places = pc.fill_null(pa.array(list(order.values()), pa.int64()).take(found), -1).to_numpy().copy()
    if (places >= 0).all():
        known_places: Rows = places
        return known_places
    rows = np.arange(len(places))
    first = np.maximum.accumulate(np.where(is_first, rows, 0))
    known = np.maximum(np.maximum.accumulate(np.where(places >= 0, rows, -1)), first - 1)
    after: Rows = np.where(known >= first, places[known], -1) + rows - known
    return after


def check_kept(package: Package) -> Iterator[Problem]:
    """Find files of earlier releases that are not as they were published."""
    yield from check_archives(package.root)


def check_step(package: Package) -> Iterator[Problem]:
    """Find a version that is not the one that the changes since the last release ask for."""
    archives = read_archives(package.root)
    version = version_of(str(package.descriptor.get("version", "")))
    if not archives or version is None or not is_whole(package) or any(check_archives(package.root)):
        return
    last = archives[-1]
    differences = differences_of(last.package, package)
    right = last.number.after(step_of(differences))
    if version == right:
        return
    what = say(
        "the version is {version}, but after release {last} it is {right}: {changed}",
        version=str(version),
        last=last.version,
        right=str(right),
        changed=_reason(differences),
    )
    todo = say("write {right}, and add its row to the table of releases, or undo the change", right=str(right))
    yield package.problem(("version",), "version", what, todo)


def _reason(found: Differences) -> Message:
    """Say what asks for the step, with the first few names."""
    tables = found.tables
    match step_of(found):
        case Step.NONE:
            return say("nothing changed")
        case Step.MAJOR:
            gone = [f"{change.table.name}.{name}" for change in tables for name in change.columns_removed]
            other = [f"{text.table}.{name}" for text in found.texts for name in text.names if is_meaning(name)]
            keys = [change.table.name for change in tables if change.is_rekeyed]
            names = [*found.tables_removed, *gone, *keys, *other]
            return say("a table or column went or means something else ({names})", names=_few(names))
        case Step.MINOR:
            columns = [f"{change.table.name}.{name}" for change in tables for name in change.columns_added]
            rows = [f"{change.table.name}[{','.join(key)}]" for change in tables for key in change.rows_added]
            return say("tables, columns or rows came ({names})", names=_few([*found.tables_added, *columns, *rows]))
        case _:
            names = [cell.cell.address for change in tables for cell in change.cells]
            names += [f"{change.table.name}[{','.join(key)}]" for change in tables for key in change.rows_removed]
            names += [f"{text.table or 'datapackage.json'}: {', '.join(text.names)}" for text in found.texts]
            return say("values or texts changed ({names})", names=_few(names))


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:FEW]) + (" …" if len(names) > FEW else "")


def check_corrections(package: Package) -> Iterator[Problem]:
    """Find changes of a released cell that no correction explains, and corrections that explain no such change."""
    table = package.table_of(Role.CORRECTIONS)
    if not is_whole(package) or any(check_archives(package.root)):
        return
    if table is not None and not holds_corrections(table):
        return
    explained = {} if table is None else corrections_by_version(table)
    for passage in passages(package):
        rows = explained.get(passage.version, {})
        missing = (change for change in passage.revisions if change not in rows)
        yield from (_unexplained(package, passage.version, change) for change in missing)
        for change in sorted(rows.keys() - set(passage.revisions)):
            yield _needless(table, rows[change], passage)


def _unexplained(package: Package, version: str, change: Revision) -> Problem:
    table, corrections = package.tables.get(change.table), package.table_of(Role.CORRECTIONS)
    name = corrections.name if corrections else Role.CORRECTIONS
    file, line = (name, 0) if table is None else (table.file, _line(table, change.key))
    parts = (version, change.table, change.key, change.field, change.old, change.new)
    row = csv_text([(*parts, "…", "…", "…")]).removesuffix("\n")
    what = say("the released value {old} is {new} now, and no correction explains it",
               old=quoted(change.old), new=quoted(change.new))  # fmt: skip
    if change.field == WHOLE_ROW:
        what = say("the released row {key} is gone, and no correction explains it", key=quoted(change.key))
    todo = say("add the row {row} to the table {table}", row=row, table=name)
    return Problem(file, line, change.field, what, todo)


def _line(table: Table, key: str) -> int:
    found = {",".join(key_in_address(known)): row for known, row in table.keys.items()}
    return table.lines[found[key]] if key in found else 0


def _needless(table: Table | None, row: int, passage: Passage) -> Problem:
    file, line = ("", 0) if table is None else (table.file, table.lines[row])
    what = say("this explains a change that there was not since release {version}", version=passage.old.version)
    return Problem(file, line, "new", what, say("correct the row, or take it out"))


RULES = (
    PackageRule("history", check_history),
    PackageRule("release-archives", check_kept),
    PackageRule("release-version", check_step),
    PackageRule("corrections", check_corrections),
)
