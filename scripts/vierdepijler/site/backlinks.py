"""What leads to a figure: the pages that show it, the charts that draw it, the sums that use it, and its releases.

The first two are gathered while pages are made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import Cell, inputs_of
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role

from .sources import PageSource


@dataclass(frozen=True)
class Chart:
    """A chart on a page: the identifier of the page, the place of the chart on it, and its title."""

    page: str
    anchor: str
    title: str


@dataclass
class Usage:
    """The pages (by identifier) and charts in which cells appear, by the address of the cell, in order."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    charts: dict[str, list[Chart]] = field(default_factory=dict)

    def show(self, cell: Cell, page: str) -> None:
        """Note that a page shows a cell; a page without an identifier is made from a pattern, and does not count."""
        if page and page not in self.pages.get(cell.address, ()):
            self.pages.setdefault(cell.address, []).append(page)

    def draw(self, cells: Iterable[Cell], chart: Chart) -> None:
        """Note that a chart draws cells."""
        for cell in cells:
            if chart.page and chart not in self.charts.get(cell.address, ()):
                self.charts.setdefault(cell.address, []).append(chart)


@dataclass(frozen=True)
class Backlinks:
    """What leads to the figures of one package in one language; `written` are its pages, by identifier."""

    package: Package
    usage: Usage
    written: Mapping[str, PageSource]

    @cached_property
    def history(self) -> Mapping[str, Sequence[int]]:
        """The rows of the table of histories, by the cell that they are about."""
        return entries(self.package)

    @cached_property
    def users(self) -> Mapping[str, Sequence[int]]:
        """The rows of derived figures, by the address of the cell or the column that they are computed from."""
        found: dict[str, list[int]] = {}
        table = self.package.table_of(Role.DERIVED)
        for row in range(0 if table is None else table.rows):
            for address, used in inputs_of(self.package, row):
                cells = used.cells if "[" in address else ()
                for name in dict.fromkeys((address, *(cell.address for cell in cells))):
                    found.setdefault(name, []).append(row)
        return found
