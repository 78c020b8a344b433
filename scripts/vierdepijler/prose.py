"""Numbers typed in the text of a page, where each should come from a cell."""

import re
from collections.abc import Iterator
from pathlib import Path

from .problems import Problem

PAGE_KINDS = {".md", ".html", ".yml"}

# What is not text that a visitor reads, the longest-reaching first.
HIDDEN = (
    re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL),  # Jinja2: comments and statements
    re.compile(r"<!--.*?-->|<(script|style|pre|code)\b.*?</\1>", re.DOTALL),
    re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE),
    re.compile(r"`[^`\n]+`"),
    re.compile(r"<span class=\"as-written\">[^<]*</span>"),  # the escape of as_written(…), in the theme
    re.compile(r"\]\([^)\n]*\)|^\[[^\]]+\]: .*$", re.MULTILINE),  # the targets of links
    re.compile(r"\{[:.#][^}\n]*\}"),  # attribute lists
    re.compile(r"https?://\S+"),
    re.compile(r"&#?\w+;"),
    re.compile(r"^\s*\d{1,2}\.(?=\s)", re.MULTILINE),  # the marker of an ordered list
)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LITERAL = re.compile(r"\{\{-?\s*(?:[\"'][^\"']*\d[^\"']*[\"']|[\d.]+)\s*-?\}\}")
TAG = re.compile(r"<[^<>]*>")
SPOKEN = re.compile(r"\b(?:alt|title|aria-label|aria-description|placeholder)=(\"[^\"]*\"|'[^']*')")
TYPED = re.compile(r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u2182]+(?:[.,: \u00a0\u202f/-]?\d+)*%?")


def check_pages(folder: Path) -> Iterator[Problem]:
    """Find the numbers typed in the page sources below `folder`, with the file, line and character of each.

    File names are relative to the folder above `folder`, the project. A file that is not UTF-8 is a problem too.
    """
    for path in sorted(path for path in folder.rglob("*") if path.suffix in PAGE_KINDS and path.is_file()):
        file = path.relative_to(folder.parent).as_posix()
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            yield Problem(file, 0, "", "the page is not UTF-8", "save it again as UTF-8")
            continue
        yield from typed_numbers(text, file)


def typed_numbers(text: str, file: str) -> Iterator[Problem]:
    """Find the numbers typed in one page source."""
    visible = _visible(text)
    for found in TYPED.finditer(visible):
        line = visible.count("\n", 0, found.start()) + 1
        character = found.start() - visible.rfind("\n", 0, found.start())
        yield Problem(
            file,
            line,
            f"character {character}",
            f"the number '{found[0]}' is typed",
            'take it from a cell with row(…), or write as_written("…") where it is not data',
        )


def _visible(text: str) -> str:
    """Blank out what no visitor reads, so that every character keeps its place."""
    literals = [found.span() for found in LITERAL.finditer(text)]
    text = EXPRESSION.sub(lambda found: found[0] if found.span() in literals else _blank(found[0]), text)
    for hidden in HIDDEN:
        text = hidden.sub(lambda found: _blank(found[0]), text)
    return TAG.sub(lambda tag: _only_spoken(tag[0]), text)


def _only_spoken(tag: str) -> str:
    """Keep the values of the attributes that a screen reader speaks or a browser shows."""
    kept = list(_blank(tag))
    for found in SPOKEN.finditer(tag):
        kept[found.start(1) : found.end(1)] = found[1]
    return "".join(kept)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
