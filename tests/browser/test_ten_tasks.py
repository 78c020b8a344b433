"""Ten things that readers come for, each from the page where they begin, in no more steps than it may take.

A step is a click, a key that is pressed, or a text that is typed.
"""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from browsers import Open
from visits import SMALLEST, ask

QUESTIONS = {
    "hoeveel uren moet ik doen": "wie-moet.html",
    "moet ik": "wie-moet.html",
    "wat kost het": "wie-moet.html",
    "Gent": "waar.html",  # the map, with the field that names the network of a place
    "wie betaalt": "geld.html",
    "ben ik vrijgesteld": "wie-moet.html",
}
PASTED = {
    "3.811 mensen": "onveranderd",
    "ruim 3.800 mensen": "jouw getal is daar een ronding van",
    "€ 5,9 miljoen": "5.873.400 euro: jouw getal",
    "resultaten.html#uren": "Antwoord: onveranderd.",
    "Van de 3.811 mensen waren er 3.290 verplicht": "3.290",
}


@dataclass
class Reader:
    """Uses a page as a person does; `steps` are those that were taken."""

    page: Page
    steps: list[str] = field(default_factory=list)

    def click(self, place: str | Locator) -> None:
        """Click what is meant."""
        found = self.page.locator(place) if isinstance(place, str) else place
        self.steps.append(f"click {place}")
        found.click()

    def type(self, place: str, text: str) -> None:
        """Put a text in a field."""
        self.steps.append(f"type {text}")
        self.page.locator(place).fill(text)

    def press(self, key: str) -> None:
        """Press a key."""
        self.steps.append(key)
        self.page.keyboard.press(key)

    def within(self, most: int) -> None:
        """See that it took no more steps than it may."""
        assert len(self.steps) <= most, self.steps


@pytest.fixture
def reader(page: Page) -> Reader:
    page.goto("index.html")
    return Reader(page)


def test_must_i(reader: Reader) -> None:
    reader.click(".doors a[href='wie-moet.html']")
    expect(reader.page.locator("#path[data-state]")).to_be_visible()  # its script came
    for answer in ("no", "flanders", "yes", "no", "no"):
        reader.click(f"[data-answer='{answer}']:visible")
    expect(reader.page.locator("h2:focus")).to_contain_text("Het traject is verplicht")
    reader.within(6)


def test_quote_and_download(reader: Reader) -> None:
    reader.click(".menu a[href='resultaten.html']")
    tools = reader.page.locator("#chart-who-finished .tools")
    reader.click(tools.locator("summary"))
    reader.click(tools.locator(".tools__copy").first)
    expect(tools.get_by_role("status")).to_contain_text("Gekopieerd")
    with reader.page.expect_download() as download:
        reader.click(tools.get_by_role("link", name="PNG"))
    assert Path(download.value.suggested_filename).suffix == ".png"
    reader.within(4)


def test_who_pays(reader: Reader) -> None:
    reader.click(".menu a[href='geld.html']")
    expect(reader.page.locator(".lede")).to_contain_text("5.873.400 euro")
    expect(reader.page.locator(".lede")).to_contain_text("Hoeveel Europa betaalt, zegt het antwoord niet")
    reader.within(1)


@pytest.mark.parametrize(("pasted", "told"), PASTED.items())
def test_five_pastes(reader: Reader, address: str, pasted: str, told: str) -> None:
    reader.click(".colophon a[href='klopt-mijn-getal.html']")
    reader.type("#check-text", f"{address}{pasted}" if ".html" in pasted else pasted)
    reader.click("#check button[type=submit]")
    expect(reader.page.locator("#check-answer")).to_contain_text(told)
    reader.within(3)


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_six_searches(reader: Reader, question: str, answer: str) -> None:
    reader.type(".search__query", question)
    reader.page.locator(".search__list a").first.wait_for()
    reader.press("Enter")
    reader.page.wait_for_url(f"**/{answer}**")
    reader.within(2)


def test_explorer(reader: Reader) -> None:
    reader.click(".doors a[href='data/index.html']")
    reader.click(reader.page.locator(".table-list__title[href='completions.html']").first)
    reader.type(".explorer input[type=search]", "verplicht")
    expect(reader.page.locator(".explorer__status")).to_have_text("1 van 3 rijen")
    reader.within(3)


def test_keyboard(reader: Reader) -> None:
    for key in ("Tab", "Enter", "Tab", "Enter"):  # past the menu, and to the passport of the first figure
        reader.press(key)
    reader.page.wait_for_url("**/paspoort/completions.html#2025-02-25.all.persons")
    reader.within(4)


def test_views_of_a_chart_by_keyboard(reader: Reader) -> None:
    reader.page.goto("resultaten.html")
    shown = reader.page.locator("#chart-who-finished")
    shown.get_by_role("radio", name="Grafiek").focus()
    reader.press("ArrowRight")
    expect(shown.get_by_role("table")).to_be_visible()
    expect(shown.locator("svg:visible")).to_have_count(0)
    expect(shown.locator("td sup:visible")).to_have_count(0)
    reader.press("Tab")
    while not reader.page.evaluate("document.activeElement.type === 'checkbox'"):
        reader.press("Tab")  # each figure in the table leads to its passport
    reader.press("Space")
    expect(shown.locator("td sup:visible")).to_have_count(3)
    reader.within(7)


def test_no_script(opened: Open) -> None:
    reader = Reader(opened("index.html", java_script_enabled=False))
    reader.click(".menu a[href='resultaten.html']")
    shown = reader.page.locator("#chart-who-finished")
    for part in ("svg.chart__drawing--wide", "table", "td sup >> nth=0"):
        expect(shown.locator(part)).to_be_visible()
    reader.click(shown.locator("td .figure__source").first)
    reader.page.wait_for_url("**/bron*.html#S00.5")
    reader.within(2)


def test_320_pixels(opened: Open) -> None:
    reader = Reader(opened("index.html", viewport=SMALLEST))
    reader.click(".menu summary")
    reader.click(".menu a[href='geld.html']")
    expect(reader.page.locator(".lede .figure__cell")).to_be_in_viewport(ratio=1)
    assert ask(reader.page, "width") == []
    reader.within(2)


@pytest.mark.parametrize("name", ["geld.html", "en/funding.html"])
def test_print(page: Page, name: str) -> None:
    page.goto(name)
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) <= 4
    assert "[=]" in sheets[-1].extract_text(), "the marks are explained"
    assert all(len(sheet.extract_text()) > 500 for sheet in sheets), "no sheet is nearly empty"


def test_print_of_a_wide_table(page: Page) -> None:
    page.goto("data/networks.html")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    text = " ".join(text.split())
    assert text.count("Gemeenten in het gebied:") == 18, "each row is there to its last columns"
    assert text.count("Soort bron:") == 1, "what each row says is told once"
