"""Alignments: which recorded sentences stand in a document, where, and what stands between them.

A sentence is recorded by its fingerprint, a hash of its signs. Spaces, capitals, bullets and the marks of tables and of
bold type are layout and no part of it. A row of a table is a sentence too, and so is each line of the heading. It is
looked for from every word on, so it does not matter where lines end.
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from vierdepijler.checks.rules.provenance import Token, tokens
from vierdepijler.core.cells import ITEM
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role

from .documents import MARKER, Document, Line
from .quotations import ItemText, Quotation, rows_from, text_in

LETTERS = "bcdfghjkmnpqrstv"
SIGNS = "%‰€"  # what is said without letters stays in clear
WORD = re.compile(rf"[^\W\d_]+|[{SIGNS}]")
CELLS = re.compile(r"\s*[\t|]\s*")
BOLD = re.compile(r"[*_#]+")
DATE, SHARE, NONE, NUMBER = "#date", "#%", "#0", "#"
# A figure behind one of these is a name; a sentence says the same with or without one of those.
NAMING = ("tabel", "figuur", "grafiek", "bijlage", "kaart")
FILLERS = (
    "de", "het", "een", "er", "nu", "ook", "al", "reeds", "dan", "dus", "momenteel", "vandaag", "thans", "intussen",
    "inmiddels", "ondertussen",
)  # fmt: skip


def mask(text: str) -> str:
    """Hide every word of a text that is no figure."""
    masked, end = "", 0
    for figure in tokens(text):
        masked += WORD.sub(_hidden, text[end : figure.start]) + figure.text
        end = figure.end
    return masked + WORD.sub(_hidden, text[end:])


def _hidden(word: re.Match[str]) -> str:
    if word[0] in SIGNS:
        return word[0]
    digest = hashlib.sha256(unicodedata.normalize("NFKC", word[0]).casefold().encode()).hexdigest()
    return "".join(LETTERS[int(digit, 16)] for digit in digest[:3])


def masked_sentence(text: str) -> str:
    """Hide the words of a sentence of a document as they are recorded: without layout, a `|` between cells."""
    return mask(" ".join(CELLS.sub(" | ", BOLD.sub("", text)).strip(" |").split()))


class MaskedText(ItemText):
    """An item whose words are hidden; what is looked for in it is hidden alike."""

    def quotations(self, printed: str) -> list[Quotation]:
        """Find where `printed` stands, as in a text that can be read."""
        return super().quotations(mask(printed))


@dataclass(frozen=True)
class Form:
    """What is the same in two sentences that differ in nothing but figures, and which of its figures are names."""

    words: tuple[str, ...]
    names: frozenset[int]


NAMING_MASKS, FILLER_MASKS = frozenset(map(mask, NAMING)), frozenset(map(mask, FILLERS))


def form_of(masked: str) -> Form:
    """Give the form of a hidden sentence; a figure counts in it by its kind, one that is a name does not."""
    words: list[str] = []
    names: set[int] = set()
    end, last = 0, ""
    for number, figure in enumerate([*tokens(masked), None]):
        before = WORD.findall(masked[end : figure.start if figure else None])
        words += [word for word in before if word not in FILLER_MASKS]
        last = before[-1] if before else last
        if figure:
            end = figure.end
            if before and last in NAMING_MASKS:
                names.add(number)
            else:
                words.append(_kind(figure))
    return Form(tuple(words), frozenset(names))


def _kind(figure: Token) -> str:
    if isinstance(figure.value, datetime.date):
        return DATE
    if figure.text[-1] in SIGNS:
        return SHARE
    return NONE if figure.value == 0 and figure.text.isalpha() else NUMBER


def is_known_language(masked: Iterable[str], known: Iterable[str]) -> bool:
    """Tell whether a document is in the language of others: there is hardly a text that shares so few words."""
    words, others = ([word for text in texts for word in WORD.findall(text)] for texts in (masked, known))
    shared = sum(word in set(others) for word in words)
    return not others or 4 * shared > len(words)


MASKED = "masked"
DIGITS = 16  # of a fingerprint
ENDED = re.compile(r"[.!?][)\"']*$")
BEGUN = re.compile(r"[(\"']*[A-ZÀ-ÖØ-Þ]")
MARKS = re.compile(r"[|*_#]+")
SAYS = re.compile(r"[^\W_]|[%‰€]")  # what a word holds that is more than layout


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is recorded, with its words hidden.

    `carries` names cells that stand on it beside those whose print it holds.
    """

    item: str
    number: int
    characters: int
    fingerprint: str
    masked: str = ""
    carries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A word of a document, and what of it counts; `begins` tells whether a sentence may begin here."""

    line: Line
    start: int
    text: str
    signs: str
    begins: bool
    is_marker: bool


def recorded(package: Package, source: str) -> list[Sentence]:
    """Give the sentences that the package records of a source, in order."""
    if (table := package.table_of(Role.SENTENCES)) is None:
        return []
    rows = [{name: text_in(table, row, name) for name in table.field_names} for row in rows_from(table, source)]
    return [
        Sentence(
            row[ITEM], int(row["sentence"]), int(row["characters"]), row["fingerprint"], row.get(MASKED, ""),
            tuple(filter(None, row["carries"].split(";"))),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: on a line, from `start` until before `end`."""

    line: Line
    start: int
    end: int


