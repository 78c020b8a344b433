from pathlib import Path

import pytest

from conftest import Copy
from rule_checks import caught_by, package_of, table
from vierdepijler.checks.checking import check_package
from vierdepijler.checks.rules.hygiene import HYGIENE
from vierdepijler.checks.rules.unseen_texts import HEADER_TEXT
from vierdepijler.core.problems import Severity

RULE = "header-text"


def with_header(folder: Path, header: str) -> Copy:
    return package_of(folder, table("t", "day persons", f"{header}\n1,2\n"))


@pytest.mark.parametrize(
    ("label", "what", "rule"),
    [
        (" persons", "' persons' has a space too many", (RULE, Severity.WARNING)),
        ("persons ", "has a space too many", (RULE, Severity.WARNING)),
        ("persons\u00a0", "a space of another kind", (RULE, Severity.WARNING)),
        ("per\u00a0sons", "a space of another kind", ("header", Severity.ERROR)),
        ("per\u200bsons", "U+200B ZERO WIDTH SPACE", ("header", Severity.ERROR)),
    ],
)
def test_a_flaw_in_a_label_is_told_and_nothing_else_of_it(
    tmp_path: Path, label: str, what: str, rule: tuple[str, Severity]
) -> None:
    copy = with_header(tmp_path, f"day,{label}")
    told = caught_by(HEADER_TEXT, copy)[RULE]
    assert all(problem.startswith("data/t.csv:1: persons: ") for problem in told)
    assert any(what in problem for problem in told)
    assert {(problem.rule, problem.severity) for problem in check_package(copy.read()).problems} == {rule}


def test_a_garbled_label_is_told_as_such(tmp_path: Path) -> None:
    (problem,) = caught_by(HYGIENE, with_header(tmp_path, "day,persÃ©ns"))["mojibake"]
    assert problem.startswith("data/t.csv:1: persons: 'persÃ©ns' holds garbled letters")


@pytest.mark.parametrize("header", ["day,persons", "day,person", "day,persons,één"])
def test_a_good_text_is_fine(tmp_path: Path, header: str) -> None:
    assert caught_by(HEADER_TEXT, with_header(tmp_path, header)) == {}


def test_a_label_too_many_is_called_as_it_is(tmp_path: Path) -> None:
    (problem,) = caught_by(HEADER_TEXT, with_header(tmp_path, "day,persons, more"))[RULE]
    assert problem.startswith("data/t.csv:1:  more: ")


def test_another_label_is_still_told_by_the_rule_about_the_header(tmp_path: Path) -> None:
    problems = check_package(with_header(tmp_path, "dag,persons ").read()).problems
    assert {(problem.rule, problem.column) for problem in problems} == {("header", "day"), (RULE, "persons")}
