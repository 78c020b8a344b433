"""What each cell of a column is: sure, or asked of Frictionless's own reader, once for each distinct text.

The same gives its verdict and its value: where a proof has read the cells of a type, what it read is what they are.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrow import NO_LENGTH, NO_TEXT, Mask, as_mask
from .keys import written_once
from .patterns import asked_once
from .proofs import TRUE, Proof, everything, proof_of, values_of

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
    sure = pc.if_else(pa.array(is_asked), NO_TEXT, texts) if is_asked.any() else texts
    coded = texts.filter(pa.array(is_asked)).dictionary_encode()
    asked = [_fitting(reader()(word)[0]) for word in coded.dictionary.to_pylist()]
    scale = max(_decimals(sure), *(-int(value.as_tuple().exponent) for value in asked if value is not None), 0, 0)
    kind = pa.decimal128(DECIMAL_DIGITS, scale)
    values = pc.cast(sure, kind)
    if not is_asked.any():
        return values
    return pc.replace_with_mask(values, pa.array(is_asked), pa.array(asked, kind).take(coded.indices))


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
