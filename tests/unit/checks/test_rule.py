from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.checks.checking import CLAIM_RULE, OWN_RULES, PAGE_RULES
from vierdepijler.checks.rules.properties import FIXED
from vierdepijler.checks.rules.rule import (
    BY_SCHEMA,
    PackageRule,
    TableRule,
    explanations,
    group_rows,
    in_column,
    is_whole,
    listed,
    missing_values,
    wrong_rows,
)
from vierdepijler.core.problems import Problem, Severity, say

TEXTS = ("label", "catches", "misses", "advice")


@pytest.mark.parametrize("rule", sorted(explanations()))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_says_what_it_is_for_in_both_languages(rule: str, language: str) -> None:
    explained = explanations()[rule]
    assert explained.severity in Severity
    assert all(explained.text(name, language).strip() for name in TEXTS)
    assert explained.text("catches", "nl") != explained.text("catches", "en")


def test_no_explanation_is_of_a_rule_that_is_not_there() -> None:
    known = {rule.name for rule in OWN_RULES} | BY_SCHEMA | {*PAGE_RULES, CLAIM_RULE, "file-size", "trace"}
    assert set(explanations()) == known
    assert known >= FIXED


def test_a_rule_about_tables_is_asked_about_each(miniature: Copy) -> None:
    rule = TableRule("x", lambda table: iter([Problem(table.file, 1, "", "what", "todo")]))
    assert len(list(rule.check(miniature.read()))) == 4


def test_a_rule_about_the_package_is_asked_once(miniature: Copy) -> None:
    rule = PackageRule("x", lambda package: iter([Problem(package.path.name, 1, "", "what", "todo")]))
    assert len(list(rule.check(miniature.read()))) == 1


def test_a_package_without_one_of_its_tables_is_not_whole(miniature: Copy) -> None:
    package = miniature.read()
    assert is_whole(package)
    assert not is_whole(replace(package, tables={"groups": package.tables["groups"]}))


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 1500])
def test_a_column_gives_a_thousand_problems_and_one_that_counts_the_rest(tmp_path: Path, count: int) -> None:
    read = package_of(tmp_path, table("t", "a", "a\n" + "x\n" * 1500)).read().tables["t"]
    wrong = np.arange(1500) < count
    found = list(in_column(read, "a", wrong, lambda cell: say("{cell} is bad", cell=cell), say("add it")))
    assert len(found) == min(count, 1001)
    assert [problem.line for problem in found] == list(range(2, 2 + len(found)))
    if count > 1000:
        assert found[-1].what == f"the same is wrong in {count - 1000} more rows of this column"


@pytest.mark.parametrize(
    "mask",
    [
        pa.array([True, False, True]),
        pa.chunked_array([[True], [None, True]]),
        pa.array([True, None, True]),
        np.array([True, False, True]),
    ],
)
def test_a_mask_of_any_kind_gives_its_rows(mask: object) -> None:
    assert wrong_rows(mask) == [0, 2]


def test_rows_that_are_alike_have_one_number() -> None:
    texts = pa.array(["a", "b", "a", "b"])
    numbers = pa.array([1, None, 1, 2])
    assert group_rows([texts, numbers], 4).tolist() == [0, 1, 0, 2]
    assert group_rows([], 4).tolist() == [0, 0, 0, 0]
    assert group_rows([texts[:0]], 0).tolist() == []


def test_empty_cells_are_alike_and_are_no_text() -> None:
    column = pa.array([None, "", None])
    assert group_rows([column], 3).tolist() == [0, 1, 0]


@pytest.mark.parametrize("value", [None, 5, "ab", {"a": 1}])
def test_what_is_no_list_has_no_items(value: object) -> None:
    assert listed({"a": value}, "a", str) == []


def test_items_of_another_kind_are_left_out() -> None:
    assert listed({"a": ["x", 1, None, {}]}, "a", str) == ["x"]


def test_a_field_can_have_missing_values_of_its_own(tmp_path: Path) -> None:
    about = {"b": {"missingValues": ["-", "?"]}}
    read = (
        package_of(tmp_path, table("t", "a b", "a,b\n1,-\n", about=about, missingValues=["", "NA"])).read().tables["t"]
    )
    assert missing_values(read, read.field("a")) == {"", "NA"}
    assert missing_values(read, read.field("b")) == {"-", "?"}
