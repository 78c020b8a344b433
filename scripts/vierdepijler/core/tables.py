"""Tables in memory: their fields, their cells as texts and as typed values, and their keys."""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.columnar import Block, ForeignKey, as_names, foreign_keys_of, reader_of, typed_values

from .problems import Problem

if TYPE_CHECKING:
    from vierdepijler.core.columnar import Checked

Descriptor = Mapping[str, Any]
Value = str | int | Decimal | bool | datetime.date | None
YEARS = frozenset({"year", "jaar"})
SOURCE = "source_id"  # the field that names the source of a row
MANY = 100_000  # rows; of so long a table no column is kept as objects, which take ten times the room


class Role(StrEnum):
    """What a table is for, as the `role` of its resource says: its name tells nothing, and a package may lack any."""

    UNITS = "units"  # in which quantities are, by `code`
    SOURCES = "sources"
    ITEMS = "source-items"  # the parts of a document that figures stand in
    SENTENCES = "source-sentences"  # their fingerprints
    ANSWERS = "written-answers"  # what is particular to a document that answers a question
    NOT_DATA = "not-data"  # figures of a document that are in no table, with the reason
    UNKNOWNS = "unknowns"  # what is not known, and why
    LATER = "later-statements"  # what a later source says of an earlier figure
    DERIVED = "derived-figures"  # our own computations
    HISTORY = "figure-history"  # what each figure was in each release
    RELEASES = "releases"
    CORRECTIONS = "corrections"  # why a released cell changed
    REVISIONS = "revision-kinds"  # of which kinds these are
    TOMBSTONES = "tombstones"  # addresses that are gone
    TERMS = "terms"  # the glossary
    SCORES = "scores"  # points for the metadata


@dataclass(frozen=True)
class Field:
    """A column of a table, as its schema describes it."""

    descriptor: Descriptor

    @cached_property
    def name(self) -> str:
        """The field's name, which is also the header of its column."""
        return str(self.descriptor["name"])

    @cached_property
    def type(self) -> str:
        """The field's type in the words of Table Schema; `string` where the schema names none."""
        return str(self.descriptor.get("type", "string"))

    @property
    def is_number(self) -> bool:
        """Whether the field holds quantities or numbers that point at something."""
        return self.type in ("integer", "number")

    @property
    def unit(self) -> str | None:
        """The code of its unit, None where it has none; whole numbers that are called years are years."""
        is_year = self.type == "year" or (self.type == "integer" and self.name.lower() in YEARS)
        return self.property("unit") or ("year" if is_year else None)

    def property(self, name: str) -> str | None:
        """Give one of the field's own properties, such as `unit`, or None where it has none."""
        value = self.descriptor.get(name)
        return None if value is None else str(value)


@dataclass(frozen=True)
class Layout:
    """How the text of a table's file is laid out: what no cell shows.

    `line_ends` gives, for each kind of line end between records, the line on which it stands first. `is_plain`
    tells that it holds nothing but ASCII that can be seen and letters with an accent: no cell can be suspect then.
    """

    has_byte_order_mark: bool = False
    line_ends: tuple[int, ...] = ()
    ends_with_line: bool = True
    is_plain: bool = False


@dataclass(frozen=True)
class Part:
    """A file that a table is gathered from: how many rows stand before its own, and on which lines these begin."""

    file: str
    start: int
    lines: Callable[[int], int]


