"""Every page as others have it: a zoom of 400 %, larger and wider text, no motion, and on paper."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from visits import DESKTOP, PHONE, SMALLEST, names

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ENLARGED = "document.documentElement.style.fontSize = '200%'"
# WCAG 1.4.12: readers may set text this wide.
SPACED = """() => { for (const one of document.body.querySelectorAll("*"))
    Object.assign(one.style, { lineHeight: 1.5, letterSpacing: "0.12em", wordSpacing: "0.16em" }); }"""
# What is cut off: text in a box that hides what does not fit. What is clipped away whole is for those who listen.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((box) => {
    const style = getComputedStyle(box);
    return style.overflowY === "hidden" && style.clipPath === "none" && box.scrollHeight > box.clientHeight + 1;
}).map((box) => box.outerHTML.slice(0, 100))"""
MOVING = """() => [
    ...document.getAnimations().map(({ effect }) => `${effect.target?.outerHTML.slice(0, 80)}`),
    ...[...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
        return animationName !== "none" || scrollBehavior === "smooth" || /[1-9]/.test(transitionDuration);
    }).map((one) => one.outerHTML.slice(0, 80)),
]"""
# The button in the head of a column, and the one around a word, are read as the heading and the word that they hold.
ON_PAPER = """() => [...document.querySelectorAll(".skip, .menu, .masthead__tools, button, input, select, textarea")]
    .filter((one) => !one.matches("th button, .term button"))
    .filter((one) => one.checkVisibility({ visibilityProperty: true })).map((one) => one.outerHTML.slice(0, 100))"""


def sideways(page: Page) -> list[str]:
    found = []
    for size in (DESKTOP, PHONE, SMALLEST):
        page.set_viewport_size(size)
        if page.evaluate(TOO_WIDE) > 0:
            found.append(f"scrolls sideways at {size['width']}")
    return found


def enlarged(page: Page) -> list[str]:
    page.set_viewport_size(DESKTOP)
    page.evaluate(ENLARGED)
    wide = ["scrolls sideways with text of twice the size"] if page.evaluate(TOO_WIDE) > 0 else []
    return wide + [f"cut off: {box}" for box in page.evaluate(CUT_OFF)]


def spaced(page: Page) -> list[str]:
    page.set_viewport_size(SMALLEST)
    page.evaluate(SPACED)
    wide = ["scrolls sideways with text set wider"] if page.evaluate(TOO_WIDE) > 0 else []
    return wide + [f"cut off: {box}" for box in page.evaluate(CUT_OFF)]


def moving(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    return [f"moves: {one}" for one in page.evaluate(MOVING)]


def on_paper(page: Page) -> list[str]:
    page.emulate_media(media="print")
    found = [f"on paper: {one}" for one in page.evaluate(ON_PAPER)]
    page.emulate_media(media="screen")
    return found


CHECKS: tuple[Callable[[Page], list[str]], ...] = (sideways, moving, on_paper, enlarged)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=DESKTOP) as context:
        yield context.new_page()


def test_every_page_bends_and_does_not_break(page: Page, address: str, site: Path) -> None:
    found = {}
    for name in names(site):
        page.goto(address + name)
        if problems := [problem for check in CHECKS for problem in check(page)]:
            found[name] = problems
    assert found == {}


@pytest.mark.parametrize(
    ("check", "mistake"),
    [
        (sideways, "<p style='width: 330px'>Breed.</p>"),
        (enlarged, "<p style='height: 2rem; overflow: hidden; font-size: 1rem'>Een<br>zin<br>die<br>lang<br>is.</p>"),
        (moving, "<p style='transition: opacity 1s'>Traag.</p>"),
        (moving, "<style>@keyframes a { to { opacity: 0 } }</style><p style='animation: a 1s infinite'>Druk.</p>"),
        (on_paper, "<button>Kopieer</button>"),
    ],
)
def test_a_page_that_breaks_is_caught(page: Page, check: Callable[[Page], list[str]], mistake: str) -> None:
    page.set_content(f"<!doctype html><body style='margin: 0'><main>{mistake}</main>")
    assert check(page) != []
    page.set_content("<!doctype html><body><main><p>Een zin.</p></main>")
    assert check(page) == []


@pytest.mark.parametrize("name", ["index.html", "resultaten.html", "en/results.html", "data/completions.html"])
def test_text_can_be_set_wider(page: Page, address: str, name: str) -> None:
    page.goto(address + name)
    assert spaced(page) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [("resultaten.html", "Wie rondde het traject af?"), ("en/results.html", "Who finished the trajectory?")],
)
def test_a_page_on_paper_says_what_it_says_on_a_screen(page: Page, address: str, name: str, said: str) -> None:
    page.goto(address + name)
    number = page.locator(".lede .figure__cell").first.inner_text()
    rows = page.locator("main tbody th").all_inner_texts()
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages).split())
    assert rows
    assert [words for words in (said, number, *rows) if " ".join(words.split()) not in text] == []
    page.emulate_media(media="print")
    assert page.locator("svg.chart__drawing--wide").first.is_visible()
    assert page.locator("figure table").first.is_visible()
