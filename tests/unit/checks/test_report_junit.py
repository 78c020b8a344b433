from dataclasses import replace

from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from vierdepijler.checks.report_formats import render_junit
from vierdepijler.checks.reports import Identity, Reader, Report, report_of_unreadable
from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.problems import Problem, Severity

PROBLEM = Problem("data/a.csv", 3, "persons", 'bad & "worse" <x>', "mend", "type")


def suite(*problems: Problem, readable: bool = True) -> TestSuite:
    report = Report(1, 1, 1, 1, 1, None, problems, Identity("mini")) if readable else report_of_unreadable(problems)
    read = next(iter(JUnitXml.fromstring(render_junit(report, Reader()).encode())))
    assert isinstance(read, TestSuite)
    return read


def cases(found: TestSuite) -> list[TestCase]:
    return list(found)


def test_every_rule_is_a_test_that_passes_where_nothing_is_wrong() -> None:
    found = suite()
    assert (found.name, found.tests, found.failures) == ("mini", len(explanations()), 0)
    assert all(case.is_passed for case in cases(found))


def test_an_error_is_a_failure_at_its_place() -> None:
    found = suite(PROBLEM, replace(PROBLEM, line=4))
    failed = [case for case in cases(found) if case.is_failure]
    assert (found.tests, found.failures, len(failed)) == (len(explanations()) + 1, 2, 2)
    assert failed[0].name == f"{explanations()['type'].text('label', 'en')}: data/a.csv:3"
    assert [(failure.message, failure.type) for failure in failed[0].result if isinstance(failure, Failure)] == [
        ('persons: bad & "worse" <x>; mend', "type")
    ]


def test_a_warning_is_told_and_does_not_fail() -> None:
    found = suite(replace(PROBLEM, severity=Severity.WARNING))
    assert found.failures == 0
    told = [case.system_out for case in cases(found) if case.system_out]
    assert told == ['data/a.csv:3: warning: persons: bad & "worse" <x>; mend']


def test_what_xml_cannot_hold_is_written_out() -> None:
    found = suite(replace(PROBLEM, what="a\x00b\ud800c", file="\x1b.csv"))
    failed = next(case for case in cases(found) if case.is_failure)
    assert "a\\u0000b\\ud800c" in str(failed.result[0].message)
    assert failed.name.endswith("\\u001b.csv:3")


def test_where_a_package_cannot_be_read_the_other_rules_were_skipped() -> None:
    found = suite(replace(PROBLEM, rule="readable"), readable=False)
    skipped = [case for case in cases(found) if any(isinstance(result, Skipped) for result in case.result)]
    assert (found.failures, found.skipped, len(skipped)) == (1, len(explanations()) - 1, len(explanations()) - 1)
