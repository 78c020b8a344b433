import datetime
from decimal import Decimal
from typing import Any

import pytest

from conftest import PROJECT, Copy
from registers import repeated, told_later
from vierdepijler.checks.rules.history import check_history, entries, recorded_value
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Value

HEADER = "cell,version,value,reason_nl,reason_en\n"
A, B = '"counts.persons[2025-02-25,a]"', '"counts.persons[2025-02-25,b]"'
OWN = "".join(
    f"derived_figures.value[{name}],1.0.0,{value},x,y\n"
    for name, value in {
        "total": "3811", "share_a": "86.3", "how_many": "3", "filled": "2", "per_b": "6.3", "more": "2769"
    }.items()
)  # fmt: skip
RECORDED = f"{HEADER}{A},1.0.0,3290,x,y\n{B},1.0.0,521,x,y\n{OWN}"


def with_history(copy: Copy, rows: str) -> Copy:
    """Give a copy of the miniature a table of histories, and one of releases."""
    described = read_package(PROJECT / "datapackage.json").descriptor["resources"]
    history = next(resource for resource in described if resource["name"] == "figure_history")
    history = {**history, "path": "data/figure_history.csv"}
    field = {"title": "t", "title_en": "t", "description": "d", "description_en": "d"}
    releases = {
        "name": "releases", "path": "data/releases.csv", "role": "releases", **field,
        "schema": {"fields": [{"name": "version", "type": "string", **field}], "primaryKey": "version"},
    }  # fmt: skip

    def add(descriptor: Any) -> None:
        descriptor["resources"] += [history, releases]

    copy.write("data/figure_history.csv", rows).write("data/releases.csv", "version\n1.0.0\n1.2.3\n")
    return copy.change(add)


def found(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_history(copy.read())]


def test_a_package_without_a_table_of_histories_is_not_asked_for_one(miniature: Copy) -> None:
    assert found(miniature) == []


def test_figures_that_are_all_recorded_are_fine(miniature: Copy) -> None:
    copy = with_history(miniature, RECORDED)
    assert found(copy) == []
    assert copy.problems() == []


def test_a_figure_of_a_row_that_repeats_another_has_a_history_of_its_own(miniature: Copy) -> None:
    told = found(
        with_history(repeated(told_later(miniature)), f'{RECORDED}"counts.persons[2025-02-25,d]",1.0.0,17,x,y\n')
    )
    assert [one.partition(": this")[0] for one in told] == ["data/counts.csv:6: persons"]
    assert '"counts.persons[2025-02-25,a,S2]",1.2.3,3300' in told[0]


def test_a_changed_value_cannot_go_out_unnoticed(miniature: Copy) -> None:
    with_history(miniature, RECORDED).replace("data/counts.csv", "b,521,,521", "b,522,,522")
    assert found(miniature) == [
        (
            "data/counts.csv:3: persons: the value is 522, but the last one recorded is '521';"
            ' add the row "counts.persons[2025-02-25,b]",1.2.3,522,…,… to data/figure_history.csv'
        )
    ]


def test_the_row_that_the_message_names_mends_it(miniature: Copy) -> None:
    with_history(miniature, RECORDED).replace("data/counts.csv", "b,521,,521", "b,522,,522")
    row = found(miniature)[0].partition("add the row ")[2].partition(" to ")[0]
    miniature.write("data/figure_history.csv", f"{RECORDED}{row}\n")
    assert found(miniature) == []


def test_a_value_that_changes_twice_before_a_release_is_written_over(miniature: Copy) -> None:
    rows = RECORDED.replace(f"{B},1.0.0", f"{B},1.2.3")
    with_history(miniature, rows).replace("data/counts.csv", "b,521,,521", "b,522,,522")
    todo = 'write "counts.persons[2025-02-25,b]",1.2.3,522,…,… in place of its record of this version'
    assert [one.partition("; ")[2] for one in found(miniature)] == [todo]


def test_a_new_figure_needs_a_history(miniature: Copy) -> None:
    rows = RECORDED.replace(f"{B},1.0.0,521,x,y\n", "")
    assert found(with_history(miniature, rows)) == [
        (
            "data/counts.csv:3: persons: this figure has no history;"
            ' add the row "counts.persons[2025-02-25,b]",1.2.3,521,…,… to data/figure_history.csv'
        )
    ]


def test_a_figure_that_went_is_told_until_it_is_recorded_as_withdrawn(miniature: Copy) -> None:
    gone = '"counts.persons[2024-02-25,a]"'
    rows = f"{RECORDED}{gone},1.0.0,7,x,y\n"
    assert found(with_history(miniature, rows)) == [
        (
            "data/figure_history.csv:10: cell: 'counts.persons[2024-02-25,a]' is recorded, but there is no such figure"
            ' any more; correct the name, or add the row "counts.persons[2024-02-25,a]",1.2.3,,…,…'
        )
    ]
    assert found(miniature.write("data/figure_history.csv", f"{rows}{gone},1.2.3,,x,y\n")) == []


