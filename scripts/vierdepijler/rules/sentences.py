"""Sentences about a figure that can be copied: patterns of an author, filled in with the cells of a row.

A field may have `sentence`, and `sentence_en` and the like for other languages; a row may have its own, in fields
`sentence_nl` and `sentence_en`. `{persons}` stands for the cell of that field in the same row, by its label where it
is a code; `{participant_group:lower}` starts that label with a small letter.
"""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vierdepijler.cells import Cell, figure_fields
from vierdepijler.descriptors import line_of
from vierdepijler.messages import Message, say
from vierdepijler.package import Field, Package, Table, cell_text
from vierdepijler.problems import Problem

from .rule import PackageRule

SENTENCE = "sentence"
LOWER = "lower"
EXAMPLE = "{persons}"  # of a name between braces


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: a text, and after it the cell of a field, where `field` is not empty."""

    text: str
    field: str
    is_lower: bool


def parts(pattern: str) -> tuple[Part, ...]:
    """Read a pattern; raises `ValueError` for braces that do not match, or what a pattern cannot hold."""
    found = tuple(string.Formatter().parse(pattern))
    if any(field is not None and (conversion or spec not in ("", LOWER)) for _, field, spec, conversion in found):
        raise ValueError("only {field} and {field:lower} can be filled in")
    return tuple(Part(text, field or "", spec == LOWER) for text, field, spec, _ in found)


def sentence_of(package: Package, cell: Cell, language: str) -> tuple[Part, ...] | None:
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
        line = line_of(package.path, "resources", table.name, "schema", "fields", field.name, name)
        column = f"{table.name}.{field.name}.{name}"
        if not (pattern := field.property(name)):
            todo = say("write it in '{language}'", language=language)
            yield Problem(package.path.name, line, column, say("this sentence is missing"), todo)
            continue
        for what, todo in _mistakes(table, pattern, {field.name}):
            yield Problem(package.path.name, line, column, what, todo)


def _check_rows(package: Package, table: Table) -> Iterator[Problem]:
    names = {f"{SENTENCE}_{language}": language for language in package.languages}
    present = [name for name in names if name in table.field_names]
    if not present:
        return
    figures = {field.name for field in figure_fields(table)}
    for row in range(len(table.frame)):
        written = {name: cell_text(table.value(row, name)) for name in present}
        for name, language in names.items():
            if any(written.values()) and not written.get(name):
                what, todo = say("this sentence is missing"), say("write it in '{language}'", language=language)
                yield Problem(table.file, table.lines[row], name, what, todo)
        for name, pattern in written.items():
            for what, todo in _mistakes(table, pattern, figures) if pattern else ():
                yield Problem(table.file, table.lines[row], name, what, todo)


def _mistakes(table: Table, pattern: str, figures: Iterable[str]) -> Iterator[tuple[Message, Message]]:
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
    if not named & set(figures):
        yield say("the sentence does not name its figure"), todo


RULES = (PackageRule("sentences", check_sentences),)
