from pathlib import Path

from vierdepijler.core.problems import ContentError, Problem, UnreadableError, quoted, unreadable


def test_a_problem_reads_as_file_line_column_what_and_what_to_do() -> None:
    problem = Problem("data/a.csv", 3, "persons", "'x' is not a whole number", "write digits only")
    assert str(problem) == "data/a.csv:3: persons: 'x' is not a whole number; write digits only"


def test_a_problem_with_a_whole_file_has_no_line() -> None:
    assert str(Problem("a.csv", 0, "", "it is missing", "add it")) == "a.csv: it is missing; add it"


def test_problems_are_sorted_by_file_and_line() -> None:
    late, early = Problem("b", 1, "", "w", "t"), Problem("a", 10, "", "w", "t")
    first = Problem("a", 9, "", "w", "t")
    assert sorted([late, early, first]) == [first, early, late]


def test_a_content_error_carries_its_problems() -> None:
    error = ContentError([Problem("a", 1, "", "w", "t")], Path("here"))
    assert (error.problems[0].file, error.root) == ("a", Path("here"))


def test_an_unreadable_file_is_a_content_error() -> None:
    error = unreadable("a.json", "bad", "mend", line=4, column="character 2")
    assert isinstance(error, UnreadableError)
    assert isinstance(error, ContentError)
    assert str(error) == "a.json:4: character 2: bad; mend"


def test_what_is_quoted_stays_on_one_line_and_short() -> None:
    assert quoted("a\nb\x00") == "'a\\u000ab\\u0000'"
    assert len(quoted("x" * 500)) == 63
