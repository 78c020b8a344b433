import datetime
from decimal import Decimal

import pytest

from vierdepijler.tables import Value
from vierdepijler.text import bytes_text, value_text

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (3811, "persons", "3.811", "3,811"),
        (Decimal("86.3"), "percent", "86,3%", "86.3%"),
        (34, "percent", "34%", "34%"),
        (Decimal("97.8"), "percent_change", "+97,8%", "+97.8%"),
        (Decimal("-47.0"), "percent_change", "-47%", "-47%"),
        (5873400, "eur", f"5.873.400{NBSP}euro", f"EUR{NBSP}5,873,400"),
        (0, "eur", f"0{NBSP}euro", f"EUR{NBSP}0"),
        (Decimal("12.5"), "eur", f"12,50{NBSP}euro", f"EUR{NBSP}12.50"),
        (Decimal("10.555"), "eur", f"10,555{NBSP}euro", f"EUR{NBSP}10.555"),
        (Decimal("0.0004"), "percent", "0,0004%", "0.0004%"),
        (Decimal("1.23456"), "persons", "1,23456", "1.23456"),
        (2028, "year", "2028", "2028"),
        (1234, "identifier", "1234", "1234"),
        (1234, None, "1.234", "1,234"),
        (datetime.date(2025, 2, 25), None, "25 februari 2025", "25 February 2025"),
        (True, None, "ja", "yes"),
        (False, None, "nee", "no"),
        ("tekst 5", None, "tekst 5", "tekst 5"),
        ("2019", "period", "2019", "2019"),
        ("2014-2020", "period", "2014\u20132020", "2014\u20132020"),
        ("2020-Q1", "period", "1e kwartaal 2020", "1st quarter 2020"),
        ("2023-12", "period", "december 2023", "December 2023"),
        ("2024-03-12", "period", "12 maart 2024", "12 March 2024"),
        ("2024-13-12", "period", "2024-13-12", "2024-13-12"),
        ("onbekend", "period", "onbekend", "onbekend"),
        ("2023-12", None, "2023-12", "2023-12"),
        (None, "persons", "", ""),
    ],
)
def test_values_are_written_as_the_reader_expects(value: Value, unit: str | None, dutch: str, english: str) -> None:
    assert (value_text(value, unit, "nl"), value_text(value, unit, "en")) == (dutch, english)


def test_sizes_are_written_in_bytes_or_kilobytes() -> None:
    assert bytes_text(999, "nl") == f"999{NBSP}bytes"
    assert bytes_text(1449, "nl") == f"1,4{NBSP}kB"
    assert bytes_text(1449, "en") == f"1.4{NBSP}kB"
