"""Pictures of every page, as a phone, a desktop and paper show it, with a page to look through them.

Playwright drives the browser of the system, and several pages are open at once. The site is shown from its folder by a
server, because a page from a disk may not search.
"""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, FloatRect, ViewportSize, async_playwright

from vierdepijler.core.problems import say, unreadable
from vierdepijler.core.staging import staged

from .serving import SiteServer
from .templates import fill_ours

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
AT_ONCE = 4
TALLEST = 12_000  # pixels: of a longer page the rest is more of the same
INDEX = "index.html"
LOOPBACK = "127.0.0.1"
_PHONE, _DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)


@dataclass(frozen=True)
class Look:
    """How a page is looked at: the size in pixels, the scheme of colours, and on a screen or on paper."""

    size: ViewportSize
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"


LOOKS: Mapping[str, Look] = {
    "phone": Look(_PHONE),
    "phone-dark": Look(_PHONE, "dark"),
    "desktop": Look(_DESKTOP),
    "desktop-dark": Look(_DESKTOP, "dark"),
    "print": Look(ViewportSize(width=794, height=1123), media="print"),  # A4 at 96 pixels to the inch
}


def take_screenshots(site: Path, folder: Path) -> int:
    """Take a picture of every page of `site` in every look, and give how many there are.

    `folder` is replaced whole: a folder per look, and a page to look through them. Raises `UnreadableError` where there
    is no site or no browser.
    """
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    if not pages:
        raise unreadable(str(site), say("there is no site in this folder"), say("build it first, with 'make site'"))
    with staged(folder) as stage, SiteServer(site.joinpath, LOOPBACK, 0) as server:
        server.start()
        asyncio.run(_take(pages, f"http://{LOOPBACK}:{server.server_port}/", stage))
        server.shutdown()
        (stage / INDEX).write_text(index_page(pages), encoding="utf-8")
    return len(pages) * len(LOOKS)


def index_page(pages: list[str]) -> str:
    """Write the page that shows all pictures, small, each of them a link to itself."""
    return fill_ours("screenshots.html", pages=pages, looks=LOOKS)


async def _take(pages: list[str], address: str, stage: Path) -> None:
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        raise unreadable(
            "chromium", say("there is no Chromium on this machine"), say("install it, with 'apt install chromium'")
        )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for name, look in LOOKS.items():
            await _take_in(browser, look, [(address + page, stage / name / f"{page}.png") for page in pages])
        await browser.close()


async def _take_in(browser: Browser, look: Look, shots: list[tuple[str, Path]]) -> None:
    context = await browser.new_context(viewport=look.size, color_scheme=look.scheme, reduced_motion="reduce")
    waiting = iter(shots)
    await asyncio.gather(*(_work(context, look, waiting) for _ in range(AT_ONCE)))
    await context.close()


async def _work(context: BrowserContext, look: Look, waiting: Iterator[tuple[str, Path]]) -> None:
    page = await context.new_page()
    await page.emulate_media(media=look.media)
    for url, path in waiting:
        await page.goto(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        height = min(await page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = FloatRect(x=0, y=0, width=look.size["width"], height=height)
        await page.screenshot(path=path, full_page=True, clip=clip)
    await page.close()
