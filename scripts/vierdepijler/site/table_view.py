"""A table as its page shows it: its columns, its rows, and the parts in which it is also published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import Cell, find_rows
from vierdepijler.core.tables import Field, Role, Table

from .figures import Presenter
from .links import column_anchor
from .page_values import Property, Row
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class ShownColumn:
    """A field as the page of its table describes it; `unit` is the cell that names it, or its field's name."""

    field: Field
    anchor: Markup
    name: Property
    title: Property
    description: Property
    type: Markup
    unit: Cell | Property | Markup
    constraints: tuple[tuple[Markup, Property], ...]


def described_columns(vocabulary: Vocabulary, table: Table) -> list[ShownColumn]:
    """Describe the fields of a table in the language of the page."""
    return [_column(vocabulary, table, field) for field in table.fields]


def table_rows(vocabulary: Vocabulary, rows: Iterable[Row]) -> Markup:
    """Show rows of a table as the rows of one in HTML, each cell at the place that its address leads to."""
    return Markup("").join(Markup(_row(vocabulary.presenter, row)) for row in rows)


def _row(presenter: Presenter, row: Row) -> str:
    cells = (
        f'<td id="{row.anchor_}.{field.name}"{number}>{presenter.linked(Cell(row.table_, row.number_, field))}</td>\n'
        for field in row.table_.fields
        for number in (' class="number"' if field.is_number else "",)
    )
    return f'<tr id="{row.anchor_}">\n{"".join(cells)}</tr>\n'


def _column(vocabulary: Vocabulary, table: Table, field: Field) -> ShownColumn:
    words = vocabulary.presenter.words
    path = f"resources/{table.name}/schema/fields/{field.name}"
    return ShownColumn(
        field,
        Markup.escape(column_anchor(field.name)),
        Property(f"{path}/name", field.name),
        vocabulary.text(field.descriptor, path, "title", field.name),
        vocabulary.text(field.descriptor, path, "description", ""),
        Markup.escape(words.get(f"type_{field.type}", field.type)),
        _unit(vocabulary, field, path),
        tuple(
            (Markup.escape(words.get(f"constraint_{name}", name)), Property(f"{path}/constraints/{name}", limit))
            for name, limit in field.descriptor.get("constraints", {}).items()
            if limit is not False  # what need not be, is no rule
        ),
    )


def _unit(vocabulary: Vocabulary, field: Field, path: str) -> Cell | Property | Markup:
    if beside := field.property("unitIn"):
        return Property(f"{path}/unitIn", beside)
    unit = field.property("unit")
    if unit is None:
        return Markup()
    found = vocabulary.rows_of(Role.UNITS, code=unit)
    return found[0].label if found else Property(f"{path}/unit", unit)


@dataclass(frozen=True)
class TablePart:
    """One file: its path, the value that its rows share (a name where the value is a code), and how many they are."""

    path: str
    value: Cell | Property
    is_empty: bool
    rows: Property


@dataclass(frozen=True)
class Division:
    """The parts by one field: its title, and the files in the order of their values."""

    title: Property
    parts: tuple[TablePart, ...]


def divisions(vocabulary: Vocabulary, table: Table) -> list[Division]:
    """Give the divisions that the published descriptor lists for a table."""
    return [
        Division(
            vocabulary.text(
                table.field(declared["field"]).descriptor,
                f"resources/{table.name}/schema/fields/{declared['field']}",
                "title",
                declared["field"],
            ),
            tuple(_part(vocabulary, table, declared, file) for file in declared["files"]),
        )
        for declared in table.descriptor.get("subsets", ())
    ]


def _part(vocabulary: Vocabulary, table: Table, declared: Mapping[str, Any], file: Mapping[str, Any]) -> TablePart:
    path = f"resources/{table.name}/subsets/{declared['name']}/files/{file['name']}"
    value = _named(vocabulary, table, declared, file["value"]) or Property(f"{path}/value", file["value"])
    return TablePart(file["path"], value, not file["value"], Property(f"{path}/rows", file["rows"]))


def _named(vocabulary: Vocabulary, table: Table, declared: Mapping[str, Any], value: str) -> Cell | None:
    """Find the name of a value: what its code stands for, or the label of the one row that it identifies."""
    name = declared["field"]
    rows = () if "by" in declared else find_rows(table, {name: value})
    if not rows or not value:
        return None
    row = Row(table, rows[0], vocabulary.language)
    label = f"label_{vocabulary.language}"
    is_key = table.primary_key == (name,) and label in table.field_names
    named = row.cell_(label) if is_key else vocabulary.presenter.named(row.cell_(name))
    return None if named == row.cell_(name) else named
