"""The one visit: a page is opened once, seen in one look after another, and asked all that there is to ask of it."""

import gzip
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from lxml.html import HtmlElement
from playwright.sync_api import Frame, JSHandle, Page, ViewportSize

from built_pages import dead_links, parse, wrong_values
from vierdepijler.package import Package

PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
SMALLEST = ViewportSize(width=320, height=640)  # WCAG 1.4.10; also 1280 pixels at a zoom of 400 %
KILOBYTE = 1024
HEAVIEST, HEAVIEST_EMBED = 75 * KILOBYTE, 40 * KILOBYTE
NOT_YET = re.compile("search_index|/workers/|/plot-|/d3-|excel")  # for who searches, draws or downloads


@dataclass(frozen=True)
class Look:
    """How somebody has a page before them, and what is asked of it then; `style` is the reader's own."""

    asked: Collection[str]
    size: ViewportSize = field(default_factory=lambda: DESKTOP)
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    style: str = ""
    scripts: bool = True


# WCAG 1.4.4 and 1.4.12: readers may set text this large, and this wide.
LARGE = ":root { font-size: 200% !important }"
WIDE = "body * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
# Dark differs from light in nothing but colours (test_palette.py), so what is no colour is asked in the light.
LOOKS: Mapping[str, Look] = {
    "phone light": Look(("structure", "colours", "sizes", "width", "motion", "focus"), PHONE),
    "phone dark": Look(("colours", "width"), PHONE, "dark"),
    "smallest": Look(("width",), SMALLEST),
    "wide text": Look(("width", "cut off"), SMALLEST, style=WIDE),
    "desktop dark": Look(("colours", "sizes", "width", "motion"), DESKTOP, "dark"),
    "desktop light": Look(("structure", "colours", "width", "focus"), DESKTOP),
    "large text": Look(("width", "cut off"), DESKTOP, style=LARGE),
    "paper": Look(("paper",), media="print"),
    "no scripts": Look(("lost",), scripts=False),
}
WITH_SCRIPTS = tuple(name for name, look in LOOKS.items() if look.scripts)
TWO_LOOKS = ("phone light", "smallest", "desktop dark")

SCRIPT = (Path(__file__).parent / "visits.js").read_text("utf-8")
AXE = Axe().axe_script
# What takes most of axe's time is asked only where it may fail: of a text of each kind, and of what is small and close.
COLOURS, SIZES = ("color-contrast", "link-in-text-block"), ("target-size",)
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STRUCTURE = {**STANDARDS, "rules": {rule: {"enabled": False} for rule in (*COLOURS, *SIZES)}}


OF_AXE = ("structure", "colours", "sizes")
OF_A_PAGE = ("console", "hosts", "weight", "links", "numbers")  # asked once, whatever the looks


def ask(page: Page, question: str, given: object = None) -> Any:
    """Ask what `visits.js` knows to ask of a page."""
    return page.evaluate(f"(given) => ({SCRIPT}).{question}(given)", given)


def until(place: Page | Frame, condition: str) -> None:
    """Wait until a condition holds in a page; its policy forbids code that is read from a text, as Playwright waits."""
    place.evaluate(
        f"""() => new Promise((done, fail) => {{
          const look = () => ({condition}) ? done() : requestAnimationFrame(look);
          setTimeout(() => fail(Error("it never came to this")), 30000);
          look();
        }})"""
    )


