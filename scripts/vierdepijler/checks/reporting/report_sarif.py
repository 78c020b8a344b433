"""A report as SARIF 2.1.0 (OASIS), the form that services for code read: rules, and results at their places."""

from typing import Any
from urllib.parse import quote

from vierdepijler.checks.rules.rule import Explanation, explanations
from vierdepijler.core.problems import Problem, Severity
from vierdepijler.writers.formats.json_files import render_json

from .reports import Reader, Report, character, message

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"  # nobody fetches it
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
    return render_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


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
