"""Numbers typed in the text of a page, where each should come from a cell."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from vierdepijler.messages import say
from vierdepijler.problems import Problem

CHARTS = "charts"  # the folder in which each file declares one
PAGE_KINDS = {".md", ".html", ".yml"}

# What is not text that a visitor reads, the longest-reaching first.
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)  # Jinja2's
HIDDEN = (
    re.compile(r"<!--.*?-->|<(script|style|pre|code)\b.*?</\1>", re.DOTALL),
    re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1", re.DOTALL | re.MULTILINE),
    re.compile(
        r"\]\([^)\s]*|^\[[^\]]+\]:\s+(?:[./#]|[\w-]+\.(?:md|html))\S*", re.MULTILINE
    ),  # the targets of links, not their titles
    re.compile(r"https?://[^\s\"'<>]+|[\w.+-]+@[\w.-]+"),
    re.compile(r"^ +\w+\.\w+\[[^\]\n]*\](?=: )", re.MULTILINE),  # the cells of key figures, in the head of a page
    re.compile(r"^\s*1\.(?=\s)", re.MULTILINE),  # the marker of an ordered list, which Markdown numbers by itself
)
ESCAPED = re.compile(r"<span class=\"as-written\">[^<]*</span>")  # what as_written(…) makes, in the theme
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# The words that take names of tables, keys, pages and files, and the one escape: their texts are not shown.
LOOKUPS = (
    "row", "rows", "published", "published_text", "download", "address", "page", "place", "anchor", "heading",
    "observed", "noted", "as_written", "table_title", "table_description", "plain_title", "tables", "full_address",
)  # fmt: skip
LOOKUP = re.compile(rf"(?<![\w.])(?:{'|'.join(LOOKUPS)})\((?:[^()\"']|\"[^\"]*\"|'[^']*')*\)")
# Texts between quotes, other than names (a letter first, no space) and dates to look something up with.
NAME = r"(?![A-Za-z_][\w./:-]*[\"']|\d{4}-\d\d-\d\d[\"'])"
TEXT = rf"\"{NAME}[^\"\n]*\"|'{NAME}[^'\n]*'"
STATEMENT = re.compile(TEXT)
LITERAL = re.compile(rf"{TEXT}|(?<![\w.\[:\"'-])\d[\d.]*")
ATTRIBUTES = re.compile(r"\{:[^}\n]*\}")
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
SPOKEN = re.compile(
    r"(?<![\w-])(?:alt|abbr|title|label|value|placeholder|aria-(?!labelledby|describedby|controls|owns)[a-z]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
# Of the file of a chart a visitor reads the texts; the rest says what to look up.
SETTINGS = re.compile(r"^(?!(?:title|note|quote)_)\w+:.*(?:\n(?:[ \-].*)?)*", re.MULTILINE)
ENTITY = re.compile(r"&#?\w+;")
NUMERALS = "\\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u24ff\u2776-\u2793"
TYPED = re.compile(rf"[{NUMERALS}]+(?:[.,: \u00a0\u202f/-]?\d+)*%?")


def check_pages(folder: Path) -> Iterator[Problem]:
    """Find the numbers typed in the page sources below `folder`, with the file, line and character of each.

    File names are relative to the folder above `folder`, the project. A file that is not UTF-8 is a problem too.
    """
    for path in page_sources(folder):
        file = path.relative_to(folder.parent).as_posix()
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            yield Problem(file, 0, "", "the page is not UTF-8", "save it again as UTF-8")
            continue
        if path.parent.name == CHARTS:
            text = SETTINGS.sub(lambda found: _blank(found[0]), text)
        yield from typed_numbers(text, file)


def page_sources(folder: Path) -> list[Path]:
    """List the files whose text ends up on pages: the sources, blocks and theme, and the words in mkdocs.yml."""
    below = (path for path in folder.rglob("*") if path.suffix in PAGE_KINDS and path.is_file())
    return sorted([*below, *folder.parent.glob("mkdocs*.yml")])


def typed_numbers(text: str, file: str) -> Iterator[Problem]:
    """Find the numbers typed in one page source."""
    visible = _visible(ESCAPED.sub(lambda found: _blank(found[0]), text) if file.endswith(".html") else text)
    for found in TYPED.finditer(visible):
        line = visible.count("\n", 0, found.start()) + 1
        character = found.start() - visible.rfind("\n", 0, found.start())
        yield Problem(
            file,
            line,
            say("character {number}", number=character),
            say("the number '{number}' is typed", number=found[0]),
            'take it from a cell with row(…), or write as_written("…") where it is not data',
        )


def _visible(text: str) -> str:
    """Blank out what no visitor reads, so that every character keeps its place."""
    text = COMMENT.sub(lambda found: _blank(found[0]), text)
    text = EXPRESSION.sub(lambda found: _literals(found[0]), text)
    for hidden in HIDDEN:
        text = hidden.sub(lambda found: _blank(found[0]), text)
    for attributes in (ATTRIBUTES, TAG):
        text = attributes.sub(lambda found: _only_spoken(found[0]), text)
    return ENTITY.sub(lambda found: html.unescape(found[0]).ljust(len(found[0])), text)


def _literals(expression: str) -> str:
    """Keep the texts and numbers that an author typed between braces, other than those that look something up."""
    while (shorter := LOOKUP.sub(lambda found: _blank(found[0]), expression)) != expression:
        expression = shorter
    return _kept(expression, STATEMENT if expression.startswith("{%") else LITERAL, 0)


def _only_spoken(tag: str) -> str:
    """Keep the values of the attributes that a screen reader speaks or a browser shows."""
    return _kept(tag, SPOKEN, 1)


def _kept(text: str, pattern: re.Pattern[str], group: int) -> str:
    kept = list(_blank(text))
    for found in pattern.finditer(text):
        kept[found.start(group) : found.end(group)] = found[group]
    return "".join(kept)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
