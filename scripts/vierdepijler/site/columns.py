"""The columns of a table as the page of that table describes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.core.cells import Cell
from vierdepijler.core.tables import Field, Table

from .addresses import column_anchor
from .figures import Presenter
from .published_values import Property
from .vocabulary import Row, Vocabulary


@dataclass(frozen=True)
class Column:
    """A field as the page of its table describes it; `unit` is the cell that names it, or its field's name."""

    field: Field
    anchor: Markup
    name: Property
    title: Property
    description: Property
    type: Markup
    unit: Cell | Property | Markup
    constraints: tuple[tuple[Markup, Property], ...]


def columns(vocabulary: Vocabulary, table: Table) -> list[Column]:
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


def _column(vocabulary: Vocabulary, table: Table, field: Field) -> Column:
    words = vocabulary.presenter.words
    path = f"resources/{table.name}/schema/fields/{field.name}"
    return Column(
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
        ),
    )


def _unit(vocabulary: Vocabulary, field: Field, path: str) -> Cell | Property | Markup:
    if beside := field.property("unitIn"):
        return Property(f"{path}/unitIn", beside)
    unit = field.property("unit")
    if unit is None:
        return Markup()
    found = vocabulary.rows("units", code=unit) if "units" in vocabulary.package.tables else []
    return found[0].label if found else Property(f"{path}/unit", unit)
