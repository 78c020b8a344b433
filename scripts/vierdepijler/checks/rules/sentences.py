"""Sentences about a figure that can be copied: patterns of an author, filled in with the cells of a row.

A field may have `sentence`, and `sentence_en` and the like for other languages; a row may have its own, in fields
`sentence_nl` and `sentence_en`. `{persons}` stands for the cell of that field in the same row, by its label where it
is a code; `{participant_group:lower}` starts that label with a small letter.
"""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import Cell, figure_fields
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Field, Table, cell_text

from .rule import PackageRule, column_texts, in_rows, wrong_rows

SENTENCE = "sentence"
LOWER = "lower"
EXAMPLE = "{persons}"  # of a name between braces
NOTHING = r"[^\s\S]"  # fits no text


@dataclass(frozen=True)
class SentencePart:
    """A piece of a sentence: a text, and after it the cell of a field, where `field` is not empty."""

    text: str
    field: str
    is_lower: bool


def parts(pattern: str) -> tuple[SentencePart, ...]:
    """Read a pattern; raises `ValueError` for braces that do not match, or what a pattern cannot hold."""
    found = tuple(string.Formatter().parse(pattern))
    if any(field is not None and (conversion or spec not in ("", LOWER)) for _, field, spec, conversion in found):
        raise ValueError("only {field} and {field:lower} can be filled in")
    return tuple(SentencePart(text, field or "", spec == LOWER) for text, field, spec, _ in found)


def sentence_of(package: Package, cell: Cell, language: str) -> tuple[SentencePart, ...] | None:
    """Give the sentence about a figure: that of its row if it names the figure, or that of its field, or None."""
    own = cell.beside(f"{SENTENCE}_{language}")
    if own is not None and own.value is not None:
        read = parts(cell_text(own.value))
        if any(part.field == cell.field.name for part in read):
            return read
    pattern = cell.field.property(_property(package, language))
    return None if pattern is None else parts(pattern)


def _property(package: Package, language: str) -> str:
    return SENTENCE if language == package.languages[0] else f"{SENTENCE}_{language}"


def check_sentences(package: Package) -> Iterator[Problem]:
    """Find sentences that cannot be filled in, that lack their figure, or that one language has and another has not."""
    for table in package.tables.values():
        for field in table.fields:
            yield from _check_field(package, table, field)
        yield from _check_rows(package, table)


def _check_field(package: Package, table: Table, field: Field) -> Iterator[Problem]:
    names = {language: _property(package, language) for language in package.languages}
    if not any(field.property(name) for name in names.values()):
        return
    for language, name in names.items():
        if pattern := field.property(name):
            mistakes = list(_mistakes(table, pattern, {field.name}, _strengths(package, table)))
        else:
            mistakes = [(say("this sentence is missing"), say("write it in '{language}'", language=language))]
        for what, todo in mistakes:
            yield package.field_problem(table, field, what, todo, name)


def _check_rows(package: Package, table: Table) -> Iterator[Problem]:
    names = {f"{SENTENCE}_{language}": language for language in package.languages}
    present = [name for name in names if name in table.field_names]
    if not present:
        return
    texts = {name: column_texts(table.column(name)) for name in present}
    figures = {field.name for field in figure_fields(table)}
    for name, column in texts.items():
        for (what, todo), rows in _mistaken(table, column, figures, _strengths(package, table)).items():
            yield from in_rows(table, name, rows, what, todo)
    written = {name: pc.not_equal(column, "").to_numpy(zero_copy_only=False) for name, column in texts.items()}
    is_any = np.logical_or.reduce(list(written.values()))
    for name, language in names.items():
        lacks = is_any & ~written.get(name, np.zeros(len(is_any), dtype=bool))
        what, todo = say("this sentence is missing"), say("write it in '{language}'", language=language)
        yield from in_rows(table, name, wrong_rows(lacks), what, todo)


def _strengths(package: Package, table: Table) -> str:
    """Give the pattern of the words that stand before a value of a table by themselves: how strongly a source says it.

    They are the labels, in every language, of the lists to which the fields lead that a `strengthIn` names.
    """
    names = {field.property("strengthIn") for field in table.fields}
    lists = [package.tables[k.table] for k in table.foreign_keys if {*k.fields} <= names and k.table in package.tables]
    labels = [f"label_{language}" for language in package.languages]
    texts = [text for one in lists for name in labels if name in one.field_names for text in one.text(name).to_pylist()]
    return rf"(?i)\b(?:{'|'.join(map(re.escape, texts))})\b" if texts else NOTHING


def _mistaken(
    table: Table, column: pa.Array, figures: set[str], strengths: str
) -> dict[tuple[Message, Message], list[int]]:
    """Give each mistake in a column of sentences with its rows; only what does not look right is read, once."""
    looks_right = pc.and_not(_looks_right(table, column, figures), pc.match_substring_regex(column, strengths))
    is_right = pc.or_(pc.equal(column, ""), looks_right)
    rows = np.flatnonzero(~is_right.to_numpy(zero_copy_only=False))
    encoded = column.take(pa.array(rows)).dictionary_encode()
    mistakes = [tuple(_mistakes(table, pattern, figures, strengths)) for pattern in encoded.dictionary.to_pylist()]
    found: dict[tuple[Message, Message], list[int]] = {}
    for row, code in zip(rows.tolist(), encoded.indices.to_pylist(), strict=True):
        for mistake in mistakes[code]:
            found.setdefault(mistake, []).append(row)
    return found


def _looks_right(table: Table, column: pa.Array, figures: set[str]) -> pa.Array:
    """Tell which sentences certainly are: no digit, no brace but round fields with a plain name, and their figure."""
    named = [name for name in table.field_names if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)]
    if not (own := figures.intersection(named)):
        return pa.array(np.zeros(len(column), dtype=bool))
    # A digit of any script counts, and `{{` is left to be read.
    piece = rf"(?:[^{{}}\p{{Nd}}]|{_filled(named)})*"
    return pc.match_substring_regex(column, rf"\A{piece}{_filled(sorted(own))}{piece}\z")


def _filled(names: Iterable[str]) -> str:
    """Give the pattern of a place in a sentence where a field is filled in."""
    return rf"\{{(?:{'|'.join(names)})(?::{LOWER})?\}}"


def _mistakes(table: Table, pattern: str, figures: Iterable[str], strengths: str) -> Iterator[tuple[Message, Message]]:
    """Say what is wrong with a sentence, and what to do about it."""
    todo = say("write the names of fields of this row between braces, such as {example}", example=EXAMPLE)
    try:
        read = parts(pattern)
    except ValueError:
        yield say("this sentence cannot be read"), todo
        return
    named = {part.field for part in read} - {""}
    for name in sorted(named - set(table.field_names)):
        yield say("the table '{table}' has no field '{field}'", table=table.name, field=name), todo
    if any(re.search(r"\d", part.text) for part in read):
        yield say("a number is typed in this sentence"), todo
    if typed := re.search(strengths, " ".join(part.text for part in read)):
        what = say("how strongly the source says this is typed: {word}", word=quoted(typed[0]))
        yield what, say("leave it out: it stands before the value by itself")
    if not named & set(figures):
        yield say("the sentence does not name its figure"), todo


RULES = (PackageRule("sentences", check_sentences),)
