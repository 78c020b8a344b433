"""The metadata quality points of data.europa.eu: every metric can fall."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import SHARED, cannot_run
from site_copies import SiteCopy
from vierdepijler.scoring.conformance import has_shapes
from vierdepijler.scoring.measured import NOT_MEASURED
from vierdepijler.scoring.quality import QUALITY

STANDARDS = SHARED / "standards"
FILE, DATASET = "dcat:Distribution", "dcat:Dataset"
NONSENSE = "https://vierde-pijler.example/nonsense"
Spoil = Callable[[SiteCopy], object]

SPOILS: Mapping[str, Spoil] = {
    "mqa-keyword": lambda copy: copy.unsay("dcat:keyword"),
    "mqa-theme": lambda copy: copy.unsay("dcat:theme"),
    "mqa-spatial": lambda copy: copy.unsay("dct:spatial", DATASET),
    "mqa-temporal": lambda copy: copy.unsay("dct:temporal"),
    "mqa-access-answers": lambda copy: copy.remove("data/completions.html"),
    "mqa-download": lambda copy: copy.unsay("dcat:downloadURL"),
    "mqa-download-answers": lambda copy: copy.remove("data/latest/completions.json"),
    "mqa-format": lambda copy: copy.unsay("dct:format", of_all=True),
    "mqa-media-type": lambda copy: copy.unsay("dcat:mediaType", of_all=True),
    "mqa-format-from-list": lambda copy: copy.say("dcat:mediaType", NONSENSE),
    "mqa-open-format": lambda copy: copy.say("dct:format", "http://publications.europa.eu/resource/authority/file-type/XLSX"),
    "mqa-machine-readable": lambda copy: copy.say("dct:format", "http://publications.europa.eu/resource/authority/file-type/PNG"),
    "mqa-licence": lambda copy: copy.unsay("dct:license", FILE),
    "mqa-licence-from-list": lambda copy: copy.say("dct:license", NONSENSE),
    "mqa-access-rights": lambda copy: copy.unsay("dct:accessRights"),
    "mqa-access-rights-from-list": lambda copy: copy.say("dct:accessRights", NONSENSE),
    "mqa-contact": lambda copy: copy.unsay("dcat:contactPoint", DATASET),
    "mqa-publisher": lambda copy: copy.unsay("dct:publisher", DATASET),
    "mqa-rights": lambda copy: copy.unsay("dct:rights", FILE),
    "mqa-size": lambda copy: copy.unsay("dcat:byteSize"),
    "mqa-issued": lambda copy: copy.unsay("dct:issued", FILE),
    "mqa-modified": lambda copy: copy.unsay("dct:modified", DATASET),
}  # fmt: skip


def test_every_metric_is_spoiled_below() -> None:
    assert set(SPOILS) | {"mqa-conformance"} == set(QUALITY)


@pytest.mark.parametrize("metric", SPOILS)
def test_a_metric_is_full_and_can_fall(copy: SiteCopy, metric: str) -> None:
    before = QUALITY[metric](copy.site)
    assert before.is_full == (metric != "mqa-temporal")  # we name no period where no source gives a day
    SPOILS[metric](copy)
    assert QUALITY[metric](copy.site).have < before.have


def test_only_the_best_file_of_a_data_set_counts_for_interoperability(copy: SiteCopy) -> None:
    copy.unsay("dct:format", FILE)  # of one file of many
    assert QUALITY["mqa-format"](copy.site).is_full


def test_a_file_counts_for_its_share(copy: SiteCopy) -> None:
    copy.unsay("dcat:byteSize")
    finding = QUALITY["mqa-size"](copy.site)
    assert finding.have == finding.of - 1 == len(copy.site.catalogue.distributions) - 1


def test_conformance_is_not_measured_without_the_shapes(copy: SiteCopy) -> None:
    assert QUALITY["mqa-conformance"](copy.site) == NOT_MEASURED


def test_conformance_is_measured_with_the_shapes(copy: SiteCopy) -> None:
    if not has_shapes(STANDARDS):
        cannot_run("the shapes of DCAT-AP are not on this machine")
    copy.unsay("dct:title", DATASET)
    assert not QUALITY["mqa-conformance"](replace(copy.site, shapes=STANDARDS)).is_full


@pytest.mark.parametrize("metric", [*SPOILS, "mqa-conformance"])
def test_a_site_without_a_catalogue_gets_nothing(tmp_path: Path, metric: str) -> None:
    assert not QUALITY[metric](SiteCopy(tmp_path).site).is_full
