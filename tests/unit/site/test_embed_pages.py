"""The pages for frames of other sites, as files of the built site."""

import gzip
import re
from pathlib import Path

from built_pages import every, first, places, read, text_of
from conftest import PROJECT
from vierdepijler.core.cells import has_figures
from vierdepijler.core.package import Package

URL = "https://vierde-pijler.example/"
BUDGET = 40_000  # bytes, compressed, with all that is loaded


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
        bound = every(read(path), "figure data, table data, svg [data-cell]")
        assert told(path, site, {one.attrib["data-cell"].partition(".")[0] for one in bound}, published), path


def test_what_its_figures_do_not_say_stands_on_the_page_of_a_table_and_in_each_passport(
    site: Path, published: Package
) -> None:
    warned = [table for table in published.tables.values() if table.descriptor.get("caveat")]
    assert len(warned) >= 12
    for table in warned:
        for root, passports in (("", "paspoort"), ("en/", "passport")):
            page, passport = (site / f"{root}{folder}/{table.name}.html" for folder in ("data", passports))
            assert told(page, site, {table.name}, published), page
            sections = every(read(passport), "section.passport") if has_figures(table) else []
            caveat = published.text(table.descriptor, "caveat", "en" if root else "nl")
            assert all(caveat in text_of(section) for section in sections), passport


def told(path: Path, site: Path, tables: set[str], published: Package) -> bool:
    """Tell whether a page says of each of some tables, in its language, what their figures do not."""
    language = "en" if path.relative_to(site).parts[0] == "en" else "nl"
    caveats = (published.text(published.tables[name].descriptor, "caveat", language) for name in tables)
    page = text_of(read(path))
    return all(caveat in page for caveat in caveats)


def test_it_has_its_source_and_leads_to_its_page_and_is_not_for_search_engines(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert "/embed/" not in sitemap
    for path in embeds(site):
        page, name = read(path), path.relative_to(site).as_posix()
        assert page.get("lang") == ("en" if name.startswith("en/") else "nl")
        assert first(page, "meta[name=robots]").attrib["content"] == "noindex"
        link = every(page, ".embed__source a")[-1]
        target = (path.parent / link.attrib["href"].partition("#")[0]).resolve()
        assert path.stem in places(target), name
        address = URL + target.relative_to(site.resolve()).as_posix().removesuffix("index.html")
        assert first(page, "link[rel=canonical]").attrib["href"] == address
        assert every(page, ".embed__source time[data-property=created]")
        assert all(link.attrib["target"] == "_blank" for link in every(page, "a"))
        assert not every(page, "nav, form, header, footer")


def test_it_weighs_little_with_all_that_it_loads(site: Path) -> None:
    for path in embeds(site):
        parts = every(read(path), "script[src], link[rel=stylesheet]")
        loaded = [part.get("src") or part.attrib["href"] for part in parts]
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
