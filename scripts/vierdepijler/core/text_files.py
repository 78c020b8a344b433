"""Files that others wrote, as text: how it is laid out, or the read error that says why there is none.

No file, too much of it, no text, or no CSV.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vierdepijler.core.columnar import LONGEST, MOST_COLUMNS, BrokenCsvError, LongLineError, WideRowError

from .problems import UnreadableError, heard, quoted, say, unreadable
from .tables import Layout

MEGABYTE = 1 << 20
WRITTEN = 4 * MEGABYTE  # more than anybody writes on a page, or in the settings of one
MARK = "\ufeff"
QUOTED_CELL = re.compile(r'"(?:[^"]++|"")*+"')
LINE_ENDS = tuple(map(re.compile, (r"\r\n", r"(?<!\r)\n", r"\r(?!\n)")))
CONTROLS = bytes([*range(10), 11, 12, *range(14, 32), 127])  # all of ASCII's but those that end a line
# In UTF-8: ASCII, and the letters U+00C0 to U+017F, which are two bytes each, the first of them one of three.
PLAIN = bytes({*range(128), *range(0x80, 0xC0), 0xC3, 0xC4, 0xC5} - {*CONTROLS})


def read_text(path: Path, file: str, encoding: str = "utf-8", most: int | None = None) -> str:
    """Read a text file, called `file` in messages; raises `UnreadableError` where that cannot be done."""
    content = read_content(path, file, most)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise not_in_encoding(file, encoding, content[error.start], line) from error
    except (LookupError, ValueError) as error:
        what = say("{encoding} is no encoding of text", encoding=quoted(encoding))
        raise unreadable(file, what, "use UTF-8 and declare 'utf-8'") from error


def read_content(path: Path, file: str, most: int | None = None) -> bytes:
    """Read an ordinary file of at most so many bytes; without `most`, one with lines of an ordinary length.

    Raises `UnreadableError` for any other: a pipe or a device may give bytes for ever, or none.
    """
    if path.is_dir():
        raise unreadable(file, "this is a folder", "name a file in it")
    try:
        if path.exists() and not path.is_file():
            raise unreadable(file, "this is no ordinary file", "put the file itself there")
        if most is not None and path.stat().st_size > most:
            what = say("this file is larger than {size} MB", size=most // MEGABYTE)
            raise unreadable(file, what, "check that it is the file you mean, or part it")
        return b"".join(_in_pieces(path, file))
    except OSError as error:
        what = say("the file cannot be read ({reason})", reason=heard(str(error.strerror)))
        raise unreadable(file, what, "check the path, and that the file is there") from error


def _in_pieces(path: Path, file: str) -> Iterator[bytes]:
    """Give the bytes of a file, as long as it has lines."""
    line = 1
    with path.open("rb") as opened:
        while piece := opened.read(LONGEST):
            if len(piece) == LONGEST and b"\n" not in piece and b"\r" not in piece:
                raise too_long(file, line)
            line += piece.count(b"\n")
            yield piece


def too_long(file: str, line: int) -> UnreadableError:
    """Refuse a file with a line that no program can show."""
    what = say("this line, or a cell in it, is longer than {size} MB", size=LONGEST // MEGABYTE)
    return unreadable(file, what, "check the quotes from there on, and that this is a text file", line=line)


def not_in_encoding(file: str, encoding: str, byte: int, line: int) -> UnreadableError:
    """Refuse a file, called `file` in messages, with a byte that is no text in its encoding."""
    name = encoding.upper().removesuffix("-SIG")
    what = say("the text is not {encoding}: byte {byte} cannot be read", encoding=name, byte=f"0x{byte:02x}")
    return unreadable(file, what, "save the file again as UTF-8", line=line)


def csv_error(file: str, error: Exception) -> UnreadableError:
    """Say why, and where, the reader of CSV breaks off in a file."""
    line = error.line if isinstance(error, BrokenCsvError) else 1
    match error:
        case LongLineError():
            return too_long(file, line)
        case WideRowError():
            what = say("this row has more than {number} cells", number=MOST_COLUMNS)
            return unreadable(file, what, "check the delimiter, or make rows of the columns", line=line)
        case _:
            what = say("this is not a CSV file that can be read ({reason})", reason=heard(str(error)))
            return unreadable(file, what, "check the quotes from there on", line=line)


def encoding_error(path: Path, file: str, encoding: str) -> UnreadableError:
    """Find the line of a large file on which it is not in its encoding; it is known that there is one."""
    with path.open("rb") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(LONGEST), b""), start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError as error:
                return not_in_encoding(file, encoding, line[error.start], number)
    raise AssertionError(file)


def csv_text(rows: Iterable[Iterable[str]], line_end: str = "\n") -> str:
    """Write rows as our tables are: commas, quotes only where they are needed, a line end behind every row."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def render_json(content: Any) -> str:
    """Write JSON for people and version control: indented, accents as they are, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file that we wrote ourselves: its rows by the names in its header; none where there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_layout(text: str) -> Layout:
    """Look at the mark at the start, the kinds of line end, the end, and whether any character is out of the way."""
    ends = [1]
    if sum(kind in text for kind in ("\r\n", "\n", "\r")) > 1:
        # Only then is it worth a closer look: a line end within quotes belongs to its cell.
        outside = QUOTED_CELL.sub(lambda cell: re.sub(r"[\r\n]", " ", cell[0]), text)
        found = (pattern.search(outside) for pattern in LINE_ENDS)
        ends = [text.count("\n", 0, end.start()) + 1 for end in found if end]
    return Layout(text.startswith(MARK), tuple(ends), text.endswith(("\n", "\r")), is_plain_text(text))


def is_plain_text(text: str) -> bool:
    """Tell whether the text has no character that the rules of hygiene need to look at."""
    return is_plain_content(text.encode(errors="surrogatepass"))


def is_plain_content(content: bytes) -> bool:
    """Tell the same of a text in UTF-8."""
    return not content.translate(None, PLAIN)


def save_text(path: Path, text: str) -> None:
    """Write a text (UTF-8, its line ends as they are) to a file, in a folder that is made where there is none.

    It is for what is made aside: `core.writing` writes in the place of a file whole or not at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