@dataclass(frozen=True)
class Table:
    """A tabular resource with its rows.

    `block` holds the cells as they stand in the file, header excluded, in columns of text; `lines` the line on which
    each row starts, and `numbers` which record of the file it is, where that is not the second, the third and so on.
    `column` gives the same cells typed. `in_columns` tells that Frictionless reads the file as we do,
    so that our quick check may speak for it. `typed`, `texts_of`, `values_of`, `places_of` and `checked` (against its
    schema, for those who lead to some of its fields) keep what was asked for. `parts` are the files that it was
    gathered from, where it lies in no single CSV file; `told` is what was found wrong while it was read.
    """

    name: str
    file: str
    descriptor: Descriptor
    fields: tuple[Field, ...]
    header: tuple[str, ...]
    block: Block
    lines: Sequence[int]
    numbers: Sequence[int] = ()
    layout: Layout = Layout()
    in_columns: bool = True
    parts: tuple[Part, ...] = ()
    told: tuple[Problem, ...] = ()
    typed: dict[str, pa.Array] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    texts_of: dict[str, pa.StringArray] = dataclasses.field(default_factory=dict, init=False, compare=False, repr=False)
    values_of: dict[str, list[Value]] = dataclasses.field(default_factory=dict, init=False, compare=False, repr=False)
    places_of: dict[str, Mapping[str, list[int]]] = dataclasses.field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    checked: dict[tuple[tuple[str, ...], ...], "Checked | None"] = dataclasses.field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def rows(self) -> int:
        """The number of rows, without the header."""
        return self.block.rows

    def line_of_record(self, number: int) -> int:
        """Give the line on which a record of the file starts, by its number from 1; 1 for one that is no row."""
        place = number - 2
        if self.numbers:
            place = self.numbers.index(number) if number in self.numbers else -1
        return self.lines[place] if 0 <= place < len(self.lines) else 1

    @property
    def cells(self) -> int:
        """The number of cells that stand in the file, without the header."""
        return self.block.size

    def column(self, name: str) -> pa.Array:
        """Give the typed values of a column.

        A cell is null where it is empty, does not fit its type, or cannot be held in a data format (infinity, a number
        of 40 digits).
        """
        if name not in self.typed:
            declared = self.field(name).descriptor
            descriptor = {part: value for part, value in declared.items() if part != "constraints"}
            schema = self.descriptor.get("schema", {})
            self.typed[name] = typed_values(descriptor, schema, self._cells(name), reader_of(schema, descriptor))
        return self.typed[name]

    def text(self, name: str) -> pa.StringArray:
        """Give the texts of a column as they stand in the file, empty where a row stops before it."""
        if name not in self.texts_of:
            cells = self._cells(name)
            self.texts_of[name] = pc.fill_null(cells, "") if cells.null_count else cells
        return self.texts_of[name]

    def _cells(self, name: str) -> pa.StringArray:
        """Give the cells of a column, null where a row stops before it."""
        place = self.field_names.index(name)
        if place < len(self.block.columns):
            return self.block.columns[place]
        beyond = [self.block.ragged.get(row, ())[place : place + 1] for row in range(self.rows)]
        return pa.array([cell[0] if cell else None for cell in beyond], pa.string())

    @property
    def role(self) -> str | None:
        """What the table is for: a `Role`, None for one that holds data like any other."""
        role = self.descriptor.get("role")
        return role if isinstance(role, str) else None

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Find a field by its name; raises `KeyError` where there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        """The fields by their names; the first of those with one name."""
        return {field.name: field for field in reversed(self.fields)}

    @cached_property
    def primary_key(self) -> tuple[str, ...]:
        """The names of the fields that together identify a row; empty where the schema declares none."""
        return as_names(self.descriptor.get("schema", {}).get("primaryKey", ()))

    @cached_property
    def short_key(self) -> tuple[str, ...]:
        """The names of the fields of the primary key that say what a row states: without the source at its end."""
        key = self.primary_key
        return key[:-1] if len(key) > 1 and key[-1] == SOURCE else key

    @property
    def missing_values(self) -> frozenset[str]:
        """The texts that stand for an empty cell, by the schema."""
        declared = self.descriptor.get("schema", {}).get("missingValues", [""])
        return frozenset(value["value"] if isinstance(value, dict) else str(value) for value in declared)

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys of the schema, an empty `resource` (the table itself) filled in."""
        return foreign_keys_of({**self.descriptor, "name": self.name})

    def value(self, row: int, name: str) -> Value:
        """Give the typed value of a cell, None where it is empty; `row` counts from 0."""
        if (values := self.values_of.get(name)) is None:
            if self.rows > MANY:
                return plain(self.column(name)[row].as_py())
            values = self.values_of[name] = [plain(value) for value in self.column(name).to_pylist()]
        return values[row]

    def rows_with(self, name: str, text: str) -> Sequence[int]:
        """Give the rows, counted from 0, whose cell in a column reads as given (`cell_text`)."""
        if name not in self.places_of:
            found: dict[str, list[int]] = {}
            for row in range(self.rows):
                found.setdefault(cell_text(self.value(row, name)), []).append(row)
            self.places_of[name] = found
        return self.places_of[name].get(text, ())

    @cached_property
    def keys(self) -> Mapping[tuple[str, ...], int]:
        """The rows by the text of their key, as it stands in addresses; by `row-1`, `row-2` … where there is none.

        A row needs the source at the end of the primary key only where one above it states the same: so an address
        stays what it was when another source comes.
        """
        if not self.primary_key:
            return {(f"row-{row + 1}",): row for row in range(self.rows)}
        columns = [[cell_text(plain(value)) for value in self.column(name).to_pylist()] for name in self.primary_key]
        size, found = len(self.short_key), dict[tuple[str, ...], int]()
        for row, key in enumerate(zip(*columns, strict=True)):
            found[key if key[:size] in found else key[:size]] = row
        return found

    def key_of(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Give the key, as it stands in addresses, of a row that is in the table or comes below it."""
        key = tuple(texts[name] for name in self.primary_key)
        short = key[: len(self.short_key)]
        first = self.keys.get(short)
        is_first = first is None or short == key or cell_text(self.value(first, SOURCE)) == texts[SOURCE]
        return short if is_first else key

    @cached_property
    def row_keys(self) -> tuple[tuple[str, ...], ...]:
        """The key of every row, in order: the reverse of `keys`."""
        names = {row: key for key, row in self.keys.items()}
        return tuple(names.get(row, (f"row-{row + 1}",)) for row in range(self.rows))


def resource_of(descriptor: Descriptor, role: Role) -> Descriptor:
    """Give the resource of a descriptor that has a role; an empty one where none has."""
    return next((one for one in descriptor["resources"] if one.get("role") == role), {})


def published_tables(descriptor: Descriptor) -> list[Descriptor]:
    """Give the resources of a published descriptor that are tables, in every format; the others are kept files."""
    return [one for one in descriptor["resources"] if "distributions" in one]


def plain(value: Any) -> Value:
    """Turn a value of Arrow into one of plain Python; a whole decimal loses its empty decimals."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if value is None or isinstance(value, bool | str | datetime.date):
        return value
    return value.item() if hasattr(value, "item") else int(value)


def cell_text(value: Value) -> str:
    """Write a value the way a CSV file of ours does: ISO dates, decimal points, `true`, empty for None."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)
