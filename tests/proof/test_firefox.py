"""The site in Firefox, the release for organisations that Debian has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from conftest import Firefox
from tours import TOURS, tab_to
from visits import DESKTOP, PHONE, SMALLEST, STANDARDS, Heard, violations

PAGES = (
    "index.html",
    "resultaten.html",
    "en/results.html",
    "begrippen.html",
    "data/completions.html",
    "data/index.html",
)
DARK = {"ui.systemUsesDarkTheme": 1}
STILL = {"ui.prefersReducedMotion": 1}
NO_SCRIPTS = {"javascript.enabled": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def page(firefox: Firefox) -> Iterator[Page]:
    with firefox.page(DESKTOP, STILL) as opened:
        yield opened


def test_pages_ask_nothing_elsewhere_and_complain_of_nothing(page: Page, address: str) -> None:
    heard = Heard(page)
    for name in PAGES:
        page.goto(address + name)
        assert page.locator("h1").is_visible()
    assert len(heard.asked) > len(PAGES)
    assert heard.elsewhere(address) == []
    assert heard.complaints == []


def test_pages_are_accessible(page: Page, address: str) -> None:
    for name in PAGES:
        page.goto(address + name)
        assert violations(page, STANDARDS) == [], name


def test_pages_are_accessible_in_the_dark_on_a_phone(firefox: Firefox, address: str) -> None:
    with firefox.page(PHONE, DARK) as page:
        for name in PAGES:
            page.goto(address + name)
            assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            assert violations(page, STANDARDS) == [], name


def test_nothing_scrolls_sideways(page: Page, address: str) -> None:
    for name in PAGES:
        page.goto(address + name)
        for size in (SMALLEST, PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert page.evaluate(TOO_WIDE) <= 0, (name, size)


# Of a page that is left with the button back Firefox says nothing over BiDi: that tour is made in Chromium only.
@pytest.mark.parametrize("name", sorted(TOURS.keys() - {"the site"}))
def test_a_tour_without_a_mouse(page: Page, address: str, name: str) -> None:
    TOURS[name](page, address)


def test_a_figure_leads_to_its_passport_and_to_its_source_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "resultaten.html")
    tab_to(page, ".skip")
    tab_to(page, ".lede .figure__cell[href*='persons']")
    page.keyboard.press("Enter")
    page.locator("section:target .passport__number").wait_for()
    assert page.locator("section:target .passport__number").inner_text() == "3.811"
    page.goto(address + "resultaten.html")
    tab_to(page, ".lede .figure__cell[href*='persons']")
    tab_to(page, ".lede .figure__source")
    page.keyboard.press("Enter")
    page.locator("section:target").wait_for()
    assert page.url.endswith("/bronnen.html#S00.5")
    assert "3.811" in page.locator("section:target").inner_text()


def test_search_finds_a_page_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "index.html")
    page.locator(".search__query").focus()
    page.keyboard.type("cofinanciering")
    page.locator(".search__list a[href*='geld.html']").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".search__output").is_visible()


def test_without_javascript_everything_is_there(firefox: Firefox, address: str) -> None:
    with firefox.page(DESKTOP, NO_SCRIPTS) as page:
        page.goto(address + "resultaten.html")
        assert page.locator("svg.chart__drawing--wide").first.is_visible()
        assert page.locator("figure table").first.is_visible()
        assert page.locator(".menu a").first.is_visible()
        assert page.locator(".figure__cell", has_text="3.290").first.is_visible()
        assert not page.locator(".search").is_visible()


def test_the_site_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator(".menu a", has_text="Resultaten").click()
    page.locator("h1", has_text="Wie rondde het traject af?").wait_for()
