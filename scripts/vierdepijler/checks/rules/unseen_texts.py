"""Hygiene of texts that are no cells: headers, and the titles and descriptions of the descriptor, which pages show.

Also what a person still has to write: `scripts/new_table.py` marks such a text, so that nobody forgets one.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Table
from vierdepijler.core.text_files import is_plain_text, read_layout

from .hygiene import CONTROL, STRAY_SPACES, UNSEEN, WIDE_SPACES, in_python, is_garbled, names_of, stray, told_garbled
from .rule import PackageRule, TableRule, in_rows, is_ours, truth_mask, wrong_rows

UNSEEN_ONE = in_python(f"[{CONTROL}{UNSEEN}]")
WIDE_SPACE = in_python(WIDE_SPACES)
STRAY_SPACE = in_python(STRAY_SPACES)


def find_flaws(text: str) -> Iterator[tuple[Message, Message]]:
    """Say each thing that is wrong with the characters of a text, and what to do about it."""
    yield from find_untidy(text)
    yield from [told_garbled(text)] if is_garbled(text) else ()


def find_untidy(text: str) -> Iterator[tuple[Message, Message]]:
    """Say the same of all but garbled letters."""
    if STRAY_SPACE.search(text):
        yield stray(text), say("remove it")
    if is_plain_text(text):
        return
    if UNSEEN_ONE.search(text):
        what = say("{text} holds characters that cannot be seen: {names}", text=quoted(text), names=names_of(text))
        yield what, say("remove them; they often come along when text is copied")
    if WIDE_SPACE.search(text):
        yield say("{cell} holds a space of another kind", cell=quoted(text)), say("write an ordinary space")
    if not unicodedata.is_normalized("NFC", text):
        what = say("{cell} holds an accent that stands apart from its letter", cell=quoted(text))
        yield what, say("type the letter again (Unicode calls this form NFC)")


def check_header_text(table: Table) -> Iterator[Problem]:
    """Find spaces too many, other spaces and unseen characters in each label of the header.

    The column is called as its schema calls it, as the rule about the header does.
    """
    for place, label in enumerate(table.header):
        name = table.field_names[place] if place < len(table.fields) else label
        for what, todo in find_untidy(label):
            yield Problem(table.file, 1, name, what, todo)


HEADER_TEXT = (TableRule("header-text", check_header_text, of_text=True, of_rows=True),)


# What is compared with characters as they are, and so may hold any: a group may be marked by a narrow space.
NOT_TEXT = {"pattern", "dialect", "format", "missingValues", "trueValues", "falseValues", "groupChar", "decimalChar"}
UNNAMED = {"resources", "schema", "fields", "groups"}  # steps that lead to what has a name of its own
AROUND_LINE_END = re.compile(" *\n *")  # an indent, or Markdown's two spaces for a new line
ESCAPE = re.compile(r"\\.")
Text = tuple[tuple[str | int, ...], tuple[str, ...], str]


def check_descriptor_text(package: Package) -> Iterator[Problem]:
    """Find what no eye sees in the text of the descriptor, and in each value of it.

    Whoever writes for others may write Markdown and the typography of any language: there only garbled letters count.
    """
    ours = is_ours(package)
    yield from _check_layout(package) if ours else ()
    for steps, names, text in descriptor_texts(package.descriptor):
        lines = AROUND_LINE_END.sub("\n", text) if "\n" in text else text
        for what, todo in find_flaws(lines) if ours else [told_garbled(lines)] if is_garbled(lines) else ():
            yield package.problem(steps, ".".join(names), what, todo)


def _check_layout(package: Package) -> Iterator[Problem]:
    """Look at the file as a whole: its start and its line ends. JSON that was cut off is no JSON."""
    text = package.path.read_bytes().decode("utf-8")
    layout = read_layout(ESCAPE.sub("  ", text))  # a quote in a text would seem to end it
    file = package.path.name
    if layout.has_byte_order_mark:
        yield Problem(file, 1, "", say("the file starts with a byte order mark"), say("save it as UTF-8 without it"))
    if len(layout.line_ends) > 1:
        what = say("from here on the lines end in another way than before")
        yield Problem(file, max(layout.line_ends), "", what, say("save the file again with one kind of line end"))


def descriptor_texts(value: Any, steps: tuple[str | int, ...] = (), names: tuple[str, ...] = ()) -> Iterator[Text]:
    """Give every text in a part of a descriptor, with the steps that lead to it and the same in words."""
    if isinstance(value, str):
        yield steps, names, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_TEXT:
                yield from descriptor_texts(part, (*steps, key), names if key in UNNAMED else (*names, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            name = part.get("name") if isinstance(part, dict) else None
            own = name if isinstance(name, str) else str(number + 1)
            yield from descriptor_texts(part, (*steps, number), (*names, own))


DESCRIPTOR_TEXT = (PackageRule("descriptor-text", check_descriptor_text, of_text=True),)


# What stands in a text that is not written, by the language of the text; in English for any other language.
MARKS: Mapping[str, str] = {"nl": "nog te schrijven", "en": "to be written"}
MARKED = re.compile(rf"\((?:{'|'.join(MARKS.values())})(?:[:;,] [^()]*)?\)")


def mark(language: str, hint: str = "") -> str:
    """Give what stands where a text must be written in a language, with a hint for who writes it."""
    words = MARKS.get(language, MARKS["en"])
    return f"({words}: {hint})" if hint else f"({words})"


def is_unwritten(text: str) -> bool:
    """Tell whether a text still holds the mark, with or without a hint."""
    return MARKED.search(text) is not None


def check_unwritten(package: Package) -> Iterator[Problem]:
    """Find texts of the descriptor, and cells for readers, that still hold the mark of a text to be written."""
    what, todo = say("a person still has to write this text"), say("write it in place of the mark between brackets")
    for steps, names, text in descriptor_texts(package.whole):
        if is_unwritten(text):
            yield package.problem(steps, ".".join(names), what, todo)
    endings = tuple(f"_{language}" for language in package.languages)
    for table in package.tables.values():
        for name in (name for name in table.field_names if name.endswith(endings)):
            marked = pc.match_substring_regex(table.text(name), MARKED.pattern)
            yield from in_rows(table, name, wrong_rows(truth_mask(marked)), what, todo)


UNWRITTEN = (PackageRule("unwritten-texts", check_unwritten, of_text=True),)
