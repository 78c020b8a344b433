"""Numbers and dates in any notation, and what each of them can stand for."""

import pytest

from vierdepijler.lookup.readings import canonical, date_values, mentions, number_values


@pytest.mark.parametrize(
    ("digits", "values"),
    {
        "3811": ("3811",),
        "3.811": ("3811", "3.811"),
        "3,811": ("3811", "3.811"),
        "0,811": ("0.811",),
        "38.11": ("38.11",),
        "5.873.400": ("5873400",),
        "5,873,400.5": ("5873400.5",),
        "5 873 400": ("5873400",),
        "5\u202f873\u202f400,25": ("5873400.25",),
        "3'811": ("3811",),
        "0.2.0": (),
        "1.2,3.4": (),
        "3.8110": ("3.8110",),
    }.items(),
)
def test_each_number_that_a_notation_can_stand_for_is_given(digits: str, values: tuple[str, ...]) -> None:
    assert number_values(digits) == values


@pytest.mark.parametrize(
    ("text", "days"),
    {
        "25 februari 2025": ("2025-02-25",),
        "25 Feb. 2025": ("2025-02-25",),
        "25th of February 2025": ("2025-02-25",),
        "1e maart 2025": ("2025-03-01",),
        "February 25, 2025": ("2025-02-25",),
        "2025-2-5": ("2025-02-05",),
        "25/2/2025": ("2025-02-25",),
        "2/3/2025": ("2025-03-02", "2025-02-03"),
        "3.3.2025": ("2025-03-03",),
        "29 februari 2025": (),
        "25 fabruari 2025": (),
        "0000-01-01": (),
    }.items(),
)
def test_each_day_that_a_date_can_stand_for_is_given(text: str, days: tuple[str, ...]) -> None:
    assert date_values(text) == days


def test_needless_zeros_go() -> None:
    assert [canonical(number) for number in ("0086.30", "3811.", "-0.0", "-05", "10")] == [
        "86.3",
        "3811",
        "0",
        "-5",
        "10",
    ]


def test_words_around_numbers_are_heard() -> None:
    found = mentions("Van € 5,8734 miljoen ging 86,3 procent naar 18 netwerken, in 2025; zie S00 en de 4de pijler.")
    assert [(mention.text, mention.unit, mention.values[0]) for mention in found] == [
        ("5,8734", "eur", "5873400"),
        ("86,3", "percent", "86.3"),
        ("18", "", "18"),
        ("2025", "", "2025"),
    ]
    assert [mention.may_be_a_year for mention in found] == [False, False, False, True]


def test_a_date_is_not_read_as_numbers_too() -> None:
    (date,) = mentions("op 25/2/2025")
    assert date.is_date
    assert date.values == ("2025-02-25",)
