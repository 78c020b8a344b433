"""What the head of each page tells to programs, read from the built site."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, FOAF

from built_pages import every, names, read
from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.site.page_model import Page
from vierdepijler.site.site_context import Site, page_head, script_text
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

HELD = {"contentUrl", "url", "item", "@id"}  # what leads to a page or a file, where it is of our own site


def told(path: Path) -> Any:
    scripts = every(read(path), 'head script[type="application/ld+json"]')
    assert len(scripts) == 1, path
    return json.loads(scripts[0].text)


def pages(site: Path) -> list[Path]:
    # A page for the frames of other sites says where the page it is of stands, and tells no more by itself.
    return [site / name for name in names(site) if "embed/" not in name and name != "404.html"]


def addresses(content: Any) -> Iterator[str]:
    match content:
        case dict():
            for name, value in content.items():
                if name in HELD and isinstance(value, str):
                    yield value
                yield from addresses(value)
        case list():
            for value in content:
                yield from addresses(value)


def missing(site: Path, home: str, found: Iterator[str]) -> list[str]:
    """Give the addresses of our own that lead to no file of the built site, and to no part of a page."""
    own = {urldefrag(address).url for address in found if address.startswith(home)}
    return [address for address in sorted(own) if not lands(site, address.removeprefix(home))]


def lands(site: Path, path: str) -> bool:
    return (site / (path + "index.html" if path in ("", "en/") or path.endswith("/") else path)).is_file()


@pytest.fixture(scope="module")
def home(published: Package) -> str:
    return str(published.descriptor["homepage"])


def test_every_page_tells_what_it_is_about(site: Path, home: str) -> None:
    for path in pages(site):
        content = told(path)
        (main, *_) = content if isinstance(content, list) else [content]
        assert main["@type"] in ("Dataset", "WebPage")
        assert main["name"]
        assert missing(site, home, addresses(content)) == [], path


def test_the_page_of_each_table_tells_of_that_table_in_its_language(site: Path, published: Package) -> None:
    for name, table in published.tables.items():
        dutch, english = told(site / f"data/{name}.html"), told(site / f"en/data/{name}.html")
        assert dutch["name"] == table.descriptor["title"]
        assert english["name"] == table.descriptor["title_en"]
        assert dutch["@id"] == english["@id"]
        assert english["url"].endswith(f"/en/data/{name}.html")


@pytest.mark.parametrize("page", ["index.html", "data/index.html", "en/index.html", "en/data/index.html"])
def test_the_pages_about_all_data_tell_of_the_package_and_the_catalogue(site: Path, page: str) -> None:
    whole, catalogue = told(site / page)
    assert (whole["@type"], catalogue["@type"]) == ("Dataset", "DataCatalog")
    assert whole["@id"] in {one["@id"] for one in catalogue["dataset"]}


def test_what_is_told_is_also_told_as_linked_data(site: Path) -> None:
    links = every(read(site / "en/data/completions.html"), "head link[rel=describedby]")
    assert [link.attrib["href"] for link in links] == [
        f"../../data/catalog.{form}" for form in ("ttl", "rdf", "jsonld")
    ]


def test_every_address_of_the_catalogue_leads_somewhere(site: Path, home: str) -> None:
    graph = Graph().parse(site / "data/catalog.ttl")
    verbs = (DCAT.downloadURL, DCAT.accessURL, DCAT.landingPage, FOAF.homepage)
    found = [str(address) for verb in verbs for address in graph.objects(None, verb)]
    assert len(found) > 50
    assert all(address.startswith(home) for address in found)
    assert missing(site, home, iter(found)) == []


@pytest.mark.parametrize("name", ["data/schema-org.jsonld", "data/latest/croissant.json"])
def test_every_address_of_the_other_descriptions_leads_somewhere(site: Path, home: str, name: str) -> None:
    assert missing(site, home, addresses(json.loads((site / name).read_text("utf-8")))) == []


def test_an_address_that_leads_nowhere_is_noticed(site: Path, home: str) -> None:
    assert missing(site, home, iter([f"{home}data/latest/nothing.csv"])) == [f"{home}data/latest/nothing.csv"]


def test_no_text_can_end_the_script_that_it_is_in() -> None:
    spoiled = {"name": "</script><script>alert('x')</script>", "description": "<!-- a < b"}
    text = script_text(spoiled)
    assert "<" not in text
    assert json.loads(text) == spoiled


URL = "https://cijfers.example/pijler/"
PAGES = {
    "nl": [
        Page("money", "geld.md", "Geld", "Wie betaalt: dat", "Tekst."),
        Page("home", "index.md", "Start", "Alles", ""),
    ],
    "en": [Page("money", "money.md", "Money", "Who pays", "Text."), Page("home", "index.md", "Home", "All", "")],
}


@pytest.fixture
def context(published: Package) -> Site:
    sources = read_sources(PROJECT / "site", published.languages)
    return Site(PROJECT, sources, URL, PAGES, catalogue_of(published.descriptor, published.root))


def test_a_page_is_at_the_root_in_the_main_language_and_a_home_page_is_its_folder(context: Site) -> None:
    assert context.main_language == "nl"
    assert context.address(PAGES["en"][0], "en") == f"{URL}en/money.html"
    assert context.address(PAGES["nl"][1], "nl") == URL


def test_the_theme_is_told_what_the_page_is_and_where_its_translation_stands(context: Site) -> None:
    meta = page_head(context, "nl", PAGES["nl"][0])
    assert (meta["title"], meta["description"], meta["canonical"]) == ("Geld", "Wie betaalt: dat", f"{URL}geld.html")
    assert [twin["href"] for twin in meta["translations"]] == ["geld.html", "en/money.html"]
    assert [twin["address"] for twin in meta["translations"]] == [f"{URL}geld.html", f"{URL}en/money.html"]


def test_only_a_page_with_a_chart_asks_for_what_its_marks_need(context: Site) -> None:
    assert "chart_libraries" not in page_head(context, "en", PAGES["en"][0])
    charted = Page("money", "money.md", "Money", "Who pays", '<figure data-chart="hours">')
    core, dom = page_head(context, "en", charted)["chart_libraries"]
    assert core.startswith("../assets/lib/floating-ui-core-")
    assert dom.startswith("../assets/lib/floating-ui-dom-")
