"""Scores beside what their tables say."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import PROJECT, SHARED
from site_copies import SiteCopy
from vierdepijler.problems import ContentError
from vierdepijler.scoring.conformance import has_shapes
from vierdepijler.scoring.measured import NOT_APPLICABLE, NOT_MEASURED, Finding
from vierdepijler.scoring.scheme_scores import SCHEMES, SchemeScore, Score, score_site, write_scores

CHECKS = PROJECT / "data" / "checks"
STANDARDS = SHARED / "standards"
ROW = {"metric": "m", "outcome": "not_full", "points": "5", "maximum": "10", "evidence": ""}


@pytest.fixture(scope="module")
def scored(site: Path) -> tuple[SchemeScore, ...]:
    shapes = STANDARDS if has_shapes(STANDARDS) else None
    return score_site(replace(SiteCopy(site).site, shapes=shapes))


def test_the_tables_say_what_is_measured(
    scored: tuple[SchemeScore, ...], say_at_the_end: Callable[[str], None]
) -> None:
    for one in scored:
        name = f"{one.scheme.table}.csv"
        assert [score.metric for score in one.scores if score.change()] == [], "run 'make scores'"
        applicable = f", {one.not_applicable} that do not apply" if one.not_applicable else ""
        elsewhere = f", {one.not_measured} not measured here" if one.not_measured else ""
        say_at_the_end(f"scorecard, {name}: {one.points:f} of {one.maximum:f}{applicable}{elsewhere}")


def test_every_metric_has_a_row_and_every_row_a_metric() -> None:
    for scheme in SCHEMES:
        with (CHECKS / f"{scheme.table}.csv").open(encoding="utf-8", newline="") as file:
            assert [row["metric"] for row in csv.DictReader(file)] == list(scheme.metrics)


def test_what_does_not_get_all_its_points_says_why(scored: tuple[SchemeScore, ...]) -> None:
    rows = [score.row for one in scored for score in one.scores if score.row["outcome"] != "full"]
    rows = [
        row for row in rows if row["metric"] not in {"bp-08", "bp-11", "bp-27", "bp-30"}
    ]  # until releases are published
    assert [row["metric"] for row in rows if not (row["note_nl"] and row["note_en"])] == []


def test_a_metric_without_what_shows_it_scores_nothing(copy: SiteCopy) -> None:
    copy.replace("data/latest/open_data_stars.csv", "data/index.html", "data/no-such-page.html")
    stars = next(one for one in score_site(copy.site) if one.scheme.table == "open_data_stars")
    assert [score.points for score in stars.scores] == [0, 1, 1, 1, 1]


def test_a_table_with_a_metric_that_nobody_measures_is_refused(copy: SiteCopy) -> None:
    copy.replace("data/latest/open_data_stars.csv", "star-5", "star-6")
    with pytest.raises(ContentError) as refused:
        score_site(copy.site)
    assert [problem.what for problem in refused.value.problems] == [
        f"the metric '{name}' is in the table or in the code, and not in both" for name in ("star-5", "star-6")
    ]


def test_a_package_without_tables_of_scores_has_no_scores(tmp_path: Path) -> None:
    assert score_site(SiteCopy(tmp_path).site) == ()


@pytest.mark.parametrize(
    ("finding", "change"),
    [
        (Finding(4, 10), -1), (Finding(5, 10), 0), (Finding(1, 1), 1), (NOT_APPLICABLE, -1), (NOT_MEASURED, 0),
    ],
)  # fmt: skip
def test_a_score_falls_or_rises_by_its_points(finding: Finding, change: int) -> None:
    assert Score(ROW, 2, finding, ()).change() == change


@pytest.mark.parametrize(("finding", "change"), [(Finding(0, 1), -1), (NOT_APPLICABLE, 0), (Finding(1, 1), 1)])
def test_what_did_not_apply_falls_when_it_is_missed(finding: Finding, change: int) -> None:
    row = {**ROW, "outcome": "not_applicable", "points": "0", "maximum": "0"}
    assert Score(row, 2, finding, ()).change() == change


def test_only_a_score_that_rose_is_written_down() -> None:
    written = Score(ROW, 2, Finding(1, 1), ()).record()
    assert (written["outcome"], written["points"], written["maximum"]) == ("full", "10", "10")
    written = Score({**ROW, "points": "0"}, 2, NOT_APPLICABLE, ()).record()
    assert (written["outcome"], written["points"], written["maximum"]) == ("not_applicable", "0", "0")
    assert Score(ROW, 2, NOT_MEASURED, ()).record() == {}
    assert Score(ROW, 2, Finding(0, 1), ()).record() == {}


def test_a_score_that_rose_is_written_and_nothing_else_changes(scored: tuple[SchemeScore, ...], tmp_path: Path) -> None:
    for one in scored:
        shutil.copy(CHECKS / f"{one.scheme.table}.csv", tmp_path)
    table = tmp_path / "open_data_stars.csv"
    table.write_text(table.read_text("utf-8").replace("full,1,1", "not_full,0,1"), encoding="utf-8")
    lower = [replace(score, row={**score.row, "points": "0", "outcome": "not_full"}) for score in scored[-1].scores]
    write_scores([replace(scored[-1], scores=tuple(lower))], tmp_path)
    assert table.read_bytes() == (CHECKS / "open_data_stars.csv").read_bytes()


def test_points_not_measured_are_told_apart() -> None:
    one = SchemeScore(SCHEMES[0], (Score(ROW, 2, NOT_MEASURED, ()), Score(ROW, 3, Finding(1, 1), ())))
    assert (one.points, one.not_measured, one.maximum) == (Decimal(10), Decimal(5), Decimal(20))
