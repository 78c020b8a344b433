"""Patterns: the answers that are recorded, as what a new one is laid beside, sentence by sentence.

Where a sentence is the same but for its figures, each new figure belongs where the old one stands. A row of a table is
such a sentence where the title and the head above it are the same too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from vierdepijler.core.cells import ITEM, SOURCE, Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role

from .alignments import ENDED, NUMBER, Form, MaskedText, Place, Sentence, form_of, mask, placed_sentences, recorded
from .documents import HEAD, Document, Line
from .quotations import PRINTED, Claim, DocumentFigure, ItemText, claims, items_of, rows_from, text_in
from .traces import account

ALIKE = 0.6  # of the words of two sentences, for a person to look whether they say the same
Row = dict[str, str]
Above = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Phrase:
    """A sentence, or a row of a table with the two sentences `above` it: its form, and the figures that count in it."""

    source: str
    sentence: Sentence
    text: str
    form: Form
    above: Above
    every: tuple[DocumentFigure, ...]

    @property
    def figures(self) -> list[DocumentFigure]:
        """The figures that are no names."""
        return [figure for number, figure in enumerate(self.every) if number not in self.form.names]

    @property
    def key(self) -> tuple[Above, tuple[str, ...]]:
        """What two sentences share that differ in nothing but figures."""
        return self.above, self.form.words

    @property
    def kinds(self) -> list[str]:
        """The kinds of its figures, in order."""
        return [word for word in self.form.words if word.startswith(NUMBER)]


def phrases_of(document: Document, source: str) -> list[Phrase]:
    """Read the sentences of a new document."""
    items = items_of(document)
    every = [
        (sentence, place.line.text[place.start : place.end], _figures_at(items[sentence.item], place))
        for sentence, place in placed_sentences(document)
    ]
    return list(_phrases(source, every))


def _figures_at(text: ItemText, place: Place) -> tuple[DocumentFigure, ...]:
    start = next(start for start, line in text.starts() if line is place.line)
    inside = (f for f in text.figures if f.line is place.line and not f.is_marker)
    return tuple(figure for figure in inside if start + place.start <= figure.start < start + place.end)


def _phrases(source: str, every: Iterable[tuple[Sentence, str, tuple[DocumentFigure, ...]]]) -> Iterator[Phrase]:
    above: Above = ((), ())
    item = ""
    for sentence, text, figures in every:
        form = form_of(sentence.masked)
        above, item = (above if sentence.item == item else ((), ())), sentence.item
        is_row = not ENDED.search(sentence.masked) and len(form.names) < len(figures) and item != HEAD
        yield Phrase(source, sentence, text, form, above if is_row else (), figures)
        if not is_row:
            above = (above[1], form.words)


@dataclass
class Pattern:
    """What is recorded of the answers, the newest first: their sentences, and what accounts for each figure."""

    package: Package
    phrases: list[Phrase] = field(default_factory=list)
    cells: dict[DocumentFigure, list[Cell]] = field(default_factory=dict)
    places: dict[str, list[tuple[Phrase, int]]] = field(default_factory=dict)
    not_data: dict[DocumentFigure, int] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The answers of which sentences are recorded, the newest first."""
        table = self.package.table_of(Role.SENTENCES)
        return list(reversed(dict.fromkeys(text_in(table, row, SOURCE) for row in range(table.rows)))) if table else []

    def same(self, phrase: Phrase) -> Phrase | None:
        """Give the sentence of the newest answer that has it which says the same with other figures.

        None where that answer has it more than once, for figures that have no kind in common.
        """
        found = [old for old in self.phrases if old.key == phrase.key]
        newest = [old for old in found if old.source == found[0].source]
        kinds = zip(*map(self._meaning, newest), strict=True)
        return newest[0] if newest and all(frozenset.intersection(*each) for each in kinds) else None

    def _meaning(self, phrase: Phrase) -> tuple[frozenset[tuple[str, ...]], ...]:
        """Tell what the figures of a sentence are: fields of rows with the same codes, of any day; or no data."""
        return tuple(
            frozenset(
                (cell.table.name, cell.field.name, *_codes(cell)) for cell in self.cells[figure]
            ) or frozenset({(str(figure in self.not_data),)})
            for figure in phrase.figures
        )  # fmt: skip

    def beside(self, phrase: Phrase) -> Phrase | None:
        """Give a row of the table that a new row stands in, where that holds the same kinds of figures."""
        return next((old for old in self.phrases if old.above == phrase.above and old.kinds == phrase.kinds), None)

    def likely(self, phrase: Phrase) -> dict[int, DocumentFigure]:
        """Give by its place each figure of the most like sentence that stands where the new one has one too."""
        words = SequenceMatcher(b=phrase.form.words, autojunk=False)
        best, most = None, ALIKE
        for old in self.phrases:
            words.set_seq1(old.form.words)
            if old.figures and words.quick_ratio() > most and words.ratio() > most:
                best, most = old, words.ratio()
        if best is None:
            return {}
        words.set_seq1(best.form.words)
        return {
            _nth(phrase, block.b + step): best.figures[_nth(best, block.a + step)]
            for block in words.get_matching_blocks()
            for step in range(block.size)
            if phrase.form.words[block.b + step].startswith(NUMBER)
        }


