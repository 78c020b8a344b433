"""What a fact sheet takes from the page that was built: its answer, warnings, tables, and what it does not say.

The head of a page can name tables to show in place of those that stand on it:

    sheet_tables:
      policy_events: event_date, label

Each has all rows of its table, for nothing is left out unsaid. This module and `beside` know lxml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import Markup

from vierdepijler.core.cells import SOURCE, AddressError, Cell
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import value_text

from .figures import Presenter
from .sources import PageSource, Sources
from .vocabulary import Vocabulary

# What is no part of a sentence on paper.
ASIDE = ".//sup | .//script | .//style | .//*[@hidden or @popover or @role='tooltip']"
ROWS, COLUMNS = 12, 5  # a table that has more stands on its page only
BOUND = "data-cell"
TO_DO = "write the name of a table, and those of its fields with commas between them"
AFTER = "downloads"  # the identifier of the heading that ends what a page says


@dataclass(frozen=True)
class SheetTable:
    """A table of a page: its cells as texts, and the numbers of its last column where a chart draws them."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    drawn: tuple[float, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading, or a table above the first: its name, its place, and the cells it shows."""

    name: str
    anchor: str
    cells: frozenset[str]


@dataclass(frozen=True)
class SheetParts:
    """The parts of a page; `cells` are the addresses of the cells that its answer shows."""

    title: str
    lede: str
    warnings: tuple[str, ...]
    tables: tuple[SheetTable, ...]
    limits_heading: str
    limits: tuple[str, ...]
    sections: tuple[Section, ...]
    cells: tuple[str, ...]


def sheet_parts(page: str, limits: str) -> SheetParts:
    """Take a page of HTML apart; `limits` is the identifier of the heading above what the page does not say."""
    _, start, rest = page.partition("<main")
    main = fragment_fromstring(start + "".join(rest.partition("</main>")[:2]))
    for aside in main.xpath(ASIDE):
        if aside.getparent() is not None:  # another of them may be around it
            aside.drop_tree()
    lede = next(iter(main.find_class("lede")), None)
    heading = main.get_element_by_id(limits, None)
    return SheetParts(
        _text(main.find(".//h1")),
        _text(lede),
        tuple(_text(warning) for warning in main.find_class("warning")),
        tuple(_table(table) for table in main.iter("table") if _is_short(table)),
        _text(heading),
        () if heading is None else tuple(_limits(heading)),
        tuple(_sections(main, limits)),
        () if lede is None else _cells(lede),
    )


def _sections(main: HtmlElement, limits: str) -> Iterator[Section]:
    """Give what a page has under each heading, and each table above the first, in order; not what it does not say."""
    found: list[tuple[HtmlElement, set[str]]] = []
    for one in main.iter():
        if one.tag == "table" and not found:
            yield Section(_text(one.find("caption")), _anchor(one), frozenset(_cells(one)))
        elif one.tag == "h2":
            found.append((one, set()))
        elif found and BOUND in one.attrib:
            found[-1][1].add(one.attrib[BOUND])
    for heading, cells in found:
        if heading.get("id") not in (None, limits, AFTER):
            yield Section(_text(heading), heading.get("id"), frozenset(cells))


def _anchor(table: HtmlElement) -> str:
    """Give the identifier of what is nearest around a table; empty where nothing around it has one."""
    return next((around.get("id") for around in table.iterancestors() if around.get("id")), "")


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def plain_text(fragment: str) -> str:
    """Give the text of a piece of HTML, as a reader sees it."""
    return " ".join(Markup(fragment).striptags().split())


def _is_short(table: HtmlElement) -> bool:
    rows = list(table.iter("tr"))
    return 1 < len(rows) <= ROWS + 1 and len(list(rows[0].iter("th", "td"))) <= COLUMNS


def _table(table: HtmlElement) -> SheetTable:
    head, *rows = [list(row.iter("th", "td")) for row in table.iter("tr")]
    numeric = tuple("number" in cell.classes for cell in rows[0])
    numbers = [_number(row[-1]) for row in rows]
    is_drawn = next(table.iterancestors("figure"), None) is not None and all(
        number is not None and number >= 0 for number in numbers
    )
    return SheetTable(
        _text(table.find("caption")),
        tuple(_text(cell) for cell in head),
        tuple(tuple(_text(cell) for cell in row) for row in rows),
        numeric,
        tuple(float(number) for number in numbers if number is not None) if is_drawn else (),
        _cells(table),
    )


def _number(cell: HtmlElement) -> Decimal | None:
    data = cell.find(".//data")
    return Decimal(data.get("value")) if data is not None else None


def _limits(heading: HtmlElement) -> Iterator[str]:
    """Give what stands under a heading, up to the next part of the page: each point of a list, each paragraph."""
    reason = ""  # of a list of unknowns, which says it once above those that have it
    for element in heading.itersiblings():
        if element.tag in ("h2", "section"):
            return
        if element.tag == "p":
            yield _text(element)
        for point in element.iter("li", "dt", "dd"):
            if point.tag == "dt":
                reason = f" ({_text(point)})"
            else:
                yield _text(point) + (reason if point.tag == "dd" else "")


def _cells(element: HtmlElement) -> tuple[str, ...]:
    return tuple(one.get(BOUND) for one in element.iter() if BOUND in one.attrib and one is not element)


def sheet_tables(package: Package, sources: Sources, language: str, source: PageSource) -> tuple[SheetTable, ...]:
    """Give the tables that the head of a page names; raises `ContentError`, with the line, for each that fails."""
    presenter = Presenter(package, language, sources.words[language], lambda _: "", set())
    found, problems = [], []
    for name, columns in source.sheet_tables.items():
        try:
            names = [column.strip() for column in columns.split(",")]
            found.append(_named_table(Vocabulary(package, presenter), name, names))
        except AddressError as error:
            problems.append(sources.problem_in(language, source, name, error.args[0], TO_DO))
    if problems:
        raise ContentError(problems, sources.folder.parent)
    return tuple(found)


def _named_table(vocabulary: Vocabulary, name: str, columns: list[str]) -> SheetTable:
    found = vocabulary.times.newest_first(vocabulary.rows(name), columns)
    columns = vocabulary.times.columns(found, columns)
    head = tuple(plain_text(vocabulary.heading(name, column)) for column in columns)
    rows = [[row.cell_(column) for column in columns] for row in found]
    return SheetTable(
        plain_text(vocabulary.plain_title(name)),
        head,
        tuple(tuple(_shown(vocabulary, cell) for cell in row) for row in rows),
        tuple(cell.field.is_number for cell in rows[0]) if rows else (),
        (),
        tuple(cell.address for row in rows for cell in row),
    )


def _shown(vocabulary: Vocabulary, cell: Cell) -> str:
    """Write a cell; a unit is left empty where the value that has it is written with it already, as euros are.

    A source is written by its title: on paper its code leads nowhere.
    """
    if cell.field.name == SOURCE:
        return plain_text(vocabulary.times.source_title(cell))
    unit = cell_text(cell.value)
    is_of_value = any(field.property("unitIn") == cell.field.name for field in cell.table.fields)
    if is_of_value and value_text(1, unit, vocabulary.language) != value_text(1, None, vocabulary.language):
        return ""
    return plain_text(vocabulary.presenter.value(cell))
