"""What differs between two packages: tables, columns, rows by their key, cells, and the texts that describe them.

Columns are compared whole, and rows found by their key, so that the size of the tables does not matter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Table, Value, plain

# What says how a package was published, not what it holds.
OF_PUBLICATION = {
    "path",
    "bytes",
    "hash",
    "rows",
    "distributions",
    "encoding",
    "format",
    "mediatype",
    "dialect",
    "validation",
    "homepage",
    "subsets",
    "role",
}
KeyOfRow = tuple[str, ...]


@dataclass(frozen=True)
class CellChange:
    """A cell whose value changed; `cell` is the new one."""

    cell: Cell
    old: Value
    old_unit: str | None


@dataclass(frozen=True)
class TableChange:
    """What changed in a table that both packages have; rows are named by their key."""

    old: Table
    table: Table
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    is_rekeyed: bool
    rows_added: tuple[KeyOfRow, ...]
    rows_removed: tuple[KeyOfRow, ...]
    cells: tuple[CellChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed at all."""
        changed = (self.columns_added, self.columns_removed, self.rows_added, self.rows_removed, self.cells)
        return not self.is_rekeyed and not any(changed)


@dataclass(frozen=True)
class TextChange:
    """The properties of a table, or of the package where `table` is empty, that its descriptor now gives otherwise."""

    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """What changed from one package to the next."""

    tables_added: tuple[str, ...]
    tables_removed: tuple[str, ...]
    tables: tuple[TableChange, ...]
    texts: tuple[TextChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.tables_added or self.tables_removed or self.tables or self.texts)


def compare(old: Package, new: Package) -> Differences:
    """Find what changed from one package to another, in the order of the new one."""
    changes = (compare_tables(old.tables[name], table) for name, table in new.tables.items() if name in old.tables)
    return Differences(
        tuple(name for name in new.tables if name not in old.tables),
        tuple(name for name in old.tables if name not in new.tables),
        tuple(change for change in changes if not change.is_empty),
        tuple(_changed_texts(old, new)),
    )


def compare_tables(old: Table, new: Table) -> TableChange:
    """Find what changed in one table. Where its key has other fields now, rows cannot be told apart, nor compared.

    A key that got the source at its end still tells them apart: no address changed by it.
    """
    if _is_the_same(old, new):
        return TableChange(old, new, (), (), is_rekeyed=False, rows_added=(), rows_removed=(), cells=())
    is_rekeyed = old.short_key != new.short_key
    before: Mapping[KeyOfRow, int] = {} if is_rekeyed else old.keys
    after: Mapping[KeyOfRow, int] = {} if is_rekeyed else new.keys
    shared = [key for key in after if key in before]
    pairs = _indices(before[key] for key in shared), _indices(after[key] for key in shared)
    return TableChange(
        old,
        new,
        tuple(name for name in new.field_names if name not in old.field_names),
        tuple(name for name in old.field_names if name not in new.field_names),
        is_rekeyed,
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        tuple(
            sorted(
                (
                    change
                    for name in new.field_names
                    if name in old.field_names
                    for change in _changed_cells(old, new, name, pairs)
                ),
                key=lambda change: change.cell.row,
            )
        ),
    )


def _is_the_same(old: Table, new: Table) -> bool:
    """Tell at once, from schemas and texts, that nothing changed; False where one has to look closer."""
    before, after = (table.descriptor.get("schema", {}) for table in (old, new))
    names = ("fields", "primaryKey", "missingValues")
    return (
        all(before.get(name) == after.get(name) for name in names)
        and old.field_names == new.field_names
        and all(old.text(name).equals(new.text(name)) for name in new.field_names)
    )


def _indices(rows: Iterable[int]) -> pa.Array:
    return pa.array(rows, pa.int64())


def _changed_cells(old: Table, new: Table, name: str, pairs: tuple[pa.Array, pa.Array]) -> Iterator[CellChange]:
    before, after = (table.column(name).take(rows) for table, rows in zip((old, new), pairs, strict=True))
    for position in _differing_rows(before, after):
        row, cell = pairs[0][position].as_py(), Cell(new, pairs[1][position].as_py(), new.field(name))
        yield CellChange(cell, old.value(row, name), Cell(old, row, old.field(name)).unit)


def _differing_rows(before: pa.Array, after: pa.Array) -> list[int]:
    """Find the places where two columns, row by row, hold other values; another type of the same value is no change."""
    if before.equals(after):
        return []
    if before.type != after.type:
        pairs = enumerate(zip(before.to_pylist(), after.to_pylist(), strict=True))
        return [place for place, (one, other) in pairs if plain(one) != plain(other)]
    differs = pc.fill_null(pc.not_equal(before, after), fill_value=False)
    filled_or_emptied = pc.not_equal(pc.is_null(before), pc.is_null(after))
    found: list[int] = pc.indices_nonzero(pc.or_(differs, filled_or_emptied)).to_pylist()
    return found


def _changed_texts(old: Package, new: Package) -> Iterator[TextChange]:
    """Find the properties that differ in the descriptors, of the package and of each table that both have."""
    for name in ("", *(name for name in new.tables if name in old.tables)):
        if changed := _differing(descriptions(old, new, name), descriptions(new, old, name)):
            yield TextChange(name, changed)


def descriptions(package: Package, other: Package, table: str) -> dict[str, Any]:
    """Give what a package says about a table that the other one has too, or about itself where the name is empty."""
    if not table:
        return _described(package.descriptor)
    return _describing(package.tables[table], other.tables[table])


def _describing(table: Table, other: Table) -> dict[str, Any]:
    """Give what a descriptor says about a table, and about each field that the other one has too."""
    described = {**_described(table.descriptor), **table.descriptor.get("schema", {})}
    for field in table.fields:
        if field.name in other.field_names:
            described.update({f"{field.name}.{name}": value for name, value in field.descriptor.items()})
    return {name: value for name, value in described.items() if name not in ("schema", "fields")}


def _described(descriptor: Descriptor) -> dict[str, Any]:
    return {name: value for name, value in descriptor.items() if name not in {*OF_PUBLICATION, "resources"}}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name))
