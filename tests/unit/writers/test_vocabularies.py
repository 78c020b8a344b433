import json
from urllib.parse import urlsplit

import pytest

from vierdepijler.checks.rules.properties import PROFILE
from vierdepijler.core.package import Package
from vierdepijler.writers.metadata import vocabularies
from vierdepijler.writers.metadata.vocabularies import (
    FILE_TYPES,
    FREQUENCIES,
    LANGUAGES,
    LICENCES,
    PLACES,
    PUBLISHERS,
    THEMES,
    Concept,
    Scheme,
)

CATALOGUE = json.loads(PROFILE.read_text("utf-8"))["properties"]["catalogue"]["properties"]
CONCEPTS = [
    *(one for one in vars(vocabularies).values() if isinstance(one, Concept)),
    *(one for known in (FREQUENCIES, PUBLISHERS, LANGUAGES) for one in known.values()),
    *(place.concept for place in PLACES.values()),
    *FILE_TYPES.values(),
    *(concept for theme in THEMES.values() for concept in (theme.european, theme.belgian)),
]


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.uri)
def test_each_word_has_an_address_a_name_in_both_languages_and_a_list(concept: Concept) -> None:
    for uri in (concept.uri, concept.scheme.uri):
        assert urlsplit(uri).scheme in ("http", "https")
        assert urlsplit(uri).netloc
    assert set(concept.label) == set(concept.scheme.title) == {"nl", "en"}


def test_lists_have_each_their_own_address() -> None:
    schemes = [one for one in vars(vocabularies).values() if isinstance(one, Scheme)]
    assert len(schemes) > 8
    assert len({scheme.uri for scheme in schemes}) == len(schemes)


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
