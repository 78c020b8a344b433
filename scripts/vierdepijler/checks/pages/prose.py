"""What is wrong in the text of a page: garbled, unseen, or typed where a cell should say it."""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from html.parser import HTMLParser
from pathlib import Path

from vierdepijler.checks.rules.hygiene import CONTROL, UNSEEN, find_garbled, in_python, names_of
from vierdepijler.checks.rules.properties import may_be_led_to
from vierdepijler.core.cells import AddressError, put_forward
from vierdepijler.core.package import Package
from vierdepijler.core.problems import QUOTED, Message, Problem, UnreadableError, heard, quoted, say
from vierdepijler.core.text_files import MARK, WRITTEN, read_text
from vierdepijler.core.times import entries_named, said_after_all, select_newest

CHARTS = "charts"  # the folder in which each file declares one
PAGE_KINDS = {".md", ".html", ".yml"}
MANY = 1024  # texts of pages, of which is kept what was found in each: of many pages few change between two checks
# Which words are those of a claim, of a language: `claims: minstens; niet geregistreerd`.
WORDS, CLAIMS = "_words.yml", re.compile(r"^claims: (.+)$", re.MULTILINE)
# What says that an entry of the register is not known: a link to it, or words that are bound to it.
ENTRY = re.compile(r"""(?:(?:page|address)\("unknowns"\) \}\}#|not_known\(["'])([a-z0-9-]+)""")
FIGURE = re.compile(r"^ +(\w+\.\w+\[[^\]\n]*\])(?=: )", re.MULTILINE)  # a key figure, in the head of a page

