"""The search in a browser: tables, fields, terms and figures in both languages, by hand and by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from visits import DESKTOP, PHONE, STANDARDS, violations

FIGURE = {
    "nl": "paspoort/completions.html#2025-02-25.all.persons",
    "en": "passport/completions.html#2025-02-25.all.persons",
}
FIRST = [
    ("nl", "3811", "Getal", FIGURE["nl"]),
    ("nl", "3.811", "Getal", FIGURE["nl"]),
    ("nl", "3,811", "Getal", FIGURE["nl"]),
    ("nl", "86,3%", "Getal", "paspoort/derived_figures.html#share_obliged.value"),
    ("nl", "5.873.400 euro", "Getal", "paspoort/co_financing.html#S00.flanders.amount_eur"),
    ("nl", "oproep", "Begrip", "begrippen.html#call"),
    ("nl", "inburgeraars", "Begrip", "begrippen.html#participant"),
    ("nl", "completions", "Tabel", "data/completions.html"),
    ("nl", "wie betaalt de netwerken?", "Tabel", "data/co_financing.html"),
    ("nl", "amount_eur", "Veld", "data/co_financing.html#column:amount_eur"),
    ("nl", "cofinancierign", "Begrip", "begrippen.html#co_financing"),
    ("en", "3811", "Figure", FIGURE["en"]),
    ("en", "3.811", "Figure", FIGURE["en"]),
    ("en", "3,811", "Figure", FIGURE["en"]),
    ("en", "EUR 5,873,400", "Figure", "passport/co_financing.html#S00.flanders.amount_eur"),
    ("en", "calls", "Term", "glossary.html#call"),
    ("en", "who has finished the trajectory?", "Table", "data/completions.html"),
    ("en", "amount_eur", "Field", "data/co_financing.html#column:amount_eur"),
    ("en", "volunteering share", "Figure", "passport/activity_hours.html#S00.volunteering.share_percent"),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=DESKTOP)
    yield opened
    opened.close()


def home(address: str, language: str) -> str:
    return address + ("index.html" if language == "nl" else f"{language}/index.html")


def search(page: Page, text: str) -> None:
    """Type a text; the worker is ready once it has found something, and the answer to the text comes last."""
    page.locator(".search__query").click()
    page.keyboard.type("traj")
    page.locator(".search__list a").first.wait_for()
    page.locator(".search__query").fill(text)


@pytest.mark.parametrize("case", FIRST, ids=lambda case: " ".join(case[:2]))
def test_what_is_meant_is_found_first(page: Page, address: str, case: tuple[str, str, str, str]) -> None:
    language, text, kind, place = case
    page.goto(home(address, language))
    search(page, text)
    first = page.locator(f".search__list li:first-child a[href$='{place}']")
    first.wait_for()
    assert first.locator(".search__kind").inner_text() == kind


def test_the_keyboard_goes_through_the_results_and_opens_one(page: Page, address: str) -> None:
    page.goto(home(address, "nl"))
    search(page, "oproep")
    page.locator(".search__list li:first-child a[href$='begrippen.html#call']").wait_for()
    page.keyboard.press("ArrowUp")  # nothing above the box
    assert page.locator(".search__query:focus").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".search__list li:nth-child(2) a:focus").count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator(".search__query:focus").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/begrippen.html#call")


def test_escape_closes_the_results_and_gives_the_box_back(page: Page, address: str) -> None:
    page.goto(home(address, "nl"))
    search(page, "oproep")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not page.locator(".search__output").is_visible()
    assert page.locator(".search__query:focus").count() == 1


@pytest.mark.parametrize(
    ("language", "places"), [("nl", ("data/index", "begrippen")), ("en", ("data/index", "glossary"))]
)
def test_where_nothing_is_found_the_lists_are_shown(
    page: Page, address: str, language: str, places: tuple[str, str]
) -> None:
    page.goto(home(address, language))
    search(page, "qqzzxx")
    page.locator(".search__elsewhere").wait_for()
    assert page.locator(".search__list a").count() == 0
    for place in places:
        assert page.locator(f".search__elsewhere a[href$='{place}.html']").is_visible()


@pytest.mark.parametrize("text", ["*", "title:", "+", "~1", '"', "a^b"])
def test_signs_that_the_worker_reads_as_orders_are_just_typed(page: Page, address: str, text: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(home(address, "nl"))
    search(page, text)
    page.locator(".search__query").fill("oproep")
    page.locator(".search__list li:first-child a[href$='begrippen.html#call']").wait_for()
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_results_are_accessible_and_fit_a_phone(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(home(address, "nl"))
    search(page, "oproep")
    page.locator(".search__list li:first-child a[href$='begrippen.html#call']").wait_for()
    assert violations(page, STANDARDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()


def test_nothing_is_loaded_before_somebody_searches(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home(address, "nl"), wait_until="networkidle")
    assert not [url for url in asked if "search_index" in url or "workers" in url]
    search(page, "oproep")
    assert [url for url in asked if "search_index" in url]
