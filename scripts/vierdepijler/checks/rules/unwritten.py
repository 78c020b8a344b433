"""Texts that a person still has to write: `scripts/new_table.py` marks them, so that nobody forgets one."""

import re
from collections.abc import Iterator, Mapping

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem

from .descriptor_text import texts_of
from .rule import PackageRule

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
    """Find texts of the descriptor that still hold the mark of a text to be written."""
    for steps, names, text in texts_of(package.whole):
        if is_unwritten(text):
            what = say("a person still has to write this text")
            todo = say("write it in place of the mark between brackets")
            yield package.problem(steps, ".".join(names), what, todo)


UNWRITTEN = (PackageRule("unwritten-texts", check_unwritten, of_text=True),)
