"""A rule: something that a schema cannot say about a package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .package import Package
from .problems import Problem


@dataclass(frozen=True)
class Rule:
    """A check with a name of its own, and what it catches in one sentence."""

    name: str
    catches: str
    check: Callable[[Package], Iterator[Problem]]
