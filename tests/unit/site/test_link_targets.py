"""Where links lead, seen from the page with the link."""

import pytest

from conftest import PROJECT
from vierdepijler.core.cells import AddressError
from vierdepijler.core.package import Package
from vierdepijler.site.link_targets import Links
from vierdepijler.site.sources import read_sources


@pytest.fixture
def english(published: Package) -> Links:
    return Links(published, read_sources(PROJECT / "site", published.languages), "en", "https://site.example/")


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("sources", "../sources.html"),
        ("table:completions", "completions.html"),
        ("passport:completions", "../passport/completions.html"),
        ("release:0.1.0", "0.1.0/index.html"),
        ("file:completions.csv", "../../data/latest/completions.csv"),
        ("full:completions.csv", "https://site.example/data/latest/completions.csv"),
        ("site:bronnen.html", "../sources.html"),
        ("site:data/completions.html", "completions.html"),
        ("site:data/catalog.ttl", "../../data/catalog.ttl"),
    ],
)
def test_a_link_leads_to_the_page_in_its_language_or_to_the_file(english: Links, target: str, address: str) -> None:
    assert english.to(target, "data/units.html") == address


@pytest.mark.parametrize("target", ["no-such-page", "table:none", "passport:none", "file:none.csv", "full:none.csv"])
def test_a_link_to_what_is_not_there_is_refused(english: Links, target: str) -> None:
    with pytest.raises(AddressError, match=r"none|no-such-page"):
        english.to(target, "index.html")