def placed_sentences(document: Document) -> Iterator[tuple[Sentence, Place]]:
    """Give every sentence of a document as it is to be recorded, and where it stands; none goes on in another line."""
    numbers: dict[str, int] = {}
    for words in _sentences(document_words(document)):
        if not words[0].is_marker:
            line, signs = words[0].line, "".join(word.signs for word in words)
            numbers[line.item] = number = numbers.get(line.item, 0) + 1
            place = Place(line, words[0].start, words[-1].start + len(words[-1].text))
            masked = masked_sentence(line.text[place.start : place.end])
            yield Sentence(line.item, number, len(signs), fingerprint(signs), masked), place


def fingerprint(signs: str) -> str:
    """Give the fingerprint of the signs of a sentence."""
    return hashlib.sha256(signs.encode()).hexdigest()[:DIGITS]


def document_words(document: Document) -> list[Word]:
    """Give the words of a document; a sign of layout that stands alone is none."""
    words: list[Word] = []
    for line in document.lines:
        opening, is_fresh = MARKER.match(line.text), True
        for found in re.finditer(r"\S+", line.text):
            signs = MARKS.sub("", unicodedata.normalize("NFKC", found[0]).casefold())
            if SAYS.search(signs):
                begins = is_fresh or bool(ENDED.search(words[-1].text) and BEGUN.match(found[0]))
                is_fresh = opening is not None and found.end() <= opening.end()
                words.append(Word(line, found.start(), found[0], signs, begins, is_fresh))
    return words


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    starts = [place for place, word in enumerate(words) if word.begins or not place]
    for start, end in pairwise([*starts, len(words)]):
        yield list(words[start:end])


@dataclass(frozen=True)
class Match:
    """The words, from `start` until before `end`, that are the recorded sentence at `index`."""

    index: int
    start: int
    end: int


@dataclass(frozen=True)
class Gap:
    """What lies between sentences that stand as recorded: those that should be there, and whether words do.

    `before` is the sentence before it, -1 for none.
    """

    missing: tuple[int, ...]
    has_words: bool
    before: int
    line: int


