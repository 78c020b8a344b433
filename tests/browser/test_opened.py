"""What opens on a page when it is used: by axe-core in light and dark, and on the smallest screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from visits import COLOURS, SMALLEST, STANDARDS, ask, violations

TABLE = "reference_date,participant_group,persons\n2025-02-25,all,3811\n2025-02-25,obliged,1\n2025-02-25,xyz,1\n"
CHOSEN = "is.participant_group=obliged&group=participant_group&chart=persons"


def results(page: Page) -> None:
    page.locator(".search__query").click()
    page.keyboard.type("oproep")
    page.locator(".search__list li:first-child a[href$='begrippen.html#call']").wait_for()


def term(page: Page) -> None:
    page.locator(".term__word").first.press("Enter")


def explorer(page: Page) -> None:
    page.locator(".explorer__chart svg").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def answer(text: str) -> Callable[[Page], None]:
    def given(page: Page) -> None:
        page.evaluate("document.querySelector('.standings').remove()")  # long, and seen by a visit
        page.locator("#check-text").fill(text)
        page.locator("#check button[type=submit]").click()
        expect(page.locator("#check-state")).not_to_be_empty()

    return given


@pytest.mark.parametrize(
    ("name", "use", "part"),
    [
        ("index.html", results, "header"),
        ("netwerken.html", term, ":popover-open"),
        (f"en/data/completions.html?{CHOSEN}", explorer, "main"),
        ("klopt-mijn-getal.html", answer("3.811 en 3812 en 25 februari 2025"), "#check"),
        ("klopt-mijn-getal.html", answer("/paspoort/completions.html#2025-02-25.all.persons"), "#check"),
        ("klopt-mijn-getal.html", answer(TABLE), "#check"),
        ("klopt-mijn-getal.html", answer("x" * 400), "#check"),
    ],
    ids=["results", "a term", "explorer", "answers", "a link", "a table", "nothing known"],
)
def test_what_opens_is_accessible_and_fits_the_smallest_screen(
    page: Page, name: str, use: Callable[[Page], None], part: str
) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALLEST)
    page.goto(name)
    use(page)
    assert violations(page, STANDARDS, [part]) == []
    assert ask(page, "width") == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, {"runOnly": {"type": "rule", "values": COLOURS}}, [part]) == []
