"""The typed values of a column are those that Frictionless reads, in the types of Arrow."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from field_kinds import KINDS, Kind
from nasty_texts import ANYWHERE
from vierdepijler.core.columnar.judging import typed_values
from vierdepijler.core.columnar.reference import cell_reader
from vierdepijler.core.columnar.verdicts import reader_of

Descriptor = Mapping[str, Any]
ALL_KINDS = {
    f"{number} {kind.type} {kind.more}": kind
    for group in KINDS
    for number, kind in enumerate(group)
    if kind.more.get("format") != "wkt"  # which Frictionless knows only with a package more
}
HELD = 10**18  # what we hold of a number, before its point; and as many decimals


def values_of(field: Descriptor, texts: list[str | None], schema: Descriptor | None = None) -> pa.Array:
    named = {"name": "a", **field}
    return typed_values(named, schema or {}, pa.array(texts, pa.string()), reader_of(schema or {}, named))


def expected(kind: str, text: str, value: Any) -> Any:
    """Say what is held of a value that Frictionless reads in a text."""
    if kind in ("integer", "year"):
        return value if value is not None and abs(value) < 2**63 else None
    if kind == "number":
        fits = isinstance(value, Decimal) and value.is_finite() and value.copy_abs() < HELD
        return value if fits and int(value.as_tuple().exponent) >= -18 else None
    if kind in ("boolean", "date"):
        return value
    return None if value is None else text


@pytest.mark.parametrize("kind", ALL_KINDS.values(), ids=ALL_KINDS.keys())
def test_values_are_those_of_frictionless(kind: Kind) -> None:
    field = {"name": "a", **({"type": kind.type} if kind.type else {}), **kind.more}
    read = cell_reader(field, {})
    texts = sorted({*kind.texts, *ANYWHERE} - {""})
    found = values_of(field, [*texts, ""]).to_pylist()
    assert found == [*(expected(kind.type, text, read(text)[0]) for text in texts), None]


@pytest.mark.parametrize(
    ("field", "texts", "kind"),
    [
        ({"type": "integer"}, ["1", ""], pa.int64()),
        ({"type": "year"}, ["2024", ""], pa.int64()),
        ({"type": "boolean"}, ["true", ""], pa.bool_()),
        ({"type": "date"}, ["2024-01-01", ""], pa.date32()),
        ({"type": "number"}, ["1.25", "1"], pa.decimal128(38, 2)),
        ({"type": "string"}, ["a", ""], pa.string()),
        ({}, ["a", ""], pa.string()),
        ({"type": "list"}, ["a,b", ""], pa.string()),
    ],
)
def test_each_type_has_its_type_in_arrow_whether_cells_are_sure_or_asked(
    field: Descriptor, texts: list[str | None], kind: pa.DataType
) -> None:
    assert values_of(field, texts).type == kind
    assert values_of(field, [*texts, "\x00"]).type == kind
    assert values_of(field, []).type == (pa.decimal128(38, 0) if field.get("type") == "number" else kind)


def test_decimals_are_exact_and_have_as_many_decimals_as_the_longest() -> None:
    found = values_of({"type": "number"}, ["0.1", "123456789012345678.000000000000000001", "1e-3", "", "-2"])
    assert found.type == pa.decimal128(38, 18)
    assert found.to_pylist() == [
        Decimal("0.1"),
        Decimal("123456789012345678.000000000000000001"),
        Decimal("0.001"),
        None,
        Decimal(-2),
    ]


@pytest.mark.parametrize(
    "text", ["NaN", "INF", "-INF", "1e40", "1" * 40, "0." + "0" * 30 + "1", "1e400", "1e999999999999999"]
)
def test_a_number_that_arrow_cannot_hold_is_null_and_the_others_stay(text: str) -> None:
    assert values_of({"type": "number"}, ["1.5", text, "2"]).to_pylist() == [Decimal("1.5"), None, Decimal(2)]


def test_a_whole_number_that_arrow_cannot_hold_is_null() -> None:
    texts: list[str | None] = ["1", str(2**63), str(2**63 - 1), str(-(2**63)), "9" * 30]
    assert values_of({"type": "integer"}, texts).to_pylist() == [1, None, 2**63 - 1, None, None]


def test_missing_and_wrong_cells_are_null() -> None:
    schema = {"missingValues": ["", "-"]}
    assert values_of({"type": "integer"}, ["1", "-", "", None, "x", "+2"], schema).to_pylist() == [
        *(1, None, None),
        *(None, None, 2),
    ]
    assert values_of({}, ["a", "-", "", None], schema).to_pylist() == ["a", None, None, None]


def test_a_value_outside_its_constraints_is_a_value() -> None:
    field = {"type": "integer", "constraints": {"maximum": 5, "enum": ["1"]}}
    assert values_of(field, ["1", "9", "+9"]).to_pylist() == [1, 9, 9]


def test_nobody_is_asked_about_constraints() -> None:
    field = {"name": "a", "type": "integer", "constraints": {"maximum": 5, "required": True}}
    texts = pa.array(["1", "9", "", None], pa.string())
    assert typed_values(field, {}, texts, lambda: pytest.fail("was asked")).to_pylist() == [1, 9, None, None]


def test_words_for_true_and_false_are_those_of_the_field() -> None:
    field = {"type": "boolean", "trueValues": ["ja", "yes"], "falseValues": ["nee"]}
    assert values_of(field, ["ja", "nee", "yes", "", "true"]).to_pylist() == [True, False, True, None, None]
    both = {"type": "boolean", "trueValues": ["ja", "x"], "falseValues": ["x"]}
    assert cell_reader({"name": "a", **both}, {})("x")[0] is False
    assert values_of(both, ["ja", "x"]).to_pylist() == [True, False]
    assert values_of({"type": "boolean"}, ["1", "0", "TRUE"]).to_pylist() == [True, False, True]


def test_each_distinct_odd_text_is_asked_once() -> None:
    asked: list[str] = []

    def read(text: str) -> tuple[Any, Any]:
        asked.append(text)
        return datetime.date(2024, 2, 29), None

    texts = pa.array(["2024-02-29", "29/2", "2024-01-01", "29/2"])
    found = typed_values({"name": "a", "type": "date"}, {}, texts, lambda: read)
    assert found.to_pylist() == [datetime.date(2024, 2, 29)] * 2 + [
        datetime.date(2024, 1, 1),
        datetime.date(2024, 2, 29),
    ]
    assert asked.count("29/2") == 1
