"""Hygiene of single texts, such as a header or a title: what the rules about cells look for, in texts that are none."""

import unicodedata
from collections.abc import Iterator

from vierdepijler.core.messages import Message, say
from vierdepijler.core.problems import quoted
from vierdepijler.core.text_files import is_plain_text

from .garbled import in_python, is_garbled
from .hygiene import CONTROL, STRAY_SPACES, UNSEEN, WIDE_SPACES, names_of

UNSEEN_ONE = in_python(f"[{CONTROL}{UNSEEN}]")
WIDE_SPACE = in_python(WIDE_SPACES)
STRAY_SPACE = in_python(STRAY_SPACES)


def find_flaws(text: str) -> Iterator[tuple[Message, Message]]:
    """Say each thing that is wrong with the characters of a text, and what to do about it."""
    if STRAY_SPACE.search(text):
        what = say("{cell} has a space too many: at its start or end, or two in a row", cell=quoted(text))
        yield what, say("remove that space")
    if is_plain_text(text):
        return
    if UNSEEN_ONE.search(text):
        what = say("{text} holds characters that cannot be seen: {names}", text=quoted(text), names=names_of(text))
        yield what, say("remove them; they often come along when text is copied")
    if WIDE_SPACE.search(text):
        yield say("{cell} holds a space of another kind", cell=quoted(text)), say("write an ordinary space")
    if is_garbled(text):
        pattern = "{cell} holds garbled letters: text was read in another encoding than it was written in"
        yield say(pattern, cell=quoted(text)), say("write the letters again, and save the file as UTF-8")
    if not unicodedata.is_normalized("NFC", text):
        what = say("{cell} holds an accent that stands apart from its letter", cell=quoted(text))
        yield what, say("type the letter again (Unicode calls this form NFC)")
