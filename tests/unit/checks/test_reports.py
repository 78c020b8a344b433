from dataclasses import replace

import pytest

from vierdepijler.checks.reports import NOUNS, Report, problem_line, render_summary, report_of_unreadable
from vierdepijler.core.problems import Problem, Severity

PROBLEM = Problem("a.csv", 1, "", "bad", "mend")
REPORT = Report(tables=29, rows=1, cells=1250, schema_rules=808, own_rules=7, pages=36, problems=())
SEVERAL = tuple(replace(PROBLEM, severity=severity) for severity in (*Severity, Severity.INFO))


def test_the_summary_tells_what_was_checked() -> None:
    assert render_summary(REPORT) == (
        "Checked 29 tables, 1 row, 1,250 cells and 36 page sources,"
        " against 808 schema rules and 7 rules of our own: no problems found."
    )


def test_the_summary_is_told_in_dutch() -> None:
    assert render_summary(replace(REPORT, problems=SEVERAL), "nl") == (
        "Nagekeken: 29 tabellen, 1 rij, 1.250 cellen en 36 paginabronnen, met 808 schemaregels en 7 regels van onszelf."
        " Gevonden: 1 fout, 1 waarschuwing en 2 opmerkingen."
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_two_numbers(noun: str) -> None:
    one, several = NOUNS[noun]
    assert one != several


def test_the_summary_counts_the_problems_by_severity() -> None:
    assert render_summary(replace(REPORT, problems=SEVERAL[:1])).endswith(": 1 error found.")
    assert render_summary(replace(REPORT, problems=SEVERAL[:2])).endswith(": 1 error and 1 warning found.")
    assert render_summary(replace(REPORT, problems=SEVERAL)).endswith(": 1 error, 1 warning and 2 notes found.")
    assert "no pages, for there are none here" in render_summary(replace(REPORT, pages=None))


def test_the_summary_tells_how_much_was_checked() -> None:
    assert render_summary(replace(REPORT, tables=3, all_tables=29)).startswith("Checked 3 of 29 tables, ")
    nothing = replace(REPORT, tables=0, pages=0, all_tables=29)
    assert render_summary(nothing) == "Nothing of this package was touched, so there was nothing to check."
    assert render_summary(report_of_unreadable([PROBLEM])) == "The package cannot be read, so nothing was checked."


def test_only_errors_make_a_package_invalid() -> None:
    assert replace(REPORT, problems=SEVERAL[1:]).valid
    assert not replace(REPORT, problems=SEVERAL).valid
    assert not report_of_unreadable([PROBLEM]).valid


def test_a_line_tells_severity_and_rule() -> None:
    assert problem_line(PROBLEM, "en") == "a.csv:1: bad; mend"
    note = replace(PROBLEM, severity=Severity.INFO, rule="units", todo="add it")
    assert problem_line(note, "nl") == "a.csv:1: opmerking: bad; vul het aan [units]"
