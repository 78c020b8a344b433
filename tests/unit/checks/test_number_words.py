from decimal import Decimal

import pytest

from vierdepijler.checks.rules.provenance import number_in_words


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("nul", 0),
        ("geen", 0),
        ("Eén", None),
        ("één", 1),
        ("eerste", 1),
        ("derde", 3),
        ("achtste", 8),
        ("twintigste", 20),
        ("eenendertig", 31),
        ("tweeënnegentigste", 92),
        ("honderdeen", 101),
        ("driehonderdderde", 303),
        ("duizendtwee", 1002),
        ("negenhonderdnegenennegentigduizendachthonderd", 999800),
        ("twintigtal", 20),
        ("anderhalf", Decimal("1.5")),
        ("een", None),
        ("en", None),
        ("enen", None),
        ("tientwintig", None),
        ("duizendduizend", None),
        ("de", None),
        ("", None),
    ],
)
def test_words_are_read_as_numbers(word: str, number: Decimal | int | None) -> None:
    assert number_in_words(word) == number
