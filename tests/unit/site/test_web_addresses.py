"""Addresses that stand in cells."""

import pytest

from vierdepijler.core.cells import AddressError, Cell, select
from vierdepijler.core.package import Package
from vierdepijler.site.web_addresses import linked_address, named_paths


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
