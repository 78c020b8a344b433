"""FAIR: every metric can fall."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.fair import FAIR, identifiers, said_of_datasets
from vierdepijler.scoring.measured import Finding
from vierdepijler.scoring.published_site import DATA_IN_PAGE

PAGE = "data/completions.html"
Said = dict[str, Any]


def change_said(copy: SiteCopy, change: Callable[[Said], object]) -> None:
    """Change what the page of one data set says of it to search engines."""
    text = copy.site.text(PAGE)
    for found in DATA_IN_PAGE.findall(text):
        content = json.loads(found)
        for said in content.get("@graph", [content]):
            if "Dataset" in said.get("@type", ""):
                change(said)
        text = text.replace(found, json.dumps(content))
    copy.write(PAGE, text)


def without(*names: str) -> Callable[[SiteCopy], None]:
    return lambda copy: change_said(copy, lambda said: [said.pop(name, None) for name in names])


def with_files(**changes: object) -> Callable[[SiteCopy], None]:
    return lambda copy: change_said(copy, lambda said: [file.update(changes) for file in said["distribution"]])


def lose_access(copy: SiteCopy) -> None:
    copy.unsay("dct:accessRights")
    without("isAccessibleForFree")(copy)


SPOILS: Mapping[str, Callable[[SiteCopy], object]] = {
    "fsf-f1-01md": without("identifier", "@id"),
    "fsf-f2-01m": without("keywords"),
    "fsf-f3-01m": without("distribution"),
    "fsf-f4-01m": lambda copy: copy.write(PAGE, re.sub(r"application/ld\+json", "text/plain", copy.site.text(PAGE))),
    "fsf-a1-01m": lose_access,
    "fsf-a1-02md": lambda copy: copy.remove("data/latest/completions.csv"),
    "fsf-a1-1-01md": with_files(contentUrl="gopher://vierde-pijler.example/completions.csv"),
    "fsf-a1-2-01md": with_files(contentUrl="ftp://vierde-pijler.example/completions.csv"),
    "fsf-i1-01m": lambda copy: copy.write("data/catalog.ttl", "no Turtle"),
    "fsf-i2-01m": lambda copy: copy.replace("data/catalog.ttl", "http://xmlns.com/foaf/0.1/", "https://own.example/"),
    "fsf-i3-01m": without("isPartOf", "hasPart", "isBasedOn", "citation", "includedInDataCatalog", "sameAs"),
    "fsf-r1-01m": with_files(contentSize=""),
    "fsf-r1-1-01m": without("license"),
    "fsf-r1-2-01m": without("isBasedOn", "creator", "publisher", "datePublished", "dateModified"),
    "fsf-r1-3-01m": lambda copy: copy.unsay("rdf:type", "dcat:Dataset"),
    "fsf-r1-3-02d": with_files(encodingFormat="application/x-own"),
}


def test_every_metric_but_the_one_we_do_not_meet_is_spoiled_below() -> None:
    assert set(SPOILS) | {"fsf-f1-02md"} == set(FAIR)


@pytest.mark.parametrize("metric", SPOILS)
def test_a_metric_is_full_and_can_fall(copy: SiteCopy, metric: str) -> None:
    assert FAIR[metric](copy.site).is_full
    SPOILS[metric](copy)
    assert not FAIR[metric](copy.site).is_full


def test_addresses_of_our_own_are_no_persistent_identifiers(copy: SiteCopy) -> None:
    assert FAIR["fsf-f1-02md"](copy.site) == Finding(0, 2)


def test_an_identifier_that_looks_persistent_is_half_of_it_for_no_registry_is_asked(copy: SiteCopy) -> None:
    for page in copy.site.catalogue.graph.objects(None, None):
        path = copy.site.path_of(str(page))
        if path and path.endswith(".html") and copy.site.data_in_page(path):
            copy.write(path, copy.site.text(path).replace('"identifier":"', '"identifier":"https://doi.org/10.1/'))
    assert FAIR["fsf-f1-02md"](copy.site) == Finding(1, 2)


def test_every_data_set_says_something_of_itself(copy: SiteCopy) -> None:
    said = said_of_datasets(copy.site)
    assert len(said) == len(copy.site.catalogue.datasets)
    assert all(one["@type"] == "Dataset" for one in said)


def test_identifiers_are_found_in_every_form_of_json_ld() -> None:
    said = {"@id": "a", "identifier": ["b", {"@type": "PropertyValue", "value": "c"}, {"@id": "d"}, 5]}
    assert identifiers(said) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("metric", FAIR)
def test_a_site_without_data_gets_nothing(tmp_path: Path, metric: str) -> None:
    assert FAIR[metric](SiteCopy(tmp_path).site).have == 0
