"""What a check finds, and the points it gives."""

from decimal import Decimal

import pytest

from vierdepijler.quality.scores import NOT_MEASURED, Finding, count


@pytest.mark.parametrize(
    ("have", "of", "points"), [(0, 3, "0.00"), (1, 3, "6.66"), (2, 3, "13.33"), (3, 3, "20.00"), (0, 0, "0.00")]
)
def test_points_are_a_share_that_only_rounds_down(have: int, of: int, points: str) -> None:
    assert Finding(have, of).points(Decimal(20)) == Decimal(points)


def test_nearly_all_is_not_all() -> None:
    assert Finding(99_999, 100_000).points(Decimal(1)) == Decimal("0.99")


def test_nothing_to_look_at_is_not_as_it_should_be() -> None:
    assert not Finding(0, 0).is_full


def test_what_was_not_measured_is_not_passed() -> None:
    assert not NOT_MEASURED.is_full
    assert NOT_MEASURED.points(Decimal(30)) == 0


def test_checks_are_counted() -> None:
    assert count([True, "said", "", None, 0]) == Finding(2, 5)
