"""A page, what it is before it is made, and the figures that stand for it where it is shared and on its fact sheet.

Each of these figures is a cell, named in the head of the page:

    key_figures:
      counts.persons[2025-02-25,a]: people have finished

The number, its date and its source come from the cell, in the language of the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vierdepijler.core.cells import SOURCE, AddressError, Cell, find_rows, inputs_of, is_figure, put_forward
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, say
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import date_text, period_text, shown_text, title_text, value_text
from vierdepijler.core.times import select_newest
from vierdepijler.writers.formats.publication import NEVER, made

from .quotes import SOURCES_NAMED
from .sources import PageSource, Sources

TIMES = ("date", "year")  # the types of fields that say when
SEPARATOR = " · "
TO_DO = "write the address of a cell with a value, such as table.field[key], and what it counts"


@dataclass(frozen=True)
class KeyFigure:
    """A figure that stands for a page: the number, what it counts, and its date and source, all as readers read them.

    `bound` is the address of its cell, or the path of a value of the descriptor.
    """

    number: str
    words: str
    origin: str
    bound: str


@dataclass(frozen=True)
class Page:
    """A rendered page; `path` and `address` (of the HTML) count from the root of its language, and so does `sheet`.

    `figures` are its key figures, the most telling first; `sheet` is the address of its fact sheet, empty for none.
    `beside` is the text that it was translated from, to show beside it.
    """

    identifier: str
    path: str
    title: str
    description: str
    markdown: str
    figures: tuple[KeyFigure, ...] = ()
    sheet: str = ""
    beside: str = ""

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"

    @property
    def image(self) -> str:
        """The address of the image that stands for the page where it is shared, counted from the same root."""
        return f"social/{self.path.removesuffix('.md')}.png"


@dataclass(frozen=True)
class Draft:
    """A page before it is made: its identifier, its path, what gives all of it but its texts, and what gives these.

    `part_of` is the table of which it shows a part. One that `needs_all` tells which of the other pages show its
    figures: these must be made first.
    """

    identifier: str
    path: str
    head: Callable[[], Page]
    text: Callable[[], str]
    part_of: str = ""
    needs_all: bool = False
    beside: Callable[[], str] = str

    def render(self) -> Page:
        """Make the page."""
        return replace(self.head(), markdown=self.text(), beside=self.beside())

    @property
    def place(self) -> Page:
        """Where the page will be: all that other pages need to know of it."""
        return Page(self.identifier, self.path, "", "", "")


@dataclass(frozen=True)
class SourceLine:
    """A source as a list of them names it; what is not known of it is empty."""

    title: str
    publisher: str
    published: str
    address: str


def key_figures(package: Package, sources: Sources, language: str, source: PageSource) -> tuple[KeyFigure, ...]:
    """Give the key figures that the head of a page names; raises `ContentError`, with the line, for each that fails."""
    found, problems = [], []
    for address, words in source.figures.items():
        try:
            found.append(_key_figure(package, _cell(package, address), words, language, sources.words[language]))
        except AddressError as error:
            problems.append(sources.problem_in(language, source, address, error.args[0], TO_DO))
    if problems:
        raise ContentError(problems, sources.folder.parent)
    return tuple(found)


def table_figure(package: Package, table: Table, language: str, words: Mapping[str, str]) -> KeyFigure:
    """Give what stands for the page of a table: how many rows it has, in which release."""
    version = package.descriptor.get("version")
    release = f"{words['release_title']} {version}" if version else ""
    origin = SEPARATOR.join(filter(None, (release, release_day(package, language))))
    return KeyFigure(value_text(table.rows, None, language), words["part_rows"], origin, f"resources/{table.name}/rows")


def _cell(package: Package, address: str) -> Cell:
    """Follow the address of one cell that is filled in, the newest of its series; raises `AddressError` for another."""
    cells = select_newest(package, address).cells
    if len(cells) != 1 or cells[0].value is None:
        raise AddressError(say("'{address}' is not one cell with a value", address=address))
    return put_forward(package, cells[0])


def _key_figure(package: Package, cell: Cell, words: str, language: str, interface: Mapping[str, str]) -> KeyFigure:
    own = [interface["own_figure"]] if cell.table.role == Role.DERIVED else []
    sources = [line.title for line in source_lines(package, [cell], language)]
    named = "; ".join(sources) if len(sources) <= SOURCES_NAMED else interface["quote_sources"]
    origin = SEPARATOR.join(filter(None, [time_of(cell, language), *own, named]))
    return KeyFigure(shown_text(package, cell, language), words, origin, cell.address)


def time_of(cell: Cell, language: str) -> str:
    """Say for when a figure holds: the first day, year or period in its row; empty where the row has none."""
    fields = (field for field in cell.table.fields if field.type in TIMES or field.property("unit") == "period")
    found = (Cell(cell.table, cell.row, field) for field in fields if field.name != cell.field.name)
    return next((value_text(one.value, one.unit, language) for one in found if one.value is not None), "")


def source_lines(package: Package, cells: Iterable[Cell], language: str) -> list[SourceLine]:
    """Give the sources of cells, each once and in order.

    A figure of our own has those of the figures that it is computed from, and the tables of ours that it counts.
    """
    return list(dict.fromkeys(line for cell in cells for line in _origins(package, cell, language)))


def release_day(package: Package, language: str) -> str:
    """Give the day of the release of the data; empty where the package does not tell it."""
    return "" if (moment := made(package)) == NEVER else date_text(moment.date(), language)


def _origins(package: Package, cell: Cell, language: str) -> Iterator[SourceLine]:
    if cell.table.role != Role.DERIVED:
        source = cell.beside(cell.field.property("sourceIn") or SOURCE)
        yield from () if source is None or source.value is None else _lines(package, cell_text(source.value), language)
        return
    for address, used in inputs_of(package, cell.row):
        if "[" in address and is_figure(used.cells[0]):
            yield from (line for one in used.cells for line in _origins(package, one, language))
        else:  # a count of ours: no source says how many rows our table has
            yield SourceLine(_ours(package, used.table, language), "", "", "")


def _ours(package: Package, table: Table, language: str) -> str:
    """Name a table of ours as we ask others to cite it: who publishes it, and its title."""
    who = [one["title"] for one in package.descriptor.get("contributors", ()) if one.get("title")][:1]
    title = package.title(table, language)
    return ", ".join((*who, f"\u2018{title}\u2019"))


def _lines(package: Package, code: str, language: str) -> Iterator[SourceLine]:
    table = package.table_of(Role.SOURCES)
    if table is None:
        return
    for row in find_rows(table, {SOURCE: code}):
        texts = {name: cell_text(table.value(row, name)) for name in table.field_names}
        publisher, published, address = (texts.get(name, "") for name in ("publisher", "published", "address"))
        title = title_text(Cell(table, row, table.field("title")), language)
        yield SourceLine(title, publisher, period_text(published, language), address)
