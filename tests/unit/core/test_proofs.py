"""What is proven is right, and what is common is proven. Frictionless's own readers say what is right."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from frictionless import FrictionlessException
from hypothesis import given, settings
from hypothesis import strategies as st

from field_kinds import KINDS, Kind
from nasty_texts import ANYWHERE, PATTERNS
from vierdepijler.core.columnar.blocks import as_mask, text_bytes, text_ends
from vierdepijler.core.columnar.proofs import proof_of
from vierdepijler.core.columnar.reference import cell_reader

Descriptor = Mapping[str, Any]
NO_MISSING = {"missingValues": ["no cell has this text"]}  # so that an empty cell is read as any other
ALL_KINDS = {f"{number} {kind.type} {kind.more}": kind for group in KINDS for number, kind in enumerate(group)}
EVERY_TEXT = sorted({*ANYWHERE, *(text for kind in ALL_KINDS.values() for text in kind.texts)})
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
NEAR_LIMITS = ("9007199254740993", "9007199254740992", "0.1", "0.10000000000000001", "0.30000000000000004", "1e2")


def field_of(kind: str, constraints: Descriptor | None = None, **more: Any) -> dict[str, Any]:
    return {"name": "a", **({"type": kind} if kind else {}), **more, "constraints": dict(constraints or {})}


def proven(field: Descriptor, texts: list[str], *, is_key: bool = False) -> list[bool]:
    found: list[bool] = proof_of(field, is_key=is_key)(pa.array(texts, pa.string())).tolist()
    return found


def bounds_of(kind: Kind) -> Iterator[dict[str, Any]]:
    """Give constraints as a descriptor may have them: some fit their type, and some do not."""
    yield {}
    limits: list[Any] = [kind.good[0], kind.good[-1], *kind.odd[:1]]
    if kind.type in ("integer", "year"):
        limits = [0, 1, -5, 2024, 9007199254740993, 10**20]
    if kind.type == "number":
        limits = [0, 1, 0.1, 0.3, 1.5, -1.5, 9007199254740993, 1e300]
    for name in LIMITS:
        yield from ({name: limit} for limit in limits)
    yield from ({name: length} for name in ("minLength", "maxLength") for length in (0, 1, 2, 5))
    yield {"enum": [*kind.good[:2], *kind.odd[:2]]}
    yield {"enum": [1, 2.5, 0.1, "3", True]}
    if kind.type in ("", "string", "any"):
        yield from ({"pattern": pattern} for pattern in PATTERNS)


@pytest.mark.parametrize("kind", ALL_KINDS.values(), ids=ALL_KINDS.keys())
def test_what_is_proven_is_passed_by_frictionless(kind: Kind) -> None:
    texts = sorted({*EVERY_TEXT, *NEAR_LIMITS})
    for constraints in bounds_of(kind):
        field = field_of(kind.type, constraints, **kind.more)
        try:
            read = cell_reader(field, NO_MISSING)
            read("")
        except (FrictionlessException, TypeError, ValueError, re.error):
            continue  # no such constraint, or no such pattern: this descriptor is refused
        for is_key in (False, True):
            sure = [text for text, is_sure in zip(texts, proven(field, texts, is_key=is_key), strict=True) if is_sure]
            values = [read(text) for text in sure]
            assert [text for text, (value, notes) in zip(sure, values, strict=True) if notes or value is None] == []
            if is_key:
                assert len({value for value, _ in values}) == len(sure), (field, sure)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(texts=st.lists(st.text("0123456789.-+eE_ xNa\x00\n١", max_size=24), min_size=20, max_size=40))
def test_texts_like_numbers_are_proven_only_where_frictionless_reads_them(texts: list[str]) -> None:
    for field in (field_of("integer"), field_of("number"), field_of("year"), field_of("date"), field_of("yearmonth")):
        read = cell_reader(field, NO_MISSING)
        for is_key in (False, True):
            sure = [text for text, known in zip(texts, proven(field, texts, is_key=is_key), strict=True) if known]
            values = {text: read(text) for text in sure}
            assert [text for text, (value, notes) in values.items() if notes or value is None] == []
            if is_key:
                assert len({value for value, _ in values.values()}) == len(values)


@pytest.mark.parametrize("kind", ["integer", "number", "date"])
def test_a_text_is_proven_alike_where_no_other_is_odd(kind: str) -> None:
    read = cell_reader(field_of(kind), NO_MISSING)
    for text in (*EVERY_TEXT, "0000-01-01", "10000-01-01", "-0001-01-01", "1-2", "..", "9" * 400, "0x1F", "1.e5"):
        for is_key in (False, True):
            (is_sure,) = proven(field_of(kind), [text], is_key=is_key)
            assert not is_sure or read(text)[1] is None, text
            assert not is_sure or not is_key or str(read(text)[0]) == text


COMMON: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (field_of("string"), ("", "a", "één\n", "\x00")),
    (field_of(""), ("", "a", "één\n")),
    (field_of("any"), ("", "a", "1")),
    (field_of("string", {"minLength": 1, "maxLength": 3}), ("a", "é€😀")),
    (field_of("string", {"pattern": "[a-z]+[0-9]*"}), ("a", "abc12")),
    (field_of("string", {"enum": ["a", "één"]}), ("a", "één")),
    (field_of("string", {"required": True, "unique": True}), ("a",)),
    (field_of("string", format="email"), ("info@example.nl", "a.b1@mail.example.org")),
    (field_of("string", format="uri"), ("https://example.nl/a/b-c_1.html", "http://example.nl")),
    (field_of("string", format="uuid"), ("123e4567-e89b-12d3-a456-426614174000",)),
    (field_of("integer"), ("0", "1", "-12", "123456789012345678")),
    (field_of("integer", {"minimum": 0, "maximum": 100}), ("0", "100", "50")),
    (field_of("integer", {"exclusiveMinimum": 0, "exclusiveMaximum": 100}), ("1", "99")),
    (field_of("number"), ("0", "1", "-12.5", "86.3", "0.001", "123456789.123456789")),
    (field_of("number", {"minimum": 0, "maximum": 99.5}), ("0", "0.1", "99.5")),
    (field_of("number", {"exclusiveMinimum": 0, "exclusiveMaximum": 100}), ("0.1", "99.9")),
    (field_of("date"), ("2025-02-25", "1950-12-01")),
    (field_of("date", {"minimum": "2000-01-01", "maximum": "2025-12-28"}), ("2000-01-01", "2025-12-28")),
    (field_of("year"), ("1999", "2024")),
    (field_of("yearmonth"), ("2024-01", "1999-12")),
    (field_of("time"), ("00:00:00", "23:59:59")),
    (field_of("datetime"), ("2024-01-01T10:00:00",)),
)
NO_KEYS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (field_of("boolean"), ("true", "false", "True", "0", "1")),
    (field_of("boolean", trueValues=["ja"], falseValues=["nee"]), ("ja", "nee")),
    (field_of("integer"), ("007", "-0")),
    (field_of("number"), ("1.50", "007", "0.0")),
)


@pytest.mark.parametrize(("field", "texts"), [*COMMON, *NO_KEYS])
def test_common_notations_are_proven(field: dict[str, Any], texts: tuple[str, ...]) -> None:
    assert [text for text, is_sure in zip(texts, proven(field, list(texts)), strict=True) if not is_sure] == []


@pytest.mark.parametrize(("field", "texts"), COMMON)
def test_common_notations_are_proven_in_keys(field: dict[str, Any], texts: tuple[str, ...]) -> None:
    assert proven(field, list(texts), is_key=True) == [True] * len(texts)


@pytest.mark.parametrize(("field", "texts"), COMMON)
def test_common_notations_are_proven_among_odd_ones(field: dict[str, Any], texts: tuple[str, ...]) -> None:
    among = [*texts, "007", "x y", "1e5", "\n", "é", "0x1F", "nan", "9" * 400]
    assert proven(field, among)[: len(texts)] == [True] * len(texts)


@pytest.mark.parametrize(("field", "texts"), NO_KEYS)
def test_what_can_be_written_in_two_ways_is_not_sure_in_a_key(field: dict[str, Any], texts: tuple[str, ...]) -> None:
    assert not any(proven(field, list(texts), is_key=True))


@pytest.mark.parametrize(
    "field",
    [
        field_of("integer", bareNumber=False),
        field_of("number", decimalChar=","),
        field_of("number", groupChar="."),
        field_of("number", floatNumber=True),
        field_of("date", format="%Y"),
        field_of("date", {"minimum": "20250101"}),
        field_of("number", {"maximum": 0.1234567890123456}),
        field_of("integer", {"maximum": 10**30}),
        field_of("year", {"maximum": 2000}),
        field_of("duration"),
        field_of("unheard-of"),
    ],
)
def test_what_is_not_common_is_left_to_frictionless(field: dict[str, Any]) -> None:
    assert not any(proven(field, ["1", "2025", "2025-01-01", "P1D", "a"]))


def test_a_number_that_rounding_may_have_brought_upon_its_limit_is_not_sure() -> None:
    field = field_of("number", {"maximum": 0.3})
    assert proven(field, ["0.3", "0.30000000000000001", "0.29"]) == [True, False, True]


def test_nulls_and_slices_are_taken_as_they_are() -> None:
    texts = pa.array(["x", "1", None, "y", "2"], pa.string()).slice(1)
    found = proof_of(field_of("integer"), is_key=False)(texts)
    assert found[[0, 2, 3]].tolist() == [True, False, True]
    assert text_bytes(texts).tobytes() == b"1y2"
    assert np.diff(text_ends(texts)).tolist() == [1, 0, 1, 1]
    assert text_ends(texts.slice(4)).tolist() == [0]
    assert as_mask(pa.array([True, None, False])).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("text", "is_sure", "is_sure_in_key"),
    [
        ("2024-02-29T10:00:00", True, True),
        ("2024-02-29T10:00:00Z", True, False),
        ("2023-02-29T10:00:00Z", False, False),
        ("2024-13-01T10:00:00", False, False),
        ("2024-01-01T24:00:00", False, False),
        ("0000-01-01T10:00:00", False, False),
        ("2024-01-01 10:00:00", False, False),
    ],
)
def test_a_moment_is_sure_on_a_day_that_there_is(text: str, is_sure: object, is_sure_in_key: object) -> None:
    field = {"name": "a", "type": "datetime"}
    texts = pa.array([text, "2024-01-28T10:00:00"])
    found = [proof_of(field, is_key=is_key)(texts).tolist() for is_key in (False, True)]
    assert found == [[is_sure, True], [is_sure_in_key, True]]
    value, notes = cell_reader(field, {})(text)
    assert not is_sure or (value is not None and not notes)
