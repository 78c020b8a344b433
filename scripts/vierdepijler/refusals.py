"""Why the text of a file cannot be read: at which line it stops being text, or CSV."""

import csv
from pathlib import Path

from .columnar.pieces import CsvForm
from .messages import heard, say
from .problems import UnreadableError, quoted, unreadable


def not_in_encoding(file: str, encoding: str, byte: int, line: int) -> UnreadableError:
    """Refuse a file, called `file` in messages, with a byte that is no text in its encoding."""
    name = encoding.upper().removesuffix("-SIG")
    what = say("the text is not {encoding}: byte {byte} cannot be read", encoding=name, byte=f"0x{byte:02x}")
    return unreadable(file, what, "save the file again as UTF-8", line=line)


def not_csv(file: str, reason: Exception, line: int) -> UnreadableError:
    """Refuse a file that Python's reader of CSV breaks off in the row that starts at a line."""
    what = say("this is not a CSV file that can be read ({reason})", reason=heard(str(reason)))
    return unreadable(file, what, "check the quotes from there on", line=line)


def no_encoding(file: str, encoding: str) -> UnreadableError:
    """Refuse a file whose declared encoding nobody knows."""
    what = say("{encoding} is no encoding of text", encoding=quoted(encoding))
    return unreadable(file, what, "use UTF-8 and declare 'utf-8'")


def refusal_of(path: Path, file: str, form: CsvForm) -> UnreadableError:
    """Find out where a large file, of which it is known that it cannot be read, breaks off; it is read line by line."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode(form.codec)
            except UnicodeDecodeError as error:
                return not_in_encoding(file, form.encoding, line[error.start], number)
    start = 1
    with path.open(encoding=form.codec, newline="") as text:
        reader = csv.reader(text, delimiter=form.delimiter, strict=True)
        try:
            for _ in reader:
                start = reader.line_num + 1
        except csv.Error as error:
            return not_csv(file, error, start)
    return not_csv(file, ValueError(form.encoding), start)
