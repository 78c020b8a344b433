"""Ways through the site with a keyboard alone, in whatever browser: each step on the way must be seen.

Every tour starts at a page that it opens itself, and comes to nothing but by Tab, Enter, arrows and letters.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

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
        const [from, to] = [Math.max(left, 0), Math.min(left + width, innerWidth)]; // of what is on the screen
        const [high, low] = [Math.max(top, 0), Math.min(top + height, innerHeight)];
        const above = document.elementFromPoint((from + to) / 2, (high + low) / 2);
        return from < to && high < low && (one.contains(above) || above?.contains(one));
    });
    window.reached = (window.reached ?? new Set()).add(one);
    return {
        count: window.reached.size, html: one.outerHTML.slice(0, 120),
        problem: outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? "no outline" : seen ? "" : "not to be seen",
    };
}"""
Tour = Callable[[Page, str], None]


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


def back(page: Page, path: str) -> None:
    """Go to the page before, as the button of a browser does; its address has this path, or begins with it."""
    page.evaluate("setTimeout(() => history.back())")
    expect(page).to_have_url(re.compile(re.escape(path) + ("" if path.endswith("#") else "$")))


def through_the_site(page: Page, address: str) -> None:
    """Past the menu, to the other language, by the search, and from a figure to its source and back."""
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
    back(page, "/en/results.html")

    tab_to(page, ".lede .figure__cell")  # a figure: its passport, its cell, its source, and back each time
    page.keyboard.press("Enter")
    page.wait_for_url("**/passport/completions.html#*")
    tab_to(page, "section:target dd a:has(code)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/completions.html#*")
    assert page.locator("td:target").is_visible()
    back(page, "/passport/completions.html#")
    back(page, "/en/results.html")
    tab_to(page, ".lede .figure__source")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources.html#S00.*")
    assert page.locator("section:target").is_visible()
    back(page, "/en/results.html")
    assert page.evaluate("document.activeElement.matches('.figure__source, body')")


def through_the_explorer(page: Page, address: str) -> None:
    """Search, sort, put together, add up, draw, and go back to what was chosen before."""
    page.goto(address + "en/data/completions.html")
    status = page.locator(".explorer__status")
    tab_to(page, ".explorer input[type=search]")
    page.keyboard.type("obliged")
    expect(status).to_have_text("1 of 3 rows")
    for _ in "obliged":
        page.keyboard.press("Backspace")
    expect(status).to_have_text("3 of 3 rows")
    tab_to(page, "th[aria-sort] button, th button")
    while page.evaluate("document.activeElement.textContent.trim()") != "People":
        tab_to(page, "th button")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    assert "sort=persons" in page.url
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    assert page.evaluate("document.activeElement.textContent.trim()") == "People", "the keyboard stays where it was"
    page.reload()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    tab_to(page, ".explorer select")
    page.keyboard.type("Group")
    page.keyboard.press("Tab")
    expect(status).to_contain_text("Groups: 3")
    assert "group=participant_group" in page.url


def through_an_explained_term(page: Page, address: str) -> None:
    """Open an explanation beside its word, read on, and close it where one was."""
    page.goto(address + "resultaten.html")
    tab_to(page, ".term__word")
    note = page.locator("#" + str(page.evaluate("document.activeElement.getAttribute('popovertarget')")))
    assert not note.is_visible()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.term__word')")


def through_the_tools(page: Page, address: str) -> None:
    """Open what is beside a chart, copy from it and hear that it was done."""
    page.goto(address + "en/results.html")
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


TOURS: Mapping[str, Tour] = {
    "the site": through_the_site,
    "the explorer": through_the_explorer,
    "an explained term": through_an_explained_term,
    "the tools beside a chart": through_the_tools,
}
