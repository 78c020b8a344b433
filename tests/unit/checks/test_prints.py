"""The quick look at whole columns of prints says nothing that reading them one by one does not."""

import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from rule_checks import package_of, table
from vierdepijler.checks.rules.provenance import check_printed, mismatches, misread, printed_values, proven
from vierdepijler.core.columnar.blocks import Block
from vierdepijler.core.tables import Table

PRINTS = (
    "3811", "3.811", "3 811", "3\u00a0811", "3\u202f811", "03.811", "38.11", "3.8.11", "381.1", ".3811", "3811.",
    "3.811 mensen", "3.811, dus", "3 811 mensen", "circa 3.811 mensen", "3.811%", "3.811 %", "3.811ste",
    "3.811 of meer", "3.811 drie", "drie 3.811", "3.811 miljoen", "3.811 duizend", "half duizend 3.811", "3.811 één",
    "3.811de", "-3.811", "3.811-3.812", "3811 en 7", "7 en 3811", "3.811x7", "x3.811", "3.811\u0663", "\u0663 3.811",
    "3811\n", "\n3811", "5873400", "5.873.400", "5 873 400", "5.873 400", "5.87.3400", "58.73400", "5873.400",
    "5 873 400 euro",
    "5,8 miljoen", "€ 5.873.400", "5.873.400,00", "5.873.400,5", "5873400,5", "1E-7", "0,0000001", "7E",
    "7", "07", "7,0", "7,5", "7.5", "7,50", "0,5", ",5", "7 februari 2025", "7/2/2025", "7%", "7 ‰", "zeven", "7de",
    "7 duizend", "7 half miljoen", "half 7", "tien7", "7tien", "7 tiental", "geen 7", "een 7", "7 jaar", "7e eeuw",
    "2023-2028", "2023-2028", "2023-2028", "2024-2028", "2024-2028", "2023 tot 2028", "", " ", "geen", "één",
    "100", "1.000", "1000", "10.00", "1,000", "999", "1.000.000", "1000.000", "1.000000", "0", "00", "-7", "- 7", "−7",
    "7\u00a0", "\u00a07", "7\u00a0000", "7 000", "70 00", "123456", "123.456", "123 456", "1234.56", "12.3456",
)  # fmt: skip
WHOLE = (3811, 7, 5873400, 5, 0, 100, 1000, 999, 1000000, 7000, 2023, 2028, 123456, -7, -3811, 3, 1, 10, None)
DECIMALS = ("3811", "7", "7.5", "0.5", "5873400", "5873400.5", "5800000", "-7.5", "0", "1000", "0.001", "3.811", None)
DAYS = (
    datetime.date(2025, 2, 7), datetime.date(2025, 7, 2), datetime.date(2025, 12, 31), datetime.date(925, 2, 7), None,
)  # fmt: skip
DATES = (
    "7/2/2025", "07/02/2025", "7-2-2025", "07-02-2025", "7-2/2025", "7 februari 2025", "07 februari 2025",
    "7 Februari 2025", "7\u00a0februari 2025", "op 7/2/2025", "7/2/2025 en 2/7/2025", "2/7/2025", "2025-02-07",
    "7/2/20255", "17/2/2025", "7/2/925", "7/2/0925", "31/12/2025", "31 december 2025", "31/13/2025", "", "7.2.2025",
)  # fmt: skip


def beside(values: pa.Array, prints: list[str]) -> Table:
    """Give a table of a column of values and one of prints."""
    columns = {"value": values, "printed": pa.array([text or None for text in prints], pa.string())}
    block = Block((columns["printed"], columns["printed"]))
    return Table("t", "data/t.csv", {}, (), tuple(columns), block, range(2, block.rows + 2), typed=columns)


def is_proven(looked_at: Table) -> list[bool]:
    values, prints = looked_at.column("value"), looked_at.column("printed")
    return [bool(right) for right in proven(values, prints, printed_values)]


