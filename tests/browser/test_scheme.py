"""Light or dark: a reader chooses against the system, for every page, and paper stays white."""

from playwright.sync_api import Page

GROUND = "getComputedStyle(document.body).backgroundColor"


def test_a_reader_has_the_colours_of_their_choice_on_every_page_and_paper_is_white(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("index.html")
    light = page.evaluate(GROUND)
    page.get_by_role("button", name="Donker").click()
    dark = page.evaluate(GROUND)
    assert dark != light
    page.goto("en/funding.html")
    assert page.evaluate(GROUND) == dark
    assert page.locator(".scheme__choice[aria-pressed='true']").all_inner_texts() == ["Dark"]
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="dark")
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(GROUND) == light
    page.get_by_role("button", name="As your device").click()
    assert page.evaluate(GROUND) == dark