# What is not text that a visitor reads, the longest-reaching first.
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)  # Jinja2's
CLOSED = {  # what goes on up to its end, by that end: without one, each start would have the rest of the text searched
    "-->": re.compile(r"<!--.*?-->", re.DOTALL),
    **{f"</{tag}>": re.compile(rf"<{tag}\b.*?</{tag}>", re.DOTALL) for tag in ("script", "style", "pre", "code")},
}
HIDDEN = (
    re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1", re.DOTALL | re.MULTILINE),
    re.compile(
        r"\]\([^)\s]*|^\[[^\]]+\]:\s+(?:[./#]|[\w-]+\.(?:md|html))\S*", re.MULTILINE
    ),  # the targets of links, not their titles
    re.compile(r"https?://[^\s\"'<>]+|(?<![\w.+-])[\w.+-]+@[\w.-]+"),
    FIGURE,
    re.compile(r"^[^\S\n]*1\.(?=\s)", re.MULTILINE),  # the marker of an ordered list, which Markdown numbers by itself
)
ESCAPED = re.compile(r"<span class=\"as-written\">[^<]*</span>")  # what as_written(…) makes, in the theme
OPENING, CLOSING = re.compile(r"\{(?=[{%])"), {"{": "}}", "%": "%}"}  # of an expression, and of a statement
DEEPEST = 50  # look-ups within each other
# The words that take names of tables, keys, pages and files, and the one escape: their texts are not shown.
LOOKUPS = (
    "row", "rows", "latest", "earlier", "series", "published", "published_text", "download", "address", "page", "place",
    "anchor", "heading",
    "observed", "noted", "as_written", "table_title", "table_description", "plain_title", "tables", "full_address",
)  # fmt: skip
LOOKUP = re.compile(rf"(?<![\w.])(?:{'|'.join(LOOKUPS)})\((?:[^()\"']|\"[^\"]*\"|'[^']*')*\)")
# Texts between quotes, other than names (a letter first, no space) and dates to look something up with.
NAME = r"(?P<quote>[\"'])(?:[A-Za-z_][\w./:-]*|\d{4}-\d\d-\d\d)(?P=quote)"
TEXT = r"\"[^\"\n]*\"|'[^'\n]*'"
STATEMENT = re.compile(rf"{NAME}|(?P<text>{TEXT})")
LITERAL = re.compile(rf"{NAME}|(?P<text>{TEXT}|(?<![\w.\[:\"'-])\d[\d.]*)")
ATTRIBUTES = re.compile(r"\{:[^}\n]*\}")
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
SPOKEN = re.compile(  # the values of the attributes that a screen reader speaks or a browser shows
    r"(?<![\w-])(?:alt|abbr|title|label|value|placeholder|aria-(?!labelledby|describedby|controls|owns)[a-z]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
# Of the file of a chart a visitor reads the texts; the rest says what to look up.
NAMED = re.compile(r"^[ -]+name_[a-z]{2}: *(.*)$", re.MULTILINE)  # a part of a chart
SETTINGS = re.compile(r"^(?!(?:title|note|quote)_)\w+:.*(?:\n(?:[ \-].*)?)*", re.MULTILINE)
ENTITY = re.compile(r"&#?\w+;")
NUMERALS = "\\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u24ff\u2776-\u2793"
TYPED = re.compile(rf"[{NUMERALS}]+(?:[.,: \u00a0\u202f/-]?\d+)*%?")


def check_pages(folder: Path) -> Iterator[Problem]:
    """Find the numbers typed in the page sources below `folder`, with the file, line and character of each.

    File names are relative to the folder above `folder`, the project. A file that cannot be read is a problem too.
    """
    for path in page_sources(folder):
        file, is_chart = path.relative_to(folder.parent).as_posix(), path.parent.name == CHARTS
        try:
            text = read_text(path, file, most=WRITTEN)
        except UnreadableError as error:
            yield from () if is_chart else error.problems  # what reads charts tells of those
            continue
        if flaw := _flaw_of_yaml(text, file):
            yield from () if is_chart else [flaw]
            continue
        if is_chart:
            text = _texts_of_chart(text)
        yield from typed_numbers(text, file)


def page_sources(folder: Path) -> list[Path]:
    """List the files whose text ends up on pages: the sources, blocks and theme, and the words in mkdocs.yml."""
    below = (path for path in folder.rglob("*") if path.suffix in PAGE_KINDS and not path.is_dir())
    return sorted([*below, *folder.parent.glob("mkdocs*.yml")])


@lru_cache(MANY)
def _flaw_of_yaml(text: str, file: str) -> Problem | None:
    """Find what makes the reader of YAML fall over the settings, or over the head of a page."""
    import yaml  # noqa: PLC0415  # not loaded where there are no pages

    from vierdepijler.core.yaml_texts import check_nesting  # noqa: PLC0415  # it loads yaml

    is_page = file.endswith(".md")
    head = text.partition("\n---\n")[0].removeprefix("---\n") if is_page and text.startswith("---\n") else ""
    try:
        check_nesting(text if file.endswith(".yml") else head)
    except yaml.YAMLError as error:
        mark, reason = getattr(error, "problem_mark", None), heard(str(getattr(error, "problem", "")))
        line = 0 if mark is None else mark.line + 1 + is_page
        what = say("this YAML cannot be read ({reason})", reason=reason)
        return Problem(file, line, "", what, say("write name: value, one a line, in UTF-8"))
    return None


def text_of(path: Path) -> str:
    """Read a page source; empty for one that cannot be read, of which `check_pages` tells."""
    try:
        return read_text(path, path.name, most=WRITTEN)
    except UnreadableError:
        return ""


def typed_numbers(text: str, file: str) -> Iterator[Problem]:
    """Find the numbers typed in one page source."""
    visible = _visible(ESCAPED.sub(lambda found: _blank(found[0]), text) if file.endswith(".html") else text)
    for found in TYPED.finditer(visible):
        number = found[0] if len(found[0]) <= QUOTED else f"{found[0][:QUOTED]}…"
        what = say("the number '{number}' is typed", number=number)
        todo = say('take it from a cell with row(…), or write as_written("…") where it is not data')
        yield problem_at(visible, file, found, what, todo)


def check_claims(folder: Path, package: Package) -> Iterator[Problem]:
    """Find what the pages and charts in `folder` say more strongly, or less traceably, than a source does.

    That is the words of a claim (`claims` in the words of each language) where no row says them, and a key figure that
    a caveat forbids to put forward, or that is not there.
    """
    words = {path.parent: ";".join(CLAIMS.findall(text_of(path))) for path in folder.glob(f"*/{WORDS}")}
    every = ";".join(words.values())
    for path in page_sources(folder):
        is_chart = path.parent.name == CHARTS
        own = every if is_chart else next((words[place] for place in path.parents if place in words), "")
        if path.suffix == ".md" or is_chart:
            text, file = text_of(path), path.relative_to(folder.parent).as_posix()
            yield from typed_claims(_texts_of_chart(text) if is_chart else text, file, own)
            yield from _key_figures(package, text, file)
            yield from _answered(package, text, file)


def typed_claims(text: str, file: str, words: str) -> Iterator[Problem]:
    """Find the words of claims, with `;` between them, that are typed in one page source."""
    claims = [r"\s+".join(map(re.escape, claim.split())) for claim in words.split(";") if claim.strip()]
    if not claims:
        return
    visible = _visible(text)
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(claims)})(?!\w)", visible, re.IGNORECASE):
        what = say("this is a claim, and it is typed: {words}", words=quoted(" ".join(found[0].split())))
        todo = say('let a row say it, with said(…) or its value, or write as_written("…") where no source is meant')
        yield problem_at(visible, file, found, what, todo)


