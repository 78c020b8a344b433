"""The one visit: a page is opened once, seen in one look after another, and asked all that there is to ask of it."""

import gzip
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from lxml.html import HtmlElement
from playwright.sync_api import Frame, Page, ViewportSize

from built_pages import dead_links, parse, wrong_values
from vierdepijler.core.package import Package

SMALLEST = ViewportSize(width=320, height=640)  # WCAG 1.4.10; also 1280 pixels at a zoom of 400 %
PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
KILOBYTE = 1024
HEAVIEST, HEAVIEST_EMBED = 75 * KILOBYTE, 40 * KILOBYTE
NOT_YET = re.compile("search_index|/workers/|/plot-|/d3-|/table-core-|/check-figure.js|excel")  # for who asks something


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
# In an order in which as little as possible changes between one and the next, and nothing is opened as it is on paper.
LOOKS: Mapping[str, Look] = {
    "paper": Look(("paper",), media="print"),
    "desktop light": Look(("structure", "colours", "width", "focus"), DESKTOP),
    "large text": Look(("width", "cut off"), DESKTOP, style=LARGE),
    "desktop dark": Look(("colours", "sizes", "width", "motion"), DESKTOP, "dark"),
    "phone dark": Look(("colours", "width"), PHONE, "dark"),
    "wide text": Look(("width", "cut off"), SMALLEST, style=WIDE),
    "phone light": Look(("structure", "colours", "sizes", "width", "motion", "focus"), SMALLEST),
    "no scripts": Look(("lost",), scripts=False),
}
WITH_SCRIPTS = tuple(name for name, look in LOOKS.items() if look.scripts)
TWO_LOOKS = ("phone light", "desktop dark")

SCRIPT = (Path(__file__).parent / "visits.js").read_text("utf-8")
AXE = Axe().axe_script
# What takes most of axe's time is asked only where it may fail: of a text of each kind, and of what is small and close.
COLOURS, SIZES = ("color-contrast", "link-in-text-block"), ("target-size",)
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NEVER_WRONG = "hidden-content"  # it only reminds of what is hidden
STRUCTURE = {**STANDARDS, "rules": {rule: {"enabled": False} for rule in (*COLOURS, *SIZES, NEVER_WRONG)}}
OF_AXE = {
    "structure": STRUCTURE,
    "colours": {"runOnly": {"type": "rule", "values": COLOURS}},
    "sizes": {"runOnly": {"type": "rule", "values": SIZES}},
}


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


def violations(page: Page, options: Mapping[str, Any], include: list[str]) -> list[str]:
    """Ask axe-core what is wrong with a part of the page as it is shown now."""
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
        self.worn: Look | None = None
        self.has_axe = False
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, site: Path, address: str) -> "Visitor":
        """Go to a site; the colours that were met on another are forgotten."""
        self.site, self.address = site, address
        self.met: dict[str, list[str]] = {}
        return self

    def visit(self, name: str, looks: Collection[str], asked: Collection[str] | None = None) -> list[str]:
        """Open a page once, and give each problem that it has, with the look and the question.

        It is opened in the look that is on already, where that is one of those that are asked for.
        """
        looks = sorted(looks, key=lambda look: LOOKS[look] != self.worn)
        self._open(name, looks[:1])
        problems = []
        for look in looks:
            questions = [one for one in LOOKS[look].asked if asked is None or one in asked]
            problems += self._see(look, questions) if questions else []
        questions = [one for one in OF_A_PAGE if asked is None or one in asked]
        return problems + [f"{one}: {problem}" for one in questions for problem in OF_A_PAGE[one](self)]

    def _open(self, name: str, looks: Collection[str]) -> None:
        for look in looks:
            self._put_on(LOOKS[look])
        self.requests.clear()
        self.complaints.clear()
        vars(self).pop("rendered", None)
        self.name, self.has_axe = name, False
        self.page.goto(self.address + name)

    def _put_on(self, look: Look) -> None:
        if self.page.viewport_size != look.size:
            self.page.set_viewport_size(look.size)
        if self.worn is None or (self.worn.scheme, self.worn.media) != (look.scheme, look.media):
            self.page.emulate_media(color_scheme=look.scheme, media=look.media, reduced_motion="reduce")
        self.worn = look

    def _see(self, name: str, questions: Collection[str]) -> list[str]:
        look, met = LOOKS[name], self.met.setdefault(name, [])
        self._put_on(look)
        if not self.has_axe and any(one in OF_AXE for one in questions):
            self.page.evaluate(AXE)  # to have each page bring it costs Firefox as much as all other questions
            self.has_axe = True
        worn = {"style": look.style, "scheme": look.scheme, "media": look.media}
        seen = ask(self.page, "see", {**worn, "questions": questions, "options": OF_AXE, "met": met})
        assert seen["isOn"], f"this browser cannot show {look}"
        met += seen["kinds"]
        return [f"{name}: {one}: {problem}" for one, problems in seen["found"].items() for problem in problems]

    @cached_property
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


# Asked once, whatever the looks.
OF_A_PAGE: Mapping[str, Callable[[Visitor], Iterable[str]]] = {
    "console": lambda visitor: visitor.complaints,
    "hosts": elsewhere,
    "weight": heavy,
    "links": lambda visitor: dead_links(visitor.site, visitor.name, visitor.rendered),
    "numbers": lambda visitor: wrong_values(visitor.published, visitor.rendered),
}
QUESTIONS = tuple(dict.fromkeys([*(one for look in LOOKS.values() for one in look.asked), *OF_A_PAGE]))
