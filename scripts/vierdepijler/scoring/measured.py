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
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Finding:
    """What a check found: `have` of the `of` things that it looked at are as they should be.

    A check may find that what it asks does not apply here, or that it cannot be measured where it runs.
    """

    have: int
    of: int
    applies: bool = True
    measured: bool = True

    def __str__(self) -> str:
        """Say it in a few plain words, for the one who maintains the scores."""
        if not self.measured:
            return "cannot be measured here"
        return f"{self.have} of {self.of} are as they should be" if self.applies else "does not apply here"

    @property
    def is_full(self) -> bool:
        """Whether all is as it should be; nothing to look at is not enough."""
        return self.applies and self.measured and 0 < self.of == self.have

    def outcome(self) -> Outcome:
        """Give what becomes of the metric."""
        if not self.applies:
            return Outcome.NOT_APPLICABLE
        return Outcome.FULL if self.is_full else Outcome.NOT_FULL

    def points(self, maximum: Decimal) -> Decimal:
        """Give the share of the points, rounded down so that only all of it gives all of them."""
        share = Decimal(self.have) / self.of if self.of else Decimal(0)
        return (maximum * share).quantize(CENT, ROUND_DOWN)


NOT_APPLICABLE = Finding(0, 0, applies=False)
NOT_MEASURED = Finding(0, 0, measured=False)


def found(checks: Iterable[object]) -> Finding:
    """Count how many of the things looked at are as they should be."""
    results = [bool(check) for check in checks]
    return Finding(sum(results), len(results))


def all_or_nothing(finding: Finding) -> Finding:
    """Give everything or nothing, as where a practice is followed or is not."""
    return Finding(int(finding.is_full), 1) if finding.applies and finding.measured else finding
