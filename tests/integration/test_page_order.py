"""The order of a page about a subject: the answer first, each chart above its table, at the end what it cannot say."""

import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from built_pages import first, parse, read
from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.site.sources import Sources, read_sources

PARTS = {"lede": "answer", "chart": "chart", "downloads": "downloads"}
# One letter for each part; a chart stands above its table, and after the last table comes the rest, in this order.
LETTERS = {"title": "T", "answer": "A", "chart": "C", "table": "t", "limits": "L", "downloads": "D"}
ORDER = re.compile(r"TA(?:t|Ct)*L?D")
NOT_SAID_WHOLE = {"unknowns"}  # the page of what is not known says nothing else


def order_of(page: HtmlElement, limits: str) -> str:
    """Give a letter for each part of the main text, in the order in which a reader meets them."""
    found = []
    for element in first(page, "main").iterdescendants("*"):
        kinds = [kind for name, kind in PARTS.items() if name in element.classes]
        kinds += ["title"] * (element.tag == "h1") + ["table"] * (element.tag == "table")
        kinds += ["limits"] * (element.get("id") == limits)
        found += [LETTERS[kind] for kind in kinds]
    return "".join(found)


@pytest.fixture(scope="module")
def sources(package: Package) -> Sources:
    return read_sources(PROJECT / "site", package.languages)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_with_a_sheet_keeps_the_order(site: Path, sources: Sources, language: str) -> None:
    topics = {name: page for name, page in sources.pages[language].items() if page.meta.get("sheet")}
    assert len(topics) >= 9
    for name, page in topics.items():
        path = site / sources.root(language) / page.path.replace(".md", ".html")
        order = order_of(read(path), sources.words[language]["limits"])
        assert ORDER.fullmatch(order), (name, order)
        assert ("L" in order) == (name not in NOT_SAID_WHOLE), name


@pytest.mark.parametrize("spoiled", ["TCtALD", "TAtCLD", "TALCtD", "TACtL", "TADCtL"])
def test_another_order_is_seen(spoiled: str) -> None:
    assert not ORDER.fullmatch(spoiled)


def test_the_parts_of_a_page_are_known() -> None:
    page = '<main><h1>a</h1><p class="lede">b</p><figure class="chart x"><table></table></figure><h2 id="niet">c</h2>'
    page += '<section class="downloads"></section></main>'
    assert order_of(parse(page), "niet") == "TACtLD"
