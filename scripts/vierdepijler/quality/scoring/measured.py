"""What a check finds: how many of the things it looks at are as they should be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Outcome(StrEnum):
    """What becomes of a metric, in the codes of the table `quality_outcomes`."""

    FULL = "full"
    NOT_FULL = "not_full"


@dataclass(frozen=True)
class Finding:
    """What a check found: `have` of the `of` things that it looked at are as they should be.

    A check may find that what it asks cannot be measured where it runs.
    """

    have: int
    of: int
    measured: bool = True

    def __str__(self) -> str:
        """Say it in a few plain words, for the one who maintains the scores."""
        return f"{self.have} of {self.of} are as they should be" if self.measured else "cannot be measured here"

    @property
    def is_full(self) -> bool:
        """Whether all is as it should be; nothing to look at is not enough."""
        return self.measured and 0 < self.of == self.have

    @property
    def outcome(self) -> Outcome:
        """What becomes of the metric."""
        return Outcome.FULL if self.is_full else Outcome.NOT_FULL

    def points(self, maximum: Decimal) -> Decimal:
        """Give the share of the points, rounded down so that only all of it gives all of them."""
        share = Decimal(self.have) / self.of if self.of else Decimal(0)
        return (maximum * share).quantize(CENT, ROUND_DOWN)


NOT_MEASURED = Finding(0, 0, measured=False)


def found(checks: Iterable[object]) -> Finding:
    """Count how many of the things looked at are as they should be."""
    results = [bool(check) for check in checks]
    return Finding(sum(results), len(results))
