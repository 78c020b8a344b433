"""The site in Firefox, the release for organisations that Debian has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browsers import Firefox
from built_pages import sample
from tours import TOURS, Tour
from vierdepijler.core.package import Package
from visits import DESKTOP, LOOKS, Visitor

pytestmark = pytest.mark.long
STILL, DARK = {"ui.prefersReducedMotion": 1}, {"ui.systemUsesDarkTheme": 1}
NO_SCRIPTS = {"javascript.enabled": False}
# Over BiDi no page is given another scheme or medium: each scheme is a Firefox of its own, and paper is not asked for.
# What it may show otherwise; of what the HTML is like, axe judges as in Chromium. Dark differs in nothing but colours
# (test_palette.py): that it is put on is seen on a few pages.
SCHEMES = {
    "light": (
        STILL,
        ("desktop light", "large text", "wide text", "phone light"),
        ("sizes", "width", "cut off", "motion", "focus", "console", "hosts"),
        1,
    ),
    "dark": ({**STILL, **DARK}, ("desktop dark",), ("colours", "sizes", "width", "motion", "console"), 12),
}


@pytest.fixture(scope="module")
def page(firefox: Firefox, address: str) -> Iterator[Page]:
    with firefox.page(DESKTOP, STILL, address) as opened:
        yield opened


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_have_no_problem(firefox: Firefox, site: Path, address: str, published: Package, scheme: str) -> None:
    preferences, looks, asked, step = SCHEMES[scheme]
    with firefox.page(LOOKS[looks[0]].size, preferences) as page:
        visitor = Visitor(page, site, address, published)
        found = {name: visitor.visit(name, looks, asked) for name in sample(site)[::step]}
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("tour", TOURS.values(), ids=TOURS)
def test_a_tour_without_a_mouse(page: Page, tour: Tour) -> None:
    tour(page)


def test_without_javascript_nothing_is_lost(firefox: Firefox, address: str) -> None:
    with firefox.page(DESKTOP, NO_SCRIPTS, address) as page:
        page.goto("resultaten.html")
        assert page.locator("svg.chart__drawing--wide").first.is_visible()
        assert page.locator("figure table").first.is_visible()
        assert page.locator(".menu a").first.is_visible()
        assert page.locator(".figure__cell", has_text="3.290").first.is_visible()
        assert not page.locator(".search").is_visible()


def test_the_site_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator(".menu a", has_text="Resultaten").click()
    expect(page.locator("h1")).to_have_text("Wie rondde het traject af?")
