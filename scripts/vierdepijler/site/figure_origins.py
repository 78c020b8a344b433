"""Where the figures on a sheet or an image come from, in words: their day, their sources, the release of the data."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vierdepijler.core.cells import DERIVED, Cell, find_rows, inputs_of, is_figure
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.core.text import date_text, period_text, title_text, value_text

from .figures import SOURCE

SOURCES = "sources"  # the table of them
TIMES = ("date", "year")  # the types of fields that say when


@dataclass(frozen=True)
class SourceLine:
    """A source as a list of them names it; what is not known of it is empty."""

    title: str
    publisher: str
    published: str
    address: str


def time_of(cell: Cell, language: str) -> str:
    """Say for when a figure holds: the first day, year or period in its row; empty where the row has none."""
    fields = (field for field in cell.table.fields if field.type in TIMES or field.property("unit") == "period")
    found = (Cell(cell.table, cell.row, field) for field in fields if field.name != cell.field.name)
    return next((value_text(one.value, one.unit, language) for one in found if one.value is not None), "")


def sources_of(package: Package, cells: Iterable[Cell], language: str) -> list[SourceLine]:
    """Give the sources of cells, each once and in order.

    A figure of our own has those of the figures that it is computed from, and the tables of ours that it counts.
    """
    return list(dict.fromkeys(line for cell in cells for line in _origins(package, cell, language)))


def release_day(package: Package, language: str) -> str:
    """Give the day of the release of the data."""
    return date_text(datetime.date.fromisoformat(str(package.descriptor["created"])[:10]), language)


def _origins(package: Package, cell: Cell, language: str) -> Iterator[SourceLine]:
    if cell.table.name != DERIVED:
        source = cell.beside(cell.field.property("sourceIn") or SOURCE)
        yield from () if source is None or source.value is None else _lines(package, cell_text(source.value), language)
        return
    for _, used in inputs_of(package, cell.row):
        if len(used.cells) == 1 and is_figure(used.cells[0]):
            yield from _origins(package, used.cells[0], language)
        else:  # a count of ours: no source says how many rows our table has
            yield SourceLine(_ours(package, used.table, language), "", "", "")


def _ours(package: Package, table: Table, language: str) -> str:
    """Name a table of ours as we ask others to cite it: who publishes it, and its title."""
    who = [one["title"] for one in package.descriptor.get("contributors", ()) if one.get("title")][:1]
    title = package.text(table.descriptor, "title", language) or table.name
    return ", ".join((*who, f"\u2018{title}\u2019"))


def _lines(package: Package, code: str, language: str) -> Iterator[SourceLine]:
    table = package.tables.get(SOURCES)
    if table is None:
        return
    for row in find_rows(table, {SOURCE: code}):
        said = {name: cell_text(table.value(row, name)) for name in table.field_names}
        publisher, published, address = (said.get(name, "") for name in ("publisher", "published", "address"))
        title = title_text(Cell(table, row, table.field("title")), language)
        yield SourceLine(title, publisher, period_text(published, language), address)
