"""Keys are equal where their values are, and told apart where they are not."""

import datetime
import itertools
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nasty_texts import ANYWHERE
from vierdepijler.core.columnar import judging
from vierdepijler.core.columnar.judging import (
    KEY_KINDS,
    UncomparableError,
    cell_bits,
    joined,
    row_bits,
    shared_rows,
    written_once,
)

LONG = [letter * length for letter in "ab\x00" for length in (*range(1, 20), 31, 32, 33, 64)]
NEARLY = ["a\x00", "\x00a", "a\x00\x00", "ab", "ba", "abcdefgh", "abcdefgi", "abcdefgh\x00", "hgfedcba", "é", "e\u0301"]
TEXTS = [None, "", *{*ANYWHERE, *LONG, *NEARLY} - {""}]
CELL = st.none() | st.text("ab\x00é", max_size=20) | st.sampled_from(TEXTS)
WRITTEN: list[tuple[Any, str]] = [
    ("a", "a"),
    ("", ""),
    (True, "true"),
    (False, "false"),
    (0, "0"),
    (-12, "-12"),
    (Decimal("1.50"), "1.5"),
    (Decimal("1E+3"), "1000"),
    (Decimal(1000), "1000"),
    (Decimal("-0.00"), "0"),
    (Decimal("0.000001"), "0.000001"),
    (Decimal("1234567890123456789012345678901.50"), "1234567890123456789012345678901.5"),
    (Decimal("0E+999999999"), "0"),
    (datetime.date(2024, 1, 2), "2024-01-02"),
    (datetime.time(10, 0), "10:00:00"),
    (datetime.datetime(2024, 1, 2, 10, 0), "2024-01-02T10:00:00"),  # noqa: DTZ001 - as a cell has it, without a zone
]


def bits_of(*columns: list[str | None]) -> list[int]:
    bits: list[int] = row_bits([pa.array(column, pa.string()) for column in columns]).tolist()
    return bits


def test_each_text_has_bits_of_its_own() -> None:
    told_apart = [text for text in TEXTS if text is None or "\x00" not in text]  # a NUL counts as no character
    assert len(set(bits_of(told_apart))) == len(told_apart)
    assert len(set(bits_of(["", "\x00", "a", "a\x00", "a\x00\x00", "a" * 8, "a" * 8 + "\x00"]))) == 7


def test_the_bits_of_a_text_do_not_depend_on_its_neighbours() -> None:
    among = dict(zip(TEXTS, bits_of(TEXTS), strict=True))
    assert {text: bits_of([text])[0] for text in TEXTS} == among
    backwards = TEXTS[::-1]
    assert dict(zip(backwards, bits_of(backwards), strict=True)) == among


@pytest.mark.parametrize("length", [1, 7, 8, 9, 15, 16, 17, 40])
def test_texts_of_one_length_have_the_same_bits_as_among_others(length: int) -> None:
    texts: list[str | None] = [letter * length for letter in "abc"]
    texts += ["a" * (length - 1) + "b", "b" + "a" * (length - 1)]
    assert bits_of(texts) == bits_of([*texts, "x" * 50, ""])[:-2]
    assert len(set(bits_of(texts))) == len(set(texts))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12), skipped=st.integers(0, 3))
def test_rows_have_equal_bits_where_their_keys_are_equal(
    rows: list[tuple[str | None, str | None]], skipped: int
) -> None:
    columns = [pa.array(column, pa.string()).slice(skipped) for column in zip(*rows, strict=True)]
    bits = row_bits(columns).tolist()
    for (key, one), (other, two) in itertools.combinations(zip(rows[skipped:], bits, strict=True), 2):
        assert key != other or one == two
        assert key == other or one != two or "x00" in f"{key}{other}", "many rows would be looked at for nothing"


def test_keys_of_two_columns_are_not_the_texts_one_after_the_other() -> None:
    rows = [("a", "b"), ("ab", ""), ("", "ab"), ("b", "a"), ("a", None), (None, "a"), (None, None), ("", "")]
    assert len(set(bits_of(*map(list, zip(*rows, strict=True))))) == len(rows)


