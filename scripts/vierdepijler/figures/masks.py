"""Masks: sentences with their words hidden, and only figures and signs in clear, to lay a new document beside the last.

A source's sentences are not ours to keep, but the next document says most things in the same words. Each word of a
recorded sentence is three consonants of its SHA-256, so that no one reads it, and whether two sentences are the same
but for their figures can still be told. No such word can be read as a number.
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vierdepijler.checks.rules.provenance import Token, tokens

from .quotations import ItemText, Quotation

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
