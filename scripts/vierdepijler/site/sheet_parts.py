"""Fact sheets: one A4 for each page that asks for one (`sheet: true` in its head), as PDF, in its language.

A sheet is made from the page that was built, its answer, warnings and tables, and from its key figures: nothing on it
is typed. Its form is `site/print/fact-sheet.typ`.

The head of a page can name tables to show in place of those that stand on it:

    sheet_tables:
      policy_events: event_date, label

Each has all rows of its table, for nothing is left out unsaid.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import Markup

from vierdepijler.core.cells import SOURCE, AddressError, Cell, select, tables_behind
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.processes import at_once
from vierdepijler.core.tables import cell_text
from vierdepijler.core.text import value_text

from .figures import Presenter
from .page_model import Page, release_day, source_lines
from .quotes import CAVEAT
from .site_context import Site
from .sources import PageSource, Sources
from .typesetting import TypesettingError, read_palette, set_pdf
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


TEMPLATE = "print/fact-sheet.typ"
Content = dict[str, Any]  # what the template sets, as JSON can hold it


def sheet_contents(site: Site, package: Package, language: str, stage: Path) -> dict[str, Content]:
    """Give what can stand on each sheet of a language, by its page; the pages lie in `stage`."""
    pages = (page for page in site.pages[language] if page.sheet)
    return {page.identifier: _content(site, package, language, page, stage) for page in pages}


def write_fact_sheets(site: Site, package: Package, contents: Mapping[str, Mapping[str, Content]], stage: Path) -> None:
    """Write the fact sheets below `stage`, of what can stand on them by language and page.

    Raises `ContentError` with every page whose sheet does not fit on one side of paper.
    """
    pages = [page for page in site.pages[site.main_language] if page.sheet]
    told = at_once(partial(_write, site, package, page, contents, stage) for page in pages)
    if problems := [*chain.from_iterable(told)]:
        raise ContentError(problems, site.project)


def _write(
    site: Site, package: Package, page: Page, whole: Mapping[str, Mapping[str, Content]], stage: Path
) -> list[Problem]:
    """Write the sheet of a page in each language: with as many of its tables, in their order, as fit in all of them."""
    twins = {language: twin for language, twin in site.twins(page) if twin.sheet}
    contents = {language: whole[language][page.identifier] for language in twins}
    language, refusal = "", ""
    for count in range(min(len(content["tables"]) for content in contents.values()), -1, -1):
        made: dict[str, bytes] = {}
        try:
            for language, content in contents.items():
                told = _with_tables(package, content, count)
                made[language] = set_pdf(site.sources.folder / TEMPLATE, told)
        except TypesettingError as error:
            refusal = str(error)
            continue
        for one, pdf in made.items():
            target = stage / site.sources.root(one) / twins[one].sheet
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(pdf)
        return []
    file = f"{site.sources.folder.name}/{language}/{twins[language].path}"
    todo = "name fewer key figures in its head, or say what it does not say in fewer words"
    return [Problem(file, 1, "", f"the fact sheet of this page cannot be made: {refusal}", todo)]


def _with_tables(package: Package, content: Content, count: int) -> Content:
    """Leave out the tables after the first few, and name each part of the page that is not whole on the sheet.

    What stands on it brings its sources, and what its figures do not say.
    """
    tables, language = content["tables"][:count], content["language"]
    shown = dict.fromkeys(address for part in (content, *tables) for address in part["cells"])
    cells = [cell for address in shown for cell in select(package, address).cells]
    tables_shown = [table for cell in cells for table in tables_behind(package, cell)]
    caveats = [package.text(table.descriptor, CAVEAT, language) for table in tables_shown]
    more = [section for section in content["more"] if not section["cells"] or not shown.keys() >= section["cells"]]
    return {
        **content,
        "warnings": list(dict.fromkeys(filter(None, (*content["warnings"], *caveats)))),
        "tables": tables,
        "more": [{**section, "cells": []} for section in more],
        "sources": [asdict(line) for line in source_lines(package, cells, language)],
    }


def _content(site: Site, package: Package, language: str, page: Page, stage: Path) -> Content:
    """Give what the template sets: every table that could stand on the sheet, every section."""
    words, address = site.sources.words[language], site.address(page, language)
    parts = sheet_parts((stage / site.path(page, language)).read_text("utf-8"), words["limits"])
    source = site.sources.pages[language][page.identifier]
    tables = sheet_tables(package, site.sources, language, source) or parts.tables
    catalogue = site.catalogue
    return {
        "title": parts.title,
        "lede": parts.lede,
        "warnings": parts.warnings,
        "language": language,
        "site_name": words["site_name"],
        "palette": dict(read_palette(site.stylesheet)),
        "figures": [asdict(figure) for figure in page.figures],
        "cells": [*(figure.bound for figure in page.figures), *parts.cells],
        "tables": [{**asdict(table), "largest": max(table.drawn, default=0)} for table in tables],
        "limits_heading": parts.limits_heading,
        "limits": list(parts.limits),
        "more": [{**asdict(section), "address": f"{address}#{section.anchor}"} for section in parts.sections],
        "labels": _labels(words, catalogue.version, release_day(package, language)),
        "licence": {"title": catalogue.licence_name, "address": catalogue.licence_address},
        "address": address,
    }


def _labels(words: Mapping[str, str], version: str, day: str) -> dict[str, str]:
    return {
        "sources": words["sheet_sources"],
        "release": f"{words['release_title']} {version} · {day}",
        "licence": words["sheet_licence"],
        "page": words["sheet_page"],
        "more": words["sheet_more"],
    }
