"""A report in forms that are written here: JSON, CSV and annotations.

JSON follows `validation_report.schema.json`; CSV RFC 4180, but for its line ends; the annotations are GitHub's
workflow commands.
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.messages import LANGUAGES
from vierdepijler.core.problems import Problem, Severity
from vierdepijler.writers.formats.json_files import render_json

from .reports import Identity, Reader, Report, character, message, render_summary

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
        "what": {language: said.what for language, said in told.items()},
        "todo": {language: said.todo for language, said in told.items()},
    }


def render_csv(report: Report, reader: Reader) -> str:
    """Write a line for each problem, for spreadsheets: nothing in it runs over lines or works as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for problem in report.problems:
        told = problem.in_language(reader.language)
        cells = (told.file, told.line or "", told.column, told.severity, told.rule, told.what, told.todo)
        writer.writerow(_harmless(str(cell)) for cell in cells)
    return text.getvalue()


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
