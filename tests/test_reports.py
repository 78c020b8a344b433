from vierdepijler.problems import Problem
from vierdepijler.reports import Report, render_summary

PROBLEM = Problem("a.csv", 1, "", "bad", "mend")


def test_the_summary_tells_what_was_checked() -> None:
    report = Report(tables=29, rows=1, cells=1250, schema_rules=808, own_rules=7, pages=36, problems=())
    assert render_summary(report) == (
        "Checked 29 tables, 1 row, 1,250 cells and 36 page sources,"
        " against 808 schema rules and 7 rules of our own: no problems found."
    )


def test_the_summary_counts_the_problems() -> None:
    report = Report(tables=1, rows=2, cells=3, schema_rules=4, own_rules=5, pages=None, problems=(PROBLEM,))
    assert render_summary(report).endswith(": 1 problem found.")
    assert "no pages, for there are none here" in render_summary(report)
