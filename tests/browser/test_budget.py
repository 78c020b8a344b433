"""What a page costs those who open it: all that it loads by itself, compressed as hosts do."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import PROJECT
from visits import PHONE
from weighing import weighed

KILOBYTE = 1024
TOPIC, EMBED = 75 * KILOBYTE, 40 * KILOBYTE
Weigh = Callable[[str], dict[str, int]]


def topics() -> list[str]:
    """Give the address of each page that somebody wrote."""
    written = [path for folder in ("nl", "en") for path in sorted((PROJECT / "site" / folder).glob("[!_]*.md"))]
    return [f"{'en/' if path.parent.name == 'en' else ''}{path.stem}.html" for path in written]


def embeds(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("embed/*.html"))]


def weighing(browser: Browser, folder: Path) -> Iterator[Weigh]:
    """Give what opens a page for the first time, and tells what it loaded."""
    with weighed(folder) as (address, sent):

        def weigh(name: str) -> dict[str, int]:
            sent.clear()
            with browser.new_context(viewport=PHONE) as context:  # with nothing kept from before
                context.new_page().goto(address + name, wait_until="networkidle")
            return dict(sent)

        yield weigh


@pytest.fixture
def weigh(browser: Browser, site: Path) -> Iterator[Weigh]:
    yield from weighing(browser, site)


def test_a_topic_page_is_light(weigh: Weigh, site: Path) -> None:
    heavy = {}
    for name in topics():
        assert (site / name).is_file(), name
        loaded = weigh(name)
        assert len(loaded) > 2, "a page loads its style and its scripts"
        if sum(loaded.values()) > TOPIC:
            heavy[name] = loaded
    assert heavy == {}


def test_an_embed_is_light(weigh: Weigh, site: Path) -> None:
    assert embeds(site)
    loads = {name: weigh(name) for name in embeds(site)}
    assert {name: loaded for name, loaded in loads.items() if sum(loaded.values()) > EMBED} == {}


@pytest.mark.parametrize("kind", ["style", "script", "drawing"])
def test_what_is_too_heavy_is_caught(browser: Browser, tmp_path: Path, kind: str) -> None:
    noise = hashlib.shake_256(b"fat").hexdigest(TOPIC)  # half of it is left when it is compressed
    loads = {
        "style": "<link rel=stylesheet href=fat.css>",
        "script": "<script>import('./fat.js')</script>",
        "drawing": "<img src=fat.svg alt=''>",
    }
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Vet</title>{loads[kind]}")
    for name in ("fat.css", "fat.js", "fat.svg"):
        (tmp_path / name).write_text(f"/* {noise} */")
    (loaded,) = (weigh("index.html") for weigh in weighing(browser, tmp_path))
    assert sum(loaded.values()) > TOPIC
