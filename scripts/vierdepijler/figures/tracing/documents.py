"""Source documents: their lines, the item each line belongs to, and what identifies the file.

An item is opened by a line that starts with its number: `1. ` or `- 8-9. `, and what stands before the first
is `head`. Numbers of items rise; a line that starts with a lower one is a list within an item.
"""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from vierdepijler.core.messages import say
from vierdepijler.core.problems import UnreadableError, unreadable
from vierdepijler.core.text_files import MEGABYTE, WRITTEN, read_content

from .word_files import BROKEN_WORD, word_lines

HEAD = "head"
ITEM = re.compile(r"\s*(?:[-•*] )?(?P<item>(?P<first>\d{1,3})(?:-(?P<last>\d{1,3}))?)[.)]\s")
# What programs write in their own ways, or nobody sees: curly quotes, other hyphens, signs without a width.
TYPESET = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "\u2010": "-", "\u2011": "-"} | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)
LARGEST = 64 * MEGABYTE  # bytes of a document with its pictures
FURTHEST = 20  # an item that is more numbers further on is none, but a year or an amount that starts a line
FULL_LINE = 0.75  # a line of a PDF that is so full, as part of the longest, goes on in the next
BROKEN = (
    PyPdfError, DependencyError, ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError,
    RecursionError, OSError,
)  # fmt: skip


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
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = say("{suffix} is not a kind of document that can be traced", suffix=path.suffix or path.name)
        raise unreadable(str(path), what, say("save it as .txt, .md, .docx or .pdf"))
    content = read_content(path, str(path), WRITTEN if reader is _text_lines else LARGEST)
    lines = [unicodedata.normalize("NFC", line).translate(TYPESET) for line in reader(content, str(path))]
    if not any(line.strip() for line in lines):
        raise unreadable(str(path), say("the document holds no text"), say("ask for one whose text can be copied"))
    width = max(map(len, lines)) if path.suffix.lower() == ".pdf" else None
    return Document(path.name, hashlib.sha256(content).hexdigest(), len(content), _with_items(lines, width))


def _with_items(texts: Iterable[str], width: int | None) -> tuple[Line, ...]:
    """Give each line its item; where the lines have a `width`, one that fills it is joined with the next."""
    lines: list[Line] = []
    item, last = HEAD, 0
    goes_on = False
    for number, text in enumerate(texts, 1):
        opening = ITEM.match(text)
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
        byte = f"0x{content[error.start]:02x}"
        what = say("the text is not UTF-8: byte {byte} cannot be read", byte=byte)
        raise unreadable(file, what, say("save the file again as UTF-8"), line=line) from error


def _word_lines(content: bytes, file: str) -> list[str]:
    try:
        return word_lines(content)
    except (*BROKEN, *BROKEN_WORD) as error:
        raise _broken(file, "Word", error) from error


def _pdf_lines(content: bytes, file: str) -> list[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of its warnings is told below
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise unreadable(file, say("the document asks for a password"), say("save it again without one"))
        return [line for number, page in enumerate(reader.pages, 1) for line in _page_lines(page, number, file)]
    except BROKEN as error:
        raise _broken(file, "PDF", error) from error


def _page_lines(page: Any, number: int, file: str) -> list[str]:
    text = page.extract_text()
    if not text.strip() and "/XObject" in page.get("/Resources", {}):
        what = say("page {number} is a picture and holds no text", number=number)
        raise unreadable(file, what, say("ask for a document whose text can be copied"))
    return str(text).split("\n")


def _broken(file: str, kind: str, error: Exception) -> UnreadableError:
    reason = str(error).strip() or type(error).__name__
    what = say("this cannot be read as a {kind} document ({reason})", kind=kind, reason=reason)
    return unreadable(file, what, say("open it in its own program and save it again"))


READERS = {".txt": _text_lines, ".md": _text_lines, ".docx": _word_lines, ".pdf": _pdf_lines}
