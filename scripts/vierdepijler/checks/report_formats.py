"""A report in forms that programs read.

JSON follows `validation_report.schema.json`, CSV RFC 4180 but for its line ends, SARIF that of OASIS, version 2.1.0,
JUnit what its readers agree on, and the annotations are GitHub's workflow commands.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vierdepijler.checks.rules.rule import Explanation, explanations
from vierdepijler.core.problems import LANGUAGES, Problem, Severity, in_language, say
from vierdepijler.core.text_files import csv_text, render_json

from .reports import Identity, Reader, Report, character, message, render_summary, severity_mark

SCHEMA = Path(__file__).with_name("validation_report.schema.json")
SCHEMA_FILE = "validation.schema.json"  # its name beside a published report
TEXTS = ("label", "catches", "misses", "advice")
COLUMNS = ("file", "line", "column", "severity", "rule", "what", "todo")
FORMULA = tuple("=+-@\t\uff1d\uff0b\uff0d\uff20")  # what a spreadsheet takes for the start of a formula
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_report_json(report: Report, _reader: Reader) -> str:
    """Write everything that is known, every text in both languages, as the JSON Schema beside this module says."""
    return render_json(
        {
            "$schema": SCHEMA_FILE,
            "package": _package(report.package),
            "readable": report.readable,
            "valid": report.valid,
            "checked": {
                "tables": report.tables,
                "all_tables": report.tables if report.all_tables is None else report.all_tables,
                "rows": report.rows,
                "cells": report.cells,
                "pages": report.pages,
                "schema_rules": report.schema_rules,
                "own_rules": report.own_rules,
                "in_parts": list(report.in_parts),
                "unasked": report.unasked,
                "passed_over": list(report.passed_over),
            },
            "found": found(report),
            "rules": [
                {"id": name, "severity": rule.severity, **{text: _texts(rule.text, text) for text in TEXTS}}
                for name, rule in explanations().items()
            ],
            "problems": [_problem(problem) for problem in report.problems],
        }
    )


def found(report: Report) -> dict[str, int]:
    """Count the problems of each severity."""
    return {f"{severity}s": report.count(severity) for severity in Severity}


def _package(package: Identity) -> dict[str, str | None]:
    known = {"name": package.name, "version": package.version, "created": package.created}
    return {name: value or None for name, value in {**known, "descriptor": package.descriptor}.items()}


def _texts(text: Callable[[str, str], str], name: str) -> dict[str, str]:
    return {language: text(name, language) for language in LANGUAGES}


def _problem(problem: Problem) -> dict[str, Any]:
    told = {language: problem.in_language(language) for language in LANGUAGES}
    return {
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "rule": problem.rule or None,
        "severity": problem.severity,
        "what": {language: one.what for language, one in told.items()},
        "todo": {language: one.todo for language, one in told.items()},
    }


def render_csv(report: Report, reader: Reader) -> str:
    """Write a line for each problem, for spreadsheets: nothing in it runs over lines or works as a formula."""
    told = (problem.in_language(reader.language) for problem in report.problems)
    rows = ((one.file, one.line or "", one.column, one.severity, one.rule, one.what, one.todo) for one in told)
    return csv_text([COLUMNS, *([_harmless(str(cell)) for cell in row] for row in rows)])


def _harmless(cell: str) -> str:
    line = re.sub(r"[\r\n\x0b\x0c\x85\u2028\u2029]+", " ", cell)
    return f"'{line}" if line.lstrip(" ").startswith(FORMULA) else line


def render_github(report: Report, reader: Reader) -> str:
    """Write GitHub's workflow commands, which put each problem beside its line, and the summary."""
    lines = [_command(problem.in_language(reader.language), reader) for problem in report.problems]
    return "".join(f"{line}\n" for line in [*lines, render_summary(report, reader.language)])


def _command(problem: Problem, reader: Reader) -> str:
    rule = explanations().get(problem.rule)
    properties = {
        "file": reader.file(problem),
        "line": str(problem.line or ""),
        "col": str(character(problem) or ""),
        "title": rule.text("label", reader.language) if rule else problem.rule,
    }
    given = ",".join(f"{name}={_escaped_property(value)}" for name, value in properties.items() if value)
    return f"::{COMMANDS[problem.severity]} {given}::{_escaped(message(problem))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"  # nobody fetches it
TOOL = "validate-data-package"
BASE = "%SRCROOT%"  # the name that services know for the folder that a repository is checked out in
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(report: Report, reader: Reader) -> str:
    """Write the report as SARIF; addresses of files are relative, as seen from the reader's folder."""
    rules = list(explanations().values())
    run = {
        "tool": {"driver": {"name": TOOL, "rules": [_rule(rule, reader.language) for rule in rules]}},
        "language": reader.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the check was started in."}}},
        "invocations": [{"executionSuccessful": report.readable}],
        "results": [_result(problem, reader, [rule.name for rule in rules]) for problem in report.problems],
    }
    return render_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Explanation, language: str) -> dict[str, Any]:
    texts = {"shortDescription": "label", "fullDescription": "catches", "help": "advice"}
    return {
        "id": rule.name,
        **{name: {"text": rule.text(text, language)} for name, text in texts.items()},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(problem: Problem, reader: Reader, rules: list[str]) -> dict[str, Any]:
    told = problem.in_language(reader.language)
    rule = {"ruleId": told.rule, "ruleIndex": rules.index(told.rule)} if told.rule in rules else {}
    place = {"artifactLocation": {"uri": quote(reader.file(told)), "uriBaseId": BASE}, **_region(told)}
    named = {"logicalLocations": [{"name": told.column, "kind": "member"}]} if told.column else {}
    return {
        **rule,
        "level": LEVELS[told.severity],
        "message": {"text": message(told)},
        "locations": [{"physicalLocation": place, **named}],
    }


def _region(problem: Problem) -> dict[str, Any]:
    """Give the line, and the character where it is known; nothing for a problem of a whole file."""
    start = character(problem)
    column = {} if start is None else {"startColumn": start}
    return {"region": {"startLine": problem.line, **column}} if problem.line else {}


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
