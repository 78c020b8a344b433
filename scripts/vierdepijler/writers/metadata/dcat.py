"""DCAT: the catalogue as linked data, for portals that harvest it.

Follows DCAT-AP 3.0.1 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/) and DCAT-AP Vlaanderen
(https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL). It is written down as JSON-LD, with the context and the
words in `vocabularies.json`. Everything has a URI, so that the same catalogue gives the same bytes: no node is blank.
"""

import io
import json
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.serializers.turtle import TurtleSerializer

from vierdepijler.core.text_files import render_json

from .catalogues import EU, IANA, LANGUAGES, Agent, Catalogue, Dataset, Distribution, Period, Place

Node = dict[str, Any]
KNOWN: Node = json.loads(Path(__file__).with_name("vocabularies.json").read_text("utf-8"))
ONLY_HERE = ("eu", "belgif", "admsv")  # prefixes of our own, that no reader need meet
SYNTAXES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}
PROFILE, FLEMISH_PROFILE = "http://data.europa.eu/r5r/", "https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL"
CREATED, STABLE = "admsv:changetype/created", "eu:planned-availability/STABLE"
OPEN_DATA = "https://metadata.vlaanderen.be/id/GDI-Vlaanderen-Trefwoorden/VLOPENDATA"


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
    """Give the catalogue as a graph, with what is known of the words in it: a harvester need not look these up."""
    graph = Graph("SimpleMemory", bind_namespaces="none")  # this store tells statements in the order that they came in
    for prefix, namespace in KNOWN["@context"].items():
        if isinstance(namespace, str) and namespace.startswith("http") and prefix not in ONLY_HERE:
            graph.bind(prefix, namespace)
    known, found = _parsed(KNOWN["@graph"]), set(_parsed([_catalogue(catalogue)]))
    while more := {one for word in {last for *_, last in found} for one in known.triples((word, None, None))} - found:
        found |= more
    for statement in sorted(found, key=lambda one: (str(one[0]), str(one[1]), one[2])):  # texts compare faster
        graph.add(statement)
    return graph


def _parsed(nodes: list[Node]) -> Graph:
    graph = Graph("SimpleMemory", bind_namespaces="none")
    to_rdf({"@context": KNOWN["@context"], "@graph": nodes}, graph)
    return graph


def _catalogue(catalogue: Catalogue) -> Node:
    return {
        "@id": catalogue.uri,
        "@type": "dcat:Catalog",
        "title": catalogue.title,
        "description": catalogue.description,
        "themeTaxonomy": f"{EU}data-theme",
        "homepage": _document(catalogue.site),
        "conformsTo": [PROFILE, FLEMISH_PROFILE],
        **_common(catalogue, catalogue.uri),
        "dataset": [_dataset(catalogue, dataset) for dataset in catalogue.datasets],
        # The profile asks of a record when it was changed.
        "record": [_record(catalogue, dataset) for dataset in catalogue.datasets if catalogue.modified],
    }


def _document(address: str) -> Node:
    return {"@id": address, "@type": "foaf:Document"}


def _common(catalogue: Catalogue, uri: str) -> Node:
    """Say what holds for the catalogue and for each data set in it."""
    return {
        **_dated(catalogue, uri),
        **_rights(catalogue),
        "publisher": _publisher(catalogue.publisher, catalogue.languages),
        "contactPoint": _contact(catalogue.publisher, catalogue.languages),
        "spatial": [_place(place) for place in catalogue.places],
    }


def _dated(catalogue: Catalogue, uri: str) -> Node:
    return {
        "identifier": uri,
        "issued": catalogue.issued or None,
        "modified": catalogue.modified or None,
        "language": [LANGUAGES[language] for language in catalogue.languages if language in LANGUAGES],
    }


def _rights(catalogue: Catalogue) -> Node:
    """Say who may use a thing: under a licence that portals know, or under the one that has an address."""
    if catalogue.licence:
        european, flemish = catalogue.licence
        return {"license": european, "rights": flemish}
    address = catalogue.licence_address
    return {"license": {"@id": address, "@type": "dct:LicenseDocument"}} if address else {}


