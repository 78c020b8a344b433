import datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.core.problems import ContentError
from vierdepijler.writers.metadata.catalogues import Period, check_periods, period_of, span

YEAR = Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))


def give(start: Any, end: Any) -> dict[str, Any]:
    return {"temporal": {"start": start, "end": end}}


def test_a_period_is_read() -> None:
    assert period_of(give("2025-01-01", "2025-12-31")) == YEAR
    assert period_of({}) is None


@pytest.mark.parametrize("told", ["2025", 5, {"start": "2025"}, {"start": "2025-01-01", "end": None}])
def test_what_others_mean_by_the_word_is_left_alone(told: Any) -> None:
    assert period_of({"temporal": told}) is None


def test_periods_together_run_from_the_first_day_to_the_last() -> None:
    earlier = Period(datetime.date(2023, 1, 1), datetime.date(2025, 2, 1))
    assert span([YEAR, earlier]) == Period(datetime.date(2023, 1, 1), datetime.date(2025, 12, 31))
    assert span([]) is None


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2025-02-30", "2025-12-31", "'2025-02-30' is no day of the calendar"),
        ("2025-12-31", "2025-01-01", "the last day lies before the first"),
    ],
)
def test_a_period_that_no_calendar_has_is_refused_before_anything_is_written(
    miniature: Copy, tmp_path: Path, start: str, end: str, told: str
) -> None:
    miniature.change(lambda descriptor: descriptor["resources"][0].update(give(start, end)))
    (problem,) = check_periods(miniature.read())
    assert told in problem.what
    assert problem.column == "counts.temporal"
    assert problem.line > 1
    with pytest.raises(ContentError, match=r"counts\.temporal"):
        miniature.publish(tmp_path / "out")
    assert not (tmp_path / "out").exists()
