import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from vierdepijler.checks.rules.properties import PROFILE
from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.catalogues import (
    BINARY,
    FILE_TYPES,
    FREQUENCIES,
    LANGUAGES,
    LICENCES,
    PLACES,
    PUBLISHERS,
    STANDARDS,
    THEMES,
)
from vierdepijler.writers.metadata.dcat import KNOWN

CATALOGUE = json.loads(PROFILE.read_text("utf-8"))["properties"]["catalogue"]["properties"]
WORDS = Graph().parse(data=json.dumps(KNOWN), format="json-ld")
USED = [
    *(uri for known in (FREQUENCIES, PUBLISHERS, LANGUAGES, FILE_TYPES, STANDARDS) for uri in known.values()),
    *(uri for known in (THEMES, LICENCES) for both in known.values() for uri in both),
    BINARY,
]


@pytest.mark.parametrize("uri", USED)
def test_each_word_that_we_use_is_explained(uri: str) -> None:
    assert (URIRef(uri), None, None) in WORDS


@pytest.mark.parametrize("node", KNOWN["@graph"], ids=lambda node: node["@id"])
def test_each_word_has_an_address_and_a_name_in_both_languages(node: dict[str, Any]) -> None:
    assert set(node.get("title") or node["prefLabel"]) == {"nl", "en"}


def test_each_word_of_a_list_leads_to_that_list() -> None:
    def lists(word: Node) -> list[Node]:
        return [one for one in WORDS.objects(word, SKOS.inScheme) if (one, RDF.type, SKOS.ConceptScheme) in WORDS]

    words = list(WORDS.subjects(RDF.type, SKOS.Concept))
    assert len(words) > 15
    assert all(map(lists, words))
    assert all(urlsplit(str(word)).netloc for word in WORDS.subjects())


def test_the_profile_of_descriptors_allows_the_words_that_we_know_and_no_others() -> None:
    assert CATALOGUE["themes"]["items"]["enum"] == list(THEMES)
    assert CATALOGUE["places"]["items"]["enum"] == list(PLACES)
    assert CATALOGUE["frequency"]["enum"] == list(FREQUENCIES)
    assert CATALOGUE["publisher_kind"]["enum"] == list(PUBLISHERS)


def test_our_licence_and_our_languages_are_known(package: Package) -> None:
    assert {licence["name"] for licence in package.descriptor["licenses"]} <= set(LICENCES)
    assert set(package.languages) <= set(LANGUAGES)


def test_a_place_lies_within_its_box() -> None:
    for place in PLACES.values():
        west, south, east, north = place.box
        assert west < place.middle[0] < east
        assert south < place.middle[1] < north
