"""The site without a mouse: every control is reached and seen, in order, and none keeps the keyboard to itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from visits import DESKTOP

# What a keyboard should reach: what can be operated, and is there to be seen.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.type !== "radio" || one.checked).length"""
# Where the keyboard is, and whether one sees it: with an outline, on the screen, under nothing (WCAG 2.4.7 and 2.4.11).
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const seen = [...one.getClientRects()].some(({ left, top, width, height }) => {
        const [x, y] = [left + width / 2, top + height / 2];
        const above = document.elementFromPoint(x, y);
        return width > 0 && (one.contains(above) || above?.contains(one));
    });
    window.reached = (window.reached ?? new Set()).add(one);
    return {
        count: window.reached.size, html: one.outerHTML.slice(0, 120),
        problem: outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? "no outline" : seen ? "" : "not to be seen",
    };
}"""
PAGES = ("index.html", "en/results.html", "data/completions.html", "klopt-mijn-getal.html", "netwerken.html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=DESKTOP, reduced_motion="reduce") as context:
        yield context.new_page()


def focused(page: Page) -> dict[str, Any]:
    found: dict[str, Any] | None = page.evaluate(FOCUSED)
    return found or {"count": 0, "html": "", "problem": "lost"}


def walk(page: Page) -> list[str]:
    """Go through a page with Tab alone; gives what goes wrong on the way."""
    reachable = page.evaluate(REACHABLE)
    problems, count = [], 0
    for _ in range(reachable):
        page.keyboard.press("Tab")
        place = focused(page)
        if place["count"] <= count:
            problems.append(f"kept after {count} of {reachable}: {place['html']}")
            break
        count = place["count"]
        if place["problem"]:
            problems.append(f"{place['problem']}: {place['html']}")
    return problems


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is at the first of what is meant; each step on the way is seen."""
    for _ in range(page.evaluate(REACHABLE)):
        page.keyboard.press("Tab")
        place = focused(page)
        assert place["problem"] == "", place
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way to {selector} by keyboard")


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


def test_a_tour_of_the_site_without_a_mouse(page: Page, address: str) -> None:
    page.goto(address + "resultaten.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the menu is passed"

    page.goto(address + "resultaten.html")  # the language: the same page
    tab_to(page, ".languages a[hreflang=en]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/results.html")

    tab_to(page, ".search__query")  # the search, with its list
    page.keyboard.type("volunteering")
    page.locator(".search__list a").first.wait_for()
    tab_to(page, ".search__list a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/en/results.html" not in url or "#" in url)
    page.go_back()
    assert page.url == address + "en/results.html"

    tab_to(page, ".lede .figure__cell")  # a figure: its passport, its cell, its source, and back each time
    page.keyboard.press("Enter")
    page.wait_for_url("**/passport/completions.html#*")
    tab_to(page, "section:target dd a:has(code)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/completions.html#*")
    assert page.locator("td:target").is_visible()
    page.go_back()
    page.wait_for_url("**/passport/completions.html#*")
    page.go_back()
    page.wait_for_url("**/en/results.html")
    tab_to(page, ".lede .figure__source")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources.html#S00.*")
    assert page.locator("section:target").is_visible()
    page.go_back()
    page.wait_for_url("**/en/results.html")
    assert page.evaluate("document.activeElement.matches('.figure__source, body')")
