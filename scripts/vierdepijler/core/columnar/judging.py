"""What each cell of a column is: sure, or judged by Frictionless's own reader, once for each distinct text."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrow_texts import NO_LENGTH, NO_TEXT, Mask, as_mask
from .keys import written_once
from .proofs import Proof, proof_of

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
class Column:
    """A column under its field: how to prove its cells, and whom to ask about the others."""

    field: Descriptor
    missing: pa.StringArray
    is_key: bool
    proof: Proof
    reader: Callable[[], Reader]
    verdicts: dict[str, tuple[str | None, bool]] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, descriptor: Descriptor, schema: Descriptor, reader: Callable[[], Reader], *, is_key: bool) -> "Column":
        """Make the column of a field under its schema; `reader` is asked for only where a cell is not sure."""
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
        present = self._without_missing(texts)
        odd = ~self.proof(present)
        if present.null_count:
            odd &= as_mask(present.is_valid())
        return present, odd if odd.any() else None

    def _without_missing(self, texts: pa.StringArray) -> pa.StringArray:
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
