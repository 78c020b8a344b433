from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.site.drafts import Page
from vierdepijler.site.sites import Site, document
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

URL = "https://cijfers.example/pijler/"
PAGES = {
    "nl": [
        Page("money", "geld.md", "Geld", "Wie betaalt: dat", "Tekst."),
        Page("home", "index.md", "Start", "Alles", ""),
    ],
    "en": [Page("money", "money.md", "Money", "Who pays", "Text."), Page("home", "index.md", "Home", "All", "")],
}


@pytest.fixture
def site(published: Package) -> Site:
    sources = read_sources(PROJECT / "site", published.languages)
    return Site(PROJECT, sources, URL, PAGES, catalogue_of(published.descriptor, published.root))


def head_of(text: str) -> Mapping[str, Any]:
    _, head, _ = text.split("---\n", 2)
    meta: Mapping[str, Any] = yaml.safe_load(head)
    return meta


def test_a_page_is_at_the_root_in_the_main_language_and_a_home_page_is_its_folder(site: Site) -> None:
    assert site.main_language == "nl"
    assert site.address(PAGES["en"][0], "en") == f"{URL}en/money.html"
    assert site.address(PAGES["nl"][1], "nl") == URL


def test_the_theme_is_told_what_the_page_is_and_where_its_translation_stands(site: Site) -> None:
    text = document(site, "nl", PAGES["nl"][0])
    assert text.endswith("---\nTekst.")
    meta = head_of(text)
    assert (meta["title"], meta["description"], meta["canonical"]) == ("Geld", "Wie betaalt: dat", f"{URL}geld.html")
    assert [twin["href"] for twin in meta["translations"]] == ["geld.html", "en/money.html"]
    assert [twin["address"] for twin in meta["translations"]] == [f"{URL}geld.html", f"{URL}en/money.html"]


def test_only_a_page_with_a_chart_asks_for_what_its_marks_need(site: Site) -> None:
    assert "chart_libraries" not in head_of(document(site, "en", PAGES["en"][0]))
    charted = Page("money", "money.md", "Money", "Who pays", '<figure data-chart="hours">')
    core, dom = head_of(document(site, "en", charted))["chart_libraries"]
    assert core.startswith("../assets/lib/floating-ui-core-")
    assert dom.startswith("../assets/lib/floating-ui-dom-")
