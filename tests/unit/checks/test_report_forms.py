import pytest

from fresh_process import run_code
from vierdepijler.checks.reports import FORMS, Reader, Report, render
from vierdepijler.core.problems import Problem

REPORT = Report(2, 3, 4, 5, 6, 7, (Problem("a.csv", 3, "b", "this is empty", "correct it", "type"),))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_by_what_it_names(form: str) -> None:
    assert "a.csv" in render(form, REPORT, Reader())


def test_a_form_that_is_none_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        render("telegram", REPORT, Reader())


def test_nothing_is_loaded_for_a_form_that_is_not_asked_for() -> None:
    code = """
        from vierdepijler.checks.reports import render
        from vierdepijler.checks.reports import Reader, report_of_unreadable
        render("text", report_of_unreadable([]), Reader())
    """
    assert not run_code(code).loaded & {"vierdepijler.checks.report_formats", "xml", "csv", "pandas", "yaml"}
