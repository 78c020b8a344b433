"""Corrections: what changed since a release, and what a package says of it: what was wrong, what it is now, and why.

Tables that say `bookkeeping` in the descriptor tell of releases themselves; their rows and cells are no data, and do
not count. Their columns do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vierdepijler.core.cells import AddressError, Cell, figure_fields, holds_figures, key_in_address, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text

from .archives import Archive, Step, read_archives
from .differences import Differences, TableChange, compare

WHOLE_ROW = "*"  # the field of a revision that takes a whole row away
MEANING = {"type", "unit", "unitIn"}  # properties of a field: with another, its cells mean something else
FIELDS = ("version", "table", "key", "field", "old", "new")
OF_RELEASE = {"version", "created"}  # properties of the package that every release gives anew
KIND = "revision_kind"


@dataclass(frozen=True, order=True)
class Revision:
    """A cell whose value is another than in the release before, or a row that went; texts as a data file has them."""

    table: str
    key: str
    field: str
    old: str
    new: str


def differences_of(old: Package, new: Package) -> Differences:
    """Find what changed from one release to the next, the rows and cells of bookkeeping left out."""
    found = compare(old, new)
    texts = (replace(change, names=tuple(n for n in change.names if change.table or n not in OF_RELEASE))
             for change in found.texts)  # fmt: skip
    return replace(
        found,
        tables=tuple(change for change in map(_that_counts, found.tables) if not change.is_empty),
        texts=tuple(change for change in texts if change.names and not _is_bookkeeping(new, change.table)),
    )


def _that_counts(change: TableChange) -> TableChange:
    if not change.table.descriptor.get("bookkeeping"):
        return change
    return replace(change, rows_added=(), rows_removed=(), cells=())


def _is_bookkeeping(package: Package, table: str) -> bool:
    return table in package.tables and bool(package.tables[table].descriptor.get("bookkeeping"))


def step_of(differences: Differences) -> Step:
    """Tell which number of the version goes up: the rules for versions, applied to what changed.

    Major: a table or column goes, or changes its type, unit or key (but for a source at its end). Minor: new rows,
    columns or tables. Patch: corrected values and texts, and rows that were withdrawn.
    """
    tables = differences.tables
    renamed = any(is_meaning(name) for change in differences.texts for name in change.names)
    if differences.tables_removed or renamed or any(change.columns_removed or change.is_rekeyed for change in tables):
        return Step.MAJOR
    if differences.tables_added or any(change.columns_added or change.rows_added for change in tables):
        return Step.MINOR
    return Step.NONE if differences.is_empty else Step.PATCH


def is_meaning(name: str) -> bool:
    """Tell whether a property of a field (`persons.unit`) says what its cells mean."""
    return name.rpartition(".")[2] in MEANING


def revisions_of(differences: Differences) -> Iterator[Revision]:
    """Give every cell that changed and every row that went: what corrections have to explain."""
    for change in differences.tables:
        name = change.table.name
        for cell in change.cells:
            key = ",".join(key_in_address(cell.cell.key))
            yield Revision(name, key, cell.cell.field.name, cell_text(cell.old), cell_text(cell.cell.value))
        for key_of_row in change.rows_removed:
            yield Revision(name, ",".join(key_in_address(key_of_row)), WHOLE_ROW, "", "")


@dataclass(frozen=True)
class Passage:
    """The way from one release to the next, and the changes that corrections have to explain; texts of versions."""

    old: Archive
    version: str
    revisions: tuple[Revision, ...]


def passages(package: Package) -> Iterator[Passage]:
    """Follow the releases of a package, from each to the next, and from the last one to what the package is now.

    What a released table of corrections explains was held against the tables when it was released. It is taken from
    there, so that a check takes no longer with every release that is kept. A released version has no changes.
    """
    archives = read_archives(package.root)
    if not archives:
        return
    last, version = archives[-1], str(package.descriptor.get("version", ""))
    today = package.table_of(Role.CORRECTIONS)
    table = last.package.tables.get(today.name) if today else None
    settled = corrections_by_version(table) if table is not None and holds_corrections(table) else None
    for old, new in pairwise(archives):
        known = settled.get(new.version, ()) if settled is not None else _revisions(old, new.package)
        yield Passage(old, new.version, tuple(known))
    if version != last.version:
        yield Passage(last, version, _revisions(last, package))


def _revisions(old: Archive, new: Package) -> tuple[Revision, ...]:
    return tuple(revisions_of(differences_of(old.package, new)))


def holds_corrections(table: Table) -> bool:
    """Tell whether a table of corrections has the columns of ours; somebody else's may look otherwise."""
    return set(FIELDS) <= set(table.field_names)


def corrections_by_version(table: Table) -> Mapping[str, Mapping[Revision, int]]:
    """Read the table of corrections: the revisions that it explains, by the release they came in, with their row."""
    found: dict[str, dict[Revision, int]] = {}
    for row in range(table.rows):
        version, *parts = _texts(table, row)
        found.setdefault(version, {})[Revision(*parts)] = row
    return found


def _texts(table: Table, row: int) -> tuple[str, ...]:
    return tuple(cell_text(table.value(row, name)) for name in FIELDS)


@dataclass(frozen=True)
class Correction:
    """A row of the table of corrections: the release that brought it, what it revised, of which kind, and why."""

    version: str
    row: int
    revision: Revision
    kind: str
    reasons: Mapping[str, str]

    @property
    def address(self) -> str:
        """The address of the cell that was corrected."""
        return f"{self.revision.table}.{self.revision.field}[{self.revision.key}]"


def corrections_of(package: Package) -> tuple[Correction, ...]:
    """Read the table of corrections, in its order; nothing where there is no such table, or not as we know it."""
    table = package.table_of(Role.CORRECTIONS)
    if table is None or not holds_corrections(table):
        return ()
    return tuple(_correction(package, table, row) for row in range(table.rows))


def _correction(package: Package, table: Table, row: int) -> Correction:
    version, *parts = _texts(table, row)
    names = {language: f"reason_{language}" for language in package.languages}
    reasons = {
        language: cell_text(table.value(row, name)) for language, name in names.items() if name in table.field_names
    }
    kind = cell_text(table.value(row, KIND)) if KIND in table.field_names else ""
    return Correction(version, row, Revision(*parts), kind, reasons)


def corrected_cell(package: Package, correction: Correction) -> Cell | None:
    """Find the cell that was corrected; None where it is gone, or where a whole row went."""
    try:
        found = select(package, correction.address).cells
    except AddressError:
        return None
    return found[0] if len(found) == 1 else None


def is_of_figure(package: Package, correction: Correction) -> bool:
    """Tell whether a published figure was corrected or withdrawn, and not only a text."""
    table, revised = package.tables.get(correction.revision.table), correction.revision.field
    if table is None:
        return False
    if revised == WHOLE_ROW:
        return bool(figure_fields(table))
    return revised in table.field_names and holds_figures(table, table.field(revised))


def by_cell(corrections: Sequence[Correction]) -> Mapping[str, list[Correction]]:
    """Give the corrections by the address of the cell that they are about, oldest first."""
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.address, []).append(correction)
    return found
