"""Quick proofs that the cells of a column fit their field, in Arrow; what they do not prove may still be right.

A proof never passes a cell that Frictionless would not pass. It may leave out one that it would: such a cell is asked
of Frictionless itself (`judging`). So a proof knows the common notations of each type, and no others.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .blocks import NO_DAY, NO_TEXT, Mask, as_mask, text_bytes
from .patterns import matches, shared_pattern

Proof = Callable[[pa.StringArray], Mask]  # true for each cell that surely fits; what it says of a null means nothing
Descriptor = Mapping[str, Any]

DAY = "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"  # the days that every month has
ANY_DAY = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
NOTATIONS: Mapping[tuple[str, str], str] = {
    ("year", "default"): "^[0-9]{4}$",
    ("yearmonth", "default"): "^[0-9]{4}-(?:0[1-9]|1[0-2])$",
    ("time", "default"): f"^{CLOCK}$",
    ("string", "uuid"): "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    ("string", "email"): r"^[a-z0-9]{1,30}(?:\.[a-z0-9]{1,30})?@[a-z0-9]{1,30}(?:\.[a-z0-9]{1,20}){0,2}\.[a-z]{2,6}$",
    ("string", "uri"): r"^https?://[a-z0-9]{1,30}(?:\.[a-z0-9]{1,30}){0,4}(?:/[A-Za-z0-9._~-]*)*$",
}
WHOLE, PADDED = "^(?:0|-?[1-9][0-9]{0,17})$", "^-?[0-9]{1,18}$"
DECIMAL = r"^-?[0-9]{1,300}(?:\.[0-9]{1,300})?$"
SHORTEST_DECIMAL = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
EXACT = 15  # digits: a decimal of no more is told from every other one by its double
LONGEST_KEY = 300  # characters of a decimal that is compared by its text
SLICE = 4000  # cells that are read carefully for the sake of one of them
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
OWN_NOTATION = ("bareNumber", "decimalChar", "groupChar", "floatNumber")
COMPARED: Mapping[str, Callable[[Any, Any], pa.BooleanArray]] = {
    "minimum": pc.greater_equal,
    "maximum": pc.less_equal,
    "exclusiveMinimum": pc.greater,
    "exclusiveMaximum": pc.less,
}
LOWER = frozenset({"minimum", "exclusiveMinimum"})
LENGTHS = {"minLength": pc.greater_equal, "maxLength": pc.less_equal}


def proof_of(field: Descriptor, *, is_key: bool) -> Proof:
    """Give the proof for the cells of a field: of its type, its format and its constraints.

    In a key, only a text that is the one way to write its value is sure, so that texts can be compared for values.
    """
    kind, form = field.get("type", "string"), field.get("format", "default")
    constraints = field.get("constraints", {})
    if any(name in field for name in OWN_NOTATION):
        return _nothing
    if values := values_of(field, is_key=is_key):
        return _with_values(values, constraints, _LIMITS[kind])
    if kind == "number" and form == "default":
        return _with_values(_decimals(is_key=is_key), constraints, _limit_of_number, _are_exact)
    if kind == "boolean" and not is_key and "enum" not in constraints:
        return _any_of([*field.get("trueValues", TRUE), *field.get("falseValues", FALSE)])
    if kind == "any" and "enum" not in constraints:
        return everything
    if kind == "string":
        return _all_of([_form_of_string(form), *_text_proofs(constraints)])
    if any(name in constraints for name in (*COMPARED, "enum")):
        return _nothing
    return _in_notation(kind, form, is_key=is_key)


def _in_notation(kind: str, form: str, *, is_key: bool) -> Proof:
    if (kind, form) == ("datetime", "default"):
        zone = "" if is_key else "Z?"  # a moment in one zone may be the same as one in another
        return _all_of([_like(f"^{ANY_DAY}T{CLOCK}{zone}$"), _begins_with_day])
    if is_key and kind == "year":
        return _like("^[1-9][0-9]{3}$")  # 0012 is the year that " 12 " is
    return _like(NOTATIONS[kind, form]) if (kind, form) in NOTATIONS else _nothing


def values_of(field: Descriptor, *, is_key: bool) -> "Values | None":
    """Give who reads the cells of a type that Arrow has too, in its plain notation; None for other fields."""
    if any(name in field for name in OWN_NOTATION) or field.get("format", "default") != "default":
        return None
    return {"integer": _whole_numbers(is_key=is_key), "date": _dates}.get(field.get("type", "string"))


TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
Values = Callable[[pa.StringArray], pa.Array]  # the values of the cells, null where the text is not surely one


def _nothing(texts: pa.StringArray) -> Mask:
    return np.zeros(len(texts), bool)


def everything(texts: pa.StringArray) -> Mask:
    """Be sure of any text."""
    return np.ones(len(texts), bool)


def _like(pattern: str) -> Proof:
    return lambda texts: as_mask(pc.match_substring_regex(texts, pattern))


def _any_of(words: Sequence[str]) -> Proof:
    known = pa.array(words, pa.string())
    return lambda texts: as_mask(pc.is_in(texts, value_set=known))


def _all_of(proofs: Sequence[Proof]) -> Proof:
    """Combine proofs; one of everything adds nothing."""
    asked = [proof for proof in proofs if proof is not everything]

    def proof(texts: pa.StringArray) -> Mask:
        sure: Mask = np.logical_and.reduce([proof(texts) for proof in asked])
        return sure

    return proof if asked else everything


def _form_of_string(form: str) -> Proof:
    if form == "default":
        return everything
    return _like(NOTATIONS["string", form]) if ("string", form) in NOTATIONS else _nothing


def _text_proofs(constraints: Descriptor) -> list[Proof]:
    proofs = [_lengths(name, constraints[name]) for name in LENGTHS if name in constraints]
    if "pattern" in constraints:
        shared = shared_pattern(constraints["pattern"])
        proofs.append(_nothing if shared is None else partial(matches, pattern=shared))
    if "enum" in constraints:
        proofs.append(_any_of([word for word in constraints["enum"] if isinstance(word, str)]))
    return proofs


def _lengths(name: str, limit: int) -> Proof:
    return lambda texts: as_mask(LENGTHS[name](pc.utf8_length(texts), limit))


def _with_values(
    values_of: Values,
    constraints: Descriptor,
    limit_of: Callable[[Any], Any],
    are_exact: Callable[[pa.StringArray], Mask | bool] = lambda _: True,
) -> Proof:
    """Prove that texts are values, and that these keep to their limits.

    Where a value is not exactly that of its text, rounding may have brought it upon the limit: it must keep clear.
    """
    limits = {name: limit_of(constraints[name]) for name in COMPARED if name in constraints}
    if any(limit is None for limit in limits.values()):
        return _nothing
    words = [str(word) for word in constraints.get("enum", ()) if isinstance(word, str | int | float)]

    def proof(texts: pa.StringArray) -> Mask:
        values = values_of(texts)
        sure: Mask = values.is_valid().to_numpy(zero_copy_only=False)
        for name, limit in () if _are_within(values, limits) else limits.items():
            on_limit = as_mask(pc.equal(values, limit))
            sure = sure & as_mask(COMPARED[name](values, limit)) & (~on_limit | are_exact(texts))
        return sure & _any_of(words)(texts) if "enum" in constraints else sure

    return proof


def _are_within(values: pa.Array, limits: Mapping[str, pa.Scalar]) -> bool:
    """Tell whether all values are well within their limits, as the lowest and the highest of them show."""
    found = pc.min_max(values).as_py() if limits else {"min": None}
    if found["min"] is None:
        return True
    ends = ((found["min" if name in LOWER else "max"], limit.as_py()) for name, limit in limits.items())
    return all(end > limit if name in LOWER else end < limit for name, (end, limit) in zip(limits, ends, strict=True))


def _in_slices(texts: pa.StringArray, quick: Callable[[pa.StringArray], pa.Array | None], careful: Values) -> pa.Array:
    """Read texts quickly, or, where one of them forbids it, the slice with that one carefully."""
    values = quick(texts)
    if values is not None:
        return values
    if len(texts) <= SLICE:
        return careful(texts)
    starts = range(0, len(texts), SLICE)
    return pa.concat_arrays([_in_slices(texts.slice(start, SLICE), quick, careful) for start in starts])


def _whole_numbers(*, is_key: bool) -> Values:
    def quick(texts: pa.StringArray) -> pa.Array | None:
        values = _cast(texts, pa.int64())
        if values is None:
            return None
        is_same = pc.equal(pc.cast(values, pa.string()), texts)  # Arrow reads 0x1F and 007 too
        return values if pc.all(is_same, skip_nulls=True).as_py() is not False else None

    def careful(texts: pa.StringArray) -> pa.Array:
        return pc.cast(_only(texts, WHOLE if is_key else PADDED), pa.int64())

    return partial(_in_slices, quick=quick, careful=careful)


def _decimals(*, is_key: bool) -> Values:
    def quick(texts: pa.StringArray) -> pa.Array | None:
        is_plain = not text_bytes(texts).tobytes().translate(None, b"0123456789.-")  # no 1e5, and no nan
        values = _cast(texts, pa.float64()) if is_plain else None
        return values if values is None else pc.if_else(pc.is_finite(values), values, None)

    def careful(texts: pa.StringArray) -> pa.Array:
        return pc.cast(_only(texts, DECIMAL), pa.float64())

    def values_of(texts: pa.StringArray) -> pa.Array:
        values = _in_slices(texts, quick, careful)
        if not is_key:
            return values
        is_short = pc.less_equal(pc.binary_length(texts), LONGEST_KEY)
        is_one_way = pc.and_(pc.match_substring_regex(texts, SHORTEST_DECIMAL), is_short)
        return pc.if_else(is_one_way, values, None)

    return values_of


def _are_exact(texts: pa.StringArray) -> Mask:
    return as_mask(pc.less_equal(pc.binary_length(texts), EXACT))


def _dates(texts: pa.StringArray) -> pa.Array:
    values = _in_slices(
        texts, partial(_cast, kind=pa.date32()), lambda part: pc.cast(_only(part, f"^{DAY}$"), pa.date32())
    )
    return pc.if_else(pc.greater_equal(values, _first_day()), values, NO_DAY)


def _begins_with_day(texts: pa.StringArray) -> Mask:
    return as_mask(_dates(pc.utf8_slice_codeunits(texts, 0, len("2025-02-25"))).is_valid())


@cache
def _first_day() -> pa.Scalar:
    return pa.scalar(datetime.date.min)


def _cast(texts: pa.StringArray, kind: pa.DataType) -> pa.Array | None:
    """Read texts as values; None where Arrow refuses one."""
    try:
        return pc.cast(texts, kind)
    except pa.ArrowInvalid:
        return None


def _only(texts: pa.StringArray, pattern: str) -> pa.StringArray:
    return pc.if_else(pc.match_substring_regex(texts, pattern), texts, NO_TEXT)


def _limit_of_integer(limit: Any) -> pa.Scalar | None:
    is_whole = isinstance(limit, int) and not isinstance(limit, bool) and abs(limit) < 2**63
    return pa.scalar(limit, pa.int64()) if is_whole else None


def _limit_of_number(limit: Any) -> pa.Scalar | None:
    is_exact = isinstance(limit, int | float) and not isinstance(limit, bool) and len(str(limit)) <= EXACT
    return pa.scalar(float(limit), pa.float64()) if is_exact and "e" not in str(limit) else None


def _limit_of_date(limit: Any) -> pa.Scalar | None:
    try:
        return pa.scalar(datetime.date.fromisoformat(limit)) if DATE.fullmatch(limit) else None
    except (TypeError, ValueError):
        return None


_LIMITS: Mapping[str, Callable[[Any], pa.Scalar | None]] = {"integer": _limit_of_integer, "date": _limit_of_date}
