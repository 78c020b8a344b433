import datetime
from decimal import Decimal

import pytest

from conftest import Copy
from vierdepijler.checks.rules.provenance import check_printed, printed_values, tokens


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.811", [3811]),
        ("5 873 400", [5873400]),
        ("5\u00a0873\u202f400", [5873400]),
        ("34%", [34]),
        ("86,3", [Decimal("86.3")]),
        ("1.234,5", [Decimal("1234.5")]),
        ("2023-2028", [2023, 2028]),
        ("6 jaar", [6]),
        ("drie grootsteden", [3]),
        ("Vierde pijler", [4]),
        ("geen extra middelen", [0]),
        ("25/2/2025", [datetime.date(2025, 2, 25)]),
        ("20 februari 2025", [datetime.date(2025, 2, 20)]),
        ("31/2/2025", []),
        ("elfstedentocht", []),
        ("eenentwintig", [21]),
        ("tweeëntwintigste", [22]),
        ("honderdtwintig", [120]),
        ("tweeduizend vijfhonderd", [2000, 500]),
        ("vijfentwintighonderd", [2500]),
        ("honderddrieëntwintigduizend", [123000]),
        ("één netwerk en een tiental besturen", [1, 10]),
        ("5,8 miljoen euro", [5800000]),
        ("twee miljoen", [2000000]),
        ("een half miljoen", [500000]),
        ("4de pijler", [4]),
        ("25-2-2025", [datetime.date(2025, 2, 25)]),
        ("1 maart 2025 en 12 mei", [datetime.date(2025, 3, 1), 12]),
        ("18 netwerken en een traject", [18]),
        ("12345", [12345]),
        ("", []),
    ],
)
def test_figures_are_read_as_dutch_prints_them(text: str, values: list[Decimal | datetime.date]) -> None:
    assert printed_values(text) == values


def found(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_printed(copy.read())]


def test_values_that_equal_their_source_are_fine(miniature: Copy) -> None:
    assert found(miniature) == []


def test_figures_are_told_where_they_stand() -> None:
    found = [(token.start, token.text) for token in tokens("Van 2023-2028: 34 % op 31/2/2025, vijf keer")]
    assert found == [(4, "2023"), (9, "2028"), (15, "34 %"), (23, "31/2/2025"), (34, "vijf")]


@pytest.mark.parametrize("value", ["3291", "3920", "4290"])
def test_a_value_that_differs_from_its_source_is_told(miniature: Copy, value: str) -> None:
    miniature.replace("data/counts.csv", "3290", value)
    assert found(miniature) == [
        (
            f"data/counts.csv:2: persons: the value is {value}, but the source prints '3.290';"
            " look in the source, and correct the value or the field 'as_printed'"
        )
    ]


@pytest.mark.parametrize(
    ("value", "factor"),
    [
        ("32900", "ten times"),
        ("3290000", "a thousand times"),
        ("329", "a tenth of"),
        ("32.9", "a hundredth of"),
    ],
)
def test_a_value_with_a_zero_or_a_point_too_many_is_called_that(miniature: Copy, value: str, factor: str) -> None:
    miniature.change(lambda package: package["resources"][0]["schema"]["fields"][2].update(type="number"))
    miniature.replace("data/counts.csv", "3290", value)
    assert f"the value is {value}, {factor} what the source prints: '3.290';" in found(miniature)[0]


def test_every_row_that_differs_is_told_also_where_prints_repeat(miniature: Copy) -> None:
    rows = "".join(f"2025-01-{day:02},a,{4 if day == 9 else 3},,drie netwerken\n" for day in range(1, 20))
    miniature.write("data/counts.csv", f"day,group,persons,unknown_id,as_printed\n{rows}2025-02-01,a,,x,drie\n")
    assert [problem.split(":")[1] for problem in found(miniature)] == ["10"]


def test_the_years_of_a_period_keep_their_order(miniature: Copy) -> None:
    text = "day,group,persons,unknown_id,as_printed\n2025-02-25,a,{},,2023-2028\n2025-02-25,b,{},,2023-2028\n"
    assert found(miniature.write("data/counts.csv", text.format(2023, 2028))) == []
    assert len(found(miniature.write("data/counts.csv", text.format(2028, 2028)))) == 1


def test_a_value_without_a_figure_in_print_is_told(miniature: Copy) -> None:
    assert "the source prints ''" in found(miniature.replace("data/counts.csv", "521,,521", "521,,"))[0]


def test_what_was_noted_has_no_print_to_differ_from_and_what_is_printed_beside_it_has(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(notedIn="unknown_id"))
    assert found(miniature.replace("data/counts.csv", "521,,521", "521,F001,")) == []
    assert "the source prints '3.290'" in found(miniature.replace("data/counts.csv", "3290,,", "3291,,"))[0]
