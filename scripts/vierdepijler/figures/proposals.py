"""Draft the rows of a new answer, laid beside those that are recorded: the same sentence, the same row.

Nothing is drafted that the document does not print. A figure in a sentence that no answer had before is left to a
person, with the words around it and the cell that it is most like.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from vierdepijler.checks.rules.unseen_texts import mark
from vierdepijler.core.cells import ITEM, SOURCE, Cell, cell_address
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text_files import csv_text

from .documents import Document
from .figure_records import first_records
from .foreign_csv import snake_case
from .patterns import Beside, Pattern, Phrase, Row, laid_beside
from .quotations import LABEL, PRINTED, DocumentFigure, ItemText, items_of, quoted_figure, shown, text_in
from .registrations import QUESTION, heading_of, item_row, new_source, question_row, sentence_row, source_row
from .traces import REPETITION

REFERENCE = re.compile(r"(?:deel)?(?:vraag|vragen|punt|punten)\s+$", re.IGNORECASE)
REFERENCE_REASON, NO_QUANTITY = "cross_reference", "no_quantity"


@dataclass(frozen=True, eq=False)
class Draft:
    """A row, the sentence that it stands on, and the figures in it; a person looks at one that is not certain."""

    table: Table
    row: Row
    like: int
    phrase: Phrase
    figures: frozenset[DocumentFigure]
    is_certain: bool = True

    @property
    def key(self) -> tuple[str, ...]:
        """Its key, as it stands in addresses."""
        return self.table.key_of(self.row)

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses of its cells, by field."""
        return {name: cell_address(self.table.name, name, self.key) for name in self.row}

    @property
    def olds(self) -> dict[str, str]:
        """The addresses of the cells that they are like."""
        return {own.name: Cell(self.table, self.like, own).address for own in self.table.fields}


@dataclass(frozen=True)
class Proposal:
    """The rows drafted for a new source, by table, the figures without a place, and the table for what is no data."""

    rows: tuple[tuple[Table, list[Row]], ...]
    unplaced: tuple[Row, ...]
    not_data: str

    @property
    def placed(self) -> int:
        """How many rows hold a figure."""
        return sum(PRINTED in row and row[PRINTED] != "" for _, rows in self.rows for row in rows)


def propose(
    package: Package, document: Document, source: str, accept: Callable[[Draft], bool] | None = None
) -> Proposal:
    """Draft the rows of a new document; `accept` tells which to take, and otherwise those that are certain are.

    Raises `UnreadableError` where the source is no new one.
    """
    answer = _Answer(laid_beside(package, document, new_source(package, document, source)))
    drafts = [draft for draft in answer.drafts() if (accept(draft) if accept else draft.is_certain)]
    return answer.proposal(drafts)


Match = dict[int, DocumentFigure]  # by the place of a figure in its sentence, the one that stands there in an older one


