"""The catalogue, as a reader of linked data sees it."""

from pathlib import Path

import pytest

from vierdepijler.quality.scoring.catalogue_graph import CatalogueGraph, in_list, read_catalogue

TEXT = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://site.example/#catalog> a dcat:Catalog ; dcat:dataset <https://site.example/b>, <https://site.example/a> .
<https://site.example/a> dcat:distribution <https://site.example/a.csv> ; dct:title "A"@nl, "B"@en .
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> CatalogueGraph:
    (tmp_path / "catalog.ttl").write_text(TEXT)
    return read_catalogue(tmp_path / "catalog.ttl")


def test_data_sets_and_files_are_found_in_a_fixed_order(catalogue: CatalogueGraph) -> None:
    assert catalogue.datasets == ("https://site.example/a", "https://site.example/b")
    assert catalogue.distributions == ("https://site.example/a.csv",)


def test_what_is_said_is_given_as_text(catalogue: CatalogueGraph) -> None:
    assert catalogue.values("https://site.example/a", "dct:title") == ("A", "B")
    assert catalogue.values("https://site.example/a", "dct:title", "dcat:distribution") == (
        "A", "B", "https://site.example/a.csv",
    )  # fmt: skip
    assert catalogue.values("https://site.example/b", "dct:title") == ()


@pytest.mark.parametrize("text", ["this is no Turtle", ""])
def test_what_cannot_be_read_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalog.ttl").write_text(text)
    assert read_catalogue(tmp_path / "catalog.ttl").datasets == ()
    assert read_catalogue(tmp_path / "none.ttl").datasets == ()


def test_a_list_holds_every_value_or_it_does_not_count() -> None:
    assert in_list(["x/a", "y/b"], "x/", "y/")
    assert not in_list(["x/a", "z/b"], "x/", "y/")
    assert not in_list([], "x/")
