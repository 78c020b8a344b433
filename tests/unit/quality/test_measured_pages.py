"""What is made of the reports of Lighthouse."""

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from conftest import PROJECT

FOLDER = PROJECT / "benchmarks" / "lighthouse"
DATA = {"version": "1.2.0", "created": "2026-01-02T00:00:00Z"}


@pytest.fixture
def measured() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield import_module("measured_pages")
    sys.path.remove(str(FOLDER))


def report(performance: float, speed: float) -> dict[str, Any]:
    names = ("performance", "accessibility", "best-practices", "seo")
    parts = [{"id": "speed-index", "weight": 1}, {"id": "told", "weight": 0}]
    categories = {name: {"score": 1.0, "auditRefs": parts} for name in names}
    categories["performance"]["score"] = performance
    return {
        "categories": categories,
        "audits": {"speed-index": {"score": speed}, "told": {"score": 0}},
        "environment": {"hostUserAgent": "Mozilla/5.0 HeadlessChrome/156.0 Safari/537"},
        "lighthouseVersion": "13.5.0",
    }


def test_the_median_run_counts_and_what_lowered_it_is_named(measured: ModuleType) -> None:
    score = measured.Score.of("home", "index.html", [report(0.9, 0.5), report(1.0, 1.0), report(0.98, 0.9)])
    assert score.scores == (98, 100, 100, 100)
    assert score.lost == ("speed-index",)
    assert not score.is_full
    page = measured.page([score], 3, DATA)
    assert "| home (`index.html`) | 98 | 100 | 100 | 100 |" in page
    assert "version 1.2.0 of 2026-01-02" in page
    assert "- home: speed-index" in page


def test_a_page_that_lacks_nothing_is_full(measured: ModuleType) -> None:
    score = measured.Score.of("home", "index.html", [report(1.0, 1.0)])
    assert score.is_full
    assert "Nothing lowered a score." in measured.page([score], 1, DATA)


def test_lighthouse_is_locked_with_hashes_and_without_addresses() -> None:
    lock = (FOLDER / "package-lock.json").read_text("utf-8")
    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock
