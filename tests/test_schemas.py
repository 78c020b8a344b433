from collections.abc import Callable
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.schemas import check_schemas, count_schema_rules


def problems(copy: Copy) -> list[str]:
    return sorted(str(problem) for problem in check_schemas(copy.read()))


def test_a_good_package_has_no_problems(miniature: Copy) -> None:
    assert problems(miniature) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("3290,,3.290", "many,,3.290", "data/counts.csv:2: persons: 'many' is not a whole number; write digits only"),
        ("2025-02-25,b", "25/2/2025,b", "data/counts.csv:3: day: '25/2/2025' is not a date; write year-month-day"),
        ("b,521", "b,-1", "data/counts.csv:3: persons: '-1' is below 0"),
        ("b,521", "b,100001", "data/counts.csv:3: persons: '100001' is above 100000"),
        ("25,b,", "25,,", "data/counts.csv:3: group: the cell is empty, and this field must be filled in; fill it in"),
        ("25,b,", "25,z,", "data/counts.csv:3: group: 'z' does not stand in the field code of 'groups'"),
        ("25,b,", "25,a,", "data/counts.csv:3: day, group: the row has the key of an earlier row"),
        ("b,521,,521", "b,521,", "data/counts.csv:3: as_printed: the row stops before this field"),
        ("b,521,,521", "b,521,,521,9", "data/counts.csv:3: the row has more cells than the header"),
        ("2025-02-25,b", "\n2025-02-25,b", "data/counts.csv:3: the row is empty; remove it"),
        ("day,group", "day,groep", "data/counts.csv:1: group: the header is not the name of the field"),
    ],
)
def test_each_mistake_is_told_at_its_place_in_plain_words(miniature: Copy, old: str, new: str, expected: str) -> None:
    found = problems(miniature.replace("data/counts.csv", old, new))
    assert any(problem.startswith(expected) for problem in found), found


@pytest.mark.parametrize(
    ("constraint", "limit", "what"),
    [
        ("enum", ["a", "b"], "'c' is not one of"),
        ("pattern", "^[ab]$", "'c' is not written in the form"),
        ("minLength", 2, "'a' is shorter than 2 characters"),
        ("maxLength", 0, "'a' is longer than 0 characters"),
    ],
)
def test_each_constraint_is_told_in_plain_words(miniature: Copy, constraint: str, limit: object, what: str) -> None:
    miniature.change(lambda d: d["resources"][1]["schema"]["fields"][0].update(constraints={constraint: limit}))
    assert any(what in problem for problem in problems(miniature))


def test_only_the_tables_that_are_asked_for_are_checked_and_their_keys_lead_to_the_others(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "25,b,", "25,z,").replace("data/groups.csv", "code,label_nl", "code,label")
    found = [str(problem) for problem in check_schemas(miniature.read(), {"counts"})]
    assert [problem.split(":")[0] for problem in found] == ["data/counts.csv"]
    assert "'z' does not stand in the field code of 'groups'" in found[0]


def test_a_value_that_must_be_unique_is_told(miniature: Copy) -> None:
    found = problems(miniature.replace("data/groups.csv", "Groep twee", "Groep één"))
    assert found == [
        (
            "data/groups.csv:3: label_nl: 'Groep één' stands here a second time, and each value may stand once;"
            " change or remove one of the two"
        )
    ]


def test_lines_are_those_of_the_file_also_after_a_cell_of_two_lines(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "Group one", '"Group\none"').replace("data/groups.csv", "c,Groep", "C,Groep")
    assert any(problem.startswith("data/groups.csv:5: code: 'C'") for problem in problems(miniature))


@pytest.mark.parametrize("extra", [{"type": "json"}, {"format": "xlsx"}, {"compression": "gz"}, {"profile": "x y"}])
def test_what_else_a_descriptor_says_does_not_switch_off_the_checks(miniature: Copy, extra: dict[str, str]) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    miniature.change(lambda d: d["resources"][0].update(extra))
    assert len(problems(miniature)) == 1
    assert "'many' is not a whole number" in problems(miniature)[0]


@pytest.mark.parametrize("constraint", ["exclusiveMinimum", "exclusiveMaximum"])
def test_the_constraints_of_the_second_version_are_known(miniature: Copy, constraint: str) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(constraints={constraint: 521}))
    assert any("'521' is not " in problem for problem in problems(miniature))


def test_one_mistake_is_told_once(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "2025-02-25,b,521,,521", "2025-02-25")
    about_group = [problem for problem in problems(miniature) if ":3: group:" in problem]
    assert len(about_group) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(resource="nowhere"),
        lambda d: d["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(fields="nothing"),
        lambda d: d["resources"][1].update(hash="sha256:0"),
    ],
    ids=["a key to nowhere", "a key to nothing", "a hash of another file"],
)
def test_a_mistake_in_the_descriptor_is_told(miniature: Copy, change: Callable[[Any], object]) -> None:
    assert any(
        "datapackage.json" in problem or "describes" in problem for problem in problems(miniature.change(change))
    )


def test_a_table_with_very_many_mistakes_says_that_more_follow(miniature: Copy) -> None:
    miniature.write("data/groups.csv", "code,label_nl,label_en\n" + "".join(f"{n},x{n},y\n" for n in range(1100)))
    assert any("only the first 1000 problems of this table are shown" in problem for problem in problems(miniature))


def test_the_rules_of_the_schemas_are_counted(miniature: Copy) -> None:
    before = count_schema_rules(miniature.read())
    miniature.change(lambda d: d["resources"][1]["schema"]["fields"][2].update(constraints={"required": True}))
    assert count_schema_rules(miniature.read()) == before + 1


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("3.290", "write 3290, with nothing between the thousands"),
        ('"86,3"', "write a whole number, or make the type of the field 'number'"),
        ("45%", "write 45, without the percent sign"),
        ("many", "write digits only, such as 3290"),
    ],
)
def test_a_number_in_another_notation_is_told_what_to_write(miniature: Copy, cell: str, advice: str) -> None:
    (problem,) = problems(miniature.replace("data/counts.csv", "3290,,3.290", f"{cell},,3.290"))
    assert problem.endswith(f"; {advice}")


def test_a_notation_that_the_schema_declares_is_the_one_to_use(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "3290,,3.290", "86%,,3.290")
    changes = {"type": "number", "decimalChar": ",", "constraints": {}}
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(changes))
    assert problems(miniature)[0].endswith("'86%' is not a number; check the value")
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][0].update(format="%d-%m-%Y"))
    assert problems(miniature)[0].endswith("is not a date; write it as the format of the field says: %d-%m-%Y")
