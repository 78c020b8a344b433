"""How the text of a CSV file is laid out: what the reader of CSV passes over, and whether its characters are plain."""

import re

from .tables import Layout

MARK = "\ufeff"
QUOTED_CELL = re.compile(r'"(?:[^"]++|"")*+"')
LINE_ENDS = tuple(map(re.compile, (r"\r\n", r"(?<!\r)\n", r"\r(?!\n)")))
CONTROLS = bytes([*range(10), 11, 12, *range(14, 32), 127])  # all of ASCII's but those that end a line
NOT_PLAIN = re.compile(r"[^\n\r\x20-\x7e\u00c0-\u017f]")


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
    if text.isascii():
        return len(text) == len(text.encode().translate(None, CONTROLS))
    return NOT_PLAIN.search(text) is None
