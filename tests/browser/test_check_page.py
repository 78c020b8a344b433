"""The page "Does my number still hold?" in a browser: what is pasted or chosen is judged, told and shared."""

import json
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from conftest import PROJECT, Copy
from invented_past import lookup_of, with_past

CASES = json.loads((PROJECT / "tests" / "support" / "lookup_cases.json").read_text("utf-8"))
NL, EN = "klopt-mijn-getal.html", "en/does-my-number-hold.html"


def ask(page: Page, text: str) -> str:
    """Paste a text, alone, and give the whole answer."""
    page.locator("#check button[type=reset]").click()
    page.locator("#check-text").fill(text)
    page.locator("#check button[type=submit]").click()
    expect(page.locator("#check-state")).not_to_be_empty()
    return page.locator("#check-answer").inner_text()


def test_a_figure_is_judged_in_dutch_on_a_dutch_page(page: Page) -> None:
    page.goto(NL)
    dutch = ask(page, "3.811 mensen")
    assert "Antwoord: onveranderd." in dutch
    assert "Personen · Iedereen samen · 25 februari 2025" in dutch
    assert "3.811, hetzelfde sinds uitgave 0.1.0 (23 november 2026)" in dutch
    assert "Er is niets om na te kijken." in ask(page, " ")


def test_a_figure_is_judged_in_english_on_an_english_page_and_nobody_is_asked(page: Page, address: str) -> None:
    page.goto(EN)
    english = ask(page, "3,811 people and 86.3%")
    assert "3,811, the same since release 0.1.0 (23 November 2026)" in english
    assert "86.3%, the same since" in english
    assert "Answer: unknown." in ask(page, "3812")
    assert "no number, date or link" in ask(page, "hello")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    ask(page, "https://www.example.org/x 3.811")
    assert [url for url in requests if not url.startswith(address)] == []


def test_each_link_that_the_site_hands_out_is_taken(page: Page, address: str) -> None:
    page.goto(NL)
    links = ("en/results.html", "charts/who-finished.dark.svg", "embed/chart-who-finished.html")
    for link in (*links, "paspoort/completions.html#2025-02-25.all.persons"):
        assert "Antwoord: onveranderd." in ask(page, f"{address}{link}"), link
    assert "Deze link leidt naar geen pagina" in ask(page, f"{address}nergens.html")


def test_an_old_file_is_compared_by_pasting_and_by_choosing_it(page: Page, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("Peildatum;Groep;Personen\n25/02/2025;Iedereen samen;3.811\n25/02/2025;nobody;3\n", "utf-8")
    page.goto(NL)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    pasted = ask(page, old.read_text("utf-8"))
    assert "2 rijen: 1 onveranderd, 0 veranderd, 0 weggehaald, 1 onbekend." in pasted
    page.locator("#check button[type=reset]").click()
    assert page.locator("#check-answer").is_hidden()
    page.locator("#check-file").set_input_files(old)
    expect(page.locator("#check-state")).not_to_be_empty()
    assert page.locator("#check-answer").inner_text() == pasted
    assert complaints == []


def test_what_is_pasted_is_text_and_no_markup(page: Page) -> None:
    page.goto(NL)
    assert "<b>Noot</b>" in ask(page, "Peildatum;Groep;Personen;<b>Noot</b>\n25/02/2025;Iedereen samen;3.811;a\n")


def test_revised_and_withdrawn_figures_are_told_with_when_and_why(page: Page, miniature: Copy) -> None:
    index, tables = lookup_of(with_past(miniature).read(), {})

    def with_index(route: Route) -> None:
        response = route.fetch()
        before, _, rest = response.text().partition('id="check-figures">')
        held = json.dumps(index).replace("<", "\\u003c")
        after = rest.partition("</script>")[2]
        route.fulfill(response=response, body=f'{before}id="check-figures">{held}</script>{after}')

    page.route("**/" + EN, with_index)
    page.route("**/figures/tables/*.json", lambda route: route.fulfill(json=tables[Path(route.request.url).stem]))
    page.goto(EN)
    told = ask(page, "3.280")
    assert "was 3,280, is 3,290 since release 1.1.0 (1 February 2026)" in told
    assert "Why: A sheet was counted twice." in told
    for case in CASES:
        if case["name"] in ("an old table", "a value that was withdrawn", "a corrected label", "Belgian, an old one"):
            assert f"Answer: {case['expected']['state']}." in ask(page, case["paste"])


def test_the_answer_has_an_address_that_can_be_shared(page: Page) -> None:
    page.goto(NL)
    ask(page, "86,3 %")
    shared = page.url
    assert shared.endswith("?q=86%2C3+%25")
    page.goto(shared)
    expect(page.locator("#check-state")).to_contain_text("onveranderd")
    assert page.locator("#check-text").input_value() == "86,3 %"
    page.goto("paspoort/completions.html#2025-02-25.obliged.persons")
    page.locator("section:target a", has_text="Klopt dit nog?").click()
    expect(page.locator("#check-state")).to_contain_text("onveranderd")
    expect(page.locator("#check-detail")).to_contain_text("Verplichte inburgeraars")
