import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from rule_checks import package_of, table
from vierdepijler.core.cells import Cell
from vierdepijler.core.tables import Value
from vierdepijler.core.text import bytes_text, shown_text, value_text

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


@pytest.mark.parametrize(
    ("row", "dutch", "english"),
    [
        ("20,least,read", "minstens 20 (niet gelezen)", "at least 20 (not read)"),
        ("20,exactly,seen_in_text", "20", "20"),
        ("20,,", "20", "20"),
        ("20,exactly,read", "20 (niet gelezen)", "20 (not read)"),
        ("20,least,seen_in_text", "minstens 20", "at least 20"),
        (",least,read", "", ""),
    ],
)
def test_a_value_is_never_shown_more_strongly_or_surely_than_its_source_says_it(
    tmp_path: Path, row: str, dutch: str, english: str
) -> None:
    keys = [{"fields": name, "reference": {"resource": "codes", "fields": "code"}} for name in ("strength", "sure")]
    about = {"n": {"strengthIn": "strength", "confidenceIn": "sure"}}
    counted = table("t", "n:integer strength sure", f"n,strength,sure\n{row}\n", foreignKeys=keys, about=about)
    codes = (
        "code,label_nl,label_en\nleast,Minstens,At least\nread,Niet gelezen,Not read\nexactly,P,E\nseen_in_text,G,S\n"
    )
    listed = table("codes", "code label_nl label_en", codes, primaryKey="code")
    package = package_of(tmp_path, counted, listed, languages=["nl", "en"]).read()
    cell = Cell(package.tables["t"], 0, package.tables["t"].field("n"))
    assert (shown_text(package, cell, "nl"), shown_text(package, cell, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("row", "dutch", "english"),
    [("1000,1200", "1.000 tot 1.200", "1,000 to 1,200"), ("1000,", "1.000", "1,000"), (",", "", "")],
)
def test_a_range_is_shown_with_both_its_ends(tmp_path: Path, row: str, dutch: str, english: str) -> None:
    counted = table("t", "n:integer most:integer", f"n,most\n{row}\n", about={"n": {"upperIn": "most"}})
    package = package_of(tmp_path, counted).read()
    cell = Cell(package.tables["t"], 0, package.tables["t"].field("n"))
    assert (shown_text(package, cell, "nl"), shown_text(package, cell, "en")) == (dutch, english)