def test_a_figure_that_became_empty_is_told(miniature: Copy) -> None:
    with_history(miniature, RECORDED).replace("data/counts.csv", "b,521,,521", "b,,nobody-counts,")
    assert any("there is no such figure any more" in problem for problem in found(miniature))


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (f"{A},1.2.3,3289,x,y\n{A},1.0.0,3290,x,y\n", "release 1.0.0 does not come after the one recorded before it"),
        (f"{A},1.0.0,3290,x,y\n{A},1.2.3,3290,x,y\n", "this row records no change"),
        (f"{A},1.0.0,,x,y\n{A},1.2.3,3290,x,y\n", "this row records no change"),
    ],
)
def test_records_that_cannot_be_right_are_told(miniature: Copy, rows: str, what: str) -> None:
    text = RECORDED.replace(f"{A},1.0.0,3290,x,y\n", rows)
    problems = found(with_history(miniature, text))
    assert len(problems) == 1
    assert what in problems[0]


def test_figures_of_a_table_that_cannot_be_read_are_not_called_gone(miniature: Copy) -> None:
    with_history(miniature, RECORDED).replace("data/counts.csv", "521,,521", "many,,521")
    assert len(miniature.problems()) == 1


def test_a_table_of_histories_without_its_fields_is_told(miniature: Copy) -> None:
    def rename(descriptor: Any) -> None:
        descriptor["resources"][1]["role"] = "figure-history"

    assert "a table of histories has no field cell, version, value" in found(miniature.change(rename))[0]


def test_a_key_with_a_sign_of_its_own_is_named_as_in_an_address(miniature: Copy) -> None:
    miniature.write("data/counts.csv", 'day,group,persons,unknown_id,as_printed\n2025-02-25,"a,[b]",5,,5\n')
    with_history(miniature, f'{HEADER}"counts.persons[2025-02-25,a%2C%5Bb%5D]",1.0.0,5,x,y\n{OWN}')
    assert found(miniature) == []


def test_every_figure_of_ours_is_recorded_since_the_first_release(package: Package) -> None:
    assert len(entries(package)) >= 40
    assert list(check_history(package)) == []


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("3290", 1, Decimal(3290)),
        ("86.3", Decimal(1), Decimal("86.3")),
        ("2025-02-25", datetime.date(2024, 1, 1), datetime.date(2025, 2, 25)),
        ("many", 1, "many"),
        ("NaN", 1, "NaN"),
        ("", 1, None),
    ],
)
def test_a_recorded_value_is_read_as_the_figure_is(text: str, figure: Value, value: Value) -> None:
    assert recorded_value(text, figure) == value


@pytest.mark.parametrize(
    ("versions", "places"),
    [
        (["1.0.0", "9.9.9", "1.2.3"], [11]),  # an unknown release takes the place after the one before it
        (["9.9.9", "1.0.0"], [10]),
        (["1.2.3", "1.0.0", "1.2.3"], [10]),
        (["1.0.0", "1.0.0"], [10]),
    ],
)
def test_releases_are_followed_within_each_cell(miniature: Copy, versions: list[str], places: list[int]) -> None:
    rows = RECORDED.replace(f"{A},1.0.0,3290,x,y\n", "")
    values = [*range(1, len(versions)), 3290]
    own = "".join(f"{A},{version},{value},x,y\n" for version, value in zip(versions, values, strict=True))
    problems = found(with_history(miniature, rows + own))
    assert [int(problem.split(":")[1]) for problem in problems if "does not come after" in problem] == places
    assert len(problems) == len(places)


def test_of_rows_that_share_a_key_each_has_an_address_of_its_own(miniature: Copy) -> None:
    text = "day,group,persons,unknown_id,as_printed\n2025-02-25,a,5,,5\n2025-02-25,a,6,,6\n"
    miniature.write("data/counts.csv", text)
    with_history(miniature, f'{HEADER}{A},1.0.0,6,x,y\n"counts.persons[row-1]",1.0.0,5,x,y\n{OWN}')
    assert found(miniature) == []


def test_a_history_that_is_wrong_everywhere_gives_a_thousand_problems_a_column(miniature: Copy) -> None:
    gone = "".join(f'"counts.persons[2024-01-01,{number}]",1.0.0,7,x,y\n' for number in range(1200))
    problems = found(with_history(miniature, f"{RECORDED}{gone}"))
    assert len(problems) == 1001
    assert "the same is wrong in 200 more rows of this column" in problems[-1]
