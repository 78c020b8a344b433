"""The pages for frames of other sites, as files of the built site."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from built_pages import every, first, places, read, text_of
from conftest import PROJECT
from vierdepijler.core.cells import AddressError, has_figures
from vierdepijler.core.package import Package
from vierdepijler.site.sharing import HIGHEST, Embed, Embeds

EMBED = Embed(
    "table-counts", "table", "counts", "Tellingen", "money", "geld/geld.html", Markup("<tr></tr>"), Markup("Een bron")
)


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("../data/counts.html#a.b", "../data/counts.html#a.b"),
        ("../../en/index.html", "../../en/index.html"),
        ("bedrag.html", "../geld/bedrag.html"),
        ("#oproepen", "../geld/geld.html#oproepen"),
        ("https://elders.example/x#y", "https://elders.example/x#y"),
    ],
)
def test_a_link_leads_from_the_embed_to_where_it_led_and_leaves_the_frame(link: str, leads_to: str) -> None:
    apart = EMBED.apart(Markup(f'<p><a class="figure" href="{link}">3</a></p>'))
    assert apart == f'<p><a class="figure" href="{leads_to}" target="_blank">3</a></p>'


def test_a_table_of_an_embed_needs_no_roles() -> None:
    page = '<table role="table"><tr role="row"><td role="cell">3</td></tr></table><svg role="img"></svg>'
    assert EMBED.apart(Markup(page)) == '<table><tr><td>3</td></tr></table><svg role="img"></svg>'


def test_a_frame_is_higher_for_more_rows_and_never_higher_than_a_screen() -> None:
    more = replace(EMBED, shown=Markup("<tr></tr>") * 4)
    assert EMBED.height < more.height < replace(EMBED, shown=Markup("<tr></tr>") * 200).height == HIGHEST


def test_what_two_pages_show_is_embedded_once_as_on_the_page_about_it() -> None:
    embeds = Embeds()
    embeds.add(replace(EMBED, page="home"))
    embeds.add(EMBED)
    embeds.add(EMBED)
    assert [embed.page for embed in embeds.once(("home",))] == ["money"]
    assert [embed.page for embed in embeds.once()] == ["home"]


def test_two_pages_cannot_call_different_things_by_one_name() -> None:
    embeds = Embeds()
    embeds.add(EMBED)
    with pytest.raises(AddressError, match="'Iets anders' and 'Tellingen' are both called 'table-counts'"):
        embeds.add(replace(EMBED, page="home", title="Iets anders"))


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
