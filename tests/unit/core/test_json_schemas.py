import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from conftest import PROJECT
from fresh_process import run_code
from vierdepijler.descriptors import SHAPE
from vierdepijler.json_schemas import errors_of, surely_fits
from vierdepijler.rules.properties import PROFILE

OURS = json.loads((PROJECT / "datapackage.json").read_text("utf-8"))
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (SHAPE, PROFILE)}
PLAIN = [None, True, False, 0, 1, -1, 1.0, 2.5, "", "a", "string", "month", "CC0-1.0", "../x"]
VALUES = [*PLAIN, [], ["a"], ["a", "a"], [1], [1, "a"], {}, {"a": "a"}, {"a": 1}, {"ab": 1}, {"b": 1}, {"b": "a"}]
SCALARS = st.sampled_from(PLAIN)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner)
)


def places(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List every place in a value, by the steps that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [steps, *(place for step, part in inner for place in places(part, (*steps, step)))]


def changed(value: Any, steps: tuple[Any, ...], other: Any, name: str) -> Any:
    """Copy a value with another in one place; with a `name`, the other comes beside what is there."""
    if not steps:
        return {**value, name: other} if name and isinstance(value, dict) else other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[steps[0]] = changed(value[steps[0]], steps[1:], other, name)
    return copy


# Of each kind of table one is enough to change, so that a test is quick.
SMALL = {**OURS, "resources": [OURS["resources"][number] for number in (0, 3, 7)]}
PLACES = places(SMALL)
NAMES = ["", "name", "type", "title", "categories", "missingValues", "expectations", "schema", "step", "unheard-of"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_our_own_descriptor_is_proven_to_fit(name: str) -> None:
    assert surely_fits(OURS, SCHEMAS[name], SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=150, deadline=None)
@given(steps=st.sampled_from(PLACES), other=JSON, added=st.sampled_from(NAMES))
def test_nothing_is_proven_that_does_not_fit(name: str, steps: tuple[Any, ...], other: Any, added: str) -> None:
    spoilt = changed(SMALL, steps, other, added)
    if surely_fits(spoilt, SCHEMAS[name], SCHEMAS[name]):
        assert Draft7Validator(SCHEMAS[name]).is_valid(spoilt), (steps, other, added)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer"},
        {"type": ["integer", "null"]},
        {"type": "number", "minimum": 1},
        {"minimum": 1},
        {"enum": [1, "a"]},
        {"const": True},
        {"const": 1},
        {"required": ["a"]},
        {"properties": {"a": {"type": "string"}}, "additionalProperties": False},
        {"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
        {"items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        {"items": [{"type": "string"}]},
        {"minLength": 1, "maxLength": 4, "pattern": "^[a-m]"},
        {"minProperties": 1},
        {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "number"}, {"enum": ["a", True]}]},
        {"oneOf": [{"type": "string"}, {"enum": ["a"]}]},
        {"anyOf": [{"required": ["a"]}, {"type": "array"}]},
        {"allOf": [{"type": "string"}, {"minLength": 1}]},
        {"if": {"type": "string"}, "then": {"minLength": 1}},
        {"if": {"type": "string"}, "else": {"type": "object"}},
        {"not": {"type": "string"}},
        {"$ref": "#/definitions/a", "type": "null", "definitions": {"a": {"type": "string"}}},
        {"$ref": "elsewhere.json"},
        {"properties": {"a": False}},
    ],
    ids=json.dumps,
)
def test_each_keyword_proves_no_more_than_it_means(schema: dict[str, Any]) -> None:
    proven = [value for value in VALUES if surely_fits(value, schema, schema)]
    assert [value for value in proven if not Draft7Validator(schema).is_valid(value)] == []


def test_what_is_not_proven_is_told_as_jsonschema_tells_it() -> None:
    spoilt = {**OURS, "resources": [{"name": 5}], "languages": []}
    told = [error.message for error in errors_of(SCHEMAS[SHAPE.name], spoilt)]
    assert told == [error.message for error in Draft7Validator(SCHEMAS[SHAPE.name]).iter_errors(spoilt)]
    assert len(told) == 3


def test_a_value_that_cannot_be_proven_may_fit_all_the_same() -> None:
    assert not surely_fits(1.0, {"type": "integer"}, {})
    assert list(errors_of({"type": "integer"}, 1.0)) == []


def test_jsonschema_is_loaded_for_a_value_that_may_be_wrong_and_no_other() -> None:
    code = "from vierdepijler.json_schemas import errors_of\nlist(errors_of({'type': 'string'}, %s))"
    assert "jsonschema" not in run_code(code % "'a'").loaded
    assert "jsonschema" in run_code(code % "1").loaded


@pytest.mark.parametrize(
    ("items", "is_proven"),
    [
        ([["a", "b"], ["a", "c"]], True),
        ([["a", "b"], ["a", "b"]], False),
        ([["a"], "a"], True),
        (["a", "a"], False),
        ([["a"], [["a"]]], False),
        ([["a"], {"a": 1}], False),
    ],
)
def test_lists_of_texts_are_proven_to_differ(items: list[Any], *, is_proven: bool) -> None:
    schema = {"type": "array", "uniqueItems": True}
    assert surely_fits(items, schema, schema) is is_proven
    assert Draft7Validator(schema).is_valid(items) >= is_proven
