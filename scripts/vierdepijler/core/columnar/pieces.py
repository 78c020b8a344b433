"""A CSV file as pieces of whole rows, in UTF-8, so that a file of any size needs the memory of a few pieces."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

PIECE = 1 << 21  # bytes; larger pieces are hardly faster, and memory grows with them
LONGEST = 8 * PIECE  # a row, or a quoted cell, that is longer than this is read with care
MOST_COLUMNS = 16_384  # as many as a spreadsheet has
# What Frictionless decodes as we do; the others (UTF-16 and the like) are left to it.
KNOWN_ENCODINGS = frozenset({"utf-8", "utf-8-sig", "iso8859-1", "iso8859-15", "cp1252"})
AS_UTF_8 = frozenset({"utf-8", "utf-8-sig"})
QUOTE = ord('"')
BYTE_ORDER_MARK = codecs.BOM_UTF8
STRAY_RETURN = re.compile(rb"\r(?!\n)")


class OddTextError(ValueError):
    """The text is not as a writer of CSV writes it, so that readers of CSV may differ about it."""


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written: its encoding, and what stands between its cells."""

    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def codec(self) -> str:
        """Name the encoding as Python knows it; raises `LookupError` for a name that it does not know."""
        return codecs.lookup(self.encoding).name


def pieces_of(path: Path, form: CsvForm) -> Iterator[bytes]:
    """Give the rows of a file in order, as pieces in UTF-8 without a byte order mark.

    Raises `OSError` where it cannot be read, `UnicodeDecodeError` where it is not in its encoding, and
    `OddTextError` for text that another reader may cut in other places.
    """
    with path.open("rb") as file:
        rest = b""
        for position, chunk in enumerate(_chunks(file, form.codec)):
            piece = rest + (chunk.removeprefix(BYTE_ORDER_MARK) if position == 0 else chunk)
            end = _end_of_rows(piece)
            if len(piece) - end > LONGEST:
                raise OddTextError("a cell, or a quote that is never closed, takes in megabytes")
            rest = piece[end:]
            if end:
                yield _checked(piece[:end])
        if rest:
            yield _checked(rest)


def _chunks(file: BinaryIO, codec: str) -> Iterator[bytes]:
    """Read a file; what is not in UTF-8 is in a code of one byte a character, so that any chunk can be decoded."""
    while chunk := file.read(PIECE):
        yield chunk if codec in AS_UTF_8 or chunk.isascii() else chunk.decode(codec).encode()


def _checked(piece: bytes) -> bytes:
    """Make sure that a piece is UTF-8, without making text of it; raises `UnicodeDecodeError` otherwise."""
    if not piece.isascii():
        ends = pa.py_buffer(np.array([0, len(piece)], np.int32))
        try:
            pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(piece)]).validate(full=True)
        except pa.ArrowInvalid:
            piece.decode()
            raise
    return piece


def _end_of_rows(piece: bytes) -> int:
    """Find the last end of a line that stands outside quotes: an even number of them goes before it."""
    quotes = int(np.count_nonzero(np.frombuffer(piece, np.uint8) == QUOTE))
    end = len(piece)
    while (line_end := piece.rfind(b"\n", 0, end)) >= 0:
        quotes -= piece.count(b'"', line_end, end)
        if quotes % 2 == 0:
            return line_end + 1
        end = line_end
    return 0


def first_lines(piece: bytes, count: int) -> str:
    """Give the first lines of a piece as text, ends of lines included."""
    end = -1
    for _ in range(count):
        end = piece.find(b"\n", end + 1)
        if end < 0:
            return piece.decode()
    return piece[: end + 1].decode()
