"""What was published, as others find it."""

from pathlib import Path

import pytest
from rdflib import Graph

from conftest import SHARED, cannot_run
from vierdepijler.quality.scores import CATALOGUE, CatalogueGraph, PublishedSite, has_shapes, in_list, read_catalogue

STANDARDS = SHARED / "standards"
URL = "https://site.example/folder/"
TEXT = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://site.example/#catalog> a dcat:Catalog ; dcat:dataset <https://site.example/b>, <https://site.example/a> .
<https://site.example/a> dcat:distribution <https://site.example/a.csv> ; dct:title "A"@nl, "B"@en .
"""


def test_tables_are_read_with_line_ends_in_their_cells(tmp_path: Path) -> None:
    latest = tmp_path / "data" / "latest"
    latest.mkdir(parents=True)
    (latest / "a b.csv").write_text('x,y\n1,"two\nlines"\n')
    site = PublishedSite(tmp_path, "https://site.example/")
    assert site.rows("a b.csv") == [{"x": "1", "y": "two\nlines"}]
    assert site.rows("none.csv") == []
    assert (site.has("data/latest/a b.csv"), site.has("data/latest"), site.has("none")) == (True, False, False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a table.csv").write_text("a\n1\n")
    (tmp_path / "data" / "index.html").write_text("<p>")
    return tmp_path


@pytest.mark.parametrize("path", ["data/a%20table.csv", "data/", "data/index.html#part"])
def test_files_and_folders_with_a_first_page_answer(folder: Path, path: str) -> None:
    assert PublishedSite(folder, URL).answers(URL + path)


@pytest.mark.parametrize("path", ["data/b.csv", "data", ""])
def test_what_is_not_there_does_not_answer(folder: Path, path: str) -> None:
    assert not PublishedSite(folder, URL).answers(URL + path)


@pytest.mark.parametrize("address", ["https://other.example/data/", "https://site.example/"])
def test_other_sites_are_not_asked(folder: Path, address: str) -> None:
    assert not PublishedSite(folder, URL).answers(address)


def test_nothing_outside_the_folder_answers(folder: Path) -> None:
    site = PublishedSite(folder / "data", URL)
    assert not any(map(site.answers, (f"{URL}../data/index.html", f"{URL}%2e%2e/data/index.html")))


@pytest.fixture
def catalogue(tmp_path: Path) -> CatalogueGraph:
    (tmp_path / "catalog.ttl").write_text(TEXT)
    return read_catalogue(tmp_path / "catalog.ttl")


def test_data_sets_and_files_are_found_in_a_fixed_order(catalogue: CatalogueGraph) -> None:
    assert catalogue.datasets == ("https://site.example/a", "https://site.example/b")
    assert catalogue.distributions == ("https://site.example/a.csv",)


def test_what_is_said_is_given_as_text(catalogue: CatalogueGraph) -> None:
    assert catalogue.values("https://site.example/a", "dct:title") == ("A", "B")
    assert catalogue.values("https://site.example/a", "dcat:distribution") == ("https://site.example/a.csv",)
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


def test_shapes_that_are_not_there_are_missed(tmp_path: Path) -> None:
    assert not has_shapes(None)
    assert not has_shapes(tmp_path)


def test_our_catalogue_conforms_and_a_poorer_one_does_not(site: Path) -> None:
    if not has_shapes(STANDARDS):
        cannot_run("the shapes of DCAT-AP are not on this machine")
    graph = Graph().parse(site / CATALOGUE, format="turtle")
    assert CatalogueGraph(graph).conforms(STANDARDS)
    poorer = Graph().parse(
        data=(site / CATALOGUE).read_text("utf-8").replace("dct:title", "dct:alternative"), format="turtle"
    )
    assert not CatalogueGraph(poorer).conforms(STANDARDS)
