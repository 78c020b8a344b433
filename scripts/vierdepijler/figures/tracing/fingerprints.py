"""Sentences of a document, and their fingerprints as the package records them.

A fingerprint is a hash of the signs of a sentence. Spaces, capitals, bullets and the marks of tables and of bold type
are layout and no part of it. A row of a table is a sentence too, and so is each line of the heading.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vierdepijler.core.package import Package

from .claims import ITEM, rows_from, text_in
from .documents import ITEM as MARKER
from .documents import Document, Line

SENTENCES = "source_sentences"
DIGITS = 16  # of a fingerprint
ENDED = re.compile(r"[.!?][)\"']*$")
BEGUN = re.compile(r"[(\"']*[A-ZÀ-ÖØ-Þ]")
MARKS = re.compile(r"[|*_#]+")
SAYS = re.compile(r"[^\W_]|[%‰€]")  # what a word holds that is more than layout


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is recorded; `carries` names cells that stand on it beside those whose print it holds."""

    item: str
    number: int
    characters: int
    fingerprint: str
    carries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A word of a document, and what of it counts; `begins` tells whether a sentence may begin here."""

    line: Line
    text: str
    signs: str
    begins: bool
    is_marker: bool


def recorded(package: Package, source: str) -> list[Sentence]:
    """Give the sentences that the package records of a source, in order."""
    if (table := package.tables.get(SENTENCES)) is None:
        return []
    rows = [{name: text_in(table, row, name) for name in table.field_names} for row in rows_from(table, source)]
    return [
        Sentence(
            row[ITEM], int(row["sentence"]), int(row["characters"]), row["fingerprint"],
            tuple(filter(None, row["carries"].split(";"))),
        )
        for row in rows
    ]  # fmt: skip


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Give every sentence of a document as it is to be recorded."""
    numbers: dict[str, int] = {}
    for words in _sentences(words_of(document)):
        if not words[0].is_marker:
            item, signs = words[0].line.item, "".join(word.signs for word in words)
            numbers[item] = numbers.get(item, 0) + 1
            yield Sentence(item, numbers[item], len(signs), fingerprint(signs))


def fingerprint(signs: str) -> str:
    """Give the fingerprint of the signs of a sentence."""
    return hashlib.sha256(signs.encode()).hexdigest()[:DIGITS]


def words_of(document: Document) -> list[Word]:
    """Give the words of a document; a sign of layout that stands alone is none."""
    words: list[Word] = []
    for line in document.lines:
        opening, is_fresh = MARKER.match(line.text), True
        for found in re.finditer(r"\S+", line.text):
            signs = MARKS.sub("", unicodedata.normalize("NFKC", found[0]).casefold())
            if SAYS.search(signs):
                begins = is_fresh or bool(ENDED.search(words[-1].text) and BEGUN.match(found[0]))
                is_fresh = opening is not None and found.end() <= opening.end()
                words.append(Word(line, found[0], signs, begins, is_fresh))
    return words


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    starts = [place for place, word in enumerate(words) if word.begins or not place]
    for start, end in pairwise([*starts, len(words)]):
        yield list(words[start:end])
