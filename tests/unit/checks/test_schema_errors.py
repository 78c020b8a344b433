"""What Frictionless finds is told in the line of the file, under the rule that it breaks, and each mistake once."""

import pytest
from frictionless import Error, FrictionlessException, errors

from conftest import Copy
from vierdepijler.checks.schema_errors import ERRORS_SHOWN, RULES, descriptor_problems, table_problems
from vierdepijler.core.columnar.verdicts import table_errors
from vierdepijler.core.problems import Problem


def problems(copy: Copy, name: str = "counts", *, lost: bool = False) -> list[Problem]:
    package = copy.read()
    found = table_errors(package.descriptor, package.root)[name]
    return list(table_problems(package, package.tables[name], found, lost=lost))


def told(copy: Copy, name: str = "counts", *, lost: bool = False) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.rule) for problem in problems(copy, name, lost=lost)]


def test_nothing_found_is_nothing_told(miniature: Copy) -> None:
    assert problems(miniature) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("3290,,3.290", "many,,3.290", (2, "persons", "type")),
        ("b,521", "b,-1", (3, "persons", "constraint")),
        ("25,b,", "25,,", (3, "group", "constraint")),
        ("25,b,", "25,a,", (3, "day, group", "primary-key")),
        ("25,b,", "25,z,", (3, "group", "foreign-key")),
        ("b,521,,521", "b,521,,521,9", (3, "", "row-shape")),
        ("b,521,,521", "b,521,", (3, "as_printed", "row-shape")),
        ("2025-02-25,b", "\n2025-02-25,b", (3, "", "row-shape")),
        ("day,group", "day,groep", (1, "group", "header")),
    ],
)
def test_each_mistake_has_its_place_and_its_rule(
    miniature: Copy, old: str, new: str, expected: tuple[int, str, str]
) -> None:
    assert told(miniature.replace("data/counts.csv", old, new)) == [expected]


def test_each_kind_of_error_has_the_rule_of_the_nearest_kind() -> None:
    assert RULES[errors.UniqueError] == RULES[errors.ConstraintError] == "constraint"
    assert issubclass(errors.ForeignKeyError, errors.RowError)
    assert RULES[errors.ForeignKeyError] != RULES[errors.RowError]


def test_lines_are_those_of_the_file_also_after_a_cell_of_two_lines(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "Group one", '"Group\none"').replace("data/groups.csv", "c,Groep", "C,Groep")
    assert told(miniature, "groups") == [(5, "code", "constraint")]


def test_a_cell_that_is_missing_is_not_told_to_be_empty_as_well(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "2025-02-25,b,521,,521", "2025-02-25")
    assert [column for _, column, _ in told(miniature)] == ["group", "persons", "unknown_id", "as_printed"]


def test_a_table_with_very_many_mistakes_says_that_more_follow(miniature: Copy) -> None:
    miniature.write("data/groups.csv", "code,label_nl,label_en\n" + "".join(f"{n},x{n},y\n" for n in range(1100)))
    found = problems(miniature, "groups")
    assert [problem.line for problem in found] == [*range(2, ERRORS_SHOWN + 2), ERRORS_SHOWN + 1]
    assert found[-1].what == "only the first 1000 problems of this table are shown"


def test_a_row_without_its_key_is_told_for_the_cell_that_is_empty_only(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "b,Groep", ",Groep")
    assert told(miniature, "groups") == [(3, "code", "constraint")]


def test_a_cell_of_the_key_that_is_wrong_is_no_foreign_key_that_leads_nowhere_too(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "2025-02-25,b", "today,z")
    assert told(miniature) == [(3, "day", "type")]


def test_a_key_that_is_known_to_lead_nowhere_is_not_told_of_each_row(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "25,b,", "25,z,").replace("data/counts.csv", "3290,,", "many,,")
    assert told(miniature) == [(2, "persons", "type"), (3, "group", "foreign-key")]
    assert told(miniature, lost=True) == [(2, "persons", "type")]
    package = miniature.read()
    of_the_key = errors.SchemaError(note='foreign key "{}" leads nowhere')
    assert list(table_problems(package, package.tables["counts"], [of_the_key], lost=True)) == []
    assert len(list(table_problems(package, package.tables["counts"], [of_the_key], lost=False))) == 1


def test_a_table_with_fewer_mistakes_shows_all_of_them(miniature: Copy) -> None:
    rows = "".join(f"{number},x{number},y\n" for number in range(ERRORS_SHOWN - 1))
    found = problems(miniature.write("data/groups.csv", "code,label_nl,label_en\n" + rows), "groups")
    assert [problem.line for problem in found] == list(range(2, ERRORS_SHOWN + 1))


def test_what_is_wrong_with_a_whole_file_stands_at_its_first_line(miniature: Copy) -> None:
    (problem,) = problems(miniature.change(lambda d: d["resources"][1].update(bytes=5)), "groups")
    assert (problem.line, problem.column, problem.rule) == (1, "", "file-size")
    assert "describes" in problem.what


def test_an_error_without_words_of_ours_is_told_in_those_of_frictionless(miniature: Copy) -> None:
    package = miniature.read()
    (problem,) = table_problems(package, package.tables["groups"], [Error(note="it is odd")], lost=False)
    assert (problem.line, problem.what, problem.rule) == (0, "it is odd", "readable")
    assert problem.todo == "check the file and datapackage.json"


def test_what_is_wrong_with_the_descriptor_is_told_reason_by_reason(miniature: Copy) -> None:
    package = miniature.read()
    reasons: list[Error] = [errors.SchemaError(note="no fields"), errors.PackageError(note="no name")]
    several = FrictionlessException(errors.PackageError(note="broken"), reasons=reasons)
    assert [(problem.file, problem.what) for problem in descriptor_problems(package, several)] == [
        ("datapackage.json", "no fields"),
        ("datapackage.json", "no name"),
    ]
    alone = FrictionlessException(errors.PackageError(note="broken"))
    assert [problem.what for problem in descriptor_problems(package, alone)] == ["broken"]
