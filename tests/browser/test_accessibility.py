"""Every page by axe-core: both languages, light and dark, on a phone and on a desktop."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from visits import COLOURS, DESKTOP, PHONE, STANDARDS, ask_axe, names, violations

# Light is asked everything, dark what colours can change: nothing else differs (test_palette.py).
LOOKS: tuple[dict[str, Any], ...] = (
    {"viewport": DESKTOP, "color_scheme": "light", "reduced_motion": "reduce"},
    {"viewport": PHONE, "color_scheme": "light"},
    {"viewport": DESKTOP, "color_scheme": "dark"},
    {"viewport": PHONE, "color_scheme": "dark"},
)


@pytest.fixture
def looks(browser: Browser) -> Iterator[list[Page]]:
    # A context has a process of its own, so that axe-core is at work in all of them at once.
    with ExitStack() as opened:
        yield [opened.enter_context(browser.new_context(**look)).new_page() for look in LOOKS]


def test_every_page_is_accessible(looks: list[Page], address: str, site: Path) -> None:
    found = {}
    for name in names(site):
        answers = []
        for page, look in zip(looks, LOOKS, strict=True):
            page.goto(address + name)
            answers.append(ask_axe(page, STANDARDS if look["color_scheme"] == "light" else COLOURS))
        for answer, look in zip(answers, LOOKS, strict=True):
            if problems := answer():
                found[name, look["color_scheme"], look["viewport"]["width"]] = problems
    assert found == {}


BAD = """<!doctype html><html lang="nl"><head><title>Fout</title><style>
  :root { color-scheme: light dark; --paper: #fff; --ink: #111 }
  @media (prefers-color-scheme: dark) { :root { --paper: #111; --ink: #444 } }
  @media (max-width: 40rem) { :root { --wide: none } }
  body { background: var(--paper); color: var(--ink) } button { display: var(--wide, block) }
</style></head><body><main><h1>Fout</h1><p>Een zin.</p><button></button></main></body></html>"""


def test_a_mistake_is_caught_where_it_shows(looks: list[Page]) -> None:
    caught = []
    for page in looks:
        page.set_content(BAD)
        caught.append([problem.partition(":")[0] for problem in violations(page)])
    assert caught == [["button-name"], [], ["button-name", "color-contrast"], ["color-contrast"]]
