import pytest

from conftest import Copy
from vierdepijler.checks.schemas import check_schemas


def problems(copy: Copy) -> list[str]:
    return sorted(str(problem) for problem in check_schemas(copy.read()))


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
