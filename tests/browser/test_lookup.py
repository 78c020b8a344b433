"""The field in which one types a municipality to learn its network, in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from visits import violations


@pytest.fixture
def field(page: Page) -> Locator:
    page.goto("waar.html")
    return page.get_by_label("Typ je gemeente of je postcode")


def answer(page: Page) -> Locator:
    return page.locator(".lookup__answer")


def test_a_name_or_a_postal_code_gives_the_network_what_is_known_of_it_and_what_is_not(
    page: Page, field: Locator
) -> None:
    field.fill("  sint NIKLAAS")
    expect(answer(page).locator("p").first).to_have_text("Sint-Niklaas hoort bij het netwerk Waasland.")
    expect(answer(page)).to_contain_text("Trekker: Interwaas (afgeleid)")
    expect(answer(page)).to_contain_text("Of jouw gemeente meedoet, is niet openbaar.")
    assert violations(page, {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}, ["main"]) == []
    for asked, names in (
        ("1804", ["Vilvoorde", "Zemst"]),  # one code, two municipalities
        ("gent", ["Gent"]),  # and none of those whose name only has it in it
        ("lier", ["Lier"]),
        ("geraards", ["Geraardsbergen"]),
        ("dé pänne", ["De Panne"]),
    ):
        field.fill(asked)
        expect(answer(page).locator("strong")).to_have_text(names)
    field.fill("brus")  # more than are shown, of more than one network
    expect(answer(page)).to_contain_text("hoort bij")
    field.fill("Oosterzele-Noord")
    expect(answer(page)).to_contain_text("Niets gevonden.")
    field.fill("")
    expect(answer(page)).to_have_text("")


def test_from_the_field_by_keyboard_to_the_page_of_the_network(page: Page, field: Locator) -> None:
    field.focus()
    page.keyboard.type("2300")
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("Turnhout")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/netwerk/N06.html")
    expect(page.locator("h1")).to_have_text("Organisatienetwerk Kempen")
    expect(page.locator(".network-places li")).to_have_count(27)


def test_an_address_can_ask_and_the_map_leads_to_the_same_page(page: Page) -> None:
    page.goto("en/where.html?q=Brussels")
    expect(answer(page).locator("p").first).to_have_text("Brussels belongs to the network Brussels (VGC).")
    page.locator("figure svg a[aria-label=Limburg]").click()
    page.wait_for_url("**/en/network/N18.html")


def test_a_count_leads_to_the_rows_that_were_counted(page: Page) -> None:
    page.goto("en/network/N01.html")
    counted = page.locator("main data[data-cell='networks.municipalities[N01]']").inner_text()
    page.get_by_role("link", name="the rows that we counted").click()
    expect(page.locator(".explorer__status")).to_have_text(re.compile(rf"^{counted} of \d+ rows$"))


def test_the_parts_of_a_page_stand_in_its_margin_where_there_is_one(page: Page) -> None:
    page.goto("geld.html")
    contents = page.get_by_role("navigation", name="Op deze pagina")
    page.set_viewport_size({"width": 1280, "height": 800})
    box = contents.bounding_box()
    beside = page.locator(".exhibit__beside").first.bounding_box()
    assert box is not None
    assert beside is not None
    assert box["x"] > 1280 / 2
    assert beside["y"] >= box["y"] + box["height"]
    page.set_viewport_size({"width": 390, "height": 800})
    expect(contents).to_be_hidden()