@dataclass
class _Answer:
    """A new answer, the rows that were drafted for it, and the codes that it names for the first time."""

    beside: Beside
    rows: dict[str, list[Row]] = field(default_factory=dict)
    codes: dict[DocumentFigure, str] = field(default_factory=dict)
    to_write: dict[DocumentFigure, str] = field(default_factory=dict)

    @cached_property
    def items(self) -> dict[str, ItemText]:
        return items_of(self.beside.document)

    @property
    def package(self) -> Package:
        return self.beside.package

    @property
    def pattern(self) -> Pattern:
        return self.beside.pattern

    def drafts(self) -> Iterator[Draft]:
        """Draft every row that a sentence asks for; two that say otherwise of one thing are for a person."""
        found: dict[tuple[str, ...], list[Draft]] = {}
        for draft in (draft for phrase in self.beside.phrases for draft in self._drafts(phrase)):
            found.setdefault((draft.table.name, *draft.key), []).append(draft)
        for same in found.values():
            best = [draft for draft in same if draft.is_certain] or same
            yield from best[:1] if all(other.row == best[0].row for other in best) else ()

    def _drafts(self, phrase: Phrase) -> Iterator[Draft]:
        if old := self.beside.same.get(phrase):
            yield from self._like(phrase, dict(enumerate(old.figures)))
        elif phrase.above and (old := self.pattern.beside(phrase)):
            yield from self._coded(phrase, old)
        else:
            drafts = self._like(phrase, self.pattern.likely(phrase))
            yield from (replace(draft, is_certain=False) for draft in drafts)

    def _coded(self, phrase: Phrase, old: Phrase) -> Iterator[Draft]:
        """Draft what a row of a known table says of a code that no row had before."""
        name = re.split(r"[\t|]|\s\d", phrase.text.strip(" |*_"), maxsplit=1)[0].strip(" *_")
        tables = {cell.table.name: cell.table for figure in old.figures for cell in self.pattern.cells[figure]}
        for table in tables.values():
            for key in table.foreign_keys:
                codes = self.package.tables.get(key.table)
                if codes is None or codes.primary_key != ("code",) or key.fields[0] not in table.primary_key:
                    continue
                if code := _code_named(codes, name):
                    yield from self._like(phrase, dict(enumerate(old.figures)), **{key.fields[0]: code})
                else:
                    self.codes.update(dict.fromkeys(phrase.figures, f"{codes.name}: {name}"))
                    drafts = self._like(phrase, dict(enumerate(old.figures)), **{key.fields[0]: snake_case(name)})
                    written = [(codes, _code_row(codes, name)), *((draft.table, draft.row) for draft in drafts)]
                    self.to_write.update(dict.fromkeys(phrase.figures, "".join(_line(*one) for one in written)))

    def _like(self, phrase: Phrase, match: Match, **codes: str) -> Iterator[Draft]:
        """Draft the rows that stand on the figures of an older sentence, with those of a new one."""
        rows = {
            (cell.table.name, cell.row): cell
            for old in match.values()
            for cell in self._values(old)
            if cell.field.is_number and _is_of_source(cell.table)
        }
        for cell in rows.values():
            found = {
                own.name: self._now(Cell(cell.table, cell.row, own), phrase, match)
                for own in cell.table.fields
                if Cell(cell.table, cell.row, own).address in self.pattern.places and not own.name.endswith(PRINTED)
            }
            figures = {name: figure for name, figure in found.items() if figure is not None}
            if len(figures) == len(found):
                row = self._row(phrase, cell, figures) | codes
                yield Draft(cell.table, row, cell.row, phrase, frozenset(figures.values()))

    def _values(self, old: DocumentFigure) -> list[Cell]:
        return [cell for cell in self.pattern.cells.get(old, ()) if not cell.field.name.endswith(PRINTED)]

    def _now(self, cell: Cell, phrase: Phrase, match: Match) -> DocumentFigure | None:
        """Find what a cell of an older row is now: in this sentence, or else in the nearest one that it stands on."""
        places = self.pattern.places[cell.address]
        for number, old in match.items():
            if any(other.figures[at] == old for other, at in places):
                return phrase.figures[number]
        for other, at in places:
            near = [
                p
                for p in self.beside.phrases
                if self.beside.same.get(p) is other and p.sentence.item == phrase.sentence.item
            ]
            before = [p for p in near if p.sentence.number < phrase.sentence.number]
            if near:
                return (before[-1] if before else near[0]).figures[at]
        return None

    def _row(self, phrase: Phrase, cell: Cell, figures: dict[str, DocumentFigure]) -> Row:
        table = cell.table
        row = {name: text_in(table, cell.row, name) for name in table.field_names}
        row |= {SOURCE: self.beside.source, ITEM: phrase.sentence.item}
        for name, figure in figures.items():
            row[name] = shown(figure)
            if printed := table.field(name).property("printedIn"):
                text = self.items[figure.line.item]
                row[printed] = figure.text if phrase.above else quoted_figure(text, figure)
        return row

    def proposal(self, drafts: list[Draft]) -> Proposal:
        """Give the rows of the drafts that were taken, with all else that is to be recorded of the document."""
        beside, heading = self.beside, heading_of(self.beside.document)
        self._add(Role.SOURCES, source_row(beside, heading))
        if heading:
            self._add(Role.ANSWERS, question_row(beside, heading))
        for draft in drafts:
            if draft.table.role != Role.ANSWERS:
                self.rows.setdefault(draft.table.name, []).append(draft.row)
        for item in self.items:
            self._add(Role.ITEMS, item_row(beside, item))
        done = {figure for draft in drafts for figure in draft.figures} | (heading.figures if heading else set())
        left = ((p, f) for p in beside.phrases for f in p.every if f not in done and not self._set_aside(p, f, drafts))
        unplaced = tuple(self._left(phrase, figure, drafts) for phrase, figure in left)
        for phrase in beside.phrases:
            self._add(Role.SENTENCES, sentence_row(beside, heading, phrase))
        tables = [(self.package.tables[name], rows) for name, rows in self.rows.items()]
        records = [row for table, rows in tables for row in first_records(self.package, table, rows)]
        history, not_data = (self.package.table_of(role) for role in (Role.HISTORY, Role.NOT_DATA))
        tables += [(history, records)] if records and history else []
        return Proposal(tuple(tables), unplaced, not_data.name if not_data else Role.NOT_DATA)

    def _add(self, role: Role, cells: Row) -> None:
        """Draft a row of the table with a role, where the package has one."""
        if table := self.package.table_of(role):
            row = dict.fromkeys(table.field_names, "") | {SOURCE: self.beside.source}
            self.rows.setdefault(table.name, []).append(
                row | {name: text for name, text in cells.items() if name in row}
            )

    def _set_aside(self, phrase: Phrase, figure: DocumentFigure, drafts: list[Draft]) -> bool:
        """Say why a figure is no data, where an older answer or the word before it tells; False where none does."""
        text = self.items[figure.line.item]
        if question := next((q for q in QUESTION.finditer(text.text) if q.start() <= figure.start < q.end()), None):
            is_first = question.start("number") == figure.start
            return not is_first or self._no_data(text, figure, " ".join(question[0].split()), REFERENCE_REASON)
        if reference := REFERENCE.search(text.text[: figure.start]):
            printed = " ".join(text.text[reference.start() : figure.end].split())
            return self._no_data(text, figure, printed, REFERENCE_REASON)
        if figure not in phrase.figures:
            return self._no_data(text, figure, figure.text, NO_QUANTITY)
        if (same := self.beside.same.get(phrase)) is None:
            return False
        old = same.figures[phrase.figures.index(figure)]
        table, row = self.package.table_of(Role.NOT_DATA), self.pattern.not_data.get(old)
        if row is None:
            return self._repeated(text, figure, [cell.address for cell in self._values(old)], drafts) or (
                not self._values(old) and old.value == figure.value
                and self._no_data(text, figure, figure.text, NO_QUANTITY)
            )  # fmt: skip
        if text_in(table, row, "reason") != REPETITION:
            return self._no_data(text, figure, figure.text, text_in(table, row, "reason"))
        return self._repeated(text, figure, [text_in(table, row, "held_in")], drafts)

    def _repeated(self, text: ItemText, figure: DocumentFigure, held: list[str], drafts: list[Draft]) -> bool:
        """Set a figure aside where a cell holds it already: that of an older answer, or its new one."""
        now = {old: (draft.addresses[name], draft.row[name]) for draft in drafts for name, old in draft.olds.items()}
        cells = {c.address: c for cells in self.pattern.cells.values() for c in cells if not _is_of_source(c.table)}
        for address in held:
            own = now.get(address) or (address, cell_text(cells[address].value) if address in cells else "")
            if own[1] == shown(figure):
                return self._no_data(text, figure, figure.text, REPETITION, own[0])
        return False

    def _no_data(self, text: ItemText, figure: DocumentFigure, printed: str, reason: str, held_in: str = "") -> bool:
        row = {ITEM: figure.line.item, PRINTED: printed, "reason": reason, "held_in": held_in}
        self._add(Role.NOT_DATA, row | {"occurrence": str(_occurrence(text, figure, printed))})
        return True

    def _left(self, phrase: Phrase, figure: DocumentFigure, drafts: list[Draft]) -> Row:
        old = self.pattern.likely(phrase).get(phrase.figures.index(figure))
        like = next((cell.address for cell in self._values(old)), "") if old else ""
        cells = ((d.addresses[own.name], d.row[own.name]) for d in drafts for own in d.table.fields if own.is_number)
        held = next((address for address, value in cells if value == shown(figure)), "")
        occurrence = str(_occurrence(self.items[figure.line.item], figure, figure.text))
        return {
            "value": shown(figure), ITEM: figure.line.item, "line": str(figure.line.number), PRINTED: figure.text,
            "occurrence": occurrence, "held_in": held, "like": like, "new_code": self.codes.get(figure, ""),
            "words": " ".join(phrase.text.split()), "rows": self.to_write.get(figure, ""),
        }  # fmt: skip


def _is_of_source(table: Table) -> bool:
    """Tell whether another source, or another day, has rows of its own in a table."""
    return SOURCE in table.primary_key or any(table.field(name).type == "date" for name in table.primary_key)


def _code_named(codes: Table, name: str) -> str:
    """Give the code that has a name, in the spelling of a source or in ours; empty for none."""
    for row in range(codes.rows):
        names = [text_in(codes, row, LABEL), *text_in(codes, row, PRINTED).split(";")]
        if name.casefold() in {each.strip().casefold() for each in names}:
            return text_in(codes, row, "code")
    return ""


def _code_row(codes: Table, name: str) -> Row:
    """Draft the row of a new code, under the name that the source gives it."""
    known = {"code": snake_case(name), "label_nl": name, "label_en": mark("en"), PRINTED: name}
    return dict.fromkeys(codes.field_names, "") | {own: text for own, text in known.items() if own in codes.field_names}


def _line(table: Table, row: Row) -> str:
    return f"{table.file}: {csv_text([[row[name] for name in table.field_names]])}"


def _occurrence(text: ItemText, figure: DocumentFigure, printed: str) -> int:
    places = [place.figures for place in text.quotations(printed)]
    return next((number for number, figures in enumerate(places, 1) if figure in figures), 1)