def violations(page: Page, options: Mapping[str, Any], include: JSHandle | list[str] | None = None) -> list[str]:
    """Ask axe-core what is wrong with the page as it is shown now, or with a part of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = ask(page, "axe", [options, include])
    return found


@cache
def compressed(path: Path) -> int:
    """Give how many bytes a host sends."""
    return len(gzip.compress(path.read_bytes()))


class Visitor:
    """Opens pages of a site that is served at an address, and hears what they ask for and complain of."""

    def __init__(self, page: Page, site: Path, address: str, published: Package) -> None:
        self.page, self.published = page, published
        self.at(site, address)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.add_init_script(AXE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, site: Path, address: str) -> "Visitor":
        """Go to a site; the colours that were met on another are forgotten."""
        self.site, self.address = site, address
        self.met: dict[str, list[str]] = {}
        return self

    def visit(
        self, name: str, looks: Iterable[str], asked: Collection[str] | None = None, *, is_brief: bool = False
    ) -> list[str]:
        """Open a page once, and give each problem that it has, with the look and the question.

        In a brief visit axe is asked in one look of each scheme: what a template makes alike is seen on other pages.
        """
        self.requests.clear()
        self.complaints.clear()
        self.page.goto(self.address + name)
        self.name, problems, known = name, [], set()
        for self.look in looks:
            look = LOOKS[self.look]
            questions = [one for one in look.asked if asked is None or one in asked]
            if is_brief:
                questions = [one for one in questions if (one, look.scheme) not in known]
                known |= {(one, look.scheme) for one in questions if one in OF_AXE}
            if questions:
                self._put_on(look)
            problems += [f"{self.look}: {one}: {problem}" for one in questions for problem in QUESTIONS[one](self)]
        questions = [one for one in OF_A_PAGE if asked is None or one in asked]
        return problems + [f"{one}: {problem}" for one in questions for problem in QUESTIONS[one](self)]

    def _put_on(self, look: Look) -> None:
        if self.page.viewport_size != look.size:
            self.page.set_viewport_size(look.size)
        self.page.emulate_media(color_scheme=look.scheme, media=look.media, reduced_motion="reduce")
        is_on = ask(self.page, "putOn", [look.style, look.scheme, look.media])
        assert is_on, f"this browser cannot show {look}"

    def axe(self, question: str, rules: Collection[str]) -> list[str]:
        """Ask for some rules of those parts of the page that a question of `visits.js` finds."""
        found = self.page.evaluate_handle(f"(met) => ({SCRIPT}).{question}(met)", self.met.setdefault(self.look, []))
        self.met[self.look] += found.get_property("kinds").json_value()
        return violations(self.page, {"runOnly": {"type": "rule", "values": rules}}, found.get_property("parts"))

    @property
    def rendered(self) -> HtmlElement:
        return parse(self.page.content())


def elsewhere(visitor: Visitor) -> list[str]:
    return [url for url in visitor.requests if not url.startswith((visitor.address, "blob:", "data:"))]


def heavy(visitor: Visitor) -> Iterator[str]:
    own = [url.removeprefix(visitor.address) for url in visitor.requests if url.startswith(visitor.address)]
    files = {visitor.site / unquote(urlsplit(path).path) for path in own}
    yield from (f"{path} is loaded at once" for path in own if NOT_YET.search(path))
    weight = sum(compressed(path) for path in files if path.is_file())
    if weight > (HEAVIEST_EMBED if "embed/" in visitor.name else HEAVIEST):
        yield f"{weight} bytes"


def unfocused(visitor: Visitor) -> list[str]:
    if visitor.page.evaluate("document.activeElement === document.body"):
        visitor.page.keyboard.press("Tab")  # now a keyboard goes through the page, so that outlines are drawn
    found: list[str] = ask(visitor.page, "unfocused")
    return found


QUESTIONS: Mapping[str, Callable[[Visitor], Iterable[str]]] = {
    "structure": lambda visitor: violations(visitor.page, STRUCTURE),
    "colours": lambda visitor: visitor.axe("newKinds", COLOURS),
    "sizes": lambda visitor: visitor.axe("smallAndClose", SIZES),
    "width": lambda visitor: ask(visitor.page, "sideways"),
    "cut off": lambda visitor: ask(visitor.page, "cutOff"),
    "motion": lambda visitor: ask(visitor.page, "moving"),
    "paper": lambda visitor: ask(visitor.page, "onPaper"),
    "lost": lambda visitor: ask(visitor.page, "lost"),
    "focus": unfocused,
    "console": lambda visitor: visitor.complaints,
    "hosts": elsewhere,
    "weight": heavy,
    "links": lambda visitor: dead_links(visitor.site, visitor.name, visitor.rendered),
    "numbers": lambda visitor: wrong_values(visitor.published, visitor.rendered),
}
