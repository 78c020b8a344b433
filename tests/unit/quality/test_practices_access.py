"""Data on the Web, identifiers, formats, access and the API: every practice can be missed."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.measured import NOT_APPLICABLE
from vierdepijler.scoring.practices_access import ACCESS, OPENAPI

LATEST = "data/latest/"
EU = "http://publications.europa.eu/resource/authority/"
DOES_NOT_APPLY = {"bp-19", "bp-20"}


def change_operation(**changes: object) -> Callable[[SiteCopy], None]:
    """Change the first thing that can be asked of the API."""
    return lambda copy: copy.change(OPENAPI, lambda said: next(iter(said["paths"].values()))["get"].update(changes))


def lose_subset(copy: SiteCopy) -> None:
    next((copy.folder / LATEST / "subsets").rglob("*.csv")).unlink()


SPOILS: Mapping[str, Callable[[SiteCopy], object]] = {
    "bp-09": lambda copy: copy.remove("data/completions.html"),
    "bp-10": lambda copy: shutil.rmtree(copy.folder / "api" / "v1" / "tables" / "completions" / "rows"),
    "bp-11": lambda copy: copy.remove("data/0.1.0/datapackage.json"),
    "bp-12": lambda copy: copy.say("dct:format", f"{EU}file-type/XLSX"),
    "bp-13": lambda copy: copy.replace(f"{LATEST}completions.csv", "2025-02-25,all", "25/02/2025,all"),
    "bp-14": lambda copy: copy.say("dct:format", f"{EU}file-type/CSV"),
    "bp-17": lambda copy: copy.remove(f"{LATEST}vierde-pijler.zip"),
    "bp-18": lose_subset,
    "bp-19": lambda copy: copy.remove(f"{LATEST}completions.csv"),
    "bp-20": lambda copy: copy.say("dct:accrualPeriodicity", f"{EU}frequency/CONT"),
    "bp-21": lambda copy: copy.unsay("dct:accrualPeriodicity"),
    "bp-22": lambda copy: copy.replace(f"{LATEST}unknowns.csv", "not_stated,", ","),
    "bp-23": lambda copy: copy.remove("api/v1/tables/completions.json"),
    "bp-24": change_operation(responses={"200": {"content": {"text/html": {}}}}),
    "bp-25": change_operation(summary="", description=""),
    "bp-26": lambda copy: copy.change(OPENAPI, lambda said: said.update(servers=[])),
}


@pytest.mark.parametrize("practice", ACCESS)
def test_a_practice_is_followed_and_can_be_missed(copy: SiteCopy, practice: str) -> None:
    before = ACCESS[practice](copy.site)
    assert before == NOT_APPLICABLE if practice in DOES_NOT_APPLY else before.is_full
    SPOILS[practice](copy)
    after = ACCESS[practice](copy.site)
    assert after.applies
    assert not after.is_full


def test_numbers_in_the_way_of_one_language_are_found(copy: SiteCopy) -> None:
    copy.replace(f"{LATEST}completions.csv", "all,3811,", "all,3.811.0,")
    assert not ACCESS["bp-13"](copy.site).is_full


def test_a_cell_that_is_empty_for_no_known_reason_is_found(copy: SiteCopy) -> None:
    text = copy.site.text(f"{LATEST}networks.csv")
    name = next(row["unknown_id"] for row in copy.site.rows("networks") if row["unknown_id"])
    copy.write(f"{LATEST}networks.csv", text.replace(name, "no-such-reason", 1))
    assert not ACCESS["bp-22"](copy.site).is_full


@pytest.mark.parametrize("practice", ACCESS)
def test_a_site_without_data_follows_nothing(tmp_path: Path, practice: str) -> None:
    finding = ACCESS[practice](SiteCopy(tmp_path).site)
    assert finding.applies
    assert not finding.is_full
