"""Addresses that stand in cells."""

import pytest

from conftest import PROJECT, Copy
from vierdepijler.core.cells import AddressError, Cell, select
from vierdepijler.core.package import Package
from vierdepijler.site.links import (
    Links,
    linked_address,
    named_paths,
    passport_page,
    release_page,
    release_path,
    table_page,
)
from vierdepijler.site.sources import read_sources, relative


@pytest.mark.parametrize(
    ("target", "page", "address"),
    [
        ("index.html", "index.html", "index.html"),
        ("data/a.html", "index.html", "data/a.html"),
        ("index.html", "data/a.html", "../index.html"),
        ("data/b.html", "data/a.html", "b.html"),
        ("data/a.csv", "en/data/a.html", "../../data/a.csv"),
    ],
)
def test_an_address_is_seen_from_the_page_it_stands_on(target: str, page: str, address: str) -> None:
    assert relative(target, page) == address


def test_the_pages_of_a_table_have_names_of_their_own(miniature: Copy) -> None:
    table = miniature.read().tables["counts"]
    assert (table_page(table), passport_page(table)) == ("table:counts", "passport:counts")


def test_the_page_of_a_release_stands_in_its_folder() -> None:
    assert (release_page("1.2.3"), release_path("1.2.3")) == ("release:1.2.3", "data/1.2.3/index.html")


def cell(package: Package, address: str) -> Cell:
    return select(package, address).cells[0]


def test_paths_in_a_cell_are_given_with_their_names(package: Package) -> None:
    found = named_paths(cell(package, "metadata_points.evidence[mqa-open-format]"), lambda target: f"../{target}")
    assert found == [
        ("../site:data/catalog.ttl", '<span class="as-written">catalog.ttl</span>'),
        ("../site:data/latest/completions.csv", '<span class="as-written">completions.csv</span>'),
    ]


def test_only_a_web_address_is_linked(package: Package) -> None:
    assert linked_address(cell(package, "sources.address[S21]")).startswith("https://www.midwest.be/")
    with pytest.raises(AddressError, match="holds no web address"):
        linked_address(cell(package, "sources.title[S21]"))


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
        ("networks:N06", "../network/N06.html"),
        ("file:completions.csv", "../../data/latest/completions.csv"),
        ("full:completions.csv", "https://site.example/data/latest/completions.csv"),
        ("site:bronnen.html", "../sources.html"),
        ("site:data/completions.html", "completions.html"),
        ("site:data/catalog.ttl", "../../data/catalog.ttl"),
    ],
)
def test_a_link_leads_to_the_page_in_its_language_or_to_the_file(english: Links, target: str, address: str) -> None:
    assert english.to(target, "data/units.html") == address


@pytest.mark.parametrize(
    "target",
    ["no-such-page", "table:none", "passport:none", "file:none.csv", "full:none.csv", "networks:none", "none:N06"],
)
def test_a_link_to_what_is_not_there_is_refused(english: Links, target: str) -> None:
    with pytest.raises(AddressError, match=r"none|no-such-page"):
        english.to(target, "index.html")
