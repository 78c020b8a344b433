import runpy
import sys
from pathlib import Path

import pytest

from built_pages import every, read
from conftest import BROWSERS, PROJECT, installed
from vierdepijler.core.problems import UnreadableError
from vierdepijler.site import screenshots
from vierdepijler.site.screenshots import LOOKS, index_page, take_screenshots

PNG = b"\x89PNG\r\n\x1a\n"


def size(path: Path) -> tuple[int, int]:
    """Read the width and height of a PNG, which stand in its first chunk."""
    head = path.read_bytes()[:24]
    assert head.startswith(PNG)
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def test_every_page_is_taken_in_every_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(BROWSERS, "Chromium", "chromium")
    monkeypatch.setattr(screenshots, "AT_ONCE", 2)
    site = tmp_path / "public"
    style = "<style>p { height: 1200px } @media print { p { height: 50px } }</style>"
    (site / "en").mkdir(parents=True)
    (site / "en" / "index.html").write_text(f"<!doctype html><title>Een</title>{style}<p>Een zin.</p>")
    assert take_screenshots(site, tmp_path / "shots") == len(LOOKS)
    for look, expected in LOOKS.items():
        width, height = size(tmp_path / "shots" / look / "en" / "index.html.png")
        assert width == expected.size["width"]
        assert (height > 1200) == (expected.media == "screen")
    shown = every(read(tmp_path / "shots" / "index.html"), "img")
    assert len(shown) == len(LOOKS)
    assert all((tmp_path / "shots" / one.attrib["src"]).is_file() for one in shown)


def test_a_name_of_a_page_is_text_and_no_code() -> None:
    assert "<b>" not in index_page(["<b>.html"])


def test_where_playwright_is_not_installed_it_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    monkeypatch.delitem(sys.modules, "vierdepijler.site.screenshots")
    monkeypatch.setattr(sys, "argv", ["take_screenshots.py"])
    with pytest.raises(UnreadableError, match="make screenshots"):
        runpy.run_path(str(PROJECT / "scripts" / "take_screenshots.py"))["main"]()


def test_where_there_is_no_site_it_says_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="make site"):
        take_screenshots(tmp_path / "public", tmp_path / "shots")
    assert not (tmp_path / "shots").exists()
