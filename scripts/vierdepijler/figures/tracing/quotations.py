"""Quotations in a document: the figures of each item, and the places where the words of a cell stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vierdepijler.checks.rules.provenance import Figure, tokens

from .documents import Document, Line


@dataclass(frozen=True)
class DocumentFigure:
    """A figure in a document; `start` and `end` count from the start of its item."""

    line: Line
    start: int
    end: int
    text: str
    value: Figure | None
    is_marker: bool = False


@dataclass(frozen=True)
class Quotation:
    """A place where a text stands in an item, with the figures in it and the words after it on its line."""

    line: Line
    figures: tuple[DocumentFigure, ...]
    after: str

    def goes_on_with(self, words: str) -> bool:
        """Tell whether the line goes on with these words, in capitals or not."""
        return re.match(rf"\s*{_pattern(words)}", self.after, re.IGNORECASE) is not None


@dataclass(frozen=True)
class ItemText:
    """An item of a document as one text, the markers of items left blank: they are no part of what it says."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(" " * line.marker + line.text[line.marker :] for line in self.lines)

    @cached_property
    def figures(self) -> tuple[DocumentFigure, ...]:
        """Every figure of the item in reading order, the markers included."""
        return tuple(figure for start, line in self._starts() for figure in _line_figures(line, start))

    def quotations(self, printed: str) -> list[Quotation]:
        """Find where `printed` stands as such: whole words, its figures being the document's, no part of others.

        Spaces may be of any kind and number, as a line of a page may end there.
        """
        wanted = [_spaced(token.text) for token in tokens(printed)]
        found = []
        for match in re.finditer(_pattern(printed), self.text):
            inside = [f for f in self.figures if f.start < match.end() and f.end > match.start() and not f.is_marker]
            whole = all(match.start() <= figure.start and figure.end <= match.end() for figure in inside)
            if whole and [_spaced(figure.text) for figure in inside] == wanted:
                found.append(
                    Quotation(self._line_at(match.start()), tuple(inside), self.text[match.end() :].partition("\n")[0])
                )
        return found

    def _starts(self) -> Iterator[tuple[int, Line]]:
        start = 0
        for line in self.lines:
            yield start, line
            start += len(line.text) + 1

    def _line_at(self, position: int) -> Line:
        return [line for start, line in self._starts() if start <= position][-1]


def items_of(document: Document) -> dict[str, ItemText]:
    """Divide a document into its items."""
    return {item: ItemText(tuple(line for line in document.lines if line.item == item)) for item in document.items}


def stands_on(line: Line, printed: str) -> bool:
    """Tell whether a text stands on a line, as whole words."""
    return re.search(_pattern(printed), line.text) is not None


def _line_figures(line: Line, start: int) -> Iterator[DocumentFigure]:
    for part, is_marker in ((line.text[: line.marker], True), (" " * line.marker + line.text[line.marker :], False)):
        for token in tokens(part):
            yield DocumentFigure(line, start + token.start, start + token.end, token.text, token.value, is_marker)


def _pattern(printed: str) -> str:
    words = r"\s+".join(re.escape(word) for word in printed.split())
    before = r"(?<!\w)" if printed[:1].isalnum() else ""
    after = r"(?!\w)" if printed[-1:].isalnum() else ""
    return before + words + after


def _spaced(text: str) -> str:
    return " ".join(text.split())
