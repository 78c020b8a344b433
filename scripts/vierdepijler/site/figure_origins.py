"""Where the figures on a sheet or an image come from, in words: their day, their sources, the release of the data."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vierdepijler.core.cells import DERIVED, Cell, find_rows, inputs_of
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import date_text, period_text, value_text

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
    """Give the sources of cells, each once and in order; a figure of our own has those that it is computed from."""
    codes = dict.fromkeys(code for cell in cells for code in _codes(package, cell))
    return [line for code in codes for line in _lines(package, code, language)]


def release_day(package: Package, language: str) -> str:
    """Give the day of the release of the data."""
    return date_text(datetime.date.fromisoformat(str(package.descriptor["created"])[:10]), language)


def _codes(package: Package, cell: Cell) -> Iterator[str]:
    if cell.table.name == DERIVED:
        for _, selection in inputs_of(package, cell.row):
            for one in selection.cells:
                yield from _codes(package, one)
        return
    source = cell.beside(cell.field.property("sourceIn") or SOURCE)
    if source is not None and source.value is not None:
        yield cell_text(source.value)


def _lines(package: Package, code: str, language: str) -> Iterator[SourceLine]:
    table = package.tables.get(SOURCES)
    if table is None:
        return
    for row in find_rows(table, {SOURCE: code}):
        said = {name: cell_text(table.value(row, name)) for name in table.field_names}
        title, publisher, published, address = (
            said.get(name, "") for name in ("title", "publisher", "published", "address")
        )
        yield SourceLine(title, publisher, period_text(published, language), address)
