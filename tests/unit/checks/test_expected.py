from pathlib import Path
from typing import Any

import pytest

from rule_checks import caught_by, package_of, table
from vierdepijler.checks.rules.expectations import EXPECTATIONS


@pytest.mark.parametrize(
    ("expectation", "what"),
    [
        ({"kind": "totaal", "field": "v"}, "there is no expectation of the kind 'totaal'"),
        ({"field": "v"}, "there is no expectation of the kind 'None'"),
        ({"kind": "total", "field": "v", "over": "u"}, "the expectation has no 'total'"),
        ({"kind": "sum", "field": "w", "equals": 1}, "the expectation names 'w', which is not there"),
        ({"kind": "sum", "field": "v", "equals": 1, "by": ["w"]}, "the expectation names 'w'"),
        ({"kind": "range", "field": "v", "where": {"w": 1}}, "the expectation names 'w'"),
        ({"kind": "row-count", "field": "v", "of": "w"}, "the expectation names 'w'"),
        ({"kind": "row-count", "field": "v", "of": "t", "matching": "w"}, "the expectation names 'w'"),
        ({"kind": "source-date", "field": "v", "source": "u"}, "a field of the type 'integer' cannot have"),
        ({"kind": "sum", "field": "u", "equals": 1}, "a field of the type 'string' cannot have"),
        ({"kind": "range", "field": "v", "where": {"u": "q"}, "minimum": 0}, "no row meets the 'where'"),
        ({"kind": "range", "field": "v", "minimum": 5, "maximum": 1}, "the minimum 5 is above the maximum 1"),
        ({"kind": "range", "field": "b", "minimum": 1}, "a field of the type 'boolean' cannot have"),
    ],
)
def test_an_expectation_that_cannot_be_is_told_at_its_line(
    tmp_path: Path, expectation: dict[str, Any], what: str
) -> None:
    described = table("t", "v:integer u b:boolean", "v,u,b\n1,a,true\n", expectations=[expectation])
    copy = package_of(tmp_path, described)
    found = caught_by(EXPECTATIONS, copy)
    assert set(found) == {"expectations"}
    (problem,) = found["expectations"]
    assert f"t.expectations.1: {what}" in problem
    place = copy.descriptor.read_text("utf-8").splitlines()[int(problem.split(":")[1]) - 1]
    assert "{" in place or '"kind"' in place


@pytest.mark.parametrize("spoilt", [5, "x", {"kind": "sum"}, [5, None, []], [{"kind": ["sum"], "field": "v"}]])
def test_expectations_in_another_form_are_left_to_the_rule_about_properties(tmp_path: Path, spoilt: object) -> None:
    copy = package_of(tmp_path, table("t", "v:integer", "v\n1\n", expectations=spoilt))
    copy.change(
        lambda descriptor: descriptor.update(languages=["nl"])
    )  # another's package may mean another thing by it
    assert caught_by(EXPECTATIONS, copy) == {}
    if isinstance(spoilt, list):
        assert any("expectations" in problem for problem in copy.problems())


@pytest.mark.parametrize("more", [{"total": "everyone"}, {"total": "all", "parts": ["a", "q"]}])
def test_a_total_whose_code_is_in_no_list_is_told(tmp_path: Path, more: dict[str, Any]) -> None:
    keys = [{"fields": "g", "reference": {"resource": "groups", "fields": "code"}}]
    expectation = {"kind": "total", "field": "n", "over": "g", **more}
    counts = table("t", "g n:integer", "g,n\nall,9\na,1\n", foreignKeys=keys, expectations=[expectation])
    groups = table("groups", "code", "code\nall\na\n", primaryKey=["code"])
    found = caught_by(EXPECTATIONS, package_of(tmp_path, counts, groups))
    assert set(found) == {"expectations"}


@pytest.mark.parametrize(("code", "is_told"), [("everyone", True), ("all", False)])
def test_a_total_of_rows_whose_code_is_in_no_list_is_told(tmp_path: Path, code: str, *, is_told: bool) -> None:
    keys = [{"fields": "g", "reference": {"resource": "groups", "fields": "code"}}]
    expectation = {"kind": "row-count", "field": "n", "of": "rows", "matching": "g", "total": code}
    counts = table("t", "g n:integer", "g,n\na,1\n", foreignKeys=keys, expectations=[expectation])
    groups = table("groups", "code", "code\nall\na\n", primaryKey=["code"])
    found = caught_by(EXPECTATIONS, package_of(tmp_path, counts, groups, table("rows", "g", "g\na\n")))
    assert ("expectations" in found) is is_told


def test_a_table_without_rows_has_none_that_meet_a_condition(tmp_path: Path) -> None:
    expectation = {"kind": "range", "field": "v", "where": {"u": "a"}, "minimum": 0}
    assert (
        caught_by(EXPECTATIONS, package_of(tmp_path, table("t", "v:integer u", "v,u\n", expectations=[expectation])))
        == {}
    )
