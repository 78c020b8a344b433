"""Ways through the site with a keyboard alone, in whatever browser: each step on the way must be seen.

Every tour starts at a page that it opens itself, and comes to nothing but by Tab, Enter, arrows and letters.
"""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from visits import ask

FURTHEST = 100
Tour = Callable[[Page], None]


def walk(page: Page) -> list[str]:
    """Go through a page with Tab alone; gives what goes wrong on the way."""
    reachable = ask(page, "follow")
    for _ in range(reachable):
        page.keyboard.press("Tab")
    way = page.evaluate("[...window.way.values()]")
    return list(filter(None, way)) + ([f"kept after {len(way)} of {reachable}"] if len(way) < reachable else [])


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is at the first of what is meant; each step on the way is seen."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        place = ask(page, "focused", selector)
        assert place["problem"] == "", place["problem"]
        if place["isMeant"]:
            return
    pytest.fail(f"no way to {selector} by keyboard")


def enter(page: Page, selector: str, address: str) -> None:
    """Go to a link by Tab and follow it by Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def begin(page: Page, name: str) -> None:
    """Open a page, and go past its menu."""
    page.goto(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def past_the_menu(page: Page) -> None:
    """The first Tab offers to skip the menu; and the same page in the other language is a link."""
    begin(page, "resultaten.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the menu is passed"
    page.goto("resultaten.html")
    enter(page, ".languages a[hreflang=en]", "**/en/results.html")


def through_the_search(page: Page) -> None:
    """Type a word, and go to the first that is found."""
    page.goto("en/results.html")
    tab_to(page, ".search__query")
    page.keyboard.type("volunteering")
    page.locator(".search__list a").first.wait_for()
    tab_to(page, ".search__list a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/en/results.html" not in url or "#" in url)


def from_a_figure(page: Page) -> None:
    """From a figure to its passport, from there to its cell and back, and to the item of its source."""
    begin(page, "resultaten.html")
    enter(page, ".lede .figure__cell[href*='persons']", "**/paspoort/completions.html#2025-02-25.all.persons")
    expect(page.locator("section:target .passport__number")).to_have_text("3.811 personen")
    enter(page, "section:target dd a:has(code)", "**/data/completions.html#2025-02-25.all.persons")
    expect(page.locator("td:target")).to_have_text("3.811")
    for _ in range(2):
        page.keyboard.press("Shift+Tab")  # Firefox goes on behind the cell, and Chromium within it
    enter(page, "td:target a", "**/paspoort/completions.html#2025-02-25.all.persons")
    begin(page, "resultaten.html")
    tab_to(page, ".lede .figure__cell[href*='persons']")
    tab_to(page, ".lede .figure__source")
    page.keyboard.press("Enter")
    enter(page, ".source-note a", "**/bron/S00.html#S00.5")
    expect(page.locator("section:target")).to_contain_text("3.811")


def through_the_explorer(page: Page) -> None:
    """Search, sort, put together and choose, and be told what was done."""
    begin(page, "en/data/completions.html")
    status, sorted_by = page.locator(".explorer__status[role=status]"), page.locator("th[aria-sort]")
    tab_to(page, ".explorer input[type=search]")
    page.keyboard.type("obliged")
    expect(status).to_have_text("1 of 3 rows")
    assert page.evaluate("document.activeElement.type") == "search", "the keyboard stays where it was"
    for _ in "obliged":
        page.keyboard.press("Backspace")
    expect(status).to_have_text("3 of 3 rows")
    while page.evaluate("document.activeElement.textContent.trim()") != "People":
        tab_to(page, "th button")
    page.keyboard.press("Enter")
    expect(sorted_by).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(sorted_by).to_have_attribute("aria-sort", "descending")
    assert page.evaluate("document.activeElement.textContent.trim()") == "People", "here too"
    page.reload()
    expect(sorted_by).to_have_attribute("aria-sort", "descending")
    tab_to(page, ".explorer select")
    page.keyboard.type("Reference")
    page.keyboard.press("Tab")
    expect(status).to_have_text("Groups: 1, from 3 of 3 rows")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("box => box.closest('details').open")


def through_an_explained_term(page: Page) -> None:
    """Open an explanation beside its word, read on, and close it where one was."""
    begin(page, "resultaten.html")
    tab_to(page, ".term__word")
    note = page.locator("#" + str(page.evaluate("document.activeElement.getAttribute('popovertarget')")))
    assert not note.is_visible()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.term__word')")


def through_the_tools(page: Page) -> None:
    """Open what is beside a chart, copy from it and hear that it was done."""
    begin(page, "en/results.html")
    tab_to(page, ".tools summary")
    tools = page.locator(".tools[open]")
    assert tools.count() == 0
    page.keyboard.press("Enter")
    expect(tools).to_have_count(1)
    tab_to(page, ".tools__copy")
    name = str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("Enter")
    expect(tools.locator("[role=status]")).to_contain_text(name.partition(": ")[2])
    assert page.evaluate("document.activeElement.matches('.tools__copy')")


def through_a_check(page: Page) -> None:
    """Type a number, ask whether it still holds, and be told."""
    begin(page, "en/does-my-number-hold.html")
    tab_to(page, "#check-text")
    page.keyboard.type("521")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#check-state[role=status]")).to_contain_text("unchanged")
    assert page.evaluate("document.activeElement.type") == "submit"


TOURS: Mapping[str, Tour] = {
    "past the menu": past_the_menu,
    "through the search": through_the_search,
    "from a figure": from_a_figure,
    "the explorer": through_the_explorer,
    "an explained term": through_an_explained_term,
    "the tools beside a chart": through_the_tools,
    "a check": through_a_check,
}
