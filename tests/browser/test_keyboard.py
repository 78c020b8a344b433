"""The site without a mouse: every control is reached and seen, in order, and none keeps the keyboard to itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tours import TOURS, walk
from visits import DESKTOP

PAGES = ("index.html", "en/results.html", "data/completions.html", "klopt-mijn-getal.html", "netwerken.html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=DESKTOP, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything_and_is_seen(page: Page, address: str, name: str) -> None:
    page.goto(address + name)
    assert walk(page) == []


@pytest.mark.parametrize(
    ("mistake", "problem"),
    [
        ("<a href='#a' style='outline: none'>a</a>", "no outline"),
        ("<a href='#a' style='position: absolute; left: -99px'>a</a>", "not to be seen"),
        ("<a href='#a'>a</a><i style='position: fixed; inset: 0; background: white'></i>", "not to be seen"),
        ("<button onkeydown='event.preventDefault()'>a</button><a href='#b'>b</a>", "kept"),
        ("<button onfocus='this.blur()'>a</button>", "kept"),
    ],
)
def test_a_keyboard_that_is_lost_is_caught(page: Page, mistake: str, problem: str) -> None:
    page.set_content(f"<!doctype html><style>:focus-visible {{ outline: 3px solid }}</style>{mistake}")
    assert walk(page)[0].startswith(problem)


@pytest.mark.parametrize("name", TOURS)
def test_a_tour_without_a_mouse(page: Page, address: str, name: str) -> None:
    TOURS[name](page, address)
