"""Data on the Web, what is said of the data: every practice can be missed."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.practices_described import DESCRIBED

LATEST = "data/latest/"
SPOILS: Mapping[str, Callable[[SiteCopy], object]] = {
    "bp-01": lambda copy: copy.remove("data/completions.html"),
    "bp-02": lambda copy: copy.unsay("dct:description", "dcat:Dataset"),
    "bp-03": lambda copy: copy.replace(f"{LATEST}completions.csv", "persons", "people"),
    "bp-04": lambda copy: copy.unsay("dct:license", "dcat:Distribution"),
    "bp-05": lambda copy: copy.unsay("dct:provenance"),
    "bp-06": lambda copy: copy.change(f"{LATEST}datapackage.json", lambda said: said["validation"].update(errors=1)),
    "bp-07": lambda copy: copy.unsay("dcat:version", "dcat:Dataset"),
    "bp-08": lambda copy: copy.unsay("adms:versionNotes", "dcat:Dataset"),
    "bp-15": lambda copy: copy.say("dct:spatial", "https://vierde-pijler.example/own", "dcat:Dataset"),
    "bp-16": lambda copy: copy.replace("data/catalog.ttl", "http://www.w3.org/2006/vcard/ns#", "https://own.example/"),
}


@pytest.mark.parametrize("practice", DESCRIBED)
def test_a_practice_is_followed_and_can_be_missed(copy: SiteCopy, practice: str) -> None:
    assert DESCRIBED[practice](copy.site).is_full
    SPOILS[practice](copy)
    assert not DESCRIBED[practice](copy.site).is_full


def test_columns_must_be_described_for_the_web_too(copy: SiteCopy) -> None:
    copy.write(f"{LATEST}completions.csv-metadata.json", json.dumps({"url": "completions.csv"}))
    assert not DESCRIBED["bp-03"](copy.site).is_full


@pytest.mark.parametrize("practice", DESCRIBED)
def test_a_site_without_data_follows_nothing(tmp_path: Path, practice: str) -> None:
    assert not DESCRIBED[practice](SiteCopy(tmp_path).site).is_full
