"""Where links lead: pages, tables, passports and files, by their names; and what leads to a figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import AddressError, Cell, find_table, inputs_of, row_anchor
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST

from .libraries import library_path
from .sources import PageSource, Sources, relative


def table_page(table: Table) -> str:
    """Give the identifier of the page of a table."""
    return f"table:{table.name}"


def passport_page(table: Table) -> str:
    """Give the identifier of the page with the passports of a table's figures."""
    return f"passport:{table.name}"


def release_page(version: str) -> str:
    """Give the identifier of the page of a release."""
    return f"release:{version}"


def release_path(version: str) -> str:
    """Give the path of the page of a release, counted from the root of its language: that of its folder."""
    return f"data/{version}/index.html"


def row_page(table: Table, number: int) -> str:
    """Give the identifier of the page of a row, where the rows of its table have pages."""
    return f"{table.name}:{row_anchor(table.row_keys[number])}"


def row_path(pattern: PageSource, name: str) -> str:
    """Give the path of the page of a row, beside the pattern that it is made from."""
    return f"{pattern.path.rpartition('/')[0]}/{name}.html"


def column_anchor(field: str) -> str:
    """Give the place of a column among the columns that the page of its table explains; no row has such a place."""
    return f"column:{quote(field, safe='')}".replace("%", "~")


def linked_address(cell: Cell) -> Markup:
    """Give the web address that stands in a cell, for a link; raises `AddressError` where it holds none."""
    if not (isinstance(cell.value, str) and cell.value.startswith(("https://", "http://"))):
        raise AddressError(f"{cell.address} holds no web address")
    return Markup.escape(cell.value)


def named_paths(cell: Cell, address_of: Callable[[str], str]) -> list[tuple[Markup, Markup]]:
    """Give the address and the name of each file of the site whose path, from its root, stands in a cell.

    A digit in the name of a file is no data, and is marked as what is written so.
    """
    paths = cell_text(cell.value).split()
    named = Markup('<span class="as-written">{}</span>')
    return [(Markup.escape(address_of(f"site:{path}")), named.format(path.rpartition("/")[2])) for path in paths]


@dataclass(frozen=True)
class Links:
    """What pages of one language lead to; `url` is the address of the whole site."""

    package: Package
    sources: Sources
    language: str
    url: str

    def to(self, target: str, address: str) -> str:
        """Give the address of `target`, seen from the page at `address` (counted from the root of its language).

        A target is a page by its identifier, `table:name`, `passport:name`, `release:version`, `file:name` of the
        package as it is now (`full:name` for its full address), `library:name` for a script from a package, a table and
        the key of a row that has a page (`networks:N01`), or `site:path` for what stands at a path from the root of the
        site: of a page, the one in this language. Raises `AddressError` for what is not there.
        """
        kind, _, name = target.rpartition(":")
        if kind in ("full", "file") and not (self.package.root / name).is_file():
            raise AddressError(f"no file '{name}' is published")
        if kind in ("table", "passport") and name not in self.package.tables:
            raise AddressError(f"there is no table '{name}' (there are: {', '.join(self.package.tables)})")
        if self._is_elsewhere(kind, target):
            base = self.sources.base
            return self._from_root(self.sources.root(base) + replace(self, language=base).to(target, ""), address)
        return self._place(kind, name, address)

    def _place(self, kind: str, name: str, address: str) -> str:
        match kind:
            case "full":
                return f"{self.url}{DOWNLOADS}/{LATEST}/{name}"
            case "file":
                return self._from_root(f"{DOWNLOADS}/{LATEST}/{name}", address)
            case "library":
                return self._from_root(library_path(self.sources.folder.parent, name), address)
            case "site":
                return self._twin(name, address) or self._from_root(name, address)
            case "table":
                return relative(f"data/{name}.html", address)
            case "release":
                return relative(release_path(name), address)
            case "passport":
                return relative(f"{self.sources.passports[self.language]}/{name}.html", address)
            case _:
                return self._row(kind, name, address) if kind else self._page(name, address)

    def _is_elsewhere(self, kind: str, target: str) -> bool:
        """Tell whether a language that only pages have lacks a page, which that it was translated from has."""
        is_page = kind not in ("full", "file", "library", "site") and target not in self.sources.pages[self.language]
        return is_page and self.language in self.sources.labels

    def _from_root(self, path: str, address: str) -> str:
        return relative(path, self.sources.root(self.language) + address)

    def _page(self, name: str, address: str) -> str:
        pages = self.sources.pages[self.language]
        if name not in pages:
            raise AddressError(f"there is no page '{name}' (there are: {', '.join(pages)})")
        return relative(pages[name].address, address)

    def _row(self, table: str, name: str, address: str) -> str:
        pattern = self.sources.patterns.get(self.language, {}).get(table)
        if pattern is None or name not in map(row_anchor, find_table(self.package, table).row_keys):
            raise AddressError(f"there is no page '{table}:{name}'")
        return relative(row_path(pattern, name), address)

    def _twin(self, path: str, address: str) -> str:
        """Give the address of the page in this language that stands at a path in the main one; empty for a file."""
        main = self.sources.pages[self.package.languages[0]]
        name = next((identifier for identifier, page in main.items() if page.address == path), "")
        is_table = path.removeprefix("data/").removesuffix(".html") in self.package.tables
        return self._page(name, address) if name else relative(path, address) if is_table else ""


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