def array_of(kind: str) -> tuple[pa.Array, tuple[str, ...]]:
    """Give the values of a kind, and the prints to put beside each of them."""
    if kind == "date":
        return pa.array(DAYS, pa.date32()), DATES
    if kind == "integer":
        return pa.array(WHOLE, pa.int64()), PRINTS
    numbers = [None if text is None else Decimal(text) for text in DECIMALS]
    return pa.array(numbers, pa.decimal128(38, int(kind))), PRINTS


@pytest.mark.parametrize("kind", ["integer", "3", "6", "9", "date"])
@pytest.mark.parametrize("times", [1, 2])
def test_the_quick_look_says_of_every_print_what_reading_it_says(kind: str, times: int) -> None:
    values, prints = array_of(kind)
    for value in values:
        # Each value beside every print, so that prints are shared, but not with what would make the others right.
        looked_at = beside(pa.array([value.as_py()] * len(prints) * times, values.type), [*prints] * times)
        every = misread(looked_at, "value", "printed", np.arange(len(prints) * times))
        assert mismatches(looked_at, "value", "printed") == every
        assert not set(np.flatnonzero(is_proven(looked_at))) & set(every)


@pytest.mark.parametrize("kind", ["integer", "3", "6", "date"])
def test_columns_that_hold_every_value_beside_every_print_are_judged_alike(kind: str) -> None:
    values, prints = array_of(kind)
    pairs = [(value, text) for text in prints for value in values.to_pylist()]
    looked_at = beside(pa.array([value for value, _ in pairs], values.type), [text for _, text in pairs])
    assert mismatches(looked_at, "value", "printed") == misread(looked_at, "value", "printed", np.arange(len(pairs)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3811, "3811"),
        (3811, "3.811"),
        (3811, "3\u202f811"),
        (5873400, "5 873 400"),
        (10**18, "1.000.000.000.000.000.000"),
        (34, "34%"),
        (3811, "circa 3 811 mensen"),
        (Decimal("86.3"), "86,3"),
        (Decimal("1234567.5"), "1.234.567,5"),
        (Decimal("64.0"), "64%"),
        (Decimal("64.0"), "64,0"),
        (datetime.date(2025, 2, 7), "7/2/2025"),
        (datetime.date(2025, 2, 7), "07-02-2025"),
        (datetime.date(2025, 2, 7), "7 februari 2025"),
    ],
)
def test_what_documents_mostly_print_is_proven_without_reading_it(value: object, text: str) -> None:
    kind = {int: pa.int64(), Decimal: pa.decimal128(38, 1), datetime.date: pa.date32()}[type(value)]
    assert is_proven(beside(pa.array([value], kind), [text])) == [True]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3811, "38.11"),
        (-7, "-7"),
        (7, "7 en 8"),
        (7, "7 drie"),
        (7, "7 miljoen"),
        (2023, "2023-2028"),
        (7, "zeven"),
        (7, "7\u0663"),
        (None, "7"),
        (7, ""),
        ("7", "7"),
        (True, "1"),
    ],
)
def test_what_must_be_read_with_care_is_not_proven(value: object, text: str) -> None:
    assert is_proven(beside(pa.array([value]) if value is not None else pa.array([None], pa.int64()), [text])) == [
        False
    ]


def test_rows_that_share_a_print_of_two_figures_keep_their_order_beside_proven_ones() -> None:
    values = pa.array([2023, 3811, 2028, None, 2028, 2024], pa.int64())
    prints = ["2023-2028", "3.811", "2023-2028", "", "2024-2028", "2024-2028"]
    assert mismatches(beside(values, prints), "value", "printed") == [4, 5]


def test_a_column_of_wrong_figures_gives_a_thousand_problems_and_one_that_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number + 1} of meer\n" for number in range(1, 1503))
    described = table("t", "n:integer p", f"n,p\n{rows}", about={"n": {"printedIn": "p"}})
    package = package_of(tmp_path, described).read()
    assert len(mismatches(package.tables["t"], "n", "p")) == 1502
    found = [str(problem) for problem in check_printed(package)]
    assert len(found) == 1001
    assert "the same is wrong in 502 more rows of this column" in found[-1]