def _publisher(agent: Agent, languages: tuple[str, ...]) -> Node:
    """Describe who publishes; the name is the same in every language."""
    return {
        "@id": agent.uri,
        "@type": ["foaf:Agent", "dct:Agent"],
        "name": dict.fromkeys(languages, agent.name),
        "homepage": _document(agent.homepage),
        "type": agent.kind or None,
    }


def _contact(agent: Agent, languages: tuple[str, ...]) -> Node:
    return {
        "@id": agent.contact,
        "@type": ["vcard:Kind", "vcard:Organization"],
        "fn": dict.fromkeys(languages, agent.name),
        "hasEmail": f"mailto:{agent.email}" if agent.email else None,
    }


def _place(place: Place) -> Node:
    """Describe a place, with its box and its middle as WKT (DCAT 3, section 6.12)."""
    west, south, east, north = place.box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return {
        "@id": place.uri,
        "@type": ["dct:Location", "skos:Concept"],
        "label": place.label,
        "prefLabel": place.label,
        "inScheme": f"{EU}atu",
        "bbox": f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))",
        "centroid": f"POINT({place.middle[0]} {place.middle[1]})",
    }


def _record(catalogue: Catalogue, dataset: Dataset) -> Node:
    uri = dataset.uri.removesuffix("#dataset") + "#record"
    return {
        "@id": uri,
        "@type": "dcat:CatalogRecord",
        **_dated(catalogue, uri),
        "title": dataset.title,
        "primaryTopic": dataset.uri,
        "status": CREATED,
        "conformsTo": PROFILE,
    }


def _dataset(catalogue: Catalogue, dataset: Dataset) -> Node:
    whole = catalogue.whole.uri.removesuffix("#dataset")
    return {
        "@id": dataset.uri,
        "@type": ["dcat:Dataset", "dcat:Resource"],
        "title": dataset.title,
        "description": dataset.description or dataset.title,
        "keyword": {language: list(words) for language, words in dataset.keywords.items()},
        "landingPage": _document(catalogue.address(dataset.page)),
        **_common(catalogue, dataset.uri),
        "theme": [uri for theme in catalogue.themes for uri in theme],
        "accessRights": "eu:access-right/PUBLIC",
        "accrualPeriodicity": catalogue.frequency,
        "statuut": OPEN_DATA,
        "version": catalogue.version or None,
        "versionNotes": catalogue.version_notes,
        "wasDerivedFrom": [
            {"@id": origin.uri, "@type": ["foaf:Document", "prov:Entity"], "title": {origin.language: origin.title}}
            for origin in catalogue.origins
        ],
        "provenance": list(_provenance(catalogue, f"{whole}#provenance")),
        "hasPart": list(dataset.parts),
        "isPartOf": dataset.whole or None,
        "temporal": _period(whole, dataset.period) if dataset.period else None,
        "distribution": [_distribution(catalogue, dataset, file) for file in dataset.distributions],
    }


def _provenance(catalogue: Catalogue, uri: str) -> Iterator[Node]:
    if catalogue.provenance:
        yield {"@id": uri, "@type": "dct:ProvenanceStatement", "label": catalogue.provenance}


def _period(whole: str, period: Period) -> Node:
    start, end = period.start.isoformat(), period.end.isoformat()
    uri = f"{whole}#from-{start}-to-{end}"
    return {"@id": uri, "@type": "dct:PeriodOfTime", "startDate": start, "endDate": end}


def _distribution(catalogue: Catalogue, dataset: Dataset, file: Distribution) -> Node:
    titles = dataset.title.items()
    return {
        "@id": file.uri,
        "@type": "dcat:Distribution",
        **_dated(catalogue, file.uri),
        **_rights(catalogue),
        "title": {language: f"{title} ({file.title.get(language, file.name)})" for language, title in titles},
        "description": dataset.description or dataset.title,
        "accessURL": catalogue.address(dataset.page),
        "downloadURL": file.address,
        "format": file.file_type,
        "mediaType": {"@id": IANA + file.media_type, "@type": "dct:MediaType"},
        "byteSize": str(file.size),
        "availability": STABLE,
        "conformsTo": file.standard or None,
        "checksum": {  # SPDX
            "@id": f"{file.uri}-checksum",
            "@type": "spdx:Checksum",
            "algorithm": "spdx:checksumAlgorithm_sha256",
            "checksumValue": file.sha256,
        },
    }
