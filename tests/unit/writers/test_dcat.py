"""The catalogue against the shapes of the European and the Flemish profile; each defect that we make is caught."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SH, SKOS, XSD

from conftest import SHARED
from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.catalogues import Catalogue
from vierdepijler.writers.metadata.dcat import KNOWN, graph_of
from vierdepijler.writers.metadata.describing import catalogue_of

STANDARDS = SHARED / "standards"
EUROPEAN = ("dcat-ap-3.0.1-shapes.ttl", "dcat-ap-3.0.1-range.ttl")
FLEMISH = ("dcat-ap-vl-shapes.jsonld",)
RECOMMENDED = "dcat-ap-3.0.1-shapes_recommended.ttl"
ADMS, MDCAT, SPDX, VCARD = (Namespace(KNOWN["@context"][prefix]) for prefix in ("adms", "mdcat", "spdx", "vcard"))

Spoil = Callable[[Graph], object]

needs_shapes = pytest.mark.skipif(not STANDARDS.is_dir(), reason="the shapes of DCAT-AP are not on this machine")


@cache
def shapes(name: str) -> Graph:
    return Graph().parse(STANDARDS / name)


def findings(graph: Graph, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        _, results, _ = validate(graph, shacl_graph=shapes(name))
        found.extend(
            f"{results.value(result, SH.resultPath)}: {results.value(result, SH.resultMessage)}"
            for result in results.objects(None, SH.result)
        )
    return sorted(found)


@pytest.fixture(scope="module")
def catalogue(published: Package) -> Catalogue:
    return catalogue_of(published.descriptor, published.root)


@pytest.fixture(scope="module")
def written(published: Package) -> Graph:
    return Graph().parse(published.root.with_name("catalog.ttl"))


@needs_shapes
@pytest.mark.parametrize("name", [*EUROPEAN, *FLEMISH])
def test_the_catalogue_keeps_to_the_profiles(written: Graph, name: str) -> None:
    assert findings(written, name) == []


@needs_shapes
def test_what_the_profile_recommends_is_there_but_for_periods_that_no_source_gives(
    written: Graph, catalogue: Catalogue, say_at_the_end: Callable[[str], None]
) -> None:
    undated = sum(dataset.period is None for dataset in catalogue.datasets)
    found = findings(written, RECOMMENDED)
    missing = [one for one in found if not one.startswith(f"{DCTERMS.temporal}:")]
    assert len(found) - len(missing) == undated
    say_at_the_end(f"DCAT-AP: {len(missing)} recommended properties are missing{': ' if missing else ''}"
                   f"{'; '.join(missing[:5])}")  # fmt: skip
    assert missing == []


def without(kind: URIRef, verb: URIRef) -> Spoil:
    def spoil(graph: Graph) -> None:
        for subject in list(graph.subjects(RDF.type, kind)):
            graph.remove((subject, verb, None))

    return spoil


def instead(kind: URIRef, verb: URIRef, value: Literal | URIRef) -> Spoil:
    def spoil(graph: Graph) -> None:
        for subject in list(graph.subjects(RDF.type, kind)):
            graph.set((subject, verb, value))

    return spoil


def also(kind: URIRef, verb: URIRef, value: Literal | URIRef | BNode) -> Spoil:
    def spoil(graph: Graph) -> None:
        for subject in list(graph.subjects(RDF.type, kind)):
            graph.add((subject, verb, value))

    return spoil


ELSEWHERE = URIRef("https://elsewhere.example/")
DEFECTS: dict[str, tuple[tuple[str, ...], Spoil]] = {
    "no title": (EUROPEAN, without(DCAT.Dataset, DCTERMS.title)),
    "no description": (EUROPEAN, without(DCAT.Catalog, DCTERMS.description)),
    "no publisher of the catalogue": (EUROPEAN, without(DCAT.Catalog, DCTERMS.publisher)),
    "no publisher of a data set": (FLEMISH, without(DCAT.Dataset, DCTERMS.publisher)),
    "a publisher without a name": (EUROPEAN, without(FOAF.Agent, FOAF.name)),
    "no contact": (FLEMISH, without(DCAT.Catalog, DCAT.contactPoint)),
    "no identifier": (FLEMISH, without(DCAT.Distribution, DCTERMS.identifier)),
    "no licence": (FLEMISH, without(DCAT.Distribution, DCTERMS.license)),
    "a licence that is none": (EUROPEAN, instead(DCAT.Distribution, DCTERMS.license, ELSEWHERE)),
    "a licence in words": (EUROPEAN, instead(DCAT.Distribution, DCTERMS.license, Literal("free"))),
    "two licences": (FLEMISH, also(DCAT.Distribution, DCTERMS.license, ELSEWHERE)),
    "no access rights": (FLEMISH, without(DCAT.Dataset, DCTERMS.accessRights)),
    "no status": (FLEMISH, without(DCAT.Dataset, MDCAT.statuut)),
    "no address": (EUROPEAN, without(DCAT.Distribution, DCAT.accessURL)),
    "an address in words": (EUROPEAN, instead(DCAT.Distribution, DCAT.accessURL, Literal("here"))),
    "a title without a language": (FLEMISH, instead(DCAT.Dataset, DCTERMS.title, Literal("Cijfers"))),
    "a name without a language": (FLEMISH, instead(DCTERMS.Agent, FOAF.name, Literal("Wij"))),
    "two titles in Dutch": (FLEMISH, also(DCAT.Dataset, DCTERMS.title, Literal("Cijfers", lang="nl"))),
    "a keyword without a language": (FLEMISH, also(DCAT.Dataset, DCAT.keyword, Literal("cijfers"))),
    "a theme of no list": (FLEMISH, also(DCAT.Dataset, DCAT.theme, ELSEWHERE)),
    "a format in words": (EUROPEAN, instead(DCAT.Distribution, DCTERMS.format, Literal("csv"))),
    "a size that is no number": (EUROPEAN, instead(DCAT.Distribution, DCAT.byteSize, Literal("large"))),
    "a checksum without its kind": (EUROPEAN, without(SPDX.Checksum, SPDX.algorithm)),
    "a date that is none": (FLEMISH, instead(DCAT.Dataset, DCTERMS.issued, Literal("yesterday"))),
    "a date without a time": (
        FLEMISH, instead(DCAT.CatalogRecord, DCTERMS.modified, Literal("2026-11-24", datatype=XSD.date)),
    ),
    "a record of nothing": (EUROPEAN, without(DCAT.CatalogRecord, FOAF.primaryTopic)),
    "a place in words": (EUROPEAN, instead(DCAT.Dataset, DCTERMS.spatial, Literal("Vlaanderen"))),
}  # fmt: skip


@needs_shapes
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_caught(catalogue: Catalogue, defect: str) -> None:
    names, spoil = DEFECTS[defect]
    graph = Graph()
    for statement in graph_of(replace(catalogue, datasets=catalogue.datasets[:1])):
        graph.add(statement)
    assert findings(graph, *names) == []
    spoil(graph)
    assert findings(graph, *names) != []


def test_nothing_is_without_an_address(written: Graph) -> None:
    assert [node for node in written.all_nodes() if isinstance(node, BNode)] == []


def test_a_licence_that_we_do_not_know_is_told_by_its_address_if_it_has_one(catalogue: Catalogue) -> None:
    graph = graph_of(replace(catalogue, licence=None, licence_address="https://elsewhere.example/"))
    assert {*graph.objects(None, DCTERMS.license)} == {ELSEWHERE}
    graph = graph_of(replace(catalogue, licence=None, licence_address=""))
    assert list(graph.subject_objects(DCTERMS.license)) == []


def test_the_version_and_what_changed_in_it_are_told(catalogue: Catalogue) -> None:
    graph, uri = graph_of(catalogue), URIRef(catalogue.whole.uri)
    assert graph.value(uri, URIRef(f"{DCAT}version")) == Literal(catalogue.version)
    notes = {note.language: str(note) for note in graph.objects(uri, ADMS.versionNotes) if isinstance(note, Literal)}
    assert notes == catalogue.version_notes


def test_the_box_of_a_place_is_closed(written: Graph) -> None:
    (shown,) = written.objects(None, DCAT.bbox)
    corners = str(shown).removeprefix("POLYGON((").removesuffix("))").split(", ")
    assert corners[0] == corners[-1]
    assert len(corners) == 5


def test_words_are_described_with_their_lists(written: Graph) -> None:
    schemes = set(written.objects(None, SKOS.inScheme))
    assert len(schemes) > 8
    assert {*written.subjects(RDF.type, SKOS.ConceptScheme)} == schemes


def test_a_publisher_without_an_address_for_mail_has_none(catalogue: Catalogue) -> None:
    publisher = replace(catalogue.publisher, name="Wij", email="")
    graph = graph_of(replace(catalogue, publisher=publisher))
    assert list(graph.objects(None, VCARD.hasEmail)) == []
    assert set(graph.objects(None, FOAF.name)) == {Literal("Wij", lang="nl"), Literal("Wij", lang="en")}


def test_every_file_of_the_catalogue_is_published(written: Graph, published: Package) -> None:
    site = published.descriptor["homepage"]
    addresses = {str(address) for address in written.objects(None, DCAT.downloadURL)}
    assert len(addresses) > 20
    for address in addresses:
        assert address.startswith(f"{site}data/")
        assert Path(published.root.parent, address.removeprefix(f"{site}data/")).is_file()
