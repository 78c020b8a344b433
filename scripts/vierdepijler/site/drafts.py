"""A page, and what it is before it is made."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A rendered page; `path` and `address` (of the HTML) count from the root of its language."""

    identifier: str
    path: str
    title: str
    description: str
    markdown: str

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"


@dataclass(frozen=True)
class Draft:
    """A page before it is made: its identifier, its path, and what renders it.

    One that `needs_all` tells which of the other pages show its figures: these must be made first.
    """

    identifier: str
    path: str
    render: Callable[[], Page]
    needs_all: bool = False