def _codes(cell: Cell) -> list[str]:
    names = (name for name in cell.table.primary_key if name != SOURCE and cell.table.field(name).type != "date")
    return [text_in(cell.table, cell.row, name) for name in names]


def _nth(phrase: Phrase, place: int) -> int:
    """Count the figures before a word of a form."""
    return sum(word.startswith(NUMBER) for word in phrase.form.words[:place])


def pattern_of(package: Package) -> Pattern:
    """Read what is recorded of every answer, and what its figures became."""
    pattern = Pattern(package)
    for source in pattern.sources:
        _add(pattern, source)
    return pattern


def _add(pattern: Pattern, source: str) -> None:
    sentences = recorded(pattern.package, source)
    lines = [
        Line(number, sentence.item, sentence.masked) for number, sentence in enumerate(sentences, len(pattern.phrases))
    ]
    items = {
        item: MaskedText(tuple(line for line in lines if line.item == item)) for item in {s.item for s in sentences}
    }
    every = [
        (sentence, sentence.masked, _figures_at(items[line.item], Place(line, 0, len(line.text))))
        for sentence, line in zip(sentences, lines, strict=True)
    ]
    held = account(pattern.package, source, items, [_masked(claim) for claim in claims(pattern.package, source)])
    for phrase in _phrases(source, every):
        pattern.phrases.append(phrase)
        for number, figure in enumerate(phrase.figures):
            addresses = held.holders.get(figure, [])
            pattern.cells[figure] = [cell for each in addresses for cell in select(pattern.package, each).cells]
            for address in addresses:
                pattern.places.setdefault(address, []).append((phrase, number))
    table = pattern.package.table_of(Role.NOT_DATA)
    for row in rows_from(table, source) if table else ():
        places = items[text_in(table, row, ITEM)].quotations(text_in(table, row, PRINTED))
        which = int(text_in(table, row, "occurrence") or 1)
        pattern.not_data.update((figure, row) for place in places[which - 1 : which] for figure in place.figures)


def _masked(claim: Claim) -> Claim:
    return replace(claim, beside=tuple(map(mask, claim.beside)), others=tuple(map(mask, claim.others)))


@dataclass
class Beside:
    """A new document laid beside the answers that are recorded: the sentences that are the same but for figures."""

    package: Package
    document: Document
    source: str
    pattern: Pattern
    phrases: list[Phrase]
    same: dict[Phrase, Phrase]


def laid_beside(package: Package, document: Document, source: str) -> Beside:
    """Lay a new document beside the answers that are recorded."""
    pattern, phrases = pattern_of(package), phrases_of(document, source)
    same = {phrase: old for phrase in phrases if (old := pattern.same(phrase))}
    return Beside(package, document, source, pattern, phrases, same)
