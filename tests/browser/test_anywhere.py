"""The site as others have it: from a disk, without scripts, and on paper."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

from browsers import Open
from small_projects import SmallProject
from visits import DESKTOP, SMALLEST


def test_the_site_works_from_a_disk(page: Page, site: Path) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.locator(".menu a", has_text="Resultaten").click()
    assert page.locator("h1").inner_text() == "Wie rondde het traject af?"
    page.locator("figure[data-chart=hours-by-activity] svg.chart__drawing--wide [data-draws]").first.hover()
    expect(page.locator("figure[data-chart=hours-by-activity] .chart__tip")).to_have_text("Conversatiegroep34%")
    page.locator(".languages a[hreflang=en]").click()
    assert page.locator("h1").inner_text() == "Who finished the trajectory?"
    page.locator(".figure__cell").first.click()
    page.wait_for_url("**/passport/completions.html#2025-02-25.all.reference_date")
    page.locator("section:target dd a code").click()
    page.wait_for_url("**/data/completions.html#2025-02-25.all.reference_date")
    page.get_by_label("Search all columns").fill("521")
    expect(page.locator(".explorer__status")).to_have_text("1 of 3 rows")
    page.goto((site / "en" / "does-my-number-hold.html").as_uri())
    page.locator("#check-text").fill("3811")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#check-answer")).to_contain_text("3,811, the same since release")
    page.locator("#check-text").fill("reference_date,participant_group,persons\n2025-02-25,all,3811\n")
    page.locator("#check button[type=submit]").click()
    expect(page.locator("#check-state")).to_contain_text("not judged")
    expect(page.locator("#check-answer")).to_contain_text("You opened this site from a disk, and the browser")
    assert {url.partition(":")[0] for url in asked} == {"file"}
    assert complaints == []


@pytest.mark.parametrize("name", ["index.html", "embed/chart-people.html", "404.html"])
def test_a_page_from_a_disk_refuses_code_within_it(browser: Browser, small_project: SmallProject, name: str) -> None:
    small_project.alter(f"public/{name}", "</main>", "<script>document.title = 'Fout'</script></main>")
    with browser.new_page() as page:
        with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            page.goto((small_project.public / name).as_uri())
        assert page.title() != "Fout"


# That no page loses anything without scripts, and shows nothing that only they answer, is asked by a visit to each.
@pytest.mark.parametrize(("name", "size"), [("netwerken.html", SMALLEST), ("en/networks.html", DESKTOP)])
def test_without_scripts_the_keyboard_opens_reads_and_closes_a_term(
    opened: Open, name: str, size: ViewportSize
) -> None:
    page = opened(name, java_script_enabled=False, viewport=size)
    word, note = page.locator(".term__word").first, page.locator(".term__note").first
    word.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    page.keyboard.press("Tab")
    assert note.locator("a:focus").count() == 1
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert word.evaluate("word => word === document.activeElement")


def test_without_scripts_networks_are_links_texts_are_taken_whole_and_the_list_of_figures_is_there(
    opened: Open,
) -> None:
    page = opened("netwerken.html", java_script_enabled=False)
    assert page.locator(".chart__tip").count() == 0
    page.get_by_role("link", name="Kempen").first.click()
    page.wait_for_url("**/netwerk/N*")
    page.goto("geld.html")
    tools = page.locator(".tools").first
    tools.locator("summary").click()
    for box in tools.locator(".copyable").all():
        assert box.is_visible()
        assert box.evaluate("box => getComputedStyle(box).userSelect") == "all"
    page.goto("klopt-mijn-getal.html")
    assert page.locator("noscript p").is_visible()
    row = page.locator("table.standings tr", has_text="Iedereen samen").filter(has_text="3.811")
    expect(row.locator("td .figure__cell").first).to_have_attribute(
        "href", "paspoort/completions.html#2025-02-25.all.persons"
    )
    expect(row).to_contain_text("onveranderd sinds 0.1.0")


@pytest.mark.parametrize(
    ("name", "said"),
    [("resultaten.html", "Wie rondde het traject af?"), ("en/results.html", "Who finished the trajectory?")],
)
def test_a_page_on_paper_says_what_it_says_on_a_screen_and_explains_its_terms(page: Page, name: str, said: str) -> None:
    page.goto(name)
    number = page.locator(".lede .figure__cell").first.inner_text()
    rows = page.locator("main tbody th").all_inner_texts()
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages).split())
    assert rows
    assert [words for words in (said, number, *rows) if " ".join(words.split()) not in text] == []
    assert not page.locator(".term__text").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("svg.chart__drawing--wide").first.is_visible()
    assert page.locator("figure table").first.is_visible()
    assert page.locator(".term__text").first.is_visible()
    assert not page.locator(".term__more").first.is_visible()
