"""Alignments: which recorded sentences stand in a document, where, and what stands between them.

A sentence is looked for from every word on, so it does not matter where lines end.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from .documents import Document, Line
from .fingerprints import Sentence, Word, fingerprint, words_of


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
    words = words_of(document)
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