def _key_figures(package: Package, text: str, file: str) -> Iterator[Problem]:
    """Find the key figures in the head of a page that are not there, or that a caveat forbids to put forward."""
    for found in FIGURE.finditer(text):
        try:
            for cell in select_newest(package, found[1]).cells:
                put_forward(package, cell)
        except AddressError as error:
            yield problem_at(text, file, found, error.args[0], say("name another cell, or leave it out"))


def _answered(package: Package, text: str, file: str) -> Iterator[Problem]:
    """Find what says that an entry of the register is not known, where a source answers it: links and bound words."""
    for found in ENTRY.finditer(text):
        for told in filter(None, (said_after_all(package, row) for row in entries_named(package, [found[1]]))):
            yield problem_at(text, file, found, told, say("write it with that cell, or lead to what says it"))


def problem_at(text: str, file: str, found: re.Match[str], what: Message, todo: Message) -> Problem:
    """Give a problem at the line and character of what was found in the text of a file."""
    starts = _line_starts(text)
    line = bisect_right(starts, found.start())
    character = found.start() - starts[line - 1] + 1
    return Problem(file, line, say("character {number}", number=character), what, todo)


@lru_cache(1)
def _line_starts(text: str) -> list[int]:
    """Give where each line starts, once for all that is found in a text: it may be as much as there are letters."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _texts_of_chart(text: str) -> str:
    """Blank out what the file of a chart looks up, so that its texts are left."""
    return SETTINGS.sub(lambda found: _kept(found[0], NAMED, 1), text)


@lru_cache(MANY)
def _visible(text: str) -> str:
    """Blank out what no visitor reads, so that every character keeps its place."""
    text = without_templates(text, _blank, _literals)
    for end, closed in CLOSED.items():
        text = _up_to(end, text, partial(closed.sub, lambda found: _blank(found[0])))
    for hidden in HIDDEN:
        text = hidden.sub(lambda found: _blank(found[0]), text)
    for end, attributes in (("}", ATTRIBUTES), (">", TAG)):
        text = _up_to(end, text, partial(attributes.sub, lambda found: _kept(found[0], SPOKEN, 1)))
    return ENTITY.sub(lambda found: html.unescape(found[0]).ljust(len(found[0])), text)


def without_templates(text: str, comment: Callable[[str], str], expression: Callable[[str], str]) -> str:
    """Write each comment and each expression of a template in another way."""
    text = _up_to("#}", text, partial(COMMENT.sub, lambda found: comment(found[0])))
    done, pieces = 0, []
    for start, end in _expressions(text):
        pieces += [text[done:start], expression(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _expressions(text: str) -> Iterator[tuple[int, int]]:
    """Give where each expression and statement of a template starts and ends, but for what is never closed."""
    done, last = 0, {sign: text.rfind(closing) for sign, closing in CLOSING.items()}
    for opening in OPENING.finditer(text):
        start, sign = opening.start(), text[opening.end()]
        if done <= start and start + 2 <= last[sign]:
            done = text.index(CLOSING[sign], start + 2) + 2
            yield start, done


def _up_to(end: str, text: str, work: Callable[[str], str]) -> str:
    """Work on a text up to where `end` stands last, and leave what is behind it."""
    before, found, behind = text.rpartition(end)
    return work(before + found) + behind if found else text


def _literals(expression: str) -> str:
    """Keep the texts and numbers that an author typed between braces, other than those that look something up."""
    for _ in range(DEEPEST):
        before, expression = expression, LOOKUP.sub(lambda found: _blank(found[0]), expression)
        if expression == before:
            break
    return _kept(expression, STATEMENT if expression.startswith("{%") else LITERAL, "text")


def _kept(text: str, pattern: re.Pattern[str], group: str | int) -> str:
    kept = list(_blank(text))
    for found in pattern.finditer(text):
        kept[found.start(group) : found.end(group)] = found[group] or ""
    return "".join(kept)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


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
PAGE_TAG = re.compile(r"<[A-Za-z][^<>]*>")
PAGE_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")  # attr_list of Python-Markdown
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
    for found in PAGE_TAG.finditer(text):
        for *_, what, todo in reader.read(found[0]):
            yield problem_at(text, file, found, what, todo)
    for found in PAGE_ATTRIBUTES.finditer(text):
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
