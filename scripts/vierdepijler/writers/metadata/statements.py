"""Statements of linked data about the small things of a catalogue: words, places, licences, people, checksums."""

from collections.abc import Iterator, Sequence

from rdflib import RDF, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDFS, SKOS, XSD
from rdflib.term import Node

from .catalogues import Agent, Distribution, Origin
from .vocabularies import Concept, Licence, Place, Scheme, Standard, Texts, Theme

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
MDCAT = Namespace("https://data.vlaanderen.be/ns/metadata-dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not list yet

Statement = tuple[URIRef, URIRef, Node]


def said(subject: str, verb: URIRef, texts: Texts) -> Iterator[Statement]:
    """Say a text in every language."""
    for language, text in texts.items():
        yield URIRef(subject), verb, Literal(text, lang=language)


def typed(subject: str, *kinds: URIRef) -> Iterator[Statement]:
    """Say of what kinds a thing is."""
    for kind in kinds:
        yield URIRef(subject), RDF.type, kind


def linked(subject: str, verb: URIRef, *others: str) -> Iterator[Statement]:
    """Say that a thing leads to others."""
    for other in others:
        yield URIRef(subject), verb, URIRef(other)


def valued(subject: str, verb: URIRef, value: str, datatype: URIRef | None = None) -> Iterator[Statement]:
    """Give a value, if it is there."""
    if value:
        yield URIRef(subject), verb, Literal(value, datatype=datatype)


def about_licence(licence: Licence) -> Iterator[Statement]:
    """Describe a licence under both its URIs."""
    yield from typed(licence.european, DCTERMS.LicenseDocument)
    yield from typed(licence.flemish, DCTERMS.LicenseDocument, DCTERMS.RightsStatement)
    yield from linked(licence.european, SKOS.exactMatch, licence.flemish)
    for uri in (licence.european, licence.flemish):
        yield from said(uri, DCTERMS.title, licence.title)
        yield from linked(uri, DCTERMS.type, licence.kind.uri)
    yield from about_concept(licence.kind)


def about_place(place: Place) -> Iterator[Statement]:
    """Describe a place, with its box and its middle as WKT (DCAT 3, section 6.12)."""
    uri, (west, south, east, north) = place.concept.uri, place.box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = ", ".join(f"{x} {y}" for x, y in corners)
    yield from typed(uri, DCTERMS.Location)
    yield from said(uri, RDFS.label, place.concept.label)
    yield from valued(uri, DCAT.bbox, f"POLYGON(({box}))", GEO.wktLiteral)
    yield from valued(uri, DCAT.centroid, f"POINT({place.middle[0]} {place.middle[1]})", GEO.wktLiteral)
    yield from about_concept(place.concept)


def about_agent(agent: Agent, languages: Sequence[str]) -> Iterator[Statement]:
    """Describe who publishes, and whom to write to; the name is the same in every language."""
    name = dict.fromkeys(languages, agent.name)
    yield from typed(agent.uri, FOAF.Agent, DCTERMS.Agent)
    yield from said(agent.uri, FOAF.name, name)
    yield from linked(agent.uri, FOAF.homepage, agent.homepage)
    yield from typed(agent.homepage, FOAF.Document)
    if agent.kind:
        yield from linked(agent.uri, DCTERMS.type, agent.kind.uri)
        yield from about_concept(agent.kind)
    yield from typed(agent.contact, VCARD.Kind, VCARD.Organization)
    yield from said(agent.contact, VCARD.fn, name)
    if agent.email:
        yield from linked(agent.contact, VCARD.hasEmail, f"mailto:{agent.email}")


def about_checksum(distribution: Distribution) -> Iterator[Statement]:
    """Give the SHA-256 of a file (SPDX)."""
    node = f"{distribution.uri}-checksum"
    yield from linked(distribution.uri, SPDX.checksum, node)
    yield from typed(node, SPDX.Checksum)
    yield from linked(node, SPDX.algorithm, str(SPDX.checksumAlgorithm_sha256))
    yield from valued(node, SPDX.checksumValue, distribution.sha256, XSD.hexBinary)


def about_standard(standard: Standard) -> Iterator[Statement]:
    """Name a standard that things follow."""
    yield from typed(standard.uri, DCTERMS.Standard)
    yield from said(standard.uri, DCTERMS.title, standard.title)


def about_origin(origin: Origin) -> Iterator[Statement]:
    """Name a document that data come from."""
    yield from typed(origin.uri, FOAF.Document, PROV.Entity)
    yield from said(origin.uri, DCTERMS.title, {origin.language: origin.title})


def about_theme(theme: Theme) -> Iterator[Statement]:
    """Describe a theme in both lists; the Flemish profile asks that each says that it is of the Belgian one too."""
    yield from about_concept(theme.european)
    yield from about_concept(theme.belgian)
    yield from linked(theme.european.uri, SKOS.inScheme, theme.belgian.scheme.uri)
    yield from linked(theme.belgian.uri, SKOS.exactMatch, theme.european.uri)


def about_language(language: Concept) -> Iterator[Statement]:
    """Describe a language."""
    yield from typed(language.uri, DCTERMS.LinguisticSystem)
    yield from about_concept(language)


def about_concept(concept: Concept) -> Iterator[Statement]:
    """Describe a word of a list."""
    yield from typed(concept.uri, SKOS.Concept)
    yield from said(concept.uri, SKOS.prefLabel, concept.label)
    yield from linked(concept.uri, SKOS.inScheme, concept.scheme.uri)
    yield from about_scheme(concept.scheme)


def about_scheme(scheme: Scheme) -> Iterator[Statement]:
    """Describe a list of words."""
    yield from typed(scheme.uri, SKOS.ConceptScheme)
    yield from said(scheme.uri, DCTERMS.title, scheme.title)
