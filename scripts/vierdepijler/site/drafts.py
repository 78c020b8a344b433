"""A page, and what it is before it is made."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class KeyFigure:
    """A figure that stands for a page: the number, what it counts, and its date and source, all as readers read them.

    `bound` is the address of its cell, or the path of a value of the descriptor.
    """

    number: str
    words: str
    origin: str
    bound: str


@dataclass(frozen=True)
class Page:
    """A rendered page; `path` and `address` (of the HTML) count from the root of its language, and so does `sheet`.

    `figures` are its key figures, the most telling first; `sheet` is the address of its fact sheet, empty for none.
    """

    identifier: str
    path: str
    title: str
    description: str
    markdown: str
    figures: tuple[KeyFigure, ...] = ()
    sheet: str = ""

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"

    @property
    def image(self) -> str:
        """The address of the image that stands for the page where it is shared, counted from the same root."""
        return f"social/{self.path.removesuffix('.md')}.png"


@dataclass(frozen=True)
class Draft:
    """A page before it is made: its identifier, its path, what renders it, and the table of which it shows a part.

    One that `needs_all` tells which of the other pages show its figures: these must be made first.
    """

    identifier: str
    path: str
    render: Callable[[], Page]
    part_of: str = ""
    needs_all: bool = False
