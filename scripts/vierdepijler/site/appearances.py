"""Where figures appear: the pages that show them and the charts that draw them, gathered while pages are made."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from vierdepijler.core.cells import Cell


@dataclass(frozen=True)
class Chart:
    """A chart on a page: the identifier of the page, the place of the chart on it, and its title."""

    page: str
    anchor: str
    title: str


@dataclass
class Appearances:
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
