"""The text of a Word file (`.docx`, Office Open XML), line by line, as a reader of the page sees it.

A paragraph is a line, and so is a row of a table, its cells parted by tabs. Numbers that Word sets before a
paragraph by itself are written out; a footnote stands in brackets where it is called. What was deleted under
"track changes" is left out, what was inserted is read. Headers and footers of pages are not read.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

# What python-docx raises, and what it reads with: the zip, each of the ways to make it small, and XML.
BROKEN_WORD = (OpcError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, SyntaxError)
Element = Any  # lxml has no types
PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
NEEDED = ("numbering", "styles", "footnotes", "endnotes")  # the parts of a file that say more than its text
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same a second time


def word_lines(content: bytes) -> list[str]:
    """Read the lines of a Word file; what `content` is not raises what python-docx raises (see `documents`)."""
    part = docx.Document(BytesIO(content)).part
    parts = {relation.reltype.rpartition("/")[2]: relation.target_part for relation in _inside(part)}
    trees = {name: parse_xml(found.blob) for name, found in parts.items() if name in {*NEEDED}}
    reader = _Reader(_Numbering(trees.get("numbering"), trees.get("styles")), _notes(trees))
    return [line for text in reader.texts(part.element.body) for line in text.split("\n")]


def _inside(part: Any) -> list[Any]:
    return [relation for relation in part.rels.values() if not relation.is_external]


def _notes(trees: Mapping[str, Element]) -> dict[tuple[str, str], str]:
    return {
        (kind, str(note.get(qn("w:id")))): " ".join(_text(paragraph, {}) for paragraph in note.iter(qn("w:p"))).strip()
        for kind in ("footnote", "endnote")
        if f"{kind}s" in trees
        for note in trees[f"{kind}s"].iter(qn(f"w:{kind}"))
    }


def _text(paragraph: Element, notes: Mapping[tuple[str, str], str]) -> str:
    """Give the text of a paragraph, of the boxes and the inserted words in it too."""
    text = ""
    for element in paragraph.iter():
        if element.tag == qn("w:t") and not any(parent.tag == FALLBACK for parent in element.iterancestors()):
            text += element.text or ""
        elif element.tag in PIECES and element.getparent().tag == qn("w:r"):
            text += PIECES[element.tag]
        for kind in ("footnote", "endnote"):
            if element.tag == qn(f"w:{kind}Reference"):
                text += f" ({notes.get((kind, str(element.get(qn('w:id')))), '')})"
    return text


@dataclass(frozen=True)
class _Reader:
    numbering: "_Numbering"
    notes: Mapping[tuple[str, str], str]

    def texts(self, body: Element) -> Iterator[str]:
        for element in body.iter(qn("w:p"), qn("w:tr")):
            parents = {parent.tag for parent in element.iterancestors()}
            if {qn("w:tr"), qn("w:p")} & parents:
                continue  # it is part of a row, or of a box in a paragraph
            if element.tag == qn("w:tr"):
                yield "\t".join(self._cell(cell) for cell in element.iter(qn("w:tc")))
            else:
                yield self._paragraph(element)

    def _cell(self, cell: Element) -> str:
        return " ".join(" ".join(self._paragraph(paragraph).split()) for paragraph in cell.iterchildren(qn("w:p")))

    def _paragraph(self, paragraph: Element) -> str:
        return self.numbering.mark(paragraph) + _text(paragraph, self.notes)


@dataclass
class _Numbering:
    """The numbers that Word sets before paragraphs by itself."""

    lists: Element
    styles: Element
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, paragraph: Element) -> str:
        """Give the mark before a paragraph, `1. ` or `- `, empty for none; each call counts."""
        number, level = self._of(paragraph.find(qn("w:pPr")))
        if self.lists is None or number in ("", "0"):
            return ""
        levels, run = self._levels(number)
        if level not in levels:
            return ""
        for deeper in [key for key in self.counters if key[0] == run and key[1] > level]:
            del self.counters[deeper]
        start = int(_value(levels[level], "start") or 1)
        self.counters[run, level] = self.counters.get((run, level), start - 1) + 1
        if _value(levels[level], "numFmt") == "bullet":
            return "- "
        mark = _value(levels[level], "lvlText")
        for above in sorted(levels):
            mark = mark.replace(f"%{above + 1}", _written(levels[above], self.counters.get((run, above), 1)))
        return f"{mark} "

    def _of(self, properties: Element) -> tuple[str, int]:
        """Find the list and the level of a paragraph, in its own properties or in those of its style."""
        if properties is None:
            return "", 0
        numbers = properties.find(qn("w:numPr"))
        if numbers is not None and (number := _value(numbers, "numId")):
            return number, int(_value(numbers, "ilvl") or 0)
        name = _value(properties, "pStyle")
        seen = set()
        while name and name not in seen and self.styles is not None:
            seen.add(name)
            style = next((s for s in self.styles.iter(qn("w:style")) if s.get(qn("w:styleId")) == name), None)
            found = None if style is None else style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None and (number := _value(found, "numId")):
                return number, int(_value(found, "ilvl") or 0)
            name = "" if style is None else _value(style, "basedOn")
        return "", 0

    def _levels(self, number: str) -> tuple[dict[int, Element], str]:
        """Give the levels of a list by depth, and the name of the count it takes part in."""
        used = next((n for n in self.lists.iter(qn("w:num")) if n.get(qn("w:numId")) == number), None)
        if used is None:
            return {}, ""
        kind = _value(used, "abstractNumId")
        again = used.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
        for found in self.lists.iter(qn("w:abstractNum")):
            if found.get(qn("w:abstractNumId")) == kind:
                levels = {int(level.get(qn("w:ilvl"))): level for level in found.iterchildren(qn("w:lvl"))}
                return levels, f"list {number}" if again else f"kind {kind}"
        return {}, ""


def _value(element: Element, name: str) -> str:
    found = element.find(qn(f"w:{name}"))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _written(level: Element, count: int) -> str:
    match _value(level, "numFmt"):
        case "lowerLetter" | "upperLetter" as form:
            text = chr(ord("a") + (count - 1) % 26)
        case "lowerRoman" | "upperRoman" as form:
            text = _roman(count)
        case _:
            return str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text
