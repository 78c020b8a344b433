"""DCAT: the catalogue as linked data, for portals that harvest it.

Follows DCAT-AP 3.0.1 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/) and DCAT-AP Vlaanderen
(https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL). Everything has a URI, so that the same catalogue gives
the same bytes: no node is blank.
"""

import io
import json
from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import itemgetter

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD
from rdflib.plugins.serializers.turtle import TurtleSerializer

from vierdepijler.writers.formats.json_files import render_json

from .catalogues import Catalogue, Dataset, Distribution, Period
from .statements import (
    ADMS,
    DCATAP,
    GEO,
    MDCAT,
    SPDX,
    VCARD,
    VERSION,
    Statement,
    about_agent,
    about_checksum,
    about_concept,
    about_language,
    about_licence,
    about_origin,
    about_place,
    about_scheme,
    about_standard,
    about_theme,
    linked,
    said,
    typed,
    valued,
)
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
    Texts,
)

PREFIXES = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "foaf": FOAF, "geo": GEO, "mdcat": MDCAT,
    "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip
SYNTAXES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}


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
    concepts = {one.uri: one for one in (*_words(catalogue), *(file.file_type for file in files))}
    parts = [
        *map(about_concept, concepts.values()),
        *map(about_language, _languages(catalogue)),
        *map(about_place, catalogue.places),
        *map(about_theme, catalogue.themes),
        *map(about_standard, {standard.uri: standard for standard in standards}.values()),
        *map(about_origin, catalogue.origins),
    ]
    yield from chain.from_iterable(parts)


def _words(catalogue: Catalogue) -> tuple[Concept, ...]:
    return PUBLIC, STABLE, OPEN_DATA, CREATED, catalogue.frequency


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
