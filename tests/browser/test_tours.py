"""The site without a mouse: every control is reached in order, none keeps the keyboard, and what is begun is ended."""

import pytest
from playwright.sync_api import Page, expect

from tours import TOURS, Tour, begin, enter, tab_to, walk


@pytest.mark.parametrize("name", ["data/completions.html", "en/networks.html"])
def test_the_keyboard_reaches_everything(page: Page, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(name)
    assert walk(page) == []


@pytest.mark.parametrize(
    ("mistake", "problem"),
    [
        ("<button onkeydown='event.preventDefault()'>a</button><a href='#b'>b</a>", "kept after 1 of 2"),
        ("<button onfocus='this.blur()'>a</button>", "lost"),
    ],
)
def test_a_keyboard_that_is_kept_or_lost_is_caught(page: Page, mistake: str, problem: str) -> None:
    page.goto("about:blank")
    page.set_content(f"<!doctype html><style>:focus-visible {{ outline: 3px solid }}</style>{mistake}")
    assert walk(page) == [problem]


@pytest.mark.parametrize("tour", TOURS.values(), ids=TOURS)
def test_a_tour_without_a_mouse(page: Page, tour: Tour) -> None:
    page.emulate_media(reduced_motion="reduce")
    tour(page)


def test_the_way_back_leads_to_where_one_was(page: Page) -> None:
    begin(page, "en/results.html")
    tab_to(page, ".lede .figure__source")
    page.keyboard.press("Enter")
    enter(page, ".source-note a", "**/en/source/S00.html#S00.*")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Who finished the trajectory?")
    assert page.evaluate("document.activeElement.matches('.figure__source, body')")
