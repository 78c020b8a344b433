"""The site in a browser: nothing from elsewhere, nothing lost without JavaScript, nothing out of reach."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from visits import DESKTOP, Heard, names

TOPICS = ("index.html", "resultaten.html", "geld.html", "netwerken.html", "data/completions.html", "en/results.html")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_no_page_asks_anything_of_another_host(browser: Browser, address: str, site: Path, *, javascript: bool) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    heard = Heard(page)
    for name in names(site):
        page.goto(address + name, wait_until="networkidle" if name in TOPICS else "load")
    context.close()
    assert len(heard.asked) > len(names(site))
    assert heard.elsewhere(address) == []
    assert heard.complaints == []


def test_without_javascript_everything_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = context.new_page()
    page.goto(address + "resultaten.html")
    assert page.locator("svg.chart__drawing--wide").first.is_visible()
    assert page.locator("figure table").first.is_visible()
    assert page.locator(".menu a").first.is_visible()
    assert page.locator(".figure__cell", has_text="3.290").first.is_visible()
    assert not page.locator(".search").is_visible()
    context.close()


def test_the_site_works_from_a_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.locator(".menu a", has_text="Resultaten").click()
    assert page.locator("h1").inner_text() == "Wie rondde het traject af?"
    page.locator(".languages a[hreflang=en]").click()
    assert page.locator("h1").inner_text() == "Who finished the trajectory?"
    page.locator(".figure__cell").first.click()
    assert page.url.endswith("passport/completions.html#2025-02-25.all.reference_date")
    page.locator("section:target dd a code").click()
    assert page.url.endswith("data/completions.html#2025-02-25.all.reference_date")
    assert all(url.startswith("file:") for url in asked)
    page.close()


def test_a_figure_leads_to_its_passport_its_cell_and_its_source_by_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "resultaten.html")
    page.locator(".lede .figure__cell").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/paspoort/completions.html#2025-02-25.all.persons")
    assert page.locator("section:target .passport__number").inner_text() == "3.811"
    page.locator("section:target dd a", has=page.locator("code")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/completions.html#2025-02-25.all.persons")
    assert page.locator("td:target").inner_text() == "3.811"
    page.locator("td:target a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/paspoort/completions.html#2025-02-25.all.persons")
    page.goto(address + "resultaten.html")
    page.locator(".lede .figure__cell").nth(1).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bronnen.html#S00.5")
    assert "3.811" in page.locator("section:target").inner_text()
    page.close()


def test_the_first_tab_leads_past_the_menu(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [("index.html", "cofinanciering", "geld.html"), ("en/index.html", "volunteering", "results.html")],
)
def test_search_finds_pages_in_both_languages(
    browser: Browser, address: str, name: str, words: str, found: str
) -> None:
    page = browser.new_page()
    page.goto(address + name)
    page.locator(".search__query").click()
    page.keyboard.type(words)
    # The list is made anew at every key, so a link is waited for and not looked up in a list that is gone.
    page.locator(f".search__list a[href*='{found}']").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".search__output").is_visible()
    page.close()


HELD = """
window.held = [];
window.Worker = class extends Worker {
  addEventListener(type, listener) {
    super.addEventListener(type, (event) => {
      if (window.isHeld) window.held.push(() => listener(event));
      else listener(event);
    });
  }
};
"""


def test_an_answer_that_comes_after_escape_does_not_open_the_list_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(HELD)
    page.goto(address + "index.html")
    page.locator(".search__query").click()
    page.keyboard.type("traject")
    page.locator(".search__list a").first.wait_for()
    page.evaluate("window.isHeld = true")
    page.keyboard.type("e")
    page.wait_for_function("window.held.length > 0")
    page.keyboard.press("Escape")
    page.evaluate("window.held.forEach((answer) => answer())")
    assert not page.locator(".search__output").is_visible()
    page.evaluate("window.isHeld = false")
    page.keyboard.type("n")
    page.locator(".search__output").wait_for()
    page.close()


def test_one_click_takes_a_sentence_or_a_citation_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto(address + "paspoort/completions.html#2025-02-25.obliged.persons")
    for box in page.locator("section:target .copyable").all():
        box.click()
        taken = page.evaluate("getSelection().toString()")
        assert " ".join(taken.split()) == " ".join(box.inner_text().split())
    context.close()
