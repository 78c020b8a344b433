"""The page "Does my number still hold?" in a browser: from a server or a disk, by keyboard, without JavaScript."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize

from conftest import PROJECT, Copy
from invented_past import with_past
from vierdepijler.lookup.lookup_files import made_lookup

CASES = json.loads((PROJECT / "tests" / "support" / "lookup_cases.json").read_text("utf-8"))
NL, EN = "klopt-mijn-getal.html", "en/does-my-number-hold.html"
PHONE = ViewportSize(width=320, height=640)


def ask(page: Page, text: str) -> str:
    """Paste a text and give the whole answer."""
    page.locator("#check-text").fill(text)
    page.locator("#check button[type=submit]").click()
    page.wait_for_function("document.querySelector('#check-state').textContent !== ''")
    return page.locator("#check-answer").inner_text()


def asked(browser: Browser, address: str, text: str) -> str:
    page = browser.new_page()
    page.goto(address)
    answer = ask(page, text)
    page.close()
    return answer


def test_a_figure_is_judged_in_the_language_of_the_page(browser: Browser, address: str) -> None:
    dutch = asked(browser, address + NL, "3.811 mensen")
    assert "Antwoord: onveranderd." in dutch
    assert "Personen · Iedereen samen · 25 februari 2025" in dutch
    assert "3.811, hetzelfde sinds uitgave 0.1.0 (23 november 2026)" in dutch
    english = asked(browser, address + EN, "3,811 people and 86.3%")
    assert "3,811, the same since release 0.1.0 (23 November 2026)" in english
    assert "86.3%, the same since" in english
    assert "Answer: unknown." in asked(browser, address + EN, "3812")
    assert "no number, date or link" in asked(browser, address + EN, "hello")
    assert "Er is niets om na te kijken." in asked(browser, address + NL, " ")


def test_an_old_file_is_compared_by_pasting_and_by_choosing_it(browser: Browser, address: str, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("Peildatum;Groep;Personen\n25/02/2025;Iedereen samen;3.811\n25/02/2025;nobody;3\n", "utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(address + NL)
    pasted = ask(page, old.read_text("utf-8"))
    assert "2 rijen: 1 onveranderd, 0 veranderd, 0 weggehaald, 1 onbekend." in pasted
    page.locator("#check button[type=reset]").click()
    assert page.locator("#check-answer").is_hidden()
    page.locator("#check-file").set_input_files(old)
    page.wait_for_function("document.querySelector('#check-state').textContent !== ''")
    assert page.locator("#check-answer").inner_text() == pasted
    assert complaints == []
    page.close()


def test_revised_and_withdrawn_figures_are_told_with_when_and_why(
    browser: Browser, address: str, miniature: Copy
) -> None:
    index, tables = made_lookup(with_past(miniature).read())
    page = browser.new_page()

    def with_index(route: Route) -> None:
        response = route.fetch()
        before, _, rest = response.text().partition('id="check-figures">')
        held = json.dumps(index).replace("<", "\\u003c")
        after = rest.partition("</script>")[2]
        route.fulfill(response=response, body=f'{before}id="check-figures">{held}</script>{after}')

    page.route("**/" + EN, with_index)
    page.route("**/figures/tables/*.json", lambda route: route.fulfill(json=tables(Path(route.request.url).stem)))
    page.goto(address + EN)
    assert "was 3,280, is 3,290 since release 1.1.0 (1 February 2026)" in ask(page, "3.280")
    assert "Why: A sheet was counted twice." in page.locator("#check-answer").inner_text()
    for case in CASES:
        if case["name"] in ("an old table", "a value that was withdrawn", "a corrected label", "Belgian, an old one"):
            page.locator("#check button[type=reset]").click()
            told = ask(page, case["paste"])
            assert f"Answer: {case['expected']['state']}." in told
    page.close()


def test_the_answer_has_an_address_that_can_be_shared(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + NL)
    ask(page, "86,3 %")
    shared = page.url
    assert shared.endswith("?q=86%2C3+%25")
    page.goto(shared)
    page.locator("#check-state", has_text="onveranderd").wait_for()
    assert page.locator("#check-text").input_value() == "86,3 %"
    page.goto(address + "paspoort/completions.html#2025-02-25.obliged.persons")
    page.locator("section:target a", has_text="Klopt dit nog?").click()
    page.locator("#check-state", has_text="onveranderd").wait_for()
    assert "Verplichte inburgeraars" in page.locator("#check-detail").inner_text()
    page.close()


def test_it_works_from_a_disk_but_for_tables_and_says_so(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((site / EN).as_uri())
    assert "3,811, the same since release" in ask(page, "3811")
    told = ask(page, "reference_date,participant_group,persons\n2025-02-25,all,3811\n")
    page.locator("#check-state", has_text="not judged").wait_for()
    assert "You opened this site from a disk." in page.locator("#check-answer").inner_text() + told
    assert all(url.startswith("file:") for url in requests)
    page.close()


def test_nothing_is_asked_of_another_host_and_only_this_page_loads_the_script(browser: Browser, address: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + "index.html")
    assert not any("check-figure" in url for url in requests)
    page.goto(address + NL)
    ask(page, "https://www.example.org/x 3.811")
    assert any(url.endswith("check-figure.js") for url in requests)
    assert [url for url in requests if not url.startswith(address)] == []
    page.close()


def test_without_javascript_the_list_is_there_and_the_box_is_not(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + NL)
    assert not page.locator("#check").is_visible()
    assert page.locator("noscript p").is_visible()
    row = page.locator("table.standings tr", has_text="Iedereen samen").filter(has_text="3.811")
    assert (
        row.locator("td .figure__cell").first.get_attribute("href")
        == "paspoort/completions.html#2025-02-25.all.persons"
    )
    assert "onveranderd sinds 0.1.0" in row.inner_text()
    context.close()


def test_it_is_done_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + EN)
    page.locator("#check-text").focus()
    page.keyboard.type("521")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#check-state", has_text="unchanged").wait_for()
    assert page.locator("#check-state").get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.type") == "submit"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answers_are_accessible_and_fit_the_smallest_screen(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    table = "reference_date,participant_group,persons\n2025-02-25,all,3811\n2025-02-25,obliged,1\n2025-02-25,xyz,1\n"
    for text in (
        "3.811 en 3812 en 25 februari 2025",
        "/paspoort/completions.html#2025-02-25.all.persons",
        table,
        "x" * 400,
    ):
        page.goto(address + NL)
        ask(page, text)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        assert [violation["id"] for violation in found.response["violations"]] == [], text
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], text
    page.close()
