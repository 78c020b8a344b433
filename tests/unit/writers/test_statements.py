from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from vierdepijler.writers.metadata.catalogues import Agent
from vierdepijler.writers.metadata.dcat import (
    VCARD,
    Statement,
    about_agent,
    about_concept,
    about_place,
    said,
    valued,
)
from vierdepijler.writers.metadata.vocabularies import PLACES, PUBLIC

THING = "https://site.example/#thing"


def graph(statements: Iterator[Statement]) -> Graph:
    found = Graph()
    for statement in statements:
        found.add(statement)
    return found


def test_a_text_is_said_in_every_language() -> None:
    found = graph(said(THING, DCTERMS.title, {"nl": "Geld", "en": "Money"}))
    assert set(found.objects()) == {Literal("Geld", lang="nl"), Literal("Money", lang="en")}


def test_what_is_not_there_is_not_said() -> None:
    assert list(valued(THING, DCTERMS.issued, "")) == []
    assert list(valued(THING, DCTERMS.issued, "2026-01-02", XSD.date)) == [
        (URIRef(THING), DCTERMS.issued, Literal("2026-01-02", datatype=XSD.date))
    ]


def test_a_word_is_described_with_its_list() -> None:
    found = graph(about_concept(PUBLIC))
    assert found.value(URIRef(PUBLIC.uri), SKOS.inScheme) == URIRef(PUBLIC.scheme.uri)
    assert (URIRef(PUBLIC.scheme.uri), RDF.type, SKOS.ConceptScheme) in found


def test_the_box_of_a_place_is_closed() -> None:
    shown = next(iter(graph(about_place(PLACES["flanders"])).objects(None, DCAT.bbox)))
    corners = str(shown).removeprefix("POLYGON((").removesuffix("))").split(", ")
    assert corners[0] == corners[-1]
    assert len(corners) == 5


def test_a_publisher_without_an_address_for_mail_has_none() -> None:
    agent = Agent(
        "https://site.example/#publisher", "https://site.example/#contact", "Wij", "https://wij.example/", "", None
    )
    found = graph(about_agent(agent, ["nl", "en"]))
    assert list(found.objects(None, VCARD.hasEmail)) == []
    assert set(found.objects(None, FOAF.name)) == {Literal("Wij", lang="nl"), Literal("Wij", lang="en")}
