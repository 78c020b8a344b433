"""The typed values of a column: what Frictionless reads in its cells, in the types of Arrow."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .arrow_texts import NO_TEXT, Mask, as_mask
from .judging import Column, Reader
from .proofs import TRUE

Descriptor = Mapping[str, Any]
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
    column = Column.of(bare, schema, reader, is_key=False)
    present, odd = column.split(texts)
    kind = field.get("type", "string")
    if kind == "number":
        return _numbers(present, odd, reader)
    read = _READ_SURE.get(kind, _as_text)
    sure = read(present if odd is None else pc.if_else(pa.array(odd), NO_TEXT, present), bare)
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


def _as_text(texts: pa.StringArray, _field: Descriptor) -> pa.Array:
    return texts


def _as_date(texts: pa.StringArray, _field: Descriptor) -> pa.Array:
    return pc.cast(texts, pa.date32())


def _as_integer(texts: pa.StringArray, _field: Descriptor) -> pa.Array:
    return pc.cast(texts, pa.int64())


def _as_boolean(texts: pa.StringArray, field: Descriptor) -> pa.Array:
    false = field.get("falseValues")  # a word that is in both lists is false
    true = [word for word in field.get("trueValues", TRUE) if not false or word not in false]
    return pc.if_else(texts.is_valid(), pc.is_in(texts, value_set=pa.array(true, pa.string())), None)


_READ_SURE: Mapping[str, Callable[[pa.StringArray, Descriptor], pa.Array]] = {
    "date": _as_date,
    "integer": _as_integer,
    "year": _as_integer,
    "boolean": _as_boolean,
}


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
