"""The pages for frames of other sites: as files of the built site, and in a browser, in the page of another host."""

import gzip
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import Tag
from playwright.sync_api import Browser

from built_pages import read
from conftest import PROJECT
from vierdepijler.package import Package

URL = "https://vierde-pijler.example/"
BUDGET = 40_000  # bytes, compressed, with all that is loaded
NARROW, WIDE = 320, 1100
FITS = """() => {
  const frame = document.querySelector("iframe"), told = Number(frame.height);
  return told !== Number(frame.dataset.before) && frame.clientHeight === told;
}"""


def embeds(site: Path) -> list[Path]:
    return sorted([*site.glob("embed/*.html"), *site.glob("*/embed/*.html")])


def test_each_exhibit_has_a_page_of_its_own_in_both_languages(site: Path) -> None:
    wanted = set()
    for path in site.rglob("*.html"):
        if path.parent.name != "embed":
            wanted |= set(re.findall(r"&lt;iframe src=&#34;([^&]*)&#34;", path.read_text("utf-8")))
    assert wanted == {URL + path.relative_to(site).as_posix() for path in embeds(site)}
    assert len(wanted) >= 22


def test_what_its_figures_do_not_say_stands_with_them(site: Path, published: Package) -> None:
    for path in embeds(site):
        page, language = read(path), "en" if path.relative_to(site).parts[0] == "en" else "nl"
        names = {
            str(one["data-cell"]).partition(".")[0] for one in page.select("figure data, table data, svg [data-cell]")
        }
        caveats = [published.text(published.tables[name].descriptor, "caveat", language) for name in names]
        assert all(caveat in page.get_text() for caveat in caveats), path


def test_it_has_its_source_and_leads_to_its_page_and_is_not_for_search_engines(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert "/embed/" not in sitemap
    for path in embeds(site):
        page, name = read(path), path.relative_to(site).as_posix()
        assert page.html is not None
        assert page.html["lang"] == ("en" if name.startswith("en/") else "nl")
        robots, canonical = page.select_one("meta[name=robots]"), page.select_one("link[rel=canonical]")
        assert robots is not None
        assert robots["content"] == "noindex"
        link = page.select(".embed__source a")[-1]
        target = (path.parent / str(link["href"]).partition("#")[0]).resolve()
        assert read(target).find(id=path.stem), name
        assert canonical is not None
        address = URL + target.relative_to(site.resolve()).as_posix().removesuffix("index.html")
        assert canonical["href"] == address
        assert page.select_one(".embed__source time[data-property=created]")
        assert all(link["target"] == "_blank" for link in page.select("a"))
        assert not page.select("nav, form, header, footer")


def test_it_weighs_little_with_all_that_it_loads(site: Path) -> None:
    for path in embeds(site):
        page = read(path)
        loaded = [str(part.get("src") or part.get("href")) for part in page.select("script[src], link[rel=stylesheet]")]
        files = [path, *((path.parent / address).resolve() for address in loaded)]
        assert len(files) == 3
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) < BUDGET, path


def test_its_colours_are_those_of_the_site() -> None:
    def properties(name: str) -> list[set[tuple[str, str]]]:
        text = (PROJECT / "site" / "assets" / name).read_text("utf-8").partition("@media print")[0]
        return [
            set(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
        ]

    for own, whole in zip(properties("embed.css"), properties("vierdepijler.css")[:2], strict=True):
        assert own
        assert own <= whole


def code(site: Path, address: str, name: str) -> str:
    """Give the code that the page of an exhibit offers, with the address where the site is now."""
    page = read(site / name)
    found = [box.get_text() for box in page.select(".tools pre") if "<iframe" in box.get_text()]
    return found[0].replace(URL, address).replace('loading="lazy"', "")


@pytest.mark.parametrize("name", ["geld.html", "netwerken.html", "en/results.html"])
def test_the_frame_gets_the_height_of_what_it_shows_narrow_and_wide(
    browser: Browser, address: str, site: Path, name: str
) -> None:
    page = browser.new_page(viewport={"width": WIDE, "height": 800})
    snippet = code(site, address, name).replace('height="', 'height="1', 1)  # surely not the right height yet
    before = re.search(r'height="(\d+)"', snippet)
    assert before is not None
    page.set_content(snippet.replace("<iframe", f'<iframe data-before="{before[1]}"', 1))
    for width in (WIDE, NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(FITS)
        frame = page.frames[1]
        frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
        frame.wait_for_function("innerHeight - document.documentElement.getBoundingClientRect().height < 1")
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_without_scripts_the_frame_shows_it_at_the_height_that_was_guessed(
    browser: Browser, address: str, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(code(site, address, "geld.html"))
    page.frame_locator("iframe").locator("h1").wait_for()
    assert page.frame_locator("iframe").locator(".embed__source a").last.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_says_nothing_wrong(browser: Browser, address: str, site: Path, scheme: str) -> None:
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 360, "height": 640}
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in embeds(site):
        page.goto(address + path.relative_to(site).as_posix())
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [violation["id"] for violation in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert complaints == []
    page.close()


def test_every_link_of_it_is_one(site: Path) -> None:
    for path in embeds(site):
        for link in read(path).select("a[href]"):
            assert isinstance(link, Tag)
            target, _, fragment = str(link["href"]).partition("#")
            file = (path.parent / target).resolve()
            assert file.is_file(), f"{path.name} leads to {target}"
            assert not fragment or f'id="{fragment}"' in file.read_text("utf-8"), f"{path.name} leads to {link['href']}"
