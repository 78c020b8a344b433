"""Patterns of a schema for RE2, Arrow's engine, where it is sure to agree with Python's about a text.

Both give a regular expression the same meaning for texts of printable ASCII, as long as it keeps to what both have.
What only one of them knows is refused by the other, except for the few notations that are named here.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrow_texts import Mask, as_mask, is_plain

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
SAMPLE, FEW = 1000, 500  # texts that are tried, and how many of them may be different where they are often the same
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
    except (re.error, pa.ArrowInvalid, ValueError, OverflowError, RecursionError):
        return None
    return shared


def matches(texts: pa.StringArray, pattern: str) -> Mask:
    """Tell which texts surely match a shared pattern; codes, which come again and again, are matched once each."""
    if len(texts) <= SAMPLE or pc.count_distinct(texts.slice(0, SAMPLE)).as_py() > FEW:
        return _matches(texts, pattern)
    coded = texts.dictionary_encode()
    matched = np.append(_matches(coded.dictionary, pattern), False)
    found: Mask = matched[pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy()]
    return found


def _matches(texts: pa.StringArray, pattern: str) -> Mask:
    """Tell which texts match and are printable ASCII, of which the engines agree."""
    matched = as_mask(pc.match_substring_regex(texts, pattern))
    return matched if is_plain(texts) else matched & as_mask(pc.match_substring_regex(texts, PLAIN_TEXT))
