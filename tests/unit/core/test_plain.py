"""A schema that is called plain is accepted by Frictionless; and the schemas of this project are plain."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import FrictionlessException
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import MINIATURE, PROJECT
from vierdepijler.core.columnar.plans import CONSTRAINTS, is_plain
from vierdepijler.core.columnar.reference import limits_without_value, opened
from vierdepijler.core.reading import read_package

OURS = read_package(PROJECT / "datapackage.json").descriptor
SMALL = json.loads((MINIATURE / "datapackage.json").read_text("utf-8"))
GOOD: dict[str, Any] = {
    "resources": [
        {
            "name": "one",
            "path": "one.csv",
            "schema": {
                "fields": [
                    {"name": "a", "type": "string", "constraints": {"minLength": 1, "pattern": "[a-z]+"}},
                    {"name": "b", "type": "integer", "constraints": {"minimum": 0, "required": True}},
                    {"name": "c", "type": "number", "constraints": {"maximum": 1.5, "unique": True}},
                    {"name": "d", "type": "date", "constraints": {"minimum": "2024-01-01"}, "title": "Day"},
                    {"name": "e", "type": "year", "constraints": {"exclusiveMaximum": 2024}},
                    {"name": "f", "constraints": {"enum": ["x", "y"]}, "missingValues": ["-"]},
                    {"name": "g", "type": "boolean"},
                    {"name": "h", "type": "any", "format": "default"},
                    {"name": "i", "type": "datetime", "constraints": {"required": True}},
                    {"name": "j", "type": "time", "constraints": {"unique": True}},
                    {"name": "k", "type": "yearmonth"},
                ],
                "primaryKey": ["a", "b"],
                "foreignKeys": [
                    {"fields": "f", "reference": {"resource": "two", "fields": "code"}},
                    {"fields": ["b"], "reference": {"resource": "", "fields": ["b"]}},
                ],
                "missingValues": ["", "-"],
            },
        },
        {"name": "two", "path": "two.csv", "schema": {"fields": [{"name": "code"}], "primaryKey": "code"}},
    ]
}
KINDS = [*CONSTRAINTS, "array", "object", "duration", "geopoint", "unheard-of", ""]
NAMES = ["a", "b", "code", "nothing", "one", "two", ""]
SCALARS: list[Any] = [None, True, False, 0, 1, -1, 2.5, 10**400, "x", "[", "(?P<a>", "2024-01-01", "2024-02-30"]
VALUES = [*SCALARS, *KINDS, *NAMES, [], {}, ["a"], ["a", "a"], ["nothing"], [1], [None], {"a": 1}, ["2024-01-01"], [[]]]
ADDED = [
    *("type", "format", "name", "title", "constraints", "missingValues", "primaryKey", "foreignKeys", "fieldsMatch"),
    *("required", "unique", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "pattern", "enum"),
    *(
        "fields",
        "reference",
        "resource",
        "example",
        "bareNumber",
        "decimalChar",
        "groupChar",
        "trueValues",
        "jsonSchema",
    ),
    *("floatNumber", "rdfType", "uniqueKeys", "description", "$schema", "categories", "arrayItem", "unheardOf"),
]


def places(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List every place in a value, by the steps that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [steps, *(place for step, part in inner for place in places(part, (*steps, step)))]


PLACES = [steps for steps in places(GOOD) if "schema" in steps]


def changed(steps: tuple[Any, ...], other: Any, added: str) -> dict[str, Any]:
    """Copy the good descriptor with another value in one place, or beside what is there."""
    spoilt = copy.deepcopy(GOOD)
    value: Any = spoilt
    for step in steps[:-1]:
        value = value[step]
    if added and isinstance(value[steps[-1]], dict):
        value[steps[-1]][added] = other
    else:
        value[steps[-1]] = other
    return spoilt


def all_plain(descriptor: dict[str, Any]) -> bool:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    return all(is_plain(resource, resources) for resource in resources.values())


def is_accepted(descriptor: dict[str, Any], root: Path) -> bool:
    """Tell whether Frictionless accepts a descriptor, and can read a cell of each field."""
    try:
        opened(descriptor, root)
        return not any(limits_without_value(resource["schema"]) for resource in descriptor["resources"])
    except FrictionlessException:
        return False


@settings(max_examples=250, deadline=None, derandomize=True)
@given(steps=st.sampled_from(PLACES), other=st.sampled_from(VALUES), added=st.sampled_from(["", *ADDED]))
def test_what_is_plain_is_accepted_by_frictionless(steps: tuple[Any, ...], other: Any, added: str) -> None:
    spoilt = changed(steps, other, added)
    if all_plain(spoilt):
        assert is_accepted(spoilt, MINIATURE), (steps, other, added)


@pytest.mark.parametrize("descriptor", [OURS, SMALL, GOOD], ids=["ours", "the miniature", "one of each kind"])
def test_common_schemas_are_plain(descriptor: dict[str, Any]) -> None:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    assert [name for name, resource in resources.items() if not is_plain(resource, resources)] == []


FIELDS = ("resources", 0, "schema", "fields")


@pytest.mark.parametrize(
    ("steps", "other"),
    [
        ((*FIELDS, 0, "constraints", "pattern"), "["),
        ((*FIELDS, 0, "constraints", "pattern"), 5),
        ((*FIELDS, 0, "constraints", "minLength"), "1"),
        ((*FIELDS, 0, "constraints"), {"minimum": "a"}),
        ((*FIELDS, 1, "constraints", "minimum"), "0"),
        ((*FIELDS, 1, "constraints", "minimum"), 0.5),
        ((*FIELDS, 1, "constraints", "minimum"), True),
        ((*FIELDS, 1, "constraints", "required"), "yes"),
        ((*FIELDS, 2, "constraints", "maximum"), "1.5"),
        ((*FIELDS, 3, "constraints", "minimum"), "2024-02-30"),
        ((*FIELDS, 3, "constraints", "minimum"), "20240101"),
        ((*FIELDS, 4, "constraints", "exclusiveMaximum"), 10_000),
        ((*FIELDS, 5, "constraints", "enum"), []),
        ((*FIELDS, 5, "type"), ["string"]),
        ((*FIELDS, 5, "missingValues"), "-"),
        ((*FIELDS, 5), "f"),
        ((*FIELDS, 0, "type"), "unheard-of"),
        ((*FIELDS, 6, "name"), ""),
        ((*FIELDS, 6, "name"), "h"),
        (FIELDS, []),
        ((*FIELDS, 3, "title"), ["Day"]),
        (("resources", 0, "schema", "primaryKey"), ["nothing"]),
        (("resources", 0, "schema", "missingValues"), [None]),
        (("resources", 0, "schema", "foreignKeys", 0, "fields"), "nothing"),
        (("resources", 0, "schema", "foreignKeys", 0, "fields"), ["f", "a"]),
        (("resources", 0, "schema", "foreignKeys", 0, "reference", "fields"), "nothing"),
        (("resources", 0, "schema", "foreignKeys", 0, "reference", "resource"), "nowhere"),
        (("resources", 0, "schema", "foreignKeys", 1, "reference", "resource"), None),
        (("resources", 0, "schema", "foreignKeys", 0, "reference"), {}),
        (("resources", 0, "schema", "foreignKeys", 0, "fields"), None),
        (("resources", 0, "schema", "foreignKeys"), None),
        (("resources", 0, "schema", "primaryKey"), None),
        (("resources", 0, "schema"), "schema.json"),
    ],
)
def test_a_schema_with_a_mistake_in_it_is_not_plain(steps: tuple[Any, ...], other: Any) -> None:
    assert not all_plain(changed(steps, other, ""))


@pytest.mark.parametrize("added", ["$schema", "title"])
def test_words_about_a_schema_are_texts(added: str) -> None:
    assert all_plain(changed(FIELDS[:-1], "x", added))
    assert not all_plain(changed(FIELDS[:-1], 5, added))


@pytest.mark.parametrize("added", ["name", "type"])
def test_a_schema_with_a_name_or_a_type_is_left_to_frictionless(added: str) -> None:
    assert not all_plain(changed(FIELDS[:-1], "x", added))


@pytest.mark.parametrize("added", ["example", "required", "bareNumber", "decimalChar", "groupChar", "trueValues"])
def test_a_property_that_changes_how_cells_are_read_is_not_plain(added: str) -> None:
    assert not all_plain(changed((*FIELDS, 1), "x", added))
    assert all_plain(changed((*FIELDS, 1), "x", "unheardOf"))
