"""DCAT: the catalogue as linked data, for portals that harvest it.

Follows DCAT-AP 3.0.1 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/) and DCAT-AP Vlaanderen
(https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL). Everything has a URI, so that the same catalogue gives
the same bytes: no node is blank.
"""

import json
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDFS, SKOS, XSD
from rdflib.term import Node

from vierdepijler.formats.json_files import render_json

from .catalogues import Agent, Catalogue, Dataset, Distribution, Period
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
)

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
MDCAT = Namespace("https://data.vlaanderen.be/ns/metadata-dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not list yet

PREFIXES = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "foaf": FOAF, "geo": GEO, "mdcat": MDCAT,
    "prov": PROV, "rdfs": RDFS, "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip
SYNTAXES = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}

Statement = tuple[URIRef, URIRef, Node]


def render_catalogue(catalogue: Catalogue, syntax: str) -> str:
    """Write the catalogue in one of `SYNTAXES` (by the extension of its file), the same for the same catalogue."""
    text = graph_of(catalogue).serialize(format=SYNTAXES[syntax], auto_compact=True)
    if syntax == "jsonld":
        content = json.loads(text)
        return render_json({**content, "@graph": sorted(content["@graph"], key=itemgetter("@id"))})
    return text.strip("\n") + "\n"


def graph_of(catalogue: Catalogue) -> Graph:
    """Give the catalogue as a graph."""
    graph = _SortedGraph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for statement in _catalogue(catalogue):
        graph.add(statement)
    return graph


class _SortedGraph(Graph):
    """A graph that always tells its statements in the same order, so that it is always written in the same way."""

    def triples(self, triple: Any) -> Any:
        yield from sorted(super().triples(triple))


def _said(subject: str, verb: URIRef, texts: Texts) -> Iterator[Statement]:
    """Say a text in every language."""
    for language, text in texts.items():
        yield URIRef(subject), verb, Literal(text, lang=language)


def _typed(subject: str, *kinds: URIRef) -> Iterator[Statement]:
    for kind in kinds:
        yield URIRef(subject), RDF.type, kind


def _linked(subject: str, verb: URIRef, *others: str) -> Iterator[Statement]:
    for other in others:
        yield URIRef(subject), verb, URIRef(other)


def _value(subject: str, verb: URIRef, value: str, datatype: URIRef | None = None) -> Iterator[Statement]:
    if value:
        yield URIRef(subject), verb, Literal(value, datatype=datatype)


def _catalogue(catalogue: Catalogue) -> Iterator[Statement]:
    uri = catalogue.uri
    yield from _typed(uri, DCAT.Catalog)
    yield from _said(uri, DCTERMS.title, catalogue.title)
    yield from _said(uri, DCTERMS.description, catalogue.description)
    yield from _linked(uri, DCAT.themeTaxonomy, THEMES_LIST.uri)
    yield from _scheme(THEMES_LIST)
    yield from _linked(uri, FOAF.homepage, catalogue.site)
    yield from _typed(catalogue.site, FOAF.Document)
    yield from chain.from_iterable(_conforms(uri, profile) for profile in (PROFILE, FLEMISH_PROFILE))
    yield from _common(catalogue, uri)
    yield from _agent(catalogue.publisher, catalogue)
    yield from _origins(catalogue)
    for dataset in catalogue.datasets:
        yield from _linked(uri, DCAT.dataset, dataset.uri)
        yield from _record(catalogue, dataset)
        yield from _dataset(catalogue, dataset)


