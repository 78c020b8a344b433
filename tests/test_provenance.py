import datetime
from decimal import Decimal

import pytest

from conftest import Copy
from vierdepijler.provenance import check_printed, printed_values


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


@pytest.mark.parametrize("value", ["3291", "329", "32900", "3920", "3290000"])
def test_a_value_that_differs_from_its_source_is_told(miniature: Copy, value: str) -> None:
    miniature.replace("data/counts.csv", "3290", value)
    assert found(miniature) == [
        (
            f"data/counts.csv:2: persons: the value is {value}, but the source prints '3.290';"
            " look in the source, and correct the value or the field 'as_printed'"
        )
    ]


def test_the_years_of_a_period_keep_their_order(miniature: Copy) -> None:
    text = "day,group,persons,unknown_id,as_printed\n2025-02-25,a,{},,2023-2028\n2025-02-25,b,{},,2023-2028\n"
    assert found(miniature.write("data/counts.csv", text.format(2023, 2028))) == []
    assert len(found(miniature.write("data/counts.csv", text.format(2028, 2028)))) == 1


def test_a_value_without_a_figure_in_print_is_told(miniature: Copy) -> None:
    assert "the source prints ''" in found(miniature.replace("data/counts.csv", "521,,521", "521,,"))[0]
