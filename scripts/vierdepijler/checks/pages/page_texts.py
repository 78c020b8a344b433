"""Text hygiene of page sources: what a visitor would see garbled, would not see at all, or what would run."""

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from vierdepijler.checks.rules.hygiene import CONTROL, UNSEEN, find_garbled, in_python, names_of
from vierdepijler.checks.rules.properties import may_be_led_to
from vierdepijler.core.messages import Message, say
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.text_files import MARK

from .prose import MANY, page_sources, problem_at, text_of, without_templates

# A tab is an indent, and a joiner (U+200D) after a picture makes one picture of two.
PICTURE = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
UNSEEN_IN_PAGE = re.compile(rf"(?!\t|(?<=[{PICTURE}])\u200d){in_python(f'[{CONTROL}{UNSEEN}]').pattern}")

# What git leaves where two versions of a text could not be joined; its third mark is also the line under a heading.
UNJOINED = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)

# What loads or runs something, whoever wrote it; a template may load our own files, and hold data.
TAGS = {"applet", "base", "embed", "frame", "iframe", "link", "meta", "object", "script", "style"}
OF_TEMPLATES = {"link", "meta", "script"}
DATA = {"application/json", "application/ld+json"}
# Attributes whose value is an address, also of SVG (HTML standard, Attributes; SVG 2, animation).
ADDRESSES = {"action", "background", "by", "cite", "data", "formaction", "from", "href", "ping", "poster", "src", "to"}
ADDRESSES |= {"values", "xlink:href"}
ENDS = (">", '">', "'>")  # what comes behind a source on its page, and may end a tag that it leaves open
TAG = re.compile(r"<[A-Za-z][^<>]*>")
ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")  # attr_list of Python-Markdown
TARGET = re.compile(r"\]\(\s*<?([^<>)]*)|^ {0,3}\[[^\]\n]+\]:\s*<?([^\s<>]*)", re.MULTILINE)  # of a link in Markdown


def check_page_texts(folder: Path) -> Iterator[Problem]:
    """Find garbled letters, unseen characters, marks of git, and what would run, in the page sources below `folder`.

    A file that cannot be read is left to the rule about typed numbers, which tells of it.
    """
    for path in page_sources(folder):
        yield from flaws_of_page(text_of(path), path.relative_to(folder.parent).as_posix())


@lru_cache(MANY)
def flaws_of_page(text: str, file: str) -> tuple[Problem, ...]:
    """Find these in one page source, with the line and character of each."""
    return tuple(_flaws_of(text, file))


def _flaws_of(text: str, file: str) -> Iterator[Problem]:
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
    yield from dict.fromkeys(_what_runs(text, file))


def _what_runs(text: str, file: str) -> Iterator[Problem]:
    """Find elements, attributes and addresses that run something in the browser of a reader.

    What stands between the braces of a template is escaped where it is shown; here it is space, of the kind that a
    browser passes over in an address. Tags are read as a browser does, and as Markdown does, which knows no quotes.
    """
    text = without_templates(text, _passed_over, _passed_over)
    reader = _Reader(is_template=file.endswith(".html"))
    for line, character, what, todo in reader.read(re.sub("<[!?]", "  ", text)):  # a browser ends a comment elsewhere
        yield Problem(file, line, say("character {number}", number=character), what, todo)
    for found in TAG.finditer(text):
        for *_, what, todo in reader.read(found[0]):
            yield problem_at(text, file, found, what, todo)
    for found in ATTRIBUTES.finditer(text):
        for *_, what, todo in reader.read(f"<a {re.sub('[<>]', '_', found[1])}>"):
            yield problem_at(text, file, found, what, todo)
    for found in TARGET.finditer(text):
        for what, todo in _of_address(html.unescape(found[1] or found[2] or "")):
            yield problem_at(text, file, found, what, todo)


def _passed_over(text: str) -> str:
    return re.sub(r"[^\n]", "\t", text)


Attributes = Sequence[tuple[str, str | None]]
Found = tuple[int, int, Message, Message]


class _Reader(HTMLParser):
    """Reads tags as a browser does, and keeps what may not stand in a page with its line and character."""

    def __init__(self, *, is_template: bool) -> None:
        super().__init__()
        self.is_template = is_template
        self.found: list[Found] = []

    def read(self, text: str) -> list[Found]:
        self.reset()
        self.found = []
        self.feed(text)
        for end in ENDS:
            if self.rawdata:
                self.feed(end)
        return self.found

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        line, before = self.getpos()
        self.found += [(line, before + 1, what, todo) for what, todo in self._flaws(tag, attrs)]

    def _flaws(self, tag: str, attributes: Attributes) -> Iterator[tuple[Message, Message]]:
        if tag in TAGS and not self._may_stand(tag, dict(attributes)):
            todo = say(
                "remove it; code stands in site/assets, and what is shown as text is written as &lt;{tag}&gt;", tag=tag
            )
            yield say("a page may not hold <{tag}>", tag=tag), todo
        for name, value in attributes:
            if re.match("on[a-z]", name) and value is not None:
                todo = say("remove it: what runs stands in a file of site/assets")
                yield say("a page may not run what stands in {name}", name=quoted(name)), todo
            elif name in ADDRESSES:
                yield from _of_address(value or "")

    def _may_stand(self, tag: str, attributes: dict[str, str | None]) -> bool:
        is_ours = tag != "script" or "src" in attributes or attributes.get("type") in DATA
        return self.is_template and tag in OF_TEMPLATES and is_ours


def _of_address(address: str) -> Iterator[tuple[Message, Message]]:
    if not may_be_led_to(address):
        todo = say("write an address that begins with https://, http:// or mailto:")
        yield say("nobody may be led to {address}", address=quoted(address)), todo
