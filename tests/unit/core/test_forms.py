"""What Frictionless would guess about a file is guessed as it does, without asking it."""

import csv

from frictionless import Detector, Dialect
from hypothesis import given, settings
from hypothesis import strategies as st

from vierdepijler.core.columnar.forms import SAMPLE, starts_with_header, takes_space_away

TOKENS = (
    "a",
    "bb",
    "1",
    ",",
    ",",
    ", ",
    "; ",
    ";",
    " ",
    '"',
    '"',
    "'",
    '"a"',
    '"a b", ',
    "\n",
    "\n",
    "\r\n",
    "é",
    "\t",
)
ANY_SAMPLE = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)
CELL = st.sampled_from(["a", "b c", "12", "", '"a"', '"a, b"', "it's", "'q'"])
BETWEEN = st.sampled_from([",", ", ", ",", ", ", " ,"])


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Give lines of cells, most of them with the same between them."""
    width, between = draw(st.integers(1, 4)), draw(BETWEEN)
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12))
    lines = [(draw(BETWEEN) if draw(st.integers(0, 9)) == 0 else between).join(row) for row in rows]
    return "".join(line + "\n" for line in lines)


def guessed_by_sniffer(sample: str, delimiter: str) -> bool:
    """Tell what the guess of Python's own sniffer is, with which Frictionless reads a file."""
    try:
        return bool(csv.Sniffer().sniff(sample, delimiter).skipinitialspace)
    except csv.Error:
        return False


@settings(max_examples=200, deadline=None, derandomize=True)
@given(sample=tables() | ANY_SAMPLE, delimiter=st.sampled_from([",", ",", ";", "\t", "|"]))
def test_spaces_are_guessed_as_the_sniffer_does(sample: str, delimiter: str) -> None:
    assert takes_space_away(sample, delimiter) == guessed_by_sniffer(sample, delimiter)


def test_a_space_after_each_delimiter_is_seen() -> None:
    assert takes_space_away("a, b, c\n1, 2, 3\n4, 5, 6\n", ",")
    assert takes_space_away('a,b\n1, "2"\n3, "4"\n', ",")


def test_a_space_in_a_text_is_not_seen_as_one_after_each_delimiter() -> None:
    assert not takes_space_away("a,b\n1,one two\n2,three, four\n", ",")
    assert not takes_space_away("a,b\n1,2\n", ",")
    assert not takes_space_away("", ",")


def guessed_by_frictionless(rows: list[list[str]]) -> bool:
    """Tell whether the first row is the header for Frictionless."""
    dialect = Detector().detect_dialect(rows, dialect=Dialect())
    return bool(dialect.header) and dialect.header_rows == [1]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(widths=st.lists(st.integers(0, 30) | st.sampled_from([9, 10, 11]), max_size=12))
def test_the_header_is_guessed_as_frictionless_does(widths: list[int]) -> None:
    rows = [["x"] * width for width in widths]
    with_average = [*rows, ["x"] * round(sum(widths) / len(widths))] if rows else []
    assert not starts_with_header(rows) or guessed_by_frictionless(rows)
    # Where no row is about as wide as the average, Frictionless takes the first one after all: it is left to it.
    assert starts_with_header(with_average) or not guessed_by_frictionless(with_average)


def test_a_first_row_about_as_wide_as_the_others_is_the_header() -> None:
    assert starts_with_header([["a", "b"], ["1", "2"], ["3"]])
    assert starts_with_header([["a"] * 30, ["1"] * 33])
    assert not starts_with_header([["A title above the table"], [""], ["a"] * 9, ["1"] * 9])
    assert starts_with_header([])


def test_rows_behind_the_sample_do_not_count() -> None:
    rows = [["a"]] * SAMPLE + [["x"] * 50] * SAMPLE
    assert starts_with_header(rows)
    assert not starts_with_header(rows[SAMPLE - 1 :])
