"""From a schema and the header of a file comes what is asked of each column, as Frictionless matches them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pytest

from vierdepijler.core.columnar.forms import UnknownFeatureError
from vierdepijler.core.columnar.judging import Reader
from vierdepijler.core.columnar.plans import as_names, fields_of, foreign_keys_of, key_kind, plan_of
from vierdepijler.core.columnar.scanning import ForeignKey, Names, Plan
from vierdepijler.core.columnar.verdicts import reader_of

Descriptor = Mapping[str, Any]
SCHEMA: Descriptor = {
    "fields": [
        {"name": "a", "type": "string"},
        {"name": "b", "type": "integer", "constraints": {"unique": True}},
        {"name": "c", "type": "date"},
    ],
    "primaryKey": ["c", "a"],
    "foreignKeys": [
        {"fields": "a", "reference": {"resource": "other", "fields": "code"}},
        {"fields": ["a", "b"], "reference": {"resource": "", "fields": ["b", "a"]}},
    ],
    "missingValues": ["-"],
}
LABELS = ("a", "b", "c")


def unread(_field: Descriptor) -> Callable[[], Reader]:
    return partial(pytest.fail, "no reader is asked for before there is an odd cell")


def planned(schema: Descriptor, labels: Sequence[str] = LABELS, wanted: Sequence[Names] = ()) -> Plan:
    return plan_of({"name": "table", "schema": schema}, labels, wanted, unread)


def test_the_keys_of_a_schema_have_the_places_of_their_columns() -> None:
    plan = planned(SCHEMA, wanted=[("b",), ("c", "b")])
    assert [judge.field["name"] for judge in plan.judges] == ["a", "b", "c"]
    assert plan.primary == (2, 0)
    assert plan.unique == (1,)
    assert [(key.fields, key.table, key.targets, key.places) for key in plan.leading] == [
        (("a",), "other", ("code",), (0,)),
        (("a", "b"), "table", ("b", "a"), (0, 1)),
    ]
    assert plan.wanted == {("b",): (1,), ("c", "b"): (2, 1)}


def test_columns_in_keys_are_read_as_keys_and_others_are_not() -> None:
    bare: dict[str, Any] = {"fields": [{"name": name} for name in "abcdef"], "primaryKey": "b"}
    bare["fields"][2] = {"name": "c", "constraints": {"unique": True}}
    bare["foreignKeys"] = [{"fields": "d", "reference": {"resource": "x", "fields": "y"}}]
    plan = planned(bare, tuple("abcdef"), [("e",)])
    assert [judge.is_key for judge in plan.judges] == [False, True, True, True, True, False]


def test_columns_have_the_missing_values_of_their_schema() -> None:
    assert [judge.missing.to_pylist() for judge in planned(SCHEMA).judges] == [["-"]] * 3


def test_fields_go_with_columns_by_position() -> None:
    assert [judge.field["name"] for judge in planned(SCHEMA, ("x", "y", "z")).judges] == ["a", "b", "c"]
    resource = {"schema": SCHEMA}
    assert fields_of(resource, ("a",)) == (SCHEMA["fields"][0],)
    assert fields_of(resource, (*LABELS, "d", "e"))[3:] == ({"name": "", "type": "any"},) * 2


def test_a_column_that_the_schema_does_not_know_may_hold_anything() -> None:
    extra = planned(SCHEMA, (*LABELS, "d")).judges[3]
    assert extra.missing.to_pylist() == [""]
    assert not extra.is_key
    assert not extra.is_required


def test_a_key_with_a_field_that_has_no_column_is_passed_over() -> None:
    plan = planned(SCHEMA, ("a", "b"))
    assert plan.primary == ()
    assert [key.places for key in plan.leading] == [(0,), (0, 1)]
    assert planned(SCHEMA, ("a",)).unique == ()
    assert [key.fields for key in planned(SCHEMA, ("a",)).leading] == [("a",)]


def test_a_field_that_other_tables_lead_to_must_be_there() -> None:
    with pytest.raises(UnknownFeatureError):
        planned(SCHEMA, wanted=[("nothing",)])
    with pytest.raises(UnknownFeatureError):
        planned(SCHEMA, ("a", "b"), [("a", "c")])


@pytest.mark.parametrize(
    "change",
    [
        {"fields": []},
        {"fieldsMatch": "subset"},
        {"fieldsMatch": ["equal"]},
        {"fields": [{"name": "a", "type": "string", "format": "wkt"}], "primaryKey": [], "foreignKeys": []},
        {"fields": [{"name": "a", "type": "array"}], "primaryKey": "a", "foreignKeys": []},
        {"fields": [{"name": "a", "type": "number", "floatNumber": True}], "primaryKey": "a", "foreignKeys": []},
        {"fields": [{"name": "a", "type": "list", "constraints": {"unique": True}}], "primaryKey": []},
    ],
)
def test_what_is_not_known_here_is_left_to_frictionless(change: Descriptor) -> None:
    with pytest.raises(UnknownFeatureError):
        planned({**SCHEMA, **change})


def test_lists_outside_keys_are_known() -> None:
    schema = {"fields": [{"name": "a", "type": "array"}], "fieldsMatch": ["exact"]}
    assert plan_of({"name": "table", "schema": schema}, ("a",), (), partial(reader_of, schema)).judges


def test_a_field_of_which_no_reader_can_be_made_is_not_known() -> None:
    schema = {"fields": [{"name": "a", "constraints": {"pattern": "(a"}}]}
    with pytest.raises(UnknownFeatureError):
        plan_of({"name": "table", "schema": schema}, ("a",), (), partial(reader_of, schema))


def test_keys_of_which_is_asked_who_shares_them_are_placed_and_the_others_left_out() -> None:
    schema = {"fields": [{"name": "a"}, {"name": "b"}, {"name": "c", "type": "list"}]}
    asked = (("b", "a"), ("c",), ("nothing",))
    plan = plan_of({"name": "table", "schema": schema}, LABELS, (), partial(reader_of, schema), asked)
    assert plan.alike == ((1, 0),)


def test_the_foreign_keys_of_a_resource_name_the_table_that_they_lead_to() -> None:
    assert foreign_keys_of({"name": "table", "schema": SCHEMA}) == (
        ForeignKey(("a",), "other", ("code",)),
        ForeignKey(("a", "b"), "table", ("b", "a")),
    )
    own = {"fields": "a", "reference": {"fields": "b"}}
    assert foreign_keys_of({"name": "table", "schema": {"foreignKeys": [own]}}) == (
        ForeignKey(("a",), "table", ("b",)),
    )
    assert foreign_keys_of({"name": "table"}) == ()


def test_one_name_may_stand_without_a_list() -> None:
    assert as_names("abc") == ("abc",)
    assert as_names(["a", "b"]) == ("a", "b")


def test_whole_and_other_numbers_can_be_compared_and_texts_and_numbers_cannot() -> None:
    assert key_kind({"type": "integer"}) == key_kind({"type": "number"})
    assert key_kind({"type": "string"}) == key_kind({}) == key_kind({"type": "any"})
    assert key_kind({"type": "string"}) != key_kind({"type": "integer"})
    with pytest.raises(UnknownFeatureError):
        key_kind({"type": "duration"})