def _common(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say what holds for the catalogue and for each data set in it."""
    yield from _value(uri, DCTERMS.identifier, uri)
    yield from _linked(uri, DCTERMS.publisher, catalogue.publisher.uri)
    yield from _linked(uri, DCAT.contactPoint, catalogue.publisher.contact)
    yield from _value(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from _value(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from _languages(catalogue, uri)
    yield from _licence(catalogue, uri)
    for place in catalogue.places:
        yield from _linked(uri, DCTERMS.spatial, place.concept.uri)
        yield from _place(place)


def _languages(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    for language in catalogue.languages:
        if language in LANGUAGES:
            yield from _linked(uri, DCTERMS.language, LANGUAGES[language].uri)
            yield from _typed(LANGUAGES[language].uri, DCTERMS.LinguisticSystem)
            yield from _concept(LANGUAGES[language])


def _licence(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    licence = catalogue.licence
    if licence is None:
        return
    # DCAT-AP Vlaanderen allows one licence: that is the European URI, and the Flemish one stands beside it.
    yield from _linked(uri, DCTERMS.license, licence.european)
    yield from _linked(uri, DCTERMS.rights, licence.flemish)
    yield from _licence_itself(licence)


def _licence_itself(licence: Licence) -> Iterator[Statement]:
    yield from _typed(licence.european, DCTERMS.LicenseDocument)
    yield from _typed(licence.flemish, DCTERMS.LicenseDocument, DCTERMS.RightsStatement)
    yield from _linked(licence.european, SKOS.exactMatch, licence.flemish)
    for uri in (licence.european, licence.flemish):
        yield from _said(uri, DCTERMS.title, licence.title)
        yield from _linked(uri, DCTERMS.type, licence.kind.uri)
    yield from _concept(licence.kind)


def _place(place: Place) -> Iterator[Statement]:
    uri, (west, south, east, north) = place.concept.uri, place.box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = ", ".join(f"{x} {y}" for x, y in corners)
    yield from _typed(uri, DCTERMS.Location)
    yield from _said(uri, RDFS.label, place.concept.label)
    yield from _value(uri, DCAT.bbox, f"POLYGON(({box}))", GEO.wktLiteral)
    yield from _value(uri, DCAT.centroid, f"POINT({place.middle[0]} {place.middle[1]})", GEO.wktLiteral)
    yield from _concept(place.concept)


def _agent(agent: Agent, catalogue: Catalogue) -> Iterator[Statement]:
    name = dict.fromkeys(catalogue.languages, agent.name)
    yield from _typed(agent.uri, FOAF.Agent, DCTERMS.Agent)
    yield from _said(agent.uri, FOAF.name, name)
    yield from _linked(agent.uri, FOAF.homepage, agent.homepage)
    yield from _typed(agent.homepage, FOAF.Document)
    if agent.kind:
        yield from _linked(agent.uri, DCTERMS.type, agent.kind.uri)
        yield from _concept(agent.kind)
    yield from _typed(agent.contact, VCARD.Kind, VCARD.Organization)
    yield from _said(agent.contact, VCARD.fn, name)
    if agent.email:
        yield from _linked(agent.contact, VCARD.hasEmail, f"mailto:{agent.email}")


def _origins(catalogue: Catalogue) -> Iterator[Statement]:
    for origin in catalogue.origins:
        yield from _typed(origin.uri, FOAF.Document, PROV.Entity)
        yield from _said(origin.uri, DCTERMS.title, {origin.language: origin.title})


def _record(catalogue: Catalogue, dataset: Dataset) -> Iterator[Statement]:
    uri = dataset.uri.removesuffix("#dataset") + "#record"
    yield from _linked(catalogue.uri, DCAT.record, uri)
    yield from _typed(uri, DCAT.CatalogRecord)
    yield from _value(uri, DCTERMS.identifier, uri)
    yield from _said(uri, DCTERMS.title, dataset.title)
    yield from _linked(uri, FOAF.primaryTopic, dataset.uri)
    yield from _value(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from _value(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from _languages(catalogue, uri)
    yield from _linked(uri, ADMS.status, CREATED.uri)
    yield from _concept(CREATED)
    yield from _conforms(uri, PROFILE)


def _dataset(catalogue: Catalogue, dataset: Dataset) -> Iterator[Statement]:
    uri = dataset.uri
    yield from _typed(uri, DCAT.Dataset, DCAT.Resource)
    yield from _said(uri, DCTERMS.title, dataset.title)
    yield from _said(uri, DCTERMS.description, dataset.description or dataset.title)
    for language, words in dataset.keywords.items():
        yield from chain.from_iterable(_said(uri, DCAT.keyword, {language: word}) for word in words)
    yield from _linked(uri, DCAT.landingPage, catalogue.address(dataset.page))
    yield from _typed(catalogue.address(dataset.page), FOAF.Document)
    yield from _common(catalogue, uri)
    yield from _classified(catalogue, uri)
    yield from _history(catalogue, uri)
    yield from _linked(uri, DCTERMS.hasPart, *dataset.parts)
    yield from _linked(uri, DCTERMS.isPartOf, *filter(None, [dataset.whole]))
    if dataset.period:
        yield from _period(catalogue, uri, dataset.period)
    for distribution in dataset.distributions:
        yield from _linked(uri, DCAT.distribution, distribution.uri)
        yield from _distribution(catalogue, dataset, distribution)


def _classified(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say in which lists a data set has which place: themes, access, frequency, status."""
    for theme in catalogue.themes:
        for concept in (theme.european, theme.belgian):
            yield from _linked(uri, DCAT.theme, concept.uri)
            yield from _concept(concept)
        # The Belgian list took over the themes of the European one, and the Flemish profile asks that each says so.
        yield from _linked(theme.european.uri, SKOS.inScheme, theme.belgian.scheme.uri)
        yield from _linked(theme.belgian.uri, SKOS.exactMatch, theme.european.uri)
    yield from _linked(uri, DCTERMS.accessRights, PUBLIC.uri)
    yield from _typed(PUBLIC.uri, DCTERMS.RightsStatement)
    yield from _linked(uri, DCTERMS.accrualPeriodicity, catalogue.frequency.uri)
    yield from _typed(catalogue.frequency.uri, DCTERMS.Frequency)
    yield from _linked(uri, MDCAT.statuut, OPEN_DATA.uri)
    for concept in (PUBLIC, catalogue.frequency, OPEN_DATA):
        yield from _concept(concept)


def _history(catalogue: Catalogue, uri: str) -> Iterator[Statement]:
    """Say which version a data set is, what changed in it, and what it was made from."""
    yield from _value(uri, VERSION, catalogue.version)
    yield from _said(uri, ADMS.versionNotes, catalogue.version_notes)
    yield from _linked(uri, PROV.wasDerivedFrom, *(origin.uri for origin in catalogue.origins))
    if catalogue.provenance:
        statement = f"{catalogue.whole.uri.removesuffix('#dataset')}#provenance"
        yield from _linked(uri, DCTERMS.provenance, statement)
        yield from _typed(statement, DCTERMS.ProvenanceStatement)
        yield from _said(statement, RDFS.label, catalogue.provenance)


def _period(catalogue: Catalogue, uri: str, period: Period) -> Iterator[Statement]:
    start, end = period.start.isoformat(), period.end.isoformat()
    node = f"{catalogue.whole.uri.removesuffix('#dataset')}#from-{start}-to-{end}"
    yield from _linked(uri, DCTERMS.temporal, node)
    yield from _typed(node, DCTERMS.PeriodOfTime)
    yield from _value(node, DCAT.startDate, start, XSD.date)
    yield from _value(node, DCAT.endDate, end, XSD.date)


def _distribution(catalogue: Catalogue, dataset: Dataset, distribution: Distribution) -> Iterator[Statement]:
    uri, file_type = distribution.uri, distribution.file_type.concept
    yield from _typed(uri, DCAT.Distribution)
    yield from _value(uri, DCTERMS.identifier, uri)
    yield from _said(uri, DCTERMS.title, _titles(dataset, distribution))
    yield from _said(uri, DCTERMS.description, dataset.description or dataset.title)
    yield from _linked(uri, DCAT.accessURL, catalogue.address(dataset.page))
    yield from _linked(uri, DCAT.downloadURL, distribution.address)
    yield from _linked(uri, DCTERMS.format, file_type.uri)
    yield from _typed(file_type.uri, DCTERMS.MediaTypeOrExtent)
    yield from _concept(file_type)
    yield from _linked(uri, DCAT.mediaType, IANA + distribution.media_type)
    yield from _typed(IANA + distribution.media_type, DCTERMS.MediaType)
    yield from _value(uri, DCAT.byteSize, str(distribution.size), XSD.nonNegativeInteger)
    yield from _value(uri, DCTERMS.issued, catalogue.issued, XSD.dateTime)
    yield from _value(uri, DCTERMS.modified, catalogue.modified, XSD.dateTime)
    yield from _linked(uri, DCATAP.availability, STABLE.uri)
    yield from _concept(STABLE)
    yield from _languages(catalogue, uri)
    yield from _licence(catalogue, uri)
    yield from _checksum(distribution)
    if distribution.standard:
        yield from _conforms(uri, distribution.standard)


def _titles(dataset: Dataset, distribution: Distribution) -> Texts:
    return {
        language: f"{title} ({distribution.title.get(language, distribution.name)})"
        for language, title in dataset.title.items()
    }


def _checksum(distribution: Distribution) -> Iterator[Statement]:
    node = f"{distribution.uri}-checksum"
    yield from _linked(distribution.uri, SPDX.checksum, node)
    yield from _typed(node, SPDX.Checksum)
    yield from _linked(node, SPDX.algorithm, str(SPDX.checksumAlgorithm_sha256))
    yield from _value(node, SPDX.checksumValue, distribution.sha256, XSD.hexBinary)


def _conforms(uri: str, standard: Standard) -> Iterator[Statement]:
    yield from _linked(uri, DCTERMS.conformsTo, standard.uri)
    yield from _typed(standard.uri, DCTERMS.Standard)
    yield from _said(standard.uri, DCTERMS.title, standard.title)


def _concept(concept: Concept) -> Iterator[Statement]:
    """Describe a word of a list in the graph itself: a harvester need not look it up."""
    yield from _typed(concept.uri, SKOS.Concept)
    yield from _said(concept.uri, SKOS.prefLabel, concept.label)
    yield from _linked(concept.uri, SKOS.inScheme, concept.scheme.uri)
    yield from _scheme(concept.scheme)


def _scheme(scheme: Scheme) -> Iterator[Statement]:
    yield from _typed(scheme.uri, SKOS.ConceptScheme)
    yield from _said(scheme.uri, DCTERMS.title, scheme.title)
