from vierdepijler.checks.checking import first_causes
from vierdepijler.core.problems import Problem


def problem(rule: str, file: str = "a.csv", line: int = 2) -> Problem:
    return Problem(file, line, "x", "what", "todo", rule)


def test_a_file_with_another_delimiter_is_told_once() -> None:
    delimiter, elsewhere = problem("delimiter", line=1), problem("header", "b.csv")
    assert first_causes([delimiter, problem("header", line=1), problem("row-shape"), elsewhere]) == {
        delimiter,
        elsewhere,
    }


def test_the_history_keeps_quiet_where_the_figure_itself_is_in_doubt() -> None:
    printed, other = problem("printed"), problem("history", line=3)
    assert first_causes([printed, problem("history"), other]) == {printed, other}


def test_the_history_speaks_where_nothing_else_does() -> None:
    assert first_causes([problem("history"), problem("stray-spaces")]) == {problem("history"), problem("stray-spaces")}
