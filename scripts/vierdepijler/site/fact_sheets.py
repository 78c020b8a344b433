"""Fact sheets: one A4 for each page that asks for one (`sheet: true` in its head), as PDF, in its language.

A sheet is made from the page that was built and from its key figures: nothing on it is typed. Its form is
`site/print/fact-sheet.typ`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vierdepijler.cells import Cell, select
from vierdepijler.package import Package
from vierdepijler.problems import ContentError, Problem

from .drafts import Page
from .figure_origins import release_day, sources_of
from .palettes import read_palette
from .sheet_parts import SheetParts, SheetTable, sheet_parts
from .sheet_tables import sheet_tables
from .sites import Site
from .typesetting import TypesettingError, set_pdf

TEMPLATE = "print/fact-sheet.typ"


def write_fact_sheets(site: Site, package: Package, stage: Path) -> None:
    """Write the fact sheets of every language below `stage`, where the pages are.

    Raises `ContentError` with every page whose sheet does not fit on one side of paper.
    """
    problems: list[Problem] = []
    for language, pages in site.pages.items():
        for page in pages:
            if page.sheet:
                problems.extend(_write(site, package, language, page, stage))
    if problems:
        raise ContentError(problems, site.project)


def _write(site: Site, package: Package, language: str, page: Page, stage: Path) -> Iterator[Problem]:
    parts = sheet_parts((stage / site.path(page, language)).read_text("utf-8"), site.sources.words[language]["limits"])
    target = stage / site.sources.root(language) / page.sheet
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.write_bytes(set_pdf(site.sources.folder / TEMPLATE, _content(site, package, language, page, parts)))
    except TypesettingError as error:
        file = f"{site.sources.folder.name}/{language}/{page.path}"
        todo = "name fewer key figures in its head, or say what it does not say in fewer words"
        yield Problem(file, 1, "", f"the fact sheet of this page cannot be made: {error}", todo)


def _content(site: Site, package: Package, language: str, page: Page, parts: SheetParts) -> dict[str, Any]:
    """Give what the template sets, as JSON can hold it."""
    words = site.sources.words[language]
    source = site.sources.pages[language][page.identifier]
    tables = sheet_tables(package, site.sources, language, source) or parts.tables
    addresses = [*(figure.bound for figure in page.figures), *parts.cells]
    addresses.extend(address for table in tables for address in table.cells)
    catalogue = site.catalogue
    return {
        "title": parts.title,
        "lede": parts.lede,
        "language": language,
        "site_name": words["site_name"],
        "palette": dict(read_palette(site.sources.folder)),
        "figures": [asdict(figure) for figure in page.figures],
        "tables": [_table(table) for table in tables],
        "limits_heading": parts.limits_heading,
        "limits": list(parts.limits),
        "sources": [asdict(line) for line in sources_of(package, _cells(package, addresses), language)],
        "labels": _labels(words, catalogue.version, release_day(package, language)),
        "licence": {"title": catalogue.licence_name, "address": catalogue.licence_address},
        "address": site.address(page, language),
    }


def _labels(words: Mapping[str, str], version: str, day: str) -> dict[str, str]:
    return {
        "sources": words["sheet_sources"],
        "release": f"{words['release_title']} {version} · {day}",
        "licence": words["sheet_licence"],
        "page": words["sheet_page"],
    }


def _table(table: SheetTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "head": table.head,
        "rows": table.rows,
        "numeric": table.numeric,
        "drawn": table.drawn,
        "largest": max(table.drawn, default=0),
    }


def _cells(package: Package, addresses: list[str]) -> list[Cell]:
    return [cell for address in dict.fromkeys(addresses) for cell in select(package, address).cells]
