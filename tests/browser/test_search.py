"""The search in a browser: what readers ask, tables, fields, terms and figures in both languages, and what keys do."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from visits import until

FIGURE = "completions.html#2025-02-25.all.persons"
# Asked in this order: no first result is that of the question before, so that no old list is taken for a new one.
FIRST = {
    "nl": [
        ("3811", "Getal", f"paspoort/{FIGURE}"),
        ("oproep", "Begrip", "begrippen.html#call"),
        ("3.811", "Getal", f"paspoort/{FIGURE}"),
        ("inburgeraars", "Begrip", "begrippen.html#participant"),
        ("3,811", "Getal", f"paspoort/{FIGURE}"),
        ("86,3%", "Getal", "paspoort/derived_figures.html#share_obliged.value"),
        ("5.873.400 euro", "Getal", "paspoort/co_financing.html#S00.flanders.amount_eur"),
        ("completions", "Tabel", "data/completions.html"),
        ("wie betaalt de netwerken?", "Tabel", "data/co_financing.html"),
        ("amount_eur", "Veld", "data/co_financing.html#column:amount_eur"),
        ("cofinancierign", "Begrip", "begrippen.html#co_financing"),
    ],
    "en": [
        ("3811", "Figure", f"passport/{FIGURE}"),
        ("calls", "Term", "glossary.html#call"),
        ("3.811", "Figure", f"passport/{FIGURE}"),
        ("EUR 5,873,400", "Figure", "passport/co_financing.html#S00.flanders.amount_eur"),
        ("3,811", "Figure", f"passport/{FIGURE}"),
        ("who has finished the trajectory?", "Table", "data/completions.html"),
        ("amount_eur", "Field", "data/co_financing.html#column:amount_eur"),
    ],
}
# What readers ask in everyday words, with the pages that may answer.
QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
CALL = ".search__list li:first-child a[href$='begrippen.html#call']"


def ready(page: Page) -> Page:
    """Let the page read its index: it has, once it has found something."""
    page.locator(".search__query").click()
    page.keyboard.type("traj")
    page.locator(".search__list a").first.wait_for()
    return page


@pytest.fixture(scope="module")
def pages(context: BrowserContext) -> dict[str, Page]:
    found = {}
    for language, name in {"nl": "index.html", "en": "en/index.html"}.items():
        found[language] = context.new_page()
        found[language].goto(name)
        ready(found[language])
    return found


def search(page: Page, text: str) -> None:
    page.locator(".search__query").fill(text)


@pytest.mark.parametrize("language", FIRST)
def test_what_is_meant_is_found_first(pages: dict[str, Page], language: str) -> None:
    for text, kind, place in FIRST[language]:
        search(pages[language], text)
        first = pages[language].locator(f".search__list li:first-child a[href$='{place}']")
        expect(first.locator(".search__kind"), text).to_have_text(kind)


def test_what_is_written_on_a_page_is_found_and_a_key_closes_the_list(pages: dict[str, Page]) -> None:
    page = pages["nl"]
    search(page, "cofinanciering")
    page.locator(".search__list a[href*='geld.html']").first.wait_for()
    assert page.locator(".search__group").all_inner_texts() == ["Op de pagina's", "In de gegevens"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not page.locator(".search__output").is_visible()
    assert page.locator(".search__query:focus").count() == 1


@pytest.mark.parametrize(
    ("language", "places"), [("nl", ("data/index", "begrippen")), ("en", ("data/index", "glossary"))]
)
def test_where_nothing_is_found_the_lists_are_shown(
    pages: dict[str, Page], language: str, places: tuple[str, str]
) -> None:
    page = pages[language]
    search(page, "qqzzxx")
    page.locator(".search__elsewhere").wait_for()
    assert page.locator(".search__list a").count() == 0
    for place in places:
        assert page.locator(f".search__elsewhere a[href$='{place}.html']").is_visible()


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_leads_to_the_page_that_answers_it(pages: dict[str, Page], language: str) -> None:
    """Of forty questions at least thirty-six have it first, and each among the first three."""
    folder, places = "" if language == "nl" else "en/", {}
    for question, answers in QUESTIONS[language].items():
        search(pages[language], question)
        links = [link.get_attribute("href") or "" for link in pages[language].locator(".search__list a").all()]
        found = (at for at, link in enumerate(links) if any(f"/{folder}{answer}" in link for answer in answers))
        places[question] = next(found, None)
    assert {question: place for question, place in places.items() if place not in {0, 1, 2}} == {}
    assert sum(place == 0 for place in places.values()) >= 18, places


@pytest.mark.parametrize(
    ("language", "typed", "meant", "place"),
    [
        ("nl", "vrijwiligerswerk", "vrijwilligerswerk", "resultaten.html#uren"),
        ("en", "volunterring", "volunteering", "results.html#hours"),
    ],
)
def test_what_is_misspelt_is_told_and_mended(
    pages: dict[str, Page], language: str, typed: str, meant: str, place: str
) -> None:
    page = pages[language]
    search(page, typed)
    page.locator(".search__other").click()
    assert page.locator(".search__query").input_value() == meant
    assert page.locator(".search__other").count() == 0
    page.locator(f".search__list a[href$='{place}']").wait_for()


def test_all_that_is_found_has_a_page(pages: dict[str, Page], page: Page) -> None:
    search(pages["nl"], "netwerk")
    page.goto(pages["nl"].locator(".search__all a").get_attribute("href") or "")
    page.locator(".search-page .search__list a").first.wait_for()
    many = page.locator(".search-page .search__list a").count()
    assert many > pages["nl"].locator(".search__output .search__list a").count()
    assert str(many) in page.locator(".search-page .search__summary").inner_text()


def test_signs_that_an_engine_reads_as_orders_are_just_typed(pages: dict[str, Page]) -> None:
    said: list[str] = []
    page = pages["nl"]
    page.on("console", lambda message: said.append(message.text))
    search(page, "oproep")
    for sign in ("*", "title:", "+", "~1", '"', "a^b"):
        page.locator(CALL).wait_for()
        search(page, sign)
        page.locator(CALL).wait_for(state="detached")
        search(page, "oproep")
    page.locator(CALL).wait_for()
    assert said == []


def test_the_keyboard_goes_through_the_results_and_opens_one(pages: dict[str, Page]) -> None:
    page = pages["nl"]
    search(page, "oproep")
    page.locator(CALL).wait_for()
    page.keyboard.press("ArrowUp")  # nothing above the box
    assert page.locator(".search__query:focus").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".search__list li:nth-child(2) a:focus").count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator(".search__query:focus").count() == 1
    page.keyboard.press("Enter")  # opens the first
    page.wait_for_url("**/begrippen.html#call")
    page.go_back()
    ready(page)


HELD = """
const fetched = window.fetch;
window.fetch = (...asked) => new Promise((resolve) => { window.release = () => resolve(fetched(...asked)); });
"""


def test_an_answer_that_comes_after_escape_does_not_open_the_list_again(page: Page) -> None:
    page.add_init_script(HELD)
    page.goto("index.html")
    page.locator(".search__query").click()
    page.keyboard.type("oproe")
    until(page, "window.release")
    page.keyboard.press("Escape")
    page.evaluate("window.release()")
    until(page, "document.querySelector('.search__output').dataset.ready")
    assert not page.locator(".search__output").is_visible()
    page.keyboard.type("p")
    page.locator(CALL).wait_for()
