"""Cells of tables: finding one, naming one, and reading what it stands beside.

A cell's address is `table.field[key]`, the key being the row's primary key in the order of the schema:
`completions.persons[2025-02-25,obliged]`. `table.field` names a whole column and `table` a whole table; `*` in a key
stands for any value of that part: `activity_hours.share_percent[S00,*]`. Where the primary key ends in the source, only
a row that repeats what one above it states has it in its address: `completions.persons[2025-02-25,obliged,S01]`.
Addresses stand in the table of derived figures and in every page, so that a figure can be followed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from . import tables
from .package import Package
from .problems import say
from .tables import Field, Role, Table, Value, cell_text

ADDRESS = re.compile(r"^(?P<table>[^.\[\]]+)(?:\.(?P<field>[^.\[\]]+)(?:\[(?P<key>[^\[\]]*)\])?)?$")
# What names the source of a row, and the item of it that the row stands in.
SOURCE, ITEM = ORIGIN = tables.SOURCE, "source_item"
# What goes without saying, of the fields that `strengthIn` and `confidenceIn` name.
UNSAID = {"strengthIn": "exactly", "confidenceIn": "seen_in_text"}
SAFE_IN_ADDRESS = " :-_.~/"
KEPT = 10_000  # keys as they stand in an address: those of a row stand on many pages, once for each of its cells


class AddressError(LookupError):
    """An address, or a search for a row, that leads nowhere; the message says why in plain words."""


@dataclass(frozen=True)
class Cell:
    """One value of one table. It has no arithmetic: what a page needs computed is a derived figure."""

    table: Table
    row: int
    field: Field

    @property
    def value(self) -> Value:
        """The typed value, None where the cell is empty."""
        return self.table.value(self.row, self.field.name)

    @property
    def key(self) -> tuple[str, ...]:
        """The key of the row the cell is in."""
        return self.table.row_keys[self.row]

    @property
    def is_repeat(self) -> bool:
        """Whether a row above it states the same by another source, so that the source is in its address."""
        return len(self.key) > len(self.table.short_key) > 0

    @property
    def address(self) -> str:
        """The name of the cell: `completions.persons[2025-02-25,obliged]`."""
        return cell_address(self.table.name, self.field.name, self.key)

    @property
    def anchor(self) -> str:
        """The cell's place on the page of its table, fit for the `id` of an element and for an address."""
        return f"{row_anchor(self.key)}.{self.field.name}"

    @property
    def unit(self) -> str | None:
        """The code of the unit: the field's own, or the one that stands in the row; None for no quantity."""
        beside = self.field.property("unitIn")
        return cell_text(self.table.value(self.row, beside)) if beside else self.field.unit

    def beside(self, field: str) -> "Cell | None":
        """Give the cell of the same row in another field, None where the table has no such field."""
        if field not in self.table.field_names:
            return None
        return Cell(self.table, self.row, self.table.field(field))

    @property
    def upper(self) -> "Cell | None":
        """The cell with the upper end, where a source gives a range and this is its lower end; None for one number."""
        beside = self.beside(self.field.property("upperIn") or "") if self.value is not None else None
        return None if beside is None or beside.value is None else beside

    def qualified(self, pointer: str) -> "Cell | None":
        """Give the cell that says how strongly or how surely a source says this; None where that goes without saying.

        `pointer` is `strengthIn` or `confidenceIn`.
        """
        name = self.field.property(pointer)
        beside = self.beside(name) if name and self.value is not None else None
        return None if beside is None or beside.value in (None, UNSAID[pointer]) else beside


def cell_address(table: str, field: str, key: tuple[str, ...]) -> str:
    """Name the cell of a field in the row with a key."""
    return f"{table}.{field}[{','.join(key_in_address(key))}]"


def key_in_address(key: Iterable[str]) -> list[str]:
    """Write the parts of a key so that no sign in them is taken for one of the address."""
    return [_in_address(part) for part in key]


@lru_cache(maxsize=KEPT)
def _in_address(part: str) -> str:
    return quote(part, safe=SAFE_IN_ADDRESS)


def figure_fields(table: Table) -> list[Field]:
    """Give the fields whose cells are published figures: what a source says, and what we computed."""
    return [field for field in table.fields if holds_figures(table, field)]


def holds_figures(table: Table, field: Field) -> bool:
    """Tell whether the cells of a field are published figures."""
    return is_observed(field) or (table.role == Role.DERIVED and field.name == "value")


def is_observed(field: Field) -> bool:
    """Tell whether a field holds what a source says: as it prints it, or as we noted it where we hold no copy."""
    return bool(field.descriptor.get("printedIn") or field.descriptor.get("notedIn"))


