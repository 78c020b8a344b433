"""DCAT: the catalogue as linked data, for portals that harvest it.

Follows DCAT-AP 3.0.1 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/) and DCAT-AP Vlaanderen
(https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL). Everything has a URI, so that the same catalogue gives
the same bytes: no node is blank.
"""

import io
import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from vierdepijler.writers.formats.json_files import render_json

from .catalogues import Agent, Catalogue, Dataset, Distribution, Origin, Period
from .vocabularies import (
    CREATED,
    FLEMISH_PROFILE,
    IANA,
    LANGUAGES,
    OPEN_DATA,
    PROFILE,
    PUBLIC,
    STABLE,
    THEMES_LIST,
    Concept,
    Licence,
    Place,
    Scheme,
    Standard,
    Texts,
    Theme,
)

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
MDCAT = Namespace("https://data.vlaanderen.be/ns/metadata-dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not list yet

Statement = tuple[URIRef, URIRef, Node]

PREFIXES = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "foaf": FOAF, "geo": GEO, "mdcat": MDCAT,
    "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip
SYNTAXES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}


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


class Turtle(TurtleSerializer):
    """Writes Turtle, and finds the short name of a thing once: it stands in many statements."""

    def __init__(self, graph: Graph) -> None:
        """Begin with what stands in a graph."""
        super().__init__(graph)
        self.get_pname = cache(self.get_pname)  # type: ignore[method-assign]


def render_catalogue(graph: Graph, media_type: str) -> str:
    """Write the graph of a catalogue in one of `SYNTAXES`, the same for the same catalogue."""
    syntax = SYNTAXES[media_type]
    if syntax == "turtle":
        written = io.BytesIO()
        Turtle(graph).serialize(written, encoding="utf-8")
        return written.getvalue().decode().strip("\n") + "\n"
    text = graph.serialize(format=syntax, auto_compact=True)
    if syntax == "json-ld":
        content = json.loads(text)
        return render_json({**content, "@graph": sorted(content["@graph"], key=itemgetter("@id"))})
    return text.strip("\n") + "\n"


def graph_of(catalogue: Catalogue) -> Graph:
    """Give the catalogue as a graph."""
    graph = Graph("SimpleMemory", bind_namespaces="none")  # this store tells statements in the order that they came in
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    statements = {*_catalogue(catalogue), *_shared(catalogue)}
    for statement in sorted(statements, key=lambda one: (str(one[0]), str(one[1]), one[2])):  # texts compare faster
        graph.add(statement)
    return graph


def _catalogue(catalogue: Catalogue) -> Iterator[Statement]:
    uri = catalogue.uri
    yield from typed(uri, DCAT.Catalog)
    yield from said(uri, DCTERMS.title, catalogue.title)
    yield from said(uri, DCTERMS.description, catalogue.description)
    yield from linked(uri, DCAT.themeTaxonomy, THEMES_LIST.uri)
    yield from linked(uri, FOAF.homepage, catalogue.site)
    yield from linked(uri, DCTERMS.conformsTo, PROFILE.uri, FLEMISH_PROFILE.uri)
    yield from _common(catalogue, uri)
    for dataset in catalogue.datasets:
        yield from linked(uri, DCAT.dataset, dataset.uri)
        if catalogue.modified:  # which the profile asks of a record
            yield from _record(catalogue, dataset)
        yield from _dataset(catalogue, dataset)


