"""First causes: of all that is found, what is worth telling, and what only follows from another mistake."""

from collections.abc import Iterable

from vierdepijler.core.problems import Problem

DELIMITER, HISTORY, HEADER, HEADER_TEXT = "delimiter", "history", "header", "header-text"
# Where one of these speaks, the figure itself is in doubt: to record it in the history would record the mistake.
ABOUT_FIGURES = frozenset({"printed", "derived", "totals", "decimals", "notation", "numbers", "shares", "ranges"})


def first_causes(found: Iterable[Problem]) -> set[Problem]:
    """Leave out what only follows from another mistake.

    That is what is said of a file that is cut in the wrong places, of the history of a figure that is wrong, and of
    a header that differs from the name of its field by a character nobody sees.
    """
    problems = set(found)
    miscut = {problem.file for problem in problems if problem.rule == DELIMITER}
    told = {(problem.file, problem.column) for problem in problems if problem.rule == HEADER_TEXT}
    doubted = {(problem.file, problem.line) for problem in problems if problem.rule in ABOUT_FIGURES}
    return {
        problem
        for problem in problems
        if (problem.file not in miscut or problem.rule == DELIMITER)
        and (problem.rule != HISTORY or (problem.file, problem.line) not in doubted)
        and (problem.rule != HEADER or (problem.file, problem.column) not in told)
    }