@dataclass(frozen=True)
class Alignment:
    """A document beside the sentences that are recorded of it.

    `kept` are those in the order that keeps most, `moved` stand elsewhere, and `doubled` stand once more.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    kept: tuple[Match, ...]
    moved: tuple[Match, ...]
    doubled: tuple[Match, ...]

    @property
    def found(self) -> tuple[Match, ...]:
        """Every sentence that is there, once, in the order of the document."""
        return tuple(sorted((*self.kept, *self.moved), key=lambda match: match.start))

    @property
    def is_alike(self) -> bool:
        """Whether more than half of what is recorded is there."""
        found = sum(self.sentences[match.index].characters for match in self.found)
        return 2 * found > sum(sentence.characters for sentence in self.sentences)

    @cached_property
    def displaced(self) -> tuple[Match, ...]:
        """The sentences that stand elsewhere or in another item, in the order in which they are recorded."""
        renumbered = (m for m in self.kept if self.words[m.start].line.item != self.sentences[m.index].item)
        return tuple(sorted((*self.moved, *renumbered), key=lambda match: match.index))

    def gaps(self) -> Iterator[Gap]:
        """Give what differs between the sentences that stand in order, where any are recorded."""
        elsewhere = _places((*self.moved, *self.doubled))
        moved = {match.index for match in self.moved}
        end = Match(len(self.sentences), len(self.words), len(self.words))
        for before, after in pairwise((Match(-1, 0, 0), *self.kept, end)) if self.sentences else ():
            missing = tuple(index for index in range(before.index + 1, after.index) if index not in moved)
            places = [p for p in range(before.end, after.start) if p not in elsewhere and not self.words[p].is_marker]
            starts = [p for p in places if self.words[p].begins or p == places[0]]
            if len(starts) == len(missing):  # one for one: each sentence was changed by itself
                pairs = zip(missing, starts, strict=True)
                yield from (Gap((index,), True, index - 1, self._line_at(place)) for index, place in pairs)
            elif missing or places:
                yield Gap(missing, bool(places), before.index, self._line_at(min([*places, after.start])))

    def line_of(self, match: Match) -> Line:
        """Give a sentence as a line of the item at which it is recorded."""
        return _line(self.words[match.start : match.end], self.sentences[match.index].item)

    @cached_property
    def restored(self) -> Document:
        """The document as it is recorded: a sentence to a line, and what was displaced back in its place and item."""
        if not self.sentences:
            return self.document
        lines: list[tuple[tuple[int, int], Line]] = []
        placed = sorted((*self.found, *self.doubled), key=lambda match: match.start)
        items = {
            word.line: self.sentences[match.index].item
            for match in placed
            for word in self.words[match.start : match.end]
        }
        last = Match(0, 0, 0)
        for match in (*placed, Match(len(self.sentences), len(self.words), len(self.words))):
            place = (last.index, 1)
            loose = self.words[last.end : match.start]
            for (line, is_marker), words in groupby(loose, key=lambda word: (word.line, word.is_marker)):
                place = (match.index, -1) if is_marker else place  # a number belongs to what follows
                nearest = self.sentences[min(place[0], len(self.sentences) - 1)].item if self.displaced else line.item
                lines.append((place, _line([*words], items.get(line, nearest))))
            if match.end > match.start:
                lines.append(((match.index, 0), self.line_of(match)))
            last = match
        return replace(self.document, lines=tuple(line for _, line in sorted(lines, key=lambda placed: placed[0])))

    def _line_at(self, place: int) -> int:
        at = self.words[place:] or self.words[-1:]
        return at[0].line.number if at else 0


def align(sentences: Sequence[Sentence], document: Document) -> Alignment:
    """Look for the sentences that are recorded of a document."""
    words = document_words(document)
    matches = list(_matches(sentences, words))
    kept = _in_order(matches)
    kept = [match for match in kept if _is_whole(match, words, _places(kept))]
    taken, known = _places(kept), {match.index for match in kept}
    moved: list[Match] = []
    doubled: list[Match] = []
    for match in sorted(matches, key=lambda match: match.start - match.end):
        if taken.isdisjoint(own := _places([match])) and _is_whole(match, words, taken):
            taken |= own
            (doubled if match.index in known else moved).append(match)
            known.add(match.index)
    return Alignment(document, tuple(sentences), tuple(words), tuple(kept), tuple(moved), tuple(doubled))


def _places(matches: Iterable[Match]) -> set[int]:
    return {place for match in matches for place in range(match.start, match.end)}


def _is_whole(match: Match, words: Sequence[Word], taken: set[int]) -> bool:
    """Tell whether no word was set before or behind a sentence; where a line may end anywhere, others tell."""
    starts = words[match.start].begins or match.start - 1 in taken
    return starts and (match.end == len(words) or words[match.end].begins or match.end in taken)


def _matches(sentences: Sequence[Sentence], words: Sequence[Word]) -> Iterator[Match]:
    wanted: dict[tuple[int, str], list[int]] = {}
    for index, sentence in enumerate(sentences):
        wanted.setdefault((sentence.characters, sentence.fingerprint), []).append(index)
    lengths = {length for length, _ in wanted}
    signs = "".join(word.signs for word in words)
    starts = list(accumulate((len(word.signs) for word in words), initial=0))
    ends = {offset: place for place, offset in enumerate(starts)}
    for place, start in enumerate(starts):
        for length in lengths:
            if (end := start + length) in ends:
                for index in wanted.get((length, fingerprint(signs[start:end])), ()):
                    yield Match(index, place, ends[end])


def _in_order(matches: Sequence[Match]) -> list[Match]:
    """Choose the sentences that stand one after the other as recorded, so that they have most words together."""
    best: list[tuple[int, list[Match]]] = []
    for match in matches:
        fitting = (chain for chain in best if chain[1][-1].end <= match.start and chain[1][-1].index < match.index)
        words, chain = max(fitting, key=lambda chain: chain[0], default=(0, []))
        best.append((words + match.end - match.start, [*chain, match]))
    return max(best, key=lambda chain: chain[0], default=(0, []))[1]


def _line(words: Sequence[Word], item: str) -> Line:
    text = " ".join(word.text for word in words)
    return Line(words[0].line.number, item, text, len(text) if words[0].is_marker else 0)
