"""Text hygiene of page sources: what a visitor would see garbled, or would not see at all."""

import re
from collections.abc import Iterator
from pathlib import Path

from vierdepijler.layouts import MARK
from vierdepijler.messages import say
from vierdepijler.problems import Problem, quoted
from vierdepijler.rules.garbled import find_garbled, in_python
from vierdepijler.rules.hygiene import CONTROL, UNSEEN, names_of

from .prose import page_sources, problem_at, text_of

# A tab is an indent, and a joiner (U+200D) after a picture makes one picture of two.
PICTURE = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
UNSEEN_IN_PAGE = re.compile(rf"(?!\t|(?<=[{PICTURE}])\u200d){in_python(f'[{CONTROL}{UNSEEN}]').pattern}")

# What git leaves where two versions of a text could not be joined; its third mark is also the line under a heading.
UNJOINED = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)


def check_page_texts(folder: Path) -> Iterator[Problem]:
    """Find garbled letters, unseen characters, byte order marks and marks of git in the page sources below `folder`.

    A file that cannot be read is left to the rule about typed numbers, which tells of it.
    """
    for path in page_sources(folder):
        yield from flaws_of_page(text_of(path), path.relative_to(folder.parent).as_posix())


def flaws_of_page(text: str, file: str) -> Iterator[Problem]:
    """Find these in one page source, with the line and character of each."""
    if text.startswith(MARK):
        yield Problem(file, 1, "", say("the page starts with a byte order mark"), say("save it as UTF-8 without it"))
        text = text.removeprefix(MARK)
    for found in find_garbled(text):
        pattern = "{text} are garbled letters: text was read in another encoding than it was written in"
        todo = say("write the letters again, and save the file as UTF-8")
        yield problem_at(text, file, found, say(pattern, text=quoted(found[0])), todo)
    for found in UNJOINED.finditer(text):
        what = say("this is a mark of git, where two versions of the page were joined: {text}", text=quoted(found[0]))
        yield problem_at(text, file, found, what, say("choose what of the two versions stays, and remove the marks"))
    for found in UNSEEN_IN_PAGE.finditer(text):
        what = say("this character cannot be seen: {name}", name=names_of(found[0]))
        yield problem_at(text, file, found, what, say("remove it, or write it as a code, such as &shy;"))
