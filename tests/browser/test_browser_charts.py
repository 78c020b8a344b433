"""The marks of charts in a browser: by pointer and by keyboard, from a server and from a disk, and without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from visits import DESKTOP, Heard

HOURS = "figure[data-chart=hours-by-activity]"


@pytest.fixture
def results(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + "resultaten.html")
    yield page
    context.close()


def drawing(page: Page) -> Locator:
    return page.locator(f"{HOURS} svg.chart__drawing--wide")


def test_the_pointer_shows_the_name_and_the_figure_of_a_mark(results: Page) -> None:
    drawing(results).locator("[data-draws]").nth(1).hover()
    tip = results.locator(f"{HOURS} .chart__tip")
    expect(tip).to_be_visible()
    expect(tip).to_have_text("Vrijwilligerswerk30%")
    results.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_box_stands_beside_its_mark_and_within_the_window(results: Page) -> None:
    mark = drawing(results).locator("[data-draws]").first
    mark.hover()
    tip = results.locator(f"{HOURS} .chart__tip")
    expect(tip).to_be_visible()
    results.wait_for_function("() => document.querySelector('.chart__tip:not([hidden])').style.top")
    box, drawn = tip.bounding_box(), mark.bounding_box()
    assert box is not None
    assert drawn is not None
    assert abs(box["y"] + box["height"] - drawn["y"]) < 16
    assert 0 <= box["x"] <= DESKTOP["width"] - box["width"]


def test_a_drawing_is_one_stop_of_the_keyboard_and_the_arrows_walk_along_its_marks(results: Page) -> None:
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


def test_enter_leads_to_the_passport_of_the_figure(results: Page) -> None:
    drawing(results).focus()
    results.keyboard.press("ArrowDown")
    results.keyboard.press("Enter")
    results.wait_for_url("**/paspoort/activity_hours.html#*share_percent")


def test_a_tile_leads_to_its_network_by_pointer_and_by_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address + "en/networks.html")
    tiles = page.locator("figure[data-chart=networks-map] svg.chart__drawing--wide")
    tiles.locator("a[aria-label=Waasland]").click()
    page.wait_for_url("**/en/networks.html#N17")
    second = tiles.locator("a").nth(1).get_attribute("href")
    page.mouse.move(0, 0)  # else a tile that the page scrolls beneath the pointer counts as the one before
    tiles.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/{second}")
    page.close()


def test_from_a_disk_it_works_the_same(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=DESKTOP)
    heard = Heard(page)
    page.goto((site / "resultaten.html").as_uri())
    drawing(page).locator("[data-draws]").first.hover()
    expect(page.locator(f"{HOURS} .chart__tip")).to_have_text("Conversatiegroep34%")
    assert heard.complaints == []
    page.close()


def test_without_javascript_a_chart_is_an_image_and_its_tiles_are_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + "netwerken.html")
    assert page.locator("figure[data-chart=network-counts] svg[role=img]").first.is_visible()
    assert page.locator(".chart__tip").count() == 0
    tile = page.get_by_role("link", name="Kempen")
    tile.click()
    page.wait_for_url("**#N*")
    context.close()


def test_a_page_without_a_chart_asks_for_no_script_of_charts(site: Path) -> None:
    assert "charts.js" in (site / "netwerken.html").read_text("utf-8")
    assert "charts.js" not in (site / "over.html").read_text("utf-8")
