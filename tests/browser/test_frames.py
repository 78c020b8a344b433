"""A chart or table in the page of another host: as high as what it shows, and there without scripts."""

import re
from pathlib import Path

import pytest

from browsers import Open
from built_pages import every, read, text_of
from visits import until

URL = "https://vierde-pijler.example/"
NARROW, WIDE = 320, 1100
FITS = """() => {
  const frame = document.querySelector("iframe"), told = Number(frame.height);
  return told !== Number(frame.dataset.before) && frame.clientHeight === told;
}"""


def code(site: Path, address: str, name: str) -> str:
    """Give the code that the page of an exhibit offers, with the address where the site is now."""
    found = next(code for code in map(text_of, every(read(site / name), ".tools pre")) if "<iframe" in code)
    return found.replace(URL, address).replace('loading="lazy"', "")


@pytest.mark.parametrize("name", ["geld.html", "netwerken.html", "en/results.html"])
def test_the_frame_gets_the_height_of_what_it_shows_narrow_and_wide(
    opened: Open, address: str, site: Path, name: str
) -> None:
    page = opened(viewport={"width": WIDE, "height": 800})
    snippet = code(site, address, name).replace('height="', 'height="1', 1)  # surely not the right height yet
    before = re.search(r'height="(\d+)"', snippet)
    assert before is not None
    page.set_content(snippet.replace("<iframe", f'<iframe data-before="{before[1]}"', 1))
    for width in (WIDE, NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        until(page, f"({FITS})()")
        frame = page.frames[1]
        until(frame, "document.documentElement.scrollHeight <= innerHeight")
        until(frame, "innerHeight - document.documentElement.getBoundingClientRect().height < 1")
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_frame_shows_it_at_the_height_that_was_guessed(
    opened: Open, address: str, site: Path
) -> None:
    page = opened(java_script_enabled=False)
    page.set_content(code(site, address, "geld.html"))
    page.frame_locator("iframe").locator("h1").wait_for()
    assert page.frame_locator("iframe").locator(".embed__source a").last.is_visible()
