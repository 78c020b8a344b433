"""A report as JUnit's XML, the form that services for tests read: each rule is a test, each problem a case of it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vierdepijler.checks.rules.rule import Explanation, explanations
from vierdepijler.core.messages import in_language, say
from vierdepijler.core.problems import Problem, Severity

from .reports import Reader, Report, message, severity_mark

# What XML cannot hold, not even as a number; and the carriage return, which its readers turn into a line end.
FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, reader: Reader) -> str:
    """Write a test for each rule; one that found problems has a case for each, and warnings do not fail."""
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", name=_held(report.package.name or "package"))
    for rule, problems in _by_rule(report):
        if problems:
            for problem in problems:
                _case(suite, rule, problem, reader)
        else:
            case = SubElement(suite, "testcase", classname=rule.name, name=_held(rule.text("label", reader.language)))
            if not report.readable:
                reason = say("[{rule}] not checked, for the package cannot be read", rule=rule.name)
                SubElement(case, "skipped", message=in_language(reason, reader.language))
    for element in (root, suite):
        element.attrib |= _counts(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _by_rule(report: Report) -> Iterator[tuple[Explanation, list[Problem]]]:
    """Give each rule of the catalogue with its problems, and last those that no rule of it has found."""
    catalogue = explanations()
    for name, rule in catalogue.items():
        yield rule, [problem for problem in report.problems if problem.rule == name]
    for problem in report.problems:
        if problem.rule not in catalogue:
            label = {f"label_{language}": problem.rule or "package" for language in ("nl", "en")}
            yield Explanation(problem.rule or "package", problem.severity, label), [problem]


def _case(suite: Element, rule: Explanation, problem: Problem, reader: Reader) -> None:
    told = problem.in_language(reader.language)
    file = _held(reader.file(told))
    place = f"{file}:{told.line}" if told.line else file
    name = f"{_held(rule.text('label', reader.language))}: {place}"
    case = SubElement(suite, "testcase", classname=rule.name, name=name, file=file)
    if told.line:
        case.set("line", str(told.line))
    text = _held(message(told))
    if told.severity is Severity.ERROR:
        SubElement(case, "failure", message=text, type=rule.name).text = f"{place}: {text}"
    else:
        SubElement(case, "system-out").text = f"{place}: {severity_mark(told.severity, reader.language)}{text}"


def _counts(suite: Element) -> dict[str, str]:
    counts = {"tests": "testcase", "failures": "testcase/failure", "skipped": "testcase/skipped"}
    return {**{name: str(len(suite.findall(path))) for name, path in counts.items()}, "errors": "0"}


def _held(text: str) -> str:
    """Write out what XML cannot hold."""
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
