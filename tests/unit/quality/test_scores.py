"""Scores beside what their table says."""

import csv
from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.quality.scores import METRICS, NOT_MEASURED, Finding, PublishedSite, Score, score_site

ROW = {"metric": "m", "outcome": "not_full", "points": "5", "maximum": "10", "evidence": ""}


def test_every_metric_has_a_row_and_every_row_a_metric() -> None:
    with (PROJECT / "data" / "checks" / "metadata_points.csv").open(encoding="utf-8", newline="") as file:
        assert [row["metric"] for row in csv.DictReader(file)] == list(METRICS)


def test_a_package_without_a_table_of_scores_has_no_scores(tmp_path: Path) -> None:
    assert score_site(PublishedSite(tmp_path, "https://site.example/")) == ()


@pytest.mark.parametrize(
    ("finding", "change"), [(Finding(4, 10), -1), (Finding(5, 10), 0), (Finding(1, 1), 1), (NOT_MEASURED, 0)]
)
def test_a_score_falls_or_rises_by_its_points(finding: Finding, change: int) -> None:
    assert Score(ROW, "s.csv", 2, finding).change == change


def test_only_a_score_that_rose_is_written_down() -> None:
    assert Score(ROW, "s.csv", 2, Finding(1, 1)).record() == {"outcome": "full", "points": "10"}
    assert Score(ROW, "s.csv", 2, NOT_MEASURED).record() == {}
    assert Score(ROW, "s.csv", 2, Finding(0, 1)).record() == {}
