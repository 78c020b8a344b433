"""Source documents: their lines, the item each line belongs to, and what identifies the file.

An item is opened by a line that starts with its number: `1. ` or `- 8-9. `, and what stands before the first
is `head`. Numbers of items rise; a line that starts with a lower one is a list within an item.

Of a Word file (`.docx`, Office Open XML) a paragraph is a line, and so is a row of a table, its cells parted by tabs.
Numbers that Word sets before a paragraph by itself are written out; a footnote stands in brackets where it is called.
What was deleted under "track changes" is left out, what was inserted is read. Headers and footers of pages are not.
"""

import hashlib
import logging
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from vierdepijler.core.problems import say, unreadable
from vierdepijler.core.text_files import MEGABYTE, WRITTEN, not_in_encoding, read_content

HEAD = "head"
MARKER = re.compile(r"\s*(?:[-•*] )?(?P<item>(?P<first>\d{1,3})(?:-(?P<last>\d{1,3}))?)[.)]\s")
# What programs write in their own ways, or nobody sees: curly quotes, other hyphens, signs without a width.
TYPESET = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "\u2010": "-", "\u2011": "-"} | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)
LARGEST = 64 * MEGABYTE  # bytes of a document with its pictures
FURTHEST = 20  # an item that is more numbers further on is none, but a year or an amount that starts a line
FULL_LINE = 0.75  # a line of a PDF that is so full, as part of the longest, goes on in the next
# What pypdf, python-docx, and the zip (with each way to make it small) and the XML below it raise where they break off.
BROKEN = (
    PyPdfError, DependencyError, OpcError, BadZipFile, zlib.error, LZMAError, EOFError, SyntaxError,
    ValueError, LookupError, TypeError, AttributeError, AssertionError, NotImplementedError, RecursionError,
    ArithmeticError, OSError,
)  # fmt: skip
Element = Any  # lxml has no types
PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
NEEDED = ("numbering", "styles", "footnotes", "endnotes")  # the parts of a Word file that say more than its text
OLE, LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")  # a Word file behind a password is no zip
ASKS_PASSWORD = say("the document asks for a password"), say("save it again without one")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same a second time


@dataclass(frozen=True)
class Line:
    """A line of a document: its number, the item it belongs to, and how much of its text is the item's marker."""

    number: int
    item: str
    text: str
    marker: int = 0


@dataclass(frozen=True)
class Document:
    """A source document: the bytes that identify it, and its lines in reading order."""

    name: str
    sha256: str
    size: int
    lines: tuple[Line, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The items, in order."""
        return tuple(dict.fromkeys(line.item for line in self.lines))


def read_document(path: Path) -> Document:
    """Read a document: text in UTF-8, Word (`.docx`) or PDF.

    Raises `UnreadableError` for a file that is missing, empty or broken, of another kind, that asks for a
    password, or whose pages are pictures.
    """
    kind = path.suffix.lower()
    if kind not in READERS:
        what = say("{suffix} is not a kind of document that can be traced", suffix=path.suffix or path.name)
        raise unreadable(str(path), what, say("save it as .txt, .md, .docx or .pdf"))
    content = read_content(path, str(path), LARGEST if kind in NAMES else WRITTEN)
    if content.startswith(OLE) and LOCKED in content:
        raise unreadable(str(path), *ASKS_PASSWORD)
    try:
        texts = READERS[kind](content, str(path))
    except BROKEN as error:
        own = "" if isinstance(error, AssertionError) else str(error).strip()  # what one says is for who wrote it
        reason = own or type(error).__name__
        what = say("this cannot be read as a {kind} document ({reason})", kind=NAMES[kind], reason=reason)
        raise unreadable(str(path), what, say("open it in its own program and save it again")) from error
    lines = [unicodedata.normalize("NFC", text).translate(TYPESET) for text in texts]
    if not any(line.strip() for line in lines):
        raise unreadable(str(path), say("the document holds no text"), say("ask for one whose text can be copied"))
    width = max(map(len, lines)) if kind == ".pdf" else None
    return Document(path.name, hashlib.sha256(content).hexdigest(), len(content), _with_items(lines, width))


def _with_items(texts: Iterable[str], width: int | None) -> tuple[Line, ...]:
    """Give each line its item; where the lines have a `width`, one that fills it is joined with the next."""
    lines: list[Line] = []
    item, last = HEAD, 0
    goes_on = False
    for number, text in enumerate(texts, 1):
        opening = MARKER.match(text)
        if opening and last < int(opening["first"]) <= last + FURTHEST:
            item, last = opening["item"], int(opening["last"] or opening["first"])
            lines.append(Line(number, item, text, opening.end()))
        elif goes_on and text.strip():
            before = lines[-1]
            lines[-1] = Line(before.number, item, f"{before.text.rstrip()} {text.lstrip()}", before.marker)
        else:
            lines.append(Line(number, item, text))
        goes_on = width is not None and len(text) >= FULL_LINE * width
    return tuple(lines)


def _text_lines(content: bytes, file: str) -> list[str]:
    try:
        return re.split(r"\r\n|\n|\r|\f", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise not_in_encoding(file, "utf-8", content[error.start], line) from error


def _pdf_lines(content: bytes, file: str) -> list[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of its warnings is told below
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise unreadable(file, *ASKS_PASSWORD)
    return [line for number, page in enumerate(reader.pages, 1) for line in _page_lines(page, number, file)]


def _page_lines(page: Any, number: int, file: str) -> list[str]:
    text = page.extract_text()
    if not text.strip() and "/XObject" in page.get("/Resources", {}):
        what = say("page {number} is a picture and holds no text", number=number)
        raise unreadable(file, what, say("ask for a document whose text can be copied"))
    return str(text).split("\n")


def word_lines(content: bytes, _: str = "") -> list[str]:
    """Read the lines of a Word file; what `content` is not raises what python-docx raises."""
    part = docx.Document(BytesIO(content)).part
    inside = [relation for relation in part.rels.values() if not relation.is_external]
    parts = {relation.reltype.rpartition("/")[2]: relation.target_part for relation in inside}
    trees = {name: parse_xml(found.blob) for name, found in parts.items() if name in NEEDED}
    reader = _Reader(_Numbering(trees.get("numbering"), trees.get("styles")), _notes(trees))
    return [line for text in reader.texts(part.element.body) for line in text.split("\n")]


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
        for found in self._properties(properties):
            numbers = None if found is None else found.find(qn("w:numPr"))
            if numbers is not None and (number := _value(numbers, "numId")):
                return number, int(_value(numbers, "ilvl") or 0)
        return "", 0

    def _properties(self, properties: Element) -> Iterator[Element]:
        """Give the properties of a paragraph, and those of its style and of the styles below that, each once."""
        yield properties
        every = () if self.styles is None else self.styles.iter(qn("w:style"))
        styles = {style.get(qn("w:styleId")): style for style in every}
        name = "" if properties is None else _value(properties, "pStyle")
        while (style := styles.pop(name, None)) is not None:
            yield style.find(qn("w:pPr"))
            name = _value(style, "basedOn")

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


READERS: Mapping[str, Callable[[bytes, str], list[str]]] = {
    ".txt": _text_lines,
    ".md": _text_lines,
    ".docx": word_lines,
    ".pdf": _pdf_lines,
}
NAMES = {".docx": "Word", ".pdf": "PDF"}  # of what is not text
