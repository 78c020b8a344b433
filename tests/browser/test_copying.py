"""What can be taken from a page: a text with one click or one key, said to be taken, and taken whole."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from browsers import Open

TAKEN = "navigator.clipboard ? navigator.clipboard.readText() : ''"


@pytest.mark.parametrize("name", ["geld.html", "en/results.html"])
def test_a_button_copies_a_text_whole_and_says_so(opened: Open, name: str) -> None:
    page = opened(name, permissions=["clipboard-read", "clipboard-write"])
    tools = page.locator(".tools").first
    tools.locator("summary").focus()
    page.keyboard.press("Enter")
    for item in tools.locator(".tools__item", has=page.locator("button")).all():
        box, button = item.locator(".copyable"), item.locator("button")
        button.focus()
        page.keyboard.press("Enter")
        label = item.locator("dt").inner_text()
        tools.locator("[role=status]", has_text=label).wait_for()
        assert " ".join(str(page.evaluate(TAKEN)).split()) == " ".join(box.inner_text().split())
        assert button.get_attribute("aria-label") == f"{button.inner_text()}: {label}"


def test_where_the_clipboard_is_refused_it_is_copied_the_old_way(page: Page, site: Path) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto((site / "geld.html").as_uri())
    page.evaluate("document.addEventListener('copy', () => { window.taken = document.activeElement.value })")
    tools = page.locator(".tools").first
    tools.locator("summary").click()
    tools.locator("button").first.click()
    tools.locator("[role=status]", has_text="Gekopieerd").wait_for()
    assert "5.873.400 euro" in page.evaluate("window.taken")
    assert page.evaluate("document.activeElement.className") == "tools__copy"


def test_one_click_takes_a_sentence_or_a_citation_whole(page: Page) -> None:
    page.goto("paspoort/completions.html#2025-02-25.obliged.persons")
    for box in page.locator("section:target .copyable").all():
        box.click()
        taken = page.evaluate("getSelection().toString()")
        assert " ".join(taken.split()) == " ".join(box.inner_text().split())
