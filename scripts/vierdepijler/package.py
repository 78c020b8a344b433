"""The data package in memory: its descriptor, and its tables with typed values.

Its parts are those of Data Package 2.0 (https://datapackage.org/standard/data-package/). Beside the
standard's own properties it knows a few of ours, all optional: `title_en` and the like (a text in another
language than the first of `languages`), `unit` and `unitIn` (the unit of a field, or the field that holds
it), `printedIn` (the field that holds the value as the source prints it) and `reasonIn` (the field that
points to the reason why a cell is empty).
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

Descriptor = Mapping[str, Any]
Value = str | int | Decimal | bool | datetime.date | None


@dataclass(frozen=True)
class Field:
    """A column of a table, as its schema describes it."""

    descriptor: Descriptor

    @property
    def name(self) -> str:
        """The field's name, which is also the header of its column."""
        return str(self.descriptor["name"])

    @property
    def type(self) -> str:
        """The field's type in the words of Table Schema; `string` where the schema names none."""
        return str(self.descriptor.get("type", "string"))

    @property
    def is_number(self) -> bool:
        """Whether the field holds quantities or numbers that point at something."""
        return self.type in ("integer", "number")

    def property(self, name: str) -> str | None:
        """Give one of the field's own properties, such as `unit`, or None where it has none."""
        value = self.descriptor.get(name)
        return None if value is None else str(value)


@dataclass(frozen=True)
class ForeignKey:
    """Fields of a table whose values are keys of another table (or of itself)."""

    fields: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


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
class Table:
    """A tabular resource with its rows.

    `records` holds the cells as they stand in the file, header excluded, and `lines` the line on which each
    record starts; `frame` holds the same rows typed, with pandas' nullable, Arrow-backed types. A cell
    that does not fit its type, or that no data format can hold (infinity, a number of 40 digits), is null
    in the frame.
    """

    name: str
    file: str
    descriptor: Descriptor
    fields: tuple[Field, ...]
    header: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    frame: pd.DataFrame
    layout: Layout = Layout()

    @property
    def rows(self) -> int:
        """The number of rows, without the header."""
        return len(self.records)

    def column(self, name: str) -> pa.Array:
        """Give the typed values of a column, null where a cell is empty or does not fit its type."""
        return _arrow(self.frame[name])

    def text(self, name: str) -> pa.StringArray:
        """Give the texts of a column as they stand in the file, empty where a record is too short."""
        return _arrow(self.texts[name])

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The cells as they stand in the file, by field: Arrow texts, empty where a record is too short."""
        width = len(self.fields)
        records = (record if len(record) >= width else (*record, *[""] * width)[:width] for record in self.records)
        columns = list(zip(*records, strict=False))[:width] or [()] * width
        text = pd.ArrowDtype(pa.string())
        named = zip(self.field_names, columns, strict=True)
        return pd.DataFrame({name: pd.Series(pa.array(column, pa.string()), dtype=text) for name, column in named})

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Find a field by its name; raises `KeyError` where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The names of the fields that together identify a row; empty where the schema declares none."""
        return _names(self.descriptor.get("schema", {}).get("primaryKey", ()))

    @property
    def missing_values(self) -> frozenset[str]:
        """The texts that stand for an empty cell, by the schema."""
        declared = self.descriptor.get("schema", {}).get("missingValues", [""])
        return frozenset(value["value"] if isinstance(value, dict) else str(value) for value in declared)

    @property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys of the schema, an empty `resource` (the table itself) filled in."""
        keys = self.descriptor.get("schema", {}).get("foreignKeys", ())
        return tuple(
            ForeignKey(
                _names(key["fields"]),
                key["reference"].get("resource") or self.name,
                _names(key["reference"]["fields"]),
            )
            for key in keys
        )

    def value(self, row: int, field: str) -> Value:
        """Give the typed value of a cell, None where it is empty; `row` counts from 0."""
        value = self.frame[field].iloc[row]
        if value is pd.NA or value is None:
            return None
        return plain(value)

    @cached_property
    def keys(self) -> Mapping[tuple[str, ...], int]:
        """The rows by the text of their primary key; by `row-1`, `row-2` … where there is none."""
        if not self.primary_key:
            return {(f"row-{row + 1}",): row for row in range(len(self.frame))}
        columns = [[cell_text(self.value(row, name)) for row in range(len(self.frame))] for name in self.primary_key]
        return {key: row for row, key in enumerate(zip(*columns, strict=True))}

    @cached_property
    def row_keys(self) -> tuple[tuple[str, ...], ...]:
        """The key of every row, in order: the reverse of `keys`."""
        names = {row: key for key, row in self.keys.items()}
        return tuple(names.get(row, (f"row-{row + 1}",)) for row in range(len(self.frame)))


@dataclass(frozen=True)
class Package:
    """A data package: where it lies, its descriptor and its tables by name."""

    path: Path
    descriptor: Descriptor
    tables: Mapping[str, Table]

    @property
    def root(self) -> Path:
        """The folder that every path of the descriptor starts from."""
        return self.path.parent

    @property
    def archive(self) -> str:
        """The file name of the zip that holds the whole package when it is published."""
        return f"{self.descriptor.get('name', 'package')}.zip"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of titles and labels, the main one first."""
        return tuple(self.descriptor.get("languages", ("en",)))

    def only(self, names: Iterable[str]) -> "Package":
        """Give the package with some of its tables; its descriptor still knows them all."""
        kept = set(names)
        return replace(self, tables={name: table for name, table in self.tables.items() if name in kept})

    def text(self, descriptor: Descriptor, name: str, language: str) -> str:
        """Give a text property (`title`, `description`) in a language, empty where it has none at all."""
        own = name if language == self.languages[0] else f"{name}_{language}"
        return str(descriptor.get(own) or descriptor.get(name) or "")


def plain(value: Any) -> Value:
    """Turn a value of pandas or Arrow into one of plain Python; a whole decimal loses its empty decimals."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if isinstance(value, bool | str | datetime.date):
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


def _arrow(column: "pd.Series[Any]") -> pa.Array:
    array = pa.array(column)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
