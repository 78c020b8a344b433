"""Claims: which cells of a package say that something stands in a source, at which item and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from .cells import Cell
from .package import Package, Table, cell_text
from .provenance import mismatches

NOT_DATA = "figures_not_data"
SOURCE, ITEM, PRINTED = "source_id", "source_item", "as_printed"


@dataclass(frozen=True)
class Claim:
    """A cell that says: this stands at that item, for a share in a table beside the name of what it is a share of."""

    cell: Cell
    item: str
    printed: str
    beside: tuple[str, ...] = ()
    differs: bool = False

    @property
    def group(self) -> tuple[str, str, str, str]:
        """What cells have in common that share the places of one print, each its own, in order."""
        return self.cell.table.name, self.cell.field.name, self.item, self.printed


def claims(package: Package, source: str) -> Iterator[Claim]:
    """Give every cell that quotes the source: a value with its print, or else the words quoted themselves."""
    for table in package.tables.values():
        if {SOURCE, ITEM} <= set(table.field_names) and table.name != NOT_DATA:
            wrong = {
                (row, field.name)
                for field in table.fields
                if (printed := field.property("printedIn")) in table.field_names and printed
                for row in mismatches(table, field.name, printed)
            }
            for row in rows_from(table, source):
                yield from _row_claims(package, table, row, wrong)


def rows_from(table: Table, source: str) -> list[int]:
    """Give the rows of a table that name the source, counted from 0."""
    return [int(row) for row in table.frame.index[(table.frame[SOURCE] == source).fillna(value=False)]]


def _row_claims(package: Package, table: Table, row: int, wrong: set[tuple[int, str]]) -> Iterator[Claim]:
    item = text_in(table, row, ITEM)
    for name in (name for name in table.field_names if name.endswith(PRINTED) and text_in(table, row, name)):
        values = [
            field
            for field in table.fields
            if field.property("printedIn") == name and table.value(row, field.name) is not None
        ]
        for field in values or [table.field(name)]:
            beside = _beside(package, table, row) if field.is_number else ()
            yield Claim(Cell(table, row, field), item, text_in(table, row, name), beside, (row, field.name) in wrong)


def _beside(package: Package, table: Table, row: int) -> tuple[str, ...]:
    """Give the words that the source prints for a code of the row, in each spelling: the figure is on their line."""
    for key in table.foreign_keys:
        codes = package.tables.get(key.table)
        if len(key.fields) == 1 and codes is not None and codes.primary_key == ("code",):
            found = codes.keys.get((text_in(table, row, key.fields[0]),))
            if PRINTED in codes.field_names and found is not None:
                return tuple(word.strip() for word in text_in(codes, found, PRINTED).split(";"))
    return ()


def text_in(table: Table | None, row: int, field: str) -> str:
    """Give the text of a cell, empty where the cell, the field or the table is not there."""
    return "" if table is None or field not in table.field_names else cell_text(table.value(row, field))
