"""The outcome of a validation, and how it is told."""

from dataclasses import dataclass

from .problems import Problem


@dataclass(frozen=True)
class Report:
    """What was checked, and everything that was found to be wrong, in the order of files and lines.

    `pages` is the number of page sources, None where the package has no folder of them.
    """

    tables: int
    rows: int
    cells: int
    schema_rules: int
    own_rules: int
    pages: int | None
    problems: tuple[Problem, ...]


def render_summary(report: Report) -> str:
    """Tell in one sentence what was checked, and how many problems were found."""
    pages = "no pages, for there are none here" if report.pages is None else _count(report.pages, "page source")
    return (
        f"Checked {_count(report.tables, 'table')}, {_count(report.rows, 'row')}, {_count(report.cells, 'cell')}"
        f" and {pages},"
        f" against {_count(report.schema_rules, 'schema rule')} and {_count(report.own_rules, 'rule')} of our own:"
        f" {_count(len(report.problems), 'problem') if report.problems else 'no problems'} found."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
