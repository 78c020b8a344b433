"""The browsers of this machine, each opened once for all tests that ask for it, and pages in them."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Playwright, ViewportSize, sync_playwright

from conftest import BROWSERS, cannot_run, installed
from loopback import served
from vierdepijler.site.hosting_rules import CSP, POLICY
from visits import DESKTOP

FIREFOXES = ("firefox-esr", "firefox")
OLDEST_FIREFOX = 143  # the first that keeps what it was sent for who drives it (network.addDataCollector)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site as its hosts do: no page may run or ask anything but our own files."""
    with served(site, {CSP: POLICY}) as root:
        yield root


class Driver:
    """Playwright, started once; its loop never ends, so it is hidden from tests that run one of their own."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright, self.loop = playwright, asyncio.get_running_loop()

    @cached_property
    def chromium(self) -> Browser:
        return self.playwright.chromium.launch(executable_path=installed(BROWSERS, "Chromium", "chromium"), args=FLAGS)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        asyncio._set_running_loop(self.loop)  # noqa: SLF001
        yield
        asyncio._set_running_loop(None)  # noqa: SLF001


@pytest.fixture(scope="session")
def started() -> Iterator[Driver]:
    driver = Driver(sync_playwright().start())
    yield driver
    with driver.at_work():
        driver.playwright.stop()  # and with it the browsers that it opened


@pytest.fixture(scope="module")
def driver(started: Driver) -> Iterator[Driver]:
    with started.at_work():
        yield started


@pytest.fixture(scope="module")
def browser(driver: Driver) -> Browser:
    return driver.chromium


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=DESKTOP, base_url=address) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page(kept: Page) -> Iterator[Page]:
    """Give a page on a desktop, the same to each test of a module: opening another costs as much as five visits."""
    yield kept
    kept.unroute_all()
    kept.emulate_media(media="null")


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Give what opens a page in a context of its own, for what cannot change later: a look, or whether scripts run."""
    with ExitStack() as contexts:

        def open_page(name: str = "", **look: object) -> Page:
            wished = {"viewport": DESKTOP, "base_url": address, **look}
            page = contexts.enter_context(browser.new_context(**wished)).new_page()  # type: ignore[arg-type]
            if name:
                page.goto(name)
            return page

        yield open_page


@dataclass(frozen=True)
class Firefox:
    """Firefox as Debian has it, which Playwright drives by WebDriver BiDi; it asks nothing of others."""

    starter: BrowserType
    executable: str

    @contextmanager
    def page(self, size: ViewportSize, preferences: Mapping[str, bool | int], address: str = "") -> Iterator[Page]:
        wished: dict[str, str | float | bool] = {"network.dns.disabled": True, **preferences}  # nothing goes out
        opened = self.starter.launch(channel="moz-firefox", executable_path=self.executable, firefox_user_prefs=wished)
        with opened, opened.new_context(viewport=size, base_url=address or None) as context:
            yield context.new_page()


@pytest.fixture(scope="module")
def firefox(driver: Driver) -> Firefox:
    executable = installed(FIREFOXES, "Firefox", "firefox-esr")
    said = subprocess.run([executable, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    if int(said.partition(".")[0]) < OLDEST_FIREFOX:
        cannot_run(f"Firefox {said} is too old to be driven: {OLDEST_FIREFOX} is needed (apt update, apt upgrade)")
    return Firefox(driver.playwright.firefox, executable)
