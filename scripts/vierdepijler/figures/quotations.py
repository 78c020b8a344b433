"""Quotations of a document: where the words of a cell stand, and which cells say that they stand there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vierdepijler.checks.rules.provenance import Figure, mismatches, tokens
from vierdepijler.core.cells import ITEM, SOURCE, Cell
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text, plain

from .documents import Document, Line

PRINTED = "as_printed"
LABEL = "label_nl"  # sources are in Dutch
LONGEST_PRINT = 60
WORD = re.compile(r"[\w'’-]+")
WORDS = re.compile(r"(?:\s*[\w'’-]+)*")


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
        return tuple(figure for start, line in self.starts() for figure in _line_figures(line, start))

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

    def starts(self) -> Iterator[tuple[int, Line]]:
        """Give each line with where it starts in the text."""
        start = 0
        for line in self.lines:
            yield start, line
            start += len(line.text) + 1

    def _line_at(self, position: int) -> Line:
        return [line for start, line in self.starts() if start <= position][-1]


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


@dataclass(frozen=True)
class Claim:
    """A cell that says: this stands at that item.

    A share stands `beside` the name of what it is a share of, as the source spells it; no figure stands right
    before the name of another code than that of its row, which would be in `others`.
    """

    cell: Cell
    item: str
    printed: str
    beside: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    differs: bool = False

    @property
    def group(self) -> tuple[str, str, str, str]:
        """What cells have in common that share the places of one print, each its own, in order."""
        return self.cell.table.name, self.cell.field.name, self.item, self.printed

    def fits(self, place: Quotation) -> bool:
        """Tell whether a place where its print stands can be its own."""
        if self.beside:
            return any(stands_on(place.line, word) for word in self.beside)
        return not any(place.goes_on_with(name) for name in self.others)

    def stands_in(self, text: ItemText) -> bool:
        """Tell whether it has a place in a text."""
        return any(self.fits(place) for place in text.quotations(self.printed))


def claims(package: Package, source: str) -> Iterator[Claim]:
    """Give every cell that quotes the source: a value with its print, or else the words quoted themselves."""
    for table in package.tables.values():
        if {SOURCE, ITEM} <= set(table.field_names) and table.role != Role.NOT_DATA:
            wrong = {
                (row, field.name)
                for field in table.fields
                if (printed := field.property("printedIn")) in table.field_names and printed
                for row in mismatches(table, field.name, printed)
            }
            for row in rows_from(table, source):
                yield from _row_claims(package, table, row, wrong)


def rows_from(table: Table, source: str) -> list[int]:
    """Give the rows of a table that name the source, counted from 0."""
    return list(table.rows_with(SOURCE, source))


def _row_claims(package: Package, table: Table, row: int, wrong: set[tuple[int, str]]) -> Iterator[Claim]:
    item = text_in(table, row, ITEM)
    for name in (name for name in table.field_names if name.endswith(PRINTED) and text_in(table, row, name)):
        values = [
            field
            for field in table.fields
            if field.property("printedIn") == name and table.value(row, field.name) is not None
        ]
        for field in values or [table.field(name)]:
            beside, others = _code_words(package, table, row) if field.is_number else ((), ())
            differs = (row, field.name) in wrong
            yield Claim(Cell(table, row, field), item, text_in(table, row, name), beside, others, differs)


def _code_words(package: Package, table: Table, row: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the words that the source prints for the codes of a row, and the names of the codes it has not."""
    beside: list[str] = []
    others: list[str] = []
    for key in table.foreign_keys:
        codes = package.tables.get(key.table)
        if len(key.fields) == 1 and codes is not None and codes.primary_key == ("code",):
            own = codes.keys.get((text_in(table, row, key.fields[0]),))
            names = [text_in(codes, at, LABEL) for at in range(codes.rows)]
            others += [name for at, name in enumerate(names) if own is not None and at != own and name]
            if own is not None and (printed := text_in(codes, own, PRINTED)):
                beside += [word.strip() for word in printed.split(";")]
    return tuple(beside), tuple(others)


def text_in(table: Table | None, row: int, field: str) -> str:
    """Give the text of a cell, empty where the cell, the field or the table is not there."""
    return "" if table is None or field not in table.field_names else cell_text(table.value(row, field))


def quoted_figure(text: ItemText, figure: DocumentFigure) -> str:
    """Quote a figure so that it can be told from others in its item: with as many words as that takes."""
    after = WORDS.match(text.text, figure.end)
    ends = [figure.end, *(word.end() for word in WORD.finditer(text.text, figure.end, after.end() if after else 0))]
    line = text.text[: figure.start].rpartition("\n")[2]
    starts = [figure.start, *(figure.start - len(line) + word.start() for word in reversed([*WORD.finditer(line)]))]
    for start, end in [*((figure.start, end) for end in ends), *((start, figure.end) for start in starts)]:
        printed = " ".join(text.text[start:end].split())
        if len(printed) <= LONGEST_PRINT and len(text.quotations(printed)) == 1 and len(tokens(printed)) == 1:
            return printed
    return figure.text


def shown(figure: DocumentFigure) -> str:
    """Write the value of a figure as our tables do."""
    return cell_text(plain(figure.value))
