"""The mark of a figure in a browser: it opens, in place, what the source has there; without scripts it is a link."""

import re

import pytest
from playwright.sync_api import Page, expect

from browsers import Open
from visits import COLOURS, SMALLEST, STANDARDS, ask, violations

OPEN = ".source-note:popover-open"


@pytest.mark.parametrize(
    ("name", "printed", "told"),
    [
        (
            "index.html",
            "3.811",
            ("Punt 5", "Personen · Iedereen samen", "Chris Janssens", "Hilde Crevits", "nummer 173"),
        ),
        (
            "en/index.html",
            "3.811",
            ("Item 5", "All participants", "Chris Janssens", "Vice-Minister-President", "session 2024-2025"),
        ),
    ],
)
def test_one_click_shows_what_the_document_prints(page: Page, name: str, printed: str, told: tuple[str, ...]) -> None:
    page.goto(name)
    page.locator(".lede .figure__source").first.click()
    expect(page.locator(f"{OPEN} q")).to_have_text(printed)
    note = page.locator(OPEN).inner_text()
    assert [part for part in told if part not in note] == []
    assert page.url.endswith(name)


def test_each_mark_to_an_item_tells_of_its_own_figure(page: Page) -> None:
    page.goto("resultaten.html")
    page.get_by_label("Tabel").first.check()
    page.get_by_label("Bron bij elk getal").first.check()
    printed = []
    for mark in page.locator("main td .figure__source[data-printed]").all()[:3]:
        mark.click()
        printed.append(page.locator(f"{OPEN} q").inner_text())
        page.keyboard.press("Escape")
    assert printed == ["3.811", "3.290", "521"]


def test_the_keyboard_goes_in_and_comes_back(page: Page) -> None:
    page.goto("index.html")
    mark = page.locator(".lede .figure__source").first
    mark.press("Enter")
    expect(page.locator(OPEN)).to_be_focused()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    expect(page.locator(OPEN)).to_have_count(0)


def test_a_source_of_which_we_hold_no_copy_says_so_and_leads_to_it(page: Page) -> None:
    page.goto("wie-moet.html")
    page.locator(".lede .figure__source").click()
    expect(page.locator(OPEN)).to_contain_text("We lazen alleen het begin")
    expect(page.locator(f"{OPEN} a").first).to_have_attribute("href", re.compile("^https://www.herent.be/"))


def test_an_open_note_is_accessible_on_the_smallest_screen_in_light_and_dark(opened: Open) -> None:
    page = opened("index.html", viewport=SMALLEST)
    page.locator(".lede .figure__source").first.click()
    assert violations(page, STANDARDS, [OPEN]) == []
    assert ask(page, "width") == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, {"runOnly": {"type": "rule", "values": COLOURS}}, [OPEN]) == []


def test_without_scripts_a_mark_is_a_link(opened: Open) -> None:
    page = opened("index.html", java_script_enabled=False)
    page.locator(".lede .figure__source").first.click()
    page.wait_for_url("**/bronnen.html#S00.5")
    expect(page.locator("section:target")).to_contain_text("3.811")
