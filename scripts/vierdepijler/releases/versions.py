"""Versions of the package (https://semver.org), and which one comes next when something changed.

Major: a table or column goes, or changes meaning. Minor: new rows, columns or tables. Patch: corrected values and
texts.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class Step(IntEnum):
    """How much changed, and so which of the three numbers of a version goes up."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, order=True)
class Version:
    """A version of three numbers, in the order in which they come."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        """Write it as it stands in a descriptor: `1.2.0`."""
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, step: Step) -> "Version":
        """Give the version that follows. Before 1.0.0 nothing is promised, so that the second number is the highest."""
        match step:
            case Step.MAJOR if self.major:
                return Version(self.major + 1, 0, 0)
            case Step.MAJOR | Step.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Step.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case _:
                return self


def version_of(text: str) -> Version | None:
    """Read a version; None for what is not three numbers."""
    found = VERSION.fullmatch(text)
    return Version(*map(int, found.groups())) if found else None