def has_figures(table: Table) -> bool:
    """Tell whether a table holds any published figure."""
    return any(table.column(field.name).null_count < table.rows for field in figure_fields(table))


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a published figure, which has a passport of its own."""
    return holds_figures(cell.table, cell.field) and cell.value is not None


@lru_cache(maxsize=KEPT)
def row_anchor(key: tuple[str, ...]) -> str:
    """Give the place of a row on the page of its table: no two keys have the same."""
    parts = (quote(part, safe="").replace("~", "%7E").replace(".", "%2E") for part in key)
    return ".".join(parts).replace("%", "~")


def find_table(package: Package, name: str) -> Table:
    """Find a table by its name; raises `AddressError` with the names there are."""
    if name not in package.tables:
        known = ", ".join(package.tables)
        raise AddressError(say("there is no table '{name}' (there are: {known})", name=name, known=known))
    return package.tables[name]


def find_field(table: Table, name: str) -> Field:
    """Find a field by its name; raises `AddressError` with the names there are."""
    if name not in table.field_names:
        known = ", ".join(table.field_names)
        pattern = "the table '{table}' has no field '{name}' (it has: {known})"
        raise AddressError(say(pattern, table=table.name, name=name, known=known))
    return table.field(name)


def find_rows(table: Table, criteria: Mapping[str, object]) -> list[int]:
    """Find the rows, counted from 0, whose cells read as given; no criteria, every row."""
    found = [table.rows_with(find_field(table, name).name, str(wanted)) for name, wanted in criteria.items()]
    first, *others = found or [range(table.rows)]
    return [row for row in first if all(row in rows for rows in others)] if others else list(first)


def named(package: Package, cell: Cell, language: str) -> Cell:
    """Give the cell that names what a code stands for, in a language; the cell itself for others."""
    if not isinstance(code := cell.value, str):
        return cell  # a number that points somewhere, such as that of a call, is shown as the number
    found, label = code_row(package, cell.table, cell.field.name, code), f"label_{language}"
    return Cell(*found, found[0].field(label)) if found and label in found[0].field_names else cell


def code_row(package: Package, table: Table, field: str, code: str) -> tuple[Table, int] | None:
    """Find the row that a code stands for, in the table that a field leads to; None where it leads to none."""
    for key in table.foreign_keys:
        if key.fields != (field,) or (target := package.tables.get(key.table)) is None:
            continue
        if rows := target.rows_with(find_field(target, key.targets[0]).name, code):
            return target, rows[0]
    return None


@dataclass(frozen=True)
class Selection:
    """What an address leads to: a cell, a column of cells, or the rows of a table."""

    table: Table
    field: Field | None
    rows: tuple[int, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells selected; none where a whole table is."""
        return () if self.field is None else tuple(Cell(self.table, row, self.field) for row in self.rows)


def select(package: Package, address: str) -> Selection:
    """Follow an address; raises `AddressError` where it leads nowhere."""
    if not (parts := ADDRESS.match(address)):
        raise AddressError(say("'{address}' is not an address such as table.field[key]", address=address))
    table = find_table(package, parts["table"])
    field = None if parts["field"] is None else find_field(table, parts["field"])
    if field is None or parts["key"] is None:
        return Selection(table, field, tuple(range(table.rows)))
    key = key_of(parts)
    loose = (parts["key"] or "").split(",")
    rows = _rows_like(table, loose) if "*" in loose else [table.keys[key]] if key in table.keys else []
    if not rows:
        what = say("the table '{table}' has no row with the key '{key}'", table=table.name, key=",".join(key))
        raise AddressError(what)
    return Selection(table, field, tuple(rows))


def _rows_like(table: Table, key: list[str]) -> list[int]:
    """Find the rows whose keys have the parts that are given; `*` stands for any, and a key without source for none."""
    if len(key) not in (len(table.primary_key), len(table.short_key)):
        return []
    given = {name: unquote(part) for name, part in zip(table.primary_key, key, strict=False) if part != "*"}
    is_whole = len(key) == len(table.primary_key)
    return [row for row in find_rows(table, given) if is_whole or len(table.row_keys[row]) == len(key)]


def key_of(parts: re.Match[str]) -> tuple[str, ...]:
    """Read the key of the row in the parts of an address."""
    return tuple(unquote(part) for part in (parts["key"] or "").split(","))


def inputs_of(package: Package, row: int) -> Iterator[tuple[str, Selection]]:
    """Follow what a derived figure is computed from: each address, and what it leads to."""
    for address in input_addresses(package.by_role[Role.DERIVED], row):
        yield address, select(package, address)


def input_addresses(table: Table, row: int) -> list[str]:
    """Give the addresses of what a derived figure is computed from."""
    return [address.strip() for address in cell_text(table.value(row, "inputs")).split(";")]


def tables_behind(package: Package, cell: Cell) -> list[Table]:
    """Give the table of a cell, and of a derived figure those that it is computed from, each once and in order."""
    used = inputs_of(package, cell.row) if cell.table.role == Role.DERIVED else ()
    found = [one for _, selection in used for one in _behind(package, selection)]
    return list({table.name: table for table in (cell.table, *found)}.values())


def _behind(package: Package, selection: Selection) -> list[Table]:
    is_derived = selection.table.role == Role.DERIVED
    return tables_behind(package, selection.cells[0]) if is_derived and selection.cells else [selection.table]


def put_forward(package: Package, cell: Cell) -> Cell:
    """Give a cell that is a key figure, or is quoted; raises `AddressError` where the caveat of a table forbids that.

    A derived figure of a calculation that is in the `forbids` of a table may stand in a text as what it is, no more.
    """
    kind = cell.beside("calculation") if cell.table.role == Role.DERIVED else None
    for _, used in inputs_of(package, cell.row) if kind else ():
        if kind and kind.value in used.table.descriptor.get("forbids", ()):
            what = "the caveat of the table '{table}' forbids to put {address} forward"
            raise AddressError(say(what, table=used.table.name, address=cell.address))
    return cell


def days_beside(cell: Cell) -> list[Cell]:
    """Give the first date beside a figure; none where there is no such field, or nothing to say about it."""
    dates = [field for field in cell.table.fields if field.type == "date" and field.name != cell.field.name]
    found = [Cell(cell.table, cell.row, field) for field in dates[:1]]
    return [day for day in found if day.value is not None or day.field.property("reasonIn")]
