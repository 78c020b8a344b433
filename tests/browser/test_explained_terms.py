"""The explained terms of the built site: what they say, and that a keyboard alone opens, reads and closes them."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, ViewportSize

from vierdepijler.package import Package
from visits import DESKTOP, PHONE, STANDARDS, violations

PAGES = ("netwerken.html", "en/networks.html")
TOPICS = {
    "nl": ("index", "traject", "wie-moet", "resultaten", "geld", "netwerken", "wat-we-niet-weten", "tijdlijn"),
    "en": ("index", "trajectory", "who-must", "results", "funding", "networks", "what-we-do-not-know", "timeline"),
}


def glossary(site: Path, language: str) -> dict[str, str]:
    """Give what the glossary page says of each term, by the place of the term on it."""
    path = site / "begrippen.html" if language == "nl" else site / "en" / "glossary.html"
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return {
        str(term["id"]): description.select("[data-cell]")[0].get_text()
        for term, description in zip(page.select(".terms dt"), page.select(".terms dd"), strict=True)
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_explanation_is_that_of_the_glossary(site: Path, published: Package, language: str) -> None:
    said, explained = glossary(site, language), set()
    for name in TOPICS[language]:
        page = BeautifulSoup(
            (site / ("en" if language == "en" else "") / f"{name}.html").read_text("utf-8"), "html.parser"
        )
        assert page.select(".term"), name
        for term in page.select(".term"):
            link = term.select_one("a")
            assert link is not None
            code = str(link["href"]).partition("#")[2]
            assert term.select(".term__text")[0].get_text() == said[code], name
            explained.add(code)
    assert len(said) == published.tables["terms"].rows
    assert explained >= {"participant", "obliged", "entitled", "local_authority", "reference_region", "network", "call"}
    assert explained >= {"amif", "co_financing", "ocmw", "vgc"}


def test_each_button_for_an_explanation_leads_to_one(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for button in page.select("[popovertarget]"):
            assert page.select(f'[id="{button["popovertarget"]}"][popover]'), path.name
            assert button.name == "button", path.name


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_javascript_the_keyboard_opens_reads_and_closes_a_term(
    browser: Browser, address: str, name: str, size: ViewportSize
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto(address + name)
    word, note = page.locator(".term__word").first, page.locator(".term__note").first
    word.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    page.keyboard.press("Tab")
    assert note.locator("a:focus").count() == 1
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert word.evaluate("word => word === document.activeElement")
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_term_is_accessible(browser: Browser, address: str, name: str, scheme: Any) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme=scheme)
    page.goto(address + name)
    page.locator(".term__word").first.press("Enter")
    assert violations(page, STANDARDS) == []
    page.close()


def test_print_keeps_the_explanation(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + PAGES[0])
    assert not page.locator(".term__text").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".term__text").first.is_visible()
    assert not page.locator(".term__more").first.is_visible()
    page.close()
