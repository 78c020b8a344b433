from typing import Any

import pytest

from conftest import Copy
from registers import later, ranged, register
from vierdepijler.checks.rules.derivation import DERIVATION


def caught_by(copy: Copy) -> dict[str, list[str]]:
    package = copy.read()
    return {rule.name: found for rule in DERIVATION if (found := [str(problem) for problem in rule.check(package)])}


def test_a_good_package_breaks_no_rule(miniature: Copy) -> None:
    assert caught_by(miniature) == {}


@pytest.mark.parametrize(
    ("figure", "line"), [("86.3", 3), ("3811", 2), ("how_many,3", 4), ("filled,2", 5), ("per_b,6.3", 6), ("2769", 7)]
)
def test_each_derived_figure_is_recomputed(miniature: Copy, figure: str, line: int) -> None:
    wrong = figure[:-1] + ("4" if figure[-1] != "4" else "5")
    found = caught_by(miniature.replace("data/derived_figures.csv", figure, wrong))["derived"]
    assert found[0].startswith(f"data/derived_figures.csv:{line}: value: the value is ")


def test_a_half_is_rounded_upwards(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "3290,,3.290", "1,,1").replace("data/counts.csv", "521,,521", "2,,2")
    figures = 'figure_id,value,unit,decimals,calculation,inputs\nhalf,1,items,0,ratio,"{a};{b}"\n'
    cells = {"a": "counts.persons[2025-02-25,a]", "b": "counts.persons[2025-02-25,b]"}
    assert caught_by(miniature.write("data/derived_figures.csv", figures.format(**cells))) == {}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("sum", "product", "the calculation 'product' is not one of share, ratio"),
        ("counts.persons[2025-02-25,a];derived", "counts.persons[2025-02-25,c];derived", "holds no number"),
        ("count,groups", "ratio,groups", "this calculation needs cells or columns"),
        ("count,groups", "count,grupos", "there is no table 'grupos'"),
        ("counts.persons[2025-02-25,a];derived", "counts.persons[2025-02-25,z];derived", "has no row with the key"),
    ],
)
def test_a_calculation_that_cannot_be_done_is_told(miniature: Copy, old: str, new: str, what: str) -> None:
    found = caught_by(miniature.replace("data/derived_figures.csv", old, new))["derived"]
    assert any(what in problem for problem in found), found


def test_a_division_by_zero_is_told(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "521,,521", "0,,0")
    assert any("nothing can be divided by it" in problem for problem in caught_by(miniature)["derived"])


def test_a_derived_figure_may_not_use_itself(miniature: Copy) -> None:
    miniature.replace("data/derived_figures.csv", "count,groups", "sum,derived_figures.value[how_many]")
    assert any("may only use those on the rows above it" in problem for problem in caught_by(miniature)["derived"])


def test_a_calculation_with_too_many_decimals_is_told(miniature: Copy) -> None:
    found = caught_by(miniature.replace("data/derived_figures.csv", "percent,1,", "percent,40,"))["derived"]
    assert found == [
        "data/derived_figures.csv:3: inputs: this cannot be calculated; correct the inputs or the calculation"
    ]


def test_a_table_of_derived_figures_without_inputs_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][2]["schema"]["fields"].pop())
    assert "has no field inputs" in caught_by(miniature)["derived"][0]


def test_a_package_without_our_own_properties_breaks_no_rule(miniature: Copy) -> None:
    def strip(descriptor: dict[str, list[dict[str, object]]]) -> None:
        descriptor["resources"] = descriptor["resources"][1:2]
        descriptor.pop("languages")

    assert caught_by(miniature.change(strip)) == {}


@pytest.mark.parametrize(("forbids", "is_told"), [(["share"], True), (["ratio"], False), ([], False)])
def test_a_sentence_to_copy_of_a_figure_that_a_caveat_forbids_to_quote_is_told(
    miniature: Copy, forbids: list[str], *, is_told: bool
) -> None:
    miniature.replace("data/derived_figures.csv", "inputs\n", "inputs,sentence_nl\n")
    miniature.replace("data/derived_figures.csv", 'total]"\n', 'total]",{value}.\n')

    def change(descriptor: dict[str, list[dict[str, Any]]]) -> None:
        descriptor["resources"][0]["forbids"] = forbids
        descriptor["resources"][2]["schema"]["fields"].append({"name": "sentence_nl", "type": "string"})

    found = caught_by(miniature.change(change)).get("derived", [])
    told = "data/derived_figures.csv:3: sentence_nl: the caveat of the table 'counts' forbids to put"
    assert [problem for problem in found if problem.startswith(told)] == found
    assert len(found) == is_told


LATER = "2026-01-31,a,4410,,4.410\n2026-01-31,b,794,,794\n"
CONTINUED = {
    "total_2": 'total_2,5204,persons,0,sum,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"',
    "share_2": 'share_2,84.7,percent,1,share,"counts.persons[2026-01-31,a];derived_figures.value[total_2]"',
    "per_2": 'per_2,5.6,items,1,ratio,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"',
    "more_2": 'more_2,3616,persons,0,difference,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"',
}


def twice(copy: Copy, *continued: str) -> list[str]:
    """Give what is told of counts of a second day, with some of our own figures continued."""
    rows = "".join(f"{CONTINUED[name]}\n" for name in continued)
    for file, more in (("data/counts.csv", LATER), ("data/derived_figures.csv", rows)):
        copy.write(file, (copy.folder / file).read_text("utf-8") + more)
    copy.replace("data/derived_figures.csv", "filled,2,", "filled,4,")
    return caught_by(copy).get("derived", [])


def test_a_figure_of_which_all_inputs_have_a_newer_one_must_be_continued(miniature: Copy) -> None:
    found = twice(miniature)
    assert [problem.partition(": ")[0] for problem in found] == [
        f"data/derived_figures.csv:{line}" for line in (2, 6, 7)
    ]  # the share of line 3 stands on the total, and follows it
    newer = "counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"
    assert f"what 'total' is computed from has newer figures: {newer}; add a row" in found[0]
    assert "with the value 5204; pages then show that one" in found[0]


def test_a_figure_that_stands_on_one_that_is_continued_follows(miniature: Copy) -> None:
    assert ["share_a" in problem for problem in twice(miniature, "total_2", "per_2", "more_2")] == [True]


def test_what_is_continued_is_told_no_more(miniature: Copy) -> None:
    assert twice(miniature, *CONTINUED) == []


def test_a_figure_of_which_one_input_has_no_newer_one_holds(miniature: Copy) -> None:
    more = "2026-01-31,a,4410,,4.410\n"
    miniature.write("data/counts.csv", (miniature.folder / "data/counts.csv").read_text("utf-8") + more)
    miniature.replace("data/derived_figures.csv", "filled,2,", "filled,3,")
    assert caught_by(miniature) == {}


def test_an_entry_of_the_register_that_was_answered_is_counted_no_more(miniature: Copy) -> None:
    register(miniature, "counts.persons[*,c]", "")
    figures = "figure_id,value,unit,decimals,calculation,inputs\nopen,2,items,0,count,unknowns\n"
    assert caught_by(miniature.write("data/derived_figures.csv", figures)) == {}
    assert ["gives 1" in problem for problem in caught_by(later(miniature))["derived"]] == [True]


def test_nothing_is_calculated_with_a_range(miniature: Copy) -> None:
    copy = ranged(miniature, "4000")
    assert "counts.persons[2025-02-25,a] is a range, and no number" in caught_by(copy)["derived"][0]
