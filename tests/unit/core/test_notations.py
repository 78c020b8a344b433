import pytest

from vierdepijler.core.notations import date_advice, number_advice


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("86,3", "write 86.3, with a decimal point"),
        ("-86,3", "write -86.3, with a decimal point"),
        ("\u221286,3", "write -86.3, with a decimal point"),
        ("3 290", "write 3290, with nothing between the thousands"),
        ("3\u00a0290", "write 3290, with nothing between the thousands"),
        ("3\u202f290", "write 3290, with nothing between the thousands"),
        ("1.234.567", "write 1234567, with nothing between the thousands"),
        ("1,234,567", "write 1234567, with nothing between the thousands"),
        ("3'290", "write 3290, with nothing between the thousands"),
        ("45%", "write 45, without the percent sign"),
        ("45 %", "write 45, without the percent sign"),
        ("86.3%", "write 86.3, without the percent sign"),
        ("86,3%", "write 86.3"),
        ("3.290,50", "write 3290.50"),
        ("3,290.50", "write 3290.50, with nothing between the thousands"),
        ("- 5", "write -5"),
        ("3,290", "write 3.290 where the comma is a decimal one, 3290 where it groups"),
    ],
)
def test_a_number_in_another_notation_is_rewritten(text: str, advice: str) -> None:
    assert number_advice(text, whole=False) == advice


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("3.290", "write 3290, with nothing between the thousands"),
        ("3,290", "write 3290, with nothing between the thousands"),
        ("86,3", "write a whole number, or make the type of the field 'number'"),
        ("86.3", "write a whole number, or make the type of the field 'number'"),
        ("3290.0", "leave the decimals out"),
        ("45%", "write 45, without the percent sign"),
    ],
)
def test_a_whole_number_has_no_decimals(text: str, advice: str) -> None:
    assert number_advice(text, whole=True) == advice


@pytest.mark.parametrize("text", ["many", "", "3 29", "3.29.0", "1.234.56", "3,290,5", "1.234.567.8", "5 of 6", "€ 5"])
def test_what_cannot_be_read_as_a_number_gets_no_advice(text: str) -> None:
    assert number_advice(text, whole=False) is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("25/2/2025", "write year-month-day: 2025-02-25"),
        ("25-02-2025", "write year-month-day: 2025-02-25"),
        ("25.2.2025", "write year-month-day: 2025-02-25"),
        ("2/25/2025", "write year-month-day: 2025-02-25"),
        ("3/3/2025", "write year-month-day: 2025-03-03"),
        ("2025/2/25", "write year-month-day: 2025-02-25"),
        ("20250225", "write year-month-day: 2025-02-25"),
        (" 2025-02-25", "write year-month-day: 2025-02-25"),
        ("2/3/2025", "write year-month-day: 2025-03-02 where the day stands first, 2025-02-03 where the month does"),
        ("2025-02-30", "check the day: the calendar does not have it"),
        ("30/2/2025", "check the day: the calendar does not have it"),
    ],
)
def test_a_date_in_another_notation_is_rewritten(text: str, advice: str) -> None:
    assert date_advice(text) == advice


@pytest.mark.parametrize("text", ["yesterday", "", "25/2", "25/2/25", "25-2/2025", "2025"])
def test_what_cannot_be_read_as_a_date_gets_no_advice(text: str) -> None:
    assert date_advice(text) is None