def _common(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say what holds for the catalogue and for each data set in it."""
    yield from valued(uri, DCTERMS.identifier, uri)
    yield from linked(uri, DCTERMS.publisher, catalogue.publisher.uri)
    yield from linked(uri, DCAT.contactPoint, catalogue.publisher.contact)
    yield from valued(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from valued(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from _rights(catalogue, uri)
    yield from linked(uri, DCTERMS.spatial, *(place.concept.uri for place in catalogue.places))


def _languages(catalogue: Catalogue) -> Iterator[Concept]:
    return (LANGUAGES[language] for language in catalogue.languages if language in LANGUAGES)


def _rights(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say in which languages a thing is, and who may use it."""
    yield from linked(uri, DCTERMS.language, *(language.uri for language in _languages(catalogue)))
    if licence := catalogue.licence:
        # DCAT-AP Vlaanderen allows one licence: that is the European URI, and the Flemish one stands beside it.
        yield from linked(uri, DCTERMS.license, licence.european)
        yield from linked(uri, DCTERMS.rights, licence.flemish)
    elif catalogue.licence_address:
        yield from linked(uri, DCTERMS.license, catalogue.licence_address)


def _shared(catalogue: Catalogue) -> Iterator[Statement]:
    """Describe, once, what many things lead to: a harvester need not look it up."""
    files = [file for dataset in catalogue.datasets for file in dataset.distributions]
    standards = [PROFILE, FLEMISH_PROFILE, *(file.standard for file in files if file.standard)]
    yield from about_scheme(THEMES_LIST)
    yield from typed(catalogue.site, FOAF.Document)
    yield from typed(PUBLIC.uri, DCTERMS.RightsStatement)
    yield from typed(catalogue.frequency.uri, DCTERMS.Frequency)
    yield from about_agent(catalogue.publisher, catalogue.languages)
    yield from about_licence(catalogue.licence) if catalogue.licence else ()
    if catalogue.licence_address and not catalogue.licence:
        yield from typed(catalogue.licence_address, DCTERMS.LicenseDocument)
    words = (PUBLIC, STABLE, OPEN_DATA, CREATED, catalogue.frequency)
    concepts = {one.uri: one for one in (*words, *(file.file_type for file in files))}
    parts = [
        *map(about_concept, concepts.values()),
        *map(about_language, _languages(catalogue)),
        *map(about_place, catalogue.places),
        *map(about_theme, catalogue.themes),
        *map(about_standard, {standard.uri: standard for standard in standards}.values()),
        *map(about_origin, catalogue.origins),
    ]
    yield from chain.from_iterable(parts)


def _record(catalogue: Catalogue, dataset: Dataset) -> Iterator[Statement]:
    uri = dataset.uri.removesuffix("#dataset") + "#record"
    yield from linked(catalogue.uri, DCAT.record, uri)
    yield from typed(uri, DCAT.CatalogRecord)
    yield from valued(uri, DCTERMS.identifier, uri)
    yield from said(uri, DCTERMS.title, dataset.title)
    yield from linked(uri, FOAF.primaryTopic, dataset.uri)
    yield from valued(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from valued(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from linked(uri, DCTERMS.language, *(language.uri for language in _languages(catalogue)))
    yield from linked(uri, ADMS.status, CREATED.uri)
    yield from linked(uri, DCTERMS.conformsTo, PROFILE.uri)


def _dataset(catalogue: Catalogue, dataset: Dataset) -> Iterator[Statement]:
    uri = dataset.uri
    yield from typed(uri, DCAT.Dataset, DCAT.Resource)
    yield from said(uri, DCTERMS.title, dataset.title)
    yield from said(uri, DCTERMS.description, dataset.description or dataset.title)
    for language, words in dataset.keywords.items():
        yield from chain.from_iterable(said(uri, DCAT.keyword, {language: word}) for word in words)
    yield from linked(uri, DCAT.landingPage, catalogue.address(dataset.page))
    yield from typed(catalogue.address(dataset.page), FOAF.Document)
    yield from _common(catalogue, uri)
    yield from _classified(catalogue, uri)
    yield from _history(catalogue, uri)
    yield from linked(uri, DCTERMS.hasPart, *dataset.parts)
    yield from linked(uri, DCTERMS.isPartOf, *filter(None, [dataset.whole]))
    if dataset.period:
        yield from _period(catalogue, uri, dataset.period)
    for distribution in dataset.distributions:
        yield from linked(uri, DCAT.distribution, distribution.uri)
        yield from _distribution(catalogue, dataset, distribution)


def _classified(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say in which lists a data set has which place: themes, access, frequency, status."""
    for theme in catalogue.themes:
        yield from linked(uri, DCAT.theme, theme.european.uri, theme.belgian.uri)
    yield from linked(uri, DCTERMS.accessRights, PUBLIC.uri)
    yield from linked(uri, DCTERMS.accrualPeriodicity, catalogue.frequency.uri)
    yield from linked(uri, MDCAT.statuut, OPEN_DATA.uri)


def _history(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say which version a data set is, what changed in it, and what it was made from."""
    yield from valued(uri, VERSION, catalogue.version)
    yield from said(uri, ADMS.versionNotes, catalogue.version_notes)
    yield from linked(uri, PROV.wasDerivedFrom, *(origin.uri for origin in catalogue.origins))
    if catalogue.provenance:
        statement = f"{catalogue.whole.uri.removesuffix('#dataset')}#provenance"
        yield from linked(uri, DCTERMS.provenance, statement)
        yield from typed(statement, DCTERMS.ProvenanceStatement)
        yield from said(statement, RDFS.label, catalogue.provenance)


def _period(catalogue: Catalogue, uri: str, period: Period) -> Iterator[Statement]:
    start, end = period.start.isoformat(), period.end.isoformat()
    node = f"{catalogue.whole.uri.removesuffix('#dataset')}#from-{start}-to-{end}"
    yield from linked(uri, DCTERMS.temporal, node)
    yield from typed(node, DCTERMS.PeriodOfTime)
    yield from valued(node, DCAT.startDate, start, XSD.date)
    yield from valued(node, DCAT.endDate, end, XSD.date)


def _distribution(catalogue: Catalogue, dataset: Dataset, distribution: Distribution) -> Iterator[Statement]:
    uri, file_type = distribution.uri, distribution.file_type
    yield from typed(uri, DCAT.Distribution)
    yield from valued(uri, DCTERMS.identifier, uri)
    yield from said(uri, DCTERMS.title, _titles(dataset, distribution))
    yield from said(uri, DCTERMS.description, dataset.description or dataset.title)
    yield from linked(uri, DCAT.accessURL, catalogue.address(dataset.page))
    yield from linked(uri, DCAT.downloadURL, distribution.address)
    yield from linked(uri, DCTERMS.format, file_type.uri)
    yield from typed(file_type.uri, DCTERMS.MediaTypeOrExtent)
    yield from linked(uri, DCAT.mediaType, IANA + distribution.media_type)
    yield from typed(IANA + distribution.media_type, DCTERMS.MediaType)
    yield from valued(uri, DCAT.byteSize, str(distribution.size), XSD.nonNegativeInteger)
    yield from valued(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from valued(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from linked(uri, DCATAP.availability, STABLE.uri)
    yield from _rights(catalogue, uri)
    yield from about_checksum(distribution)
    yield from linked(uri, DCTERMS.conformsTo, *(standard.uri for standard in [distribution.standard] if standard))


def _titles(dataset: Dataset, distribution: Distribution) -> Texts:
    return {
        language: f"{title} ({distribution.title.get(language, distribution.name)})"
        for language, title in dataset.title.items()
    }
