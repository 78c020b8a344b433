"""What the tests in a browser share: the pages of the site, the sizes of screens, and what a page did wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
SMALLEST = ViewportSize(width=320, height=640)  # WCAG 1.4.10; also 1280 pixels at a zoom of 400 %

# Only violations are worked out in full, which halves the time and finds the same.
FOUND = {"resultTypes": ["violations"]}
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **FOUND}
# Dark differs from light in nothing but colours: see test_palette.py.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **FOUND}
START = "(options) => { window.asked = axe.run(options); }"
FINISH = """() => window.asked.then(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`))"""


def names(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


class Heard:
    """What a page asked for, and what it complained of on the console."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    def elsewhere(self, address: str) -> list[str]:
        return [url for url in self.asked if not url.startswith((address, "blob:", "data:"))]


def violations(page: Page, options: dict[str, Any] = STANDARDS) -> list[str]:
    """Ask axe-core what is wrong with the page that is shown."""
    return ask_axe(page, options)()


def ask_axe(page: Page, options: dict[str, Any]) -> Callable[[], list[str]]:
    """Let axe-core start, and give what waits for its answer: so it can be at work in several pages at once."""
    page.evaluate(AXE)
    page.evaluate(START, options)
    return lambda: list(page.evaluate(FINISH))


AXE = Axe().axe_script
