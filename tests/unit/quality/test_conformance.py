"""Conformance to DCAT-AP, by shapes that are not ours."""

from pathlib import Path

from rdflib import Graph

from conftest import SHARED, cannot_run
from vierdepijler.quality.scoring.conformance import conforms, has_shapes
from vierdepijler.quality.scoring.published_site import CATALOGUE

STANDARDS = SHARED / "standards"


def test_shapes_that_are_not_there_are_missed(tmp_path: Path) -> None:
    assert not has_shapes(None)
    assert not has_shapes(tmp_path)


def test_our_catalogue_conforms_and_a_poorer_one_does_not(site: Path) -> None:
    if not has_shapes(STANDARDS):
        cannot_run("the shapes of DCAT-AP are not on this machine")
    graph = Graph().parse(site / CATALOGUE, format="turtle")
    assert conforms(graph, STANDARDS)
    poorer = Graph().parse(
        data=(site / CATALOGUE).read_text("utf-8").replace("dct:title", "dct:alternative"), format="turtle"
    )
    assert not conforms(poorer, STANDARDS)
