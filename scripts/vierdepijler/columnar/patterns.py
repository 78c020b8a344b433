"""Patterns of a schema for RE2, Arrow's engine, where it is sure to agree with Python's about a text.

Both give a regular expression the same meaning for texts of printable ASCII, as long as it keeps to what both have.
What only one of them knows is refused by the other, except for the few notations that are named here.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

# Notations that both may accept and read differently: a repeat without a lower limit, one that gives nothing back,
# named classes and operations on classes.
READ_DIFFERENTLY = (
    "{,",
    "}+",
    "*+",
    "++",
    "?+",
    "[:",
    "&&",
    "||",
    "--",
    "~~",
    r"\B",  # Python finds it nowhere in an empty text, RE2 does
    r"\Z",
    r"\z",
    r"\C",
    r"\Q",
    "(?U",
    "(?x",
    "(?#",
)
PLAIN_TEXT = r"^[\x20-\x7e]*$"


def shared_pattern(pattern: str) -> str | None:
    """Give the pattern of a field as RE2 must search for it; None where the two engines may differ about it.

    Frictionless matches `^pattern$` from the start of the text, so that in `a|b` the `^` belongs to the first
    alternative alone and the `$` to the last.
    """
    if not pattern.isascii() or any(notation in pattern for notation in READ_DIFFERENTLY):
        return None
    shared = f"^(?:^{pattern}$)"
    try:
        re.compile(f"^{pattern}$")
        pc.match_substring_regex(pa.array([""]), shared)
    except (re.error, pa.ArrowInvalid, OverflowError, RecursionError):
        return None
    return shared
