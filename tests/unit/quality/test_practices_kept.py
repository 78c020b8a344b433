"""Data on the Web, keeping, feedback, enrichment and republication: every practice can be missed."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.measured import NOT_APPLICABLE
from vierdepijler.scoring.practices_kept import KEPT

LATEST = "data/latest/"


def lose_release(copy: SiteCopy) -> None:
    version = copy.site.rows("releases")[0]["version"]
    copy.remove(f"data/{version}/completions.csv")


def lose_charts(copy: SiteCopy) -> None:
    for page in copy.folder.glob("*.html"):
        copy.write(page.name, page.read_text("utf-8").replace("data-chart=", "data-none="))


def lose_list(copy: SiteCopy) -> None:
    copy.change(
        f"{LATEST}datapackage.json",
        lambda said: said.update(resources=[one for one in said["resources"] if one["name"] != "participant_groups"]),
    )


SPOILS: Mapping[str, Callable[[SiteCopy], object]] = {
    "bp-27": lose_release,
    "bp-28": lose_list,
    "bp-29": lambda copy: copy.unsay("vcard:hasEmail"),
    "bp-30": lambda copy: copy.write(f"{LATEST}corrections.csv", "revision_kind,reason_nl,reason_en\nreported,,\n"),
    "bp-31": lambda copy: copy.replace(f"{LATEST}derived_figures.csv", "formula_nl", "formula"),
    "bp-32": lose_charts,
    "bp-33": lambda copy: copy.replace(f"{LATEST}sources.csv", "network_page", "data_set"),
    "bp-34": lambda copy: copy.replace(f"{LATEST}sources.csv", "DVV Midwest", ""),
    "bp-35": lambda copy: copy.replace(f"{LATEST}completions.csv", ",S00,", ",S99,"),
}


@pytest.mark.parametrize("practice", KEPT)
def test_a_practice_is_followed_and_can_be_missed(copy: SiteCopy, practice: str) -> None:
    before = KEPT[practice](copy.site)
    assert before.is_full or before == NOT_APPLICABLE
    SPOILS[practice](copy)
    after = KEPT[practice](copy.site)
    assert after.applies
    assert not after.is_full


def test_corrections_with_their_reasons_are_feedback_that_is_shown(copy: SiteCopy) -> None:
    copy.write(f"{LATEST}corrections.csv", "revision_kind,reason_nl,reason_en\nreported,waarom,why\n")
    assert KEPT["bp-30"](copy.site).is_full


@pytest.mark.parametrize("practice", KEPT)
def test_a_site_without_data_follows_nothing(tmp_path: Path, practice: str) -> None:
    finding = KEPT[practice](SiteCopy(tmp_path).site)
    assert finding.applies
    assert not finding.is_full
