"""Keys: which rows share one, and which keys another table has. Values are compared by the one way to write them.

Rows are told apart by 64 bits made of their keys: equal keys have equal bits, so that no double key is missed; what has
equal bits by chance is looked at by Frictionless, which compares the values themselves.
"""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrow import Mask, text_bytes, text_ends

Bits = np.ndarray[Any, np.dtype[np.uint64]]
# Types whose equal values are written alike, by the kinds of values that can be equal to each other.
KINDS: Mapping[str, str] = {
    "string": "text",
    "any": "text",
    "integer": "number",
    "number": "number",
    "date": "date",
    "year": "year",
    "yearmonth": "yearmonth",
    "boolean": "boolean",
    "datetime": "datetime",
    "time": "time",
}
SEPARATOR, NO_VALUE = "\x1f", "\x1e"
LONGEST = 1000  # digits before the point of a number, or zeros behind it, that we write out
AT_ONCE = 1 << 20  # keys that are compared
WORD = 8  # bytes that are mixed at a time
MULTIPLIER, START = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


class UncomparableError(ValueError):
    """A value in a key that is not even equal to itself, or that cannot be written in one way."""


def written_once(value: Any) -> str:
    """Write a value of a key so that equal values, and no others, are written alike.

    Raises `UncomparableError` for a value of which that cannot be said.
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() if value.is_finite() and (not value or abs(value.adjusted()) < LONGEST):
            return _shortest(value)
        case datetime.datetime() | datetime.time() if value.tzinfo is not None:
            raise UncomparableError(f"{value!r} is another moment in another zone")  # which may be the same one
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            raise UncomparableError(f"{value!r} cannot be compared")


def _shortest(value: Decimal) -> str:
    """Write a number with no more digits than it needs, and with all of these: `normalize` would round it."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def row_bits(columns: Sequence[pa.StringArray]) -> Bits:
    """Give 64 bits for the key of each row; null is a value here, as it is for Frictionless."""
    bits = np.full(len(columns[0]), START)
    for column in columns:
        bits = _mixed(bits, _text_bits(column))
    return bits


def _text_bits(texts: pa.StringArray) -> Bits:
    """Mix each text, eight bytes at a time; those beyond its end count as zero, and its length counts too."""
    ends = text_ends(texts).astype(np.int64)
    lengths = np.diff(ends)
    padded = np.append(text_bytes(texts), np.zeros(WORD, np.uint8))
    longest = int(lengths.max(initial=0))
    bits = lengths.astype(np.uint64)
    if longest and longest == lengths.min() and not texts.null_count:
        for place in range(0, longest, WORD):
            word = np.ndarray(len(bits), np.uint64, padded, place, (longest,))
            bits = _mixed(bits, word & KEPT_BYTES[min(longest - place, WORD)])
        return bits
    words = np.ndarray(len(padded) - WORD + 1, np.uint64, padded, 0, (1,))  # one that starts at each byte
    starts = ends[:-1] - ends[0]
    for place in range(0, longest, WORD):
        rows = np.flatnonzero(lengths > place)
        left = np.minimum(lengths[rows] - place, WORD)
        bits[rows] = _mixed(bits[rows], words[starts[rows] + place] & KEPT_BYTES[left])
    if texts.null_count:
        bits[texts.is_null().to_numpy(zero_copy_only=False)] = START
    return bits


KEPT_BYTES = np.array([(1 << WORD * count) - 1 for count in range(WORD + 1)], np.uint64)


def _mixed(bits: Bits, word: Bits) -> Bits:
    """Spread the bits of a word over all 64; an overflow is meant."""
    mixed = bits ^ word
    mixed *= MULTIPLIER
    mixed ^= mixed >> np.uint64(29)
    return mixed


def shared_rows(blocks: Sequence[tuple[Bits, Mask | None]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Give the rows of all blocks, counted from 0, whose bits another row has as well.

    A mask tells which rows of a block have a key, where not all have one: only these are compared. They are compared
    in parts, by their first bits, for the sake of memory.
    """
    parts = (sum(len(bits) for bits, _ in blocks) // AT_ONCE).bit_length()
    shift = np.uint64(8 * WORD - parts)
    twice = np.concatenate([_twice(blocks, np.uint64(part), shift if parts else None) for part in range(1 << parts)])
    found, start = [np.zeros(0, np.int64)], 0
    for bits, is_key in blocks if len(twice) else ():
        places = np.minimum(np.searchsorted(twice, bits), len(twice) - 1)
        shared = twice[places] == bits
        found.append(np.flatnonzero(shared if is_key is None else shared & is_key) + start)
        start += len(bits)
    return np.concatenate(found)


def _twice(blocks: Sequence[tuple[Bits, Mask | None]], part: np.uint64, shift: np.uint64 | None) -> Bits:
    """Give the bits that stand in more than one row, of those that begin as a part does, in order."""
    chosen = [np.zeros(0, np.uint64)]
    for bits, is_key in blocks:
        keys = bits if is_key is None else bits[is_key]
        chosen.append(keys if shift is None else keys[keys >> shift == part])
    ordered = np.concatenate(chosen)
    ordered.sort()
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def joined(columns: Sequence[pa.StringArray]) -> pa.StringArray:
    """Write the key of each row as one text, null where all of it is empty; raises `UncomparableError` if it cannot."""
    if len(columns) == 1:
        return columns[0]
    for column in columns:
        if any(pc.any(pc.match_substring(column, mark)).as_py() for mark in (SEPARATOR, NO_VALUE)):
            raise UncomparableError("a key with control characters")
    is_empty = np.logical_and.reduce([column.is_null().to_numpy(zero_copy_only=False) for column in columns])
    texts = pc.binary_join_element_wise(*(pc.fill_null(column, NO_VALUE) for column in columns), SEPARATOR)
    return pc.if_else(pa.array(is_empty), None, texts)
