"""What each cell of a column is, asked of Frictionless where it is not sure; and which rows share a key.

The same gives its verdict and its value: where a proof has read the cells of a type, what it read is what they are.
"""

import dataclasses
import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .blocks import NO_LENGTH, NO_TEXT, Mask, as_mask, text_bytes, text_ends
from .patterns import asked_once
from .proofs import TRUE, Proof, everything, proof_of, values_of

Bits = np.ndarray[Any, np.dtype[np.uint64]]
Number = TypeVar("Number", bound=np.generic)
# Types whose equal values are written alike, by the kinds of values that can be equal to each other.
KEY_KINDS: Mapping[str, str] = {
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
NO_KEY = np.uint64(0)  # what no key has for its bits
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
    """Give 64 bits for the key of each row, never `NO_KEY`; null is a value here, as it is for Frictionless."""
    bits = np.full(len(columns[0]), START)
    for column in columns:
        bits = _mixed(bits, _text_bits(column))
    bits |= NO_KEY + 1
    return bits


def cell_bits(texts: pa.StringArray) -> Bits:
    """Give the same for the cells of one column, and `NO_KEY` for those that are empty."""
    bits = row_bits([texts])
    if texts.null_count:
        bits[as_mask(texts.is_null())] = NO_KEY
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


def shared_rows(blocks: Sequence[Bits]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Give the rows of all blocks, counted from 0, whose bits another row has as well.

    They are compared in parts, by their first bits, for the sake of memory; rows without a key are not compared.
    """
    parts = (sum(map(len, blocks)) // AT_ONCE).bit_length()
    shift = np.uint64(8 * WORD - parts)
    twice = np.concatenate([_twice(blocks, np.uint64(part), shift if parts else None) for part in range(1 << parts)])
    found, start = [np.zeros(0, np.int64)], 0
    for bits in blocks if len(twice) else ():
        places = np.minimum(np.searchsorted(twice, bits), len(twice) - 1)
        found.append(np.flatnonzero(twice[places] == bits) + start)
        start += len(bits)
    return np.concatenate(found)


def _twice(blocks: Sequence[Bits], part: np.uint64, shift: np.uint64 | None) -> Bits:
    """Give the bits that stand in more than one row, of those that begin as a part does, in order."""
    chosen = [np.zeros(0, np.uint64)]
    for bits in blocks:
        keys = bits if shift is None else bits[bits >> shift == part]
        chosen.append(keys[keys != NO_KEY])
    ordered = np.concatenate(chosen)
    ordered.sort()
    return once_each(ordered[1:][ordered[1:] == ordered[:-1]])


def once_each(ordered: np.ndarray[Any, np.dtype[Number]]) -> np.ndarray[Any, np.dtype[Number]]:
    """Give each of some numbers in order once; `np.unique` would load `numpy.ma`, longer than a small table takes."""
    return np.concatenate([ordered[:1], ordered[1:][ordered[1:] != ordered[:-1]]])


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


Reader = Callable[[str], tuple[Any, Any]]  # the value of a text, None where it has none; and what is wrong, by name
Descriptor = Mapping[str, Any]
KEPT = 100_000  # verdicts that are remembered of one column


class UnusableFieldError(ValueError):
    """Frictionless itself breaks off at a field or a cell; it is to do so in its own words."""


@dataclass(frozen=True)
class Judged:
    """The cells of a column as its schema sees them.

    `texts` holds each value in the one way to write it where the column is in a key, or else as it stands in the file;
    null where the cell is empty, not there, or not of its type. `wrong` tells which cells have an error.
    """

    texts: pa.StringArray
    wrong: Mask | None


@dataclass(frozen=True)
class Judge:
    """Who judges the cells of a column under its field: by a proof, or else by the reader of Frictionless."""

    field: Descriptor
    missing: pa.StringArray
    is_key: bool
    proof: Proof
    reader: Callable[[], Reader]
    verdicts: dict[str, tuple[str | None, bool]] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, descriptor: Descriptor, schema: Descriptor, reader: Callable[[], Reader], *, is_key: bool) -> "Judge":
        """Appoint the one for a field under its schema; `reader` is asked for only where a cell is not sure."""
        declared = descriptor.get("missingValues", schema.get("missingValues", [""]))
        missing = [entry["value"] if isinstance(entry, dict) else entry for entry in declared]
        proof = proof_of(descriptor, is_key=is_key)
        return cls(descriptor, pa.array(missing, pa.string()), is_key, proof, reader)

    @property
    def is_required(self) -> bool:
        """Whether an empty cell is an error."""
        return bool(self.field.get("constraints", {}).get("required"))

    def judge(self, texts: pa.StringArray) -> Judged:
        """Judge the cells of this column in some rows."""
        present, odd = self.split(texts)
        wrong = as_mask(present.is_null()) if self.is_required and present.null_count else None
        if odd is None:
            return Judged(present, wrong)
        values, bad = self._ask(present.filter(pa.array(odd)))
        if bad.any():
            wrong = np.zeros(len(texts), bool) if wrong is None else wrong
            wrong[odd] = bad
        return Judged(pc.replace_with_mask(present, pa.array(odd), values), wrong)

    def split(self, texts: pa.StringArray) -> tuple[pa.StringArray, Mask | None]:
        """Give the cells that are not empty, null for the others; and which are not sure, or None where all are."""
        present = self.present(texts)
        if self.proof is everything:
            return present, None
        odd = ~asked_once(self.proof, present)
        if present.null_count:
            odd &= as_mask(present.is_valid())
        return present, odd if odd.any() else None

    def present(self, texts: pa.StringArray) -> pa.StringArray:
        """Give the cells that are not empty, null for the others."""
        if len(self.missing) == 1 and self.missing[0].as_py() == "":
            is_missing = pc.equal(pc.binary_length(texts), NO_LENGTH)
        else:
            is_missing = pc.is_in(texts, value_set=self.missing)
        return pc.if_else(is_missing, NO_TEXT, texts) if pc.any(is_missing).as_py() else texts

    def _ask(self, texts: pa.StringArray) -> tuple[pa.StringArray, Mask]:
        """Let the reader judge each distinct text; gives the values as texts, and which texts are wrong."""
        coded = texts.dictionary_encode()
        if len(self.verdicts) > KEPT:
            self.verdicts.clear()
        found = [self._verdict(text) for text in coded.dictionary.to_pylist()]
        values = pa.array([value for value, _ in found], pa.string())
        return values.take(coded.indices), np.array([bad for _, bad in found])[coded.indices.to_numpy()]

    def _verdict(self, text: str) -> tuple[str | None, bool]:
        if text not in self.verdicts:
            try:
                value, notes = self.reader()(text)
            except (TypeError, ValueError, ArithmeticError, re.error) as error:
                raise UnusableFieldError(str(error)) from error
            written = None if value is None else written_once(value) if self.is_key else text
            self.verdicts[text] = (written, bool(notes))
        return self.verdicts[text]


DECIMAL_DIGITS = 38  # what Arrow's decimal128 holds
SIDE = 18  # digits of a number on either side of its point, so that Arrow can hold it beside others
SHORT_DECIMAL = f"^-?[0-9]{{1,{SIDE}}}(?:\\.[0-9]{{1,{SIDE}}})?$"
KINDS: Mapping[str, pa.DataType] = {
    "integer": pa.int64(),
    "year": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def typed_values(
    field: Descriptor, schema: Descriptor, texts: pa.StringArray, reader: Callable[[], Reader]
) -> pa.Array:
    """Give the values of a column, null for a cell that is empty, not there, not of its type, or too large to hold.

    A list or a point on the map stays as it is written: the text is its one notation in CSV.
    """
    bare = {name: value for name, value in field.items() if name != "constraints"}
    judge, kind = Judge.of(bare, schema, reader, is_key=False), field.get("type", "string")
    if read_once := values_of(bare, is_key=False):  # what proves the cells reads them
        sure = read_once(present := judge.present(texts))
        odd = as_mask(pc.and_(present.is_valid(), sure.is_null())) if sure.null_count > present.null_count else None
    else:
        present, odd = judge.split(texts)
        if kind == "number":
            return _numbers(present, odd, reader)
        sure = present if odd is None else pc.if_else(pa.array(odd), NO_TEXT, present)
        sure = _as_boolean(sure, bare) if kind == "boolean" else pc.cast(sure, KINDS.get(kind, pa.string()))
    if odd is None:
        return sure
    return pc.replace_with_mask(sure, pa.array(odd), _asked(present.filter(pa.array(odd)), reader, kind))


def _asked(texts: pa.StringArray, reader: Callable[[], Reader], kind: str) -> pa.Array:
    """Read cells that are not sure, each distinct text once."""
    coded = texts.dictionary_encode()
    words = coded.dictionary.to_pylist()
    read = [reader()(word)[0] for word in words]
    if kind not in KINDS:
        read = [None if value is None else word for value, word in zip(read, words, strict=True)]
    elif pa.types.is_int64(KINDS[kind]):
        read = [value if value is not None and abs(value) < 2**63 else None for value in read]
    return pa.array(read, KINDS.get(kind, pa.string())).take(coded.indices)


def _as_boolean(texts: pa.StringArray, field: Descriptor) -> pa.Array:
    false = field.get("falseValues")  # a word that is in both lists is false
    true = [word for word in field.get("trueValues", TRUE) if not false or word not in false]
    return pc.if_else(texts.is_valid(), pc.is_in(texts, value_set=pa.array(true, pa.string())), None)


def _numbers(texts: pa.StringArray, odd: Mask | None, reader: Callable[[], Reader]) -> pa.Array:
    """Read decimals exactly, all with as many decimals as the longest has."""
    is_short = as_mask(pc.match_substring_regex(texts, SHORT_DECIMAL))
    is_asked = ~is_short & as_mask(texts.is_valid()) if odd is None else odd | (~is_short & as_mask(texts.is_valid()))
    if not is_asked.any():
        return pc.cast(texts, pa.decimal128(DECIMAL_DIGITS, _decimals(texts)))
    sure = pc.if_else(pa.array(is_asked), NO_TEXT, texts)
    coded = texts.filter(pa.array(is_asked)).dictionary_encode()
    asked = [_fitting(reader()(word)[0]) for word in coded.dictionary.to_pylist()]
    scale = max(_decimals(sure), *(-int(value.as_tuple().exponent) for value in asked if value is not None), 0)
    kind = pa.decimal128(DECIMAL_DIGITS, scale)
    return pc.replace_with_mask(pc.cast(sure, kind), pa.array(is_asked), pa.array(asked, kind).take(coded.indices))


def _decimals(texts: pa.StringArray) -> int:
    """Give the most decimals that a text has."""
    point = pc.find_substring(texts, ".")
    behind = pc.subtract(pc.subtract(pc.binary_length(texts), point), 1)
    return int(pc.max(pc.if_else(pc.less(point, 0), 0, behind)).as_py() or 0)


def _fitting(value: Any) -> Decimal | None:
    """Give a number that Arrow can hold beside others, and None for another one."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    return value if value.copy_abs() < 10**SIDE and int(value.as_tuple().exponent) >= -SIDE else None
