from typing import Any

import pytest

from vierdepijler.core.gathering import read_records
from vierdepijler.core.problems import UnreadableError

TEXT = "about,\na,a\nx,y\n# 1,2\n1,2\n\n3,4\n"


@pytest.mark.parametrize(
    ("dialect", "header", "lines"),
    [
        ({}, ("about", ""), (2, 3, 4, 5, 6, 7)),
        ({"headerRows": [2]}, ("a", "a"), (3, 4, 5, 6, 7)),
        ({"headerRows": [2, 3], "headerJoin": "-"}, ("a-x", "a-y"), (4, 5, 6, 7)),
        ({"headerRows": [1, 2]}, ("about a", " a"), (3, 4, 5, 6, 7)),
        ({"headerRows": [3], "commentChar": "#"}, ("x", "y"), (5, 6, 7)),
        ({"headerRows": [3], "commentRows": [4, 5]}, ("x", "y"), (6, 7)),
        ({"headerRows": [3], "skipBlankRows": True}, ("x", "y"), (4, 5, 7)),
        ({"header": False}, ("p", "q"), (1, 2, 3, 4, 5, 6, 7)),
    ],
)
def test_a_text_is_cut_as_its_dialect_says(dialect: dict[str, Any], header: tuple[str, str], lines: tuple[int]) -> None:
    found = read_records(TEXT, dialect, ["p", "q"], "a.csv")
    assert found.header == header
    assert found.lines == found.numbers == lines


def test_columns_without_any_name_are_numbered() -> None:
    assert read_records("1,2\n", {"header": False}, [], "a.csv").header == ("field1", "field2")


def test_a_record_of_two_lines_has_the_line_it_starts_on_and_its_own_number() -> None:
    found = read_records('a\n"x\ny"\nz\n', {}, [], "a.csv")
    assert (found.lines, found.numbers) == ((2, 4), (2, 3))


def test_what_is_no_csv_is_told() -> None:
    with pytest.raises(UnreadableError, match=r"a\.csv:2: this is not a CSV file"):
        read_records('a\n"x\n', {}, [], "a.csv")
