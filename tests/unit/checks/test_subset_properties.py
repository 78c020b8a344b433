from typing import Any

import pytest

from conftest import Copy
from vierdepijler.checks.rules.conventions import check_subsets


def told(copy: Copy, *declared: Any, table: int = 0) -> list[str]:
    copy.change(lambda d: d["resources"][table].update(subsets=[*declared]))
    return [str(problem) for problem in check_subsets(copy.read())]


def test_parts_by_year_and_by_code_are_good(miniature: Copy) -> None:
    assert told(miniature, {"field": "day", "by": "year"}, {"field": "group"}) == []


@pytest.mark.parametrize(
    ("declared", "table", "what"),
    [
        ({"field": "dya"}, 0, "the table has no field 'dya' to divide it by; correct the name"),
        ({"field": "group", "by": "year"}, 0, "a field of type 'string' has no 'year' to divide a table by"),
        ({"field": "value"}, 2, "a table cannot be divided by a field of type 'number'"),
    ],
)
def test_parts_that_make_no_sense_are_told(miniature: Copy, declared: Any, table: int, what: str) -> None:
    (problem,) = told(miniature, declared, table=table)
    assert what in problem
    line = miniature.descriptor.read_text("utf-8").splitlines()[int(problem.split(":")[1]) - 1]
    assert "{" in line
    assert any(what in error for error in miniature.errors())


def test_the_same_parts_twice_are_told(miniature: Copy) -> None:
    (problem,) = told(miniature, {"field": "group"}, {"field": "group"})
    assert "these parts were declared before; leave one of them out" in problem


def test_a_part_of_a_date_that_nobody_knows_is_refused_by_the_profile(miniature: Copy) -> None:
    assert told(miniature, {"field": "day", "by": "fortnight"}) == []
    assert any("'\"fortnight\"' cannot stand here" in error for error in miniature.errors())


def test_a_package_that_is_not_ours_may_mean_something_else(miniature: Copy) -> None:
    miniature.change(
        lambda d: (d.pop("languages"), [f.pop("printedIn", 0) for f in d["resources"][0]["schema"]["fields"]])
    )
    assert told(miniature, {"field": "dya"}) == []
