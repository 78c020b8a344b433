import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import RDF, Graph
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT

from conftest import Copy
from vierdepijler.core.package import Package

SYNTAXES = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture
def catalogues(published: Package) -> dict[str, Path]:
    return {extension: published.root.with_name(f"catalog.{extension}") for extension in SYNTAXES}


def test_the_three_forms_of_the_catalogue_hold_the_same(catalogues: dict[str, Path]) -> None:
    graphs = [Graph().parse(catalogues[extension], format=syntax) for extension, syntax in SYNTAXES.items()]
    assert len(graphs[0]) > 1000
    for other in graphs[1:]:
        assert isomorphic(graphs[0], other)


def test_a_package_of_others_is_described_with_what_can_be_understood(miniature: Copy, tmp_path: Path) -> None:
    def strip(descriptor: Any) -> None:
        first, groups = descriptor["resources"][:2]
        for name in ("languages", "title_en", "description_en", "licenses", "contributors", "created"):
            descriptor.pop(name)
        descriptor.update(resources=[first, groups], catalogue="red", temporal="2025", keywords=["a & b"])
        descriptor["sources"] = [{"title": "Een boek"}, {"path": "docs/a b.pdf"}]
        descriptor["contributors"] = [{"title": "Wij <&>", "email": "a b@c.example", "path": "wij.html"}]
        first["name"] = "De tellingen (één)"
        first["schema"] = {"fields": [{"name": field["name"]} for field in first["schema"]["fields"]]}
        groups["schema"] = {"fields": [{"name": field["name"]} for field in groups["schema"]["fields"]]}
        for resource in (first, groups):
            for name in ("title_en", "description_en"):
                resource.pop(name)

    for name in ("derived_figures", "units"):
        (miniature.folder / "data" / f"{name}.csv").unlink()
    out = miniature.change(strip).publish(tmp_path / "out")
    graph = Graph().parse(out.with_name("catalog.ttl"))
    assert len(list(graph.subjects(RDF.type, DCAT.Distribution))) >= 3
    for extension, syntax in SYNTAXES.items():
        assert isomorphic(graph, Graph().parse(out.with_name(f"catalog.{extension}"), format=syntax))
    table = json.loads((out / "De tellingen (één).csv-metadata.json").read_text("utf-8"))["tables"][0]
    assert table["url"] == "De%20tellingen%20%28%C3%A9%C3%A9n%29.csv"
    assert yaml.safe_load((out / "CITATION.cff").read_text("utf-8"))["authors"][0]["name"] == "Wij <&>"