def test_nulls_are_equal_to_each_other_whatever_lies_under_them() -> None:
    for places in ([0, 3, 3, 6], [0, 3, 6, 9]):
        ends = pa.py_buffer(np.array(places, np.int32))
        texts = pa.Array.from_buffers(pa.string(), 3, [pa.py_buffer(b"\x04"), ends, pa.py_buffer(b"abcxyzxyz")])
        assert texts.to_pylist() == [None, None, "xyz"]
        assert row_bits([texts]).tolist() == bits_of([None, None, "xyz"])


def test_no_rows_have_no_bits() -> None:
    assert bits_of([]) == []
    assert row_bits([pa.array(["a"], pa.string()).slice(1)]).tolist() == []


@pytest.mark.parametrize("at_once", [1, 3, 1 << 20])
@pytest.mark.parametrize("cut", [0, 2, 7])
def test_rows_that_share_a_key_are_all_found(at_once: int, cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "AT_ONCE", at_once)
    top = 1 << 63
    bits = np.array([top + 5, 1, 2, top + 5, 3, 2, top + 5], np.uint64)
    assert shared_rows([bits[:cut], bits[cut:]]).tolist() == [0, 2, 3, 5, 6]
    assert shared_rows([bits[1:4]]).tolist() == []
    assert shared_rows([bits[:0]]).tolist() == shared_rows([]).tolist() == []


@pytest.mark.parametrize("at_once", [1, 1 << 20])
def test_empty_cells_share_no_key(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "AT_ONCE", at_once)
    texts = pa.array(["a", None, "b", None, "", "a"], pa.string())
    assert shared_rows([cell_bits(texts), cell_bits(texts.slice(1, 2))]).tolist() == [0, 2, 5, 7]
    assert shared_rows([cell_bits(pa.nulls(3, pa.string()))]).tolist() == []


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_a_value_is_written_in_one_way(value: Any, text: str) -> None:
    assert written_once(value) == text


def test_equal_numbers_are_written_alike_and_others_are_not() -> None:
    numbers = [
        1,
        Decimal(1),
        Decimal("1.0"),
        Decimal("1E0"),
        Decimal("1.01"),
        10**30,
        Decimal("1E30"),
        0,
        Decimal("-0"),
    ]
    for one, two in itertools.combinations(numbers, 2):
        assert (one == two) == (written_once(one) == written_once(two))


@pytest.mark.parametrize(
    "value",
    [
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e999999999999999"),
        Decimal("1e-1000"),
        0.5,
        [1],
        {},
        None,
        datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC),
        datetime.time(10, tzinfo=datetime.UTC),
    ],
)
def test_a_value_that_has_no_one_way_to_write_it_is_refused(value: Any) -> None:
    with pytest.raises(UncomparableError):
        written_once(value)


def test_a_key_is_one_text_and_null_where_all_of_it_is() -> None:
    one, two = pa.array(["a", "ab", None, None, "a"]), pa.array(["b", "", "b", None, None])
    keys = joined([one, two]).to_pylist()
    assert [key is None for key in keys] == [False, False, False, True, False]
    assert len(set(keys)) == 5
    assert joined([one.slice(1), two.slice(1)]).to_pylist() == keys[1:]
    assert joined([one]).to_pylist() == one.to_pylist()


@pytest.mark.parametrize("text", ["a\x1fb", "\x1e", "\x1f"])
def test_a_key_with_a_separator_of_ours_in_it_is_refused(text: str) -> None:
    with pytest.raises(UncomparableError):
        joined([pa.array(["a"]), pa.array([text])])
    assert joined([pa.array([text])]).to_pylist() == [text]


def test_whole_and_decimal_numbers_can_be_equal_and_texts_and_numbers_cannot() -> None:
    assert KEY_KINDS["integer"] == KEY_KINDS["number"]
    assert len({KEY_KINDS[kind] for kind in ("string", "integer", "date", "boolean", "year", "datetime", "time")}) == 7
