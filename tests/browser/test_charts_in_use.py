"""The marks of charts in a browser, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from visits import DESKTOP, until

HOURS = "figure[data-chart=hours-by-activity]"


@pytest.fixture
def results(page: Page) -> Page:
    page.goto("resultaten.html")
    return page


def drawing(page: Page) -> Locator:
    return page.locator(f"{HOURS} svg.chart__drawing--wide")


def test_the_pointer_shows_the_name_and_the_figure_of_a_mark_beside_it(results: Page) -> None:
    mark = drawing(results).locator("[data-draws]").nth(1)
    mark.hover()
    tip = results.locator(f"{HOURS} .chart__tip")
    expect(tip).to_have_text("Vrijwilligerswerk30%")
    until(results, "document.querySelector('.chart__tip:not([hidden])').style.top")
    box, drawn = tip.bounding_box(), mark.bounding_box()
    assert box is not None
    assert drawn is not None
    assert abs(box["y"] + box["height"] - drawn["y"]) < 16
    assert 0 <= box["x"] <= DESKTOP["width"] - box["width"]
    results.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_drawing_is_one_stop_of_the_keyboard_and_the_arrows_walk_along_its_marks_and_enter_follows_one(
    results: Page,
) -> None:
    drawing(results).focus()
    tip, heard = results.locator(f"{HOURS} .chart__tip"), results.locator(f"{HOURS} .visually-hidden[role=status]")
    results.keyboard.press("ArrowDown")
    expect(tip).to_have_text("Conversatiegroep34%")
    results.keyboard.press("ArrowDown")
    results.keyboard.press("ArrowRight")
    expect(heard).to_contain_text("Cursus: 7%.")
    results.keyboard.press("End")
    expect(tip).to_have_text("Stage3%")
    results.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    results.keyboard.press("Home")
    results.keyboard.press("Tab")
    expect(tip).to_be_hidden()
    assert not drawing(results).evaluate("drawing => drawing === document.activeElement")
    drawing(results).focus()
    results.keyboard.press("ArrowDown")
    results.keyboard.press("Enter")
    results.wait_for_url("**/paspoort/activity_hours.html#*share_percent")


def test_the_map_says_of_each_place_which_group_it_belongs_to_by_pointer_and_by_keyboard(page: Page) -> None:
    page.goto("en/where.html")
    drawn, tip = page.locator("figure[data-chart=networks-map] svg"), page.locator("#chart-networks-map .chart__tip")
    drawn.locator('[data-draws="municipalities.label_en[46021]"]').hover()
    expect(tip).to_have_text("Sint-NiklaasWaasland")
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)  # else a mark that the page scrolls beneath the pointer counts as the one before
    drawn.focus()
    page.keyboard.press("Home")
    expect(tip).to_have_text("AnderlechtBrussels (VGC)")
