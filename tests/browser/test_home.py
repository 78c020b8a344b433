"""Home in a browser: the answer and three doors on the first screen of a phone, and what is behind each door."""

import pytest
from playwright.sync_api import Page, expect

from browsers import Open
from visits import PHONE


@pytest.mark.parametrize("name", ["index.html", "en/index.html"])
def test_the_answer_and_the_doors_are_on_the_first_screen_of_a_phone(opened: Open, name: str) -> None:
    page = opened(name, viewport=PHONE)
    for part in ("h1", ".lede data[value='3811']", ".lede time", "data[value='3290']", "data[value='521']", ".checked"):
        expect(page.locator(f"main {part}").first).to_be_in_viewport(ratio=1)
    for door in page.locator(".doors a").all():
        expect(door).to_be_in_viewport(ratio=1)


def test_the_bar_shows_the_two_parts_as_they_are(page: Page) -> None:
    page.goto("index.html")
    first, whole = (page.locator(f".whole__{part}").bounding_box() for part in ("first", "second"))
    assert first
    assert whole
    assert abs(first["width"] / whole["width"] - 3290 / 3811) < 0.002


def test_no_box_stands_above_the_answer_and_our_own_counts_are_no_news(page: Page) -> None:
    for name in ("index.html", "pers.html"):
        page.goto(name)
        expect(page.locator(".notice")).to_have_count(0)


def test_the_menu_of_a_phone_opens_without_scripts(opened: Open) -> None:
    page = opened("index.html", viewport=PHONE, java_script_enabled=False)
    link = page.locator(".menu a", has_text="Tijdlijn")
    expect(link).not_to_be_visible()
    page.locator(".menu summary").click()
    link.click()
    page.wait_for_url("**/tijdlijn.html")


def test_the_tables_for_readers_come_first_and_lists_are_folded(page: Page) -> None:
    page.goto("data/index.html")
    assert page.locator(".table-list").first.locator("li > .table-list__title").count() == 5
    assert not page.get_by_role("link", name="Eenheden", exact=True).is_visible()
    page.locator("summary", has_text="Bronnen, lijsten").click()
    assert page.get_by_role("link", name="Eenheden", exact=True).is_visible()
