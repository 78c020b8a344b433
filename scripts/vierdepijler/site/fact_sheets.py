"""Fact sheets: one A4 for each page that asks for one (`sheet: true` in its head), as PDF, in its language.

A sheet is made from the page that was built and from its key figures: nothing on it is typed. Its form is
`site/print/fact-sheet.typ`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from vierdepijler.core.cells import select, tables_behind
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.processes import at_once

from .page_model import Page, release_day, source_lines
from .quotes import CAVEAT
from .sheet_parts import sheet_parts, sheet_tables
from .site_context import Site
from .typesetting import TypesettingError, read_palette, set_pdf

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
