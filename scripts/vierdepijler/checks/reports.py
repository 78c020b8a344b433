"""The outcome of a validation, and how it is told: a writer for each form, of which only the one asked for is loaded.

The same report gives the same text anywhere: no clock, and no path of a machine.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vierdepijler.core.problems import Message, Problem, Severity, grouped, in_language, say

if TYPE_CHECKING:
    from vierdepijler.core.package import Package

# What is one, and what are several; a sentence is put together from these, so that it can be said in Dutch too.
NOUNS = {
    "table": ("{count} table", "{count} tables"),
    "row": ("{count} row", "{count} rows"),
    "cell": ("{count} cell", "{count} cells"),
    "file": ("{count} file", "{count} files"),
    "page": ("{count} page source", "{count} page sources"),
    "schema rule": ("{count} schema rule", "{count} schema rules"),
    "rule": ("{count} rule", "{count} rules"),
    Severity.ERROR: ("{count} error", "{count} errors"),
    Severity.WARNING: ("{count} warning", "{count} warnings"),
    Severity.INFO: ("{count} note", "{count} notes"),
}
MARKS = {Severity.WARNING: "warning: ", Severity.INFO: "note: "}  # an error needs no word
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # would end the line, or steer a terminal
NAMED = 10  # files that a sentence names
CHARACTER = re.compile(r"character (\d+)")


@dataclass(frozen=True)
class Identity:
    """Which package was checked: its name, version and date, and the file name of its descriptor; empty if unsaid."""

    name: str = ""
    version: str = ""
    created: str = ""
    descriptor: str = ""


@dataclass(frozen=True)
class Report:
    """What was checked, and everything that was found to be wrong, in the order of files and lines.

    `pages` is the number of page sources, None where the package has no folder of them. `all_tables` is the number
    of tables that the package has, where only some were checked. A package that cannot be read is not `readable`:
    its problems say why, and nothing else was looked at. `in_parts` are the files that were too large to hold: of these
    `unasked` rules, which need all rows at once, were not asked. `passed_over` are the files that are no tables.
    `untried` says why what builds the site was not asked about its pages; empty where it was, or where there is none.
    """

    tables: int
    rows: int
    cells: int
    schema_rules: int
    own_rules: int
    pages: int | None
    problems: tuple[Problem, ...]
    package: Identity = Identity()
    all_tables: int | None = None
    readable: bool = True
    in_parts: tuple[str, ...] = ()
    unasked: int = 0
    passed_over: tuple[str, ...] = ()
    untried: str = ""

    def count(self, severity: Severity) -> int:
        """Count the problems of a severity."""
        return Counter(problem.severity for problem in self.problems)[severity]

    @property
    def valid(self) -> bool:
        """Whether nothing stands in the way of publication: warnings and notes do not."""
        return self.readable and not self.count(Severity.ERROR)

    @property
    def untouched(self) -> bool:
        """Whether only what was touched was asked for, and nothing was."""
        return self.readable and self.all_tables is not None and not self.tables and not self.pages


@dataclass(frozen=True)
class Reader:
    """For whom a report is written: the language, and the folder of the package as seen from the reader's own."""

    language: str = "en"
    folder: PurePosixPath = field(default_factory=PurePosixPath)

    def file(self, problem: Problem) -> str:
        """Name the file of a problem as the reader sees it, with forward slashes."""
        return (self.folder / problem.file).as_posix()


def identity(package: "Package") -> Identity:
    """Say which package this is."""
    known = {name: str(package.descriptor.get(name, "")) for name in ("name", "version", "created")}
    return Identity(**known, descriptor=package.path.name)


def report_of_unreadable(problems: Iterable[Problem]) -> Report:
    """Make the report on a package that cannot be read."""
    return Report(0, 0, 0, 0, 0, None, tuple(sorted(problems)), readable=False)


def problem_line(problem: Problem, language: str) -> str:
    """Write a problem on one line, with its severity unless it is an error, and the rule that found it."""
    told = problem.in_language(language)
    told = replace(told, what=severity_mark(told.severity, language) + told.what)
    line = f"{told} [{told.rule}]" if told.rule else str(told)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def render_text(report: Report, reader: Reader) -> str:
    """Write a line for each problem, and the summary."""
    seen = (replace(problem, file=reader.file(problem)) for problem in report.problems)
    lines = [problem_line(problem, reader.language) for problem in seen]
    return "".join(f"{line}\n" for line in [*lines, render_summary(report, reader.language)])


def message(problem: Problem) -> str:
    """Say what is wrong in which column, and what to do, without the place."""
    column = f"{problem.column}: " if problem.column else ""
    return f"{column}{problem.what}; {problem.todo}"


def character(problem: Problem) -> int | None:
    """Give the character of the line that a problem of a page starts at; None for a problem of a table."""
    found = CHARACTER.fullmatch(problem.column)
    return int(found[1]) if found else None


def severity_mark(severity: Severity, language: str) -> str:
    """Give the word that stands before a warning or a note; nothing before an error."""
    return in_language(say(MARKS.get(severity, "")), language)


def render_summary(report: Report, language: str = "en") -> str:
    """Tell in one sentence what was checked, and how many problems were found; in a second one what was not asked."""
    told = [_summary(report, language)]
    told += [_in_parts(report, language)] if report.in_parts else []
    told += [_passed_over(report, language)] if report.passed_over else []
    told += [say("The pages were not tried: {reason}.", reason=report.untried)] if report.untried else []
    return "\n".join(in_language(sentence, language) for sentence in told)


def _summary(report: Report, language: str) -> Message:
    if not report.readable:
        return say("The package cannot be read, so nothing was checked.")
    if report.untouched:
        return say("Nothing of this package was touched, so there was nothing to check.")
    return say(
        "Checked {tables}, {rows}, {cells} and {pages},"
        " against {schema_rules} and {own_rules} of our own: {found} found.",
        tables=_tables(report, language),
        rows=_counted(report.rows, "row", language),
        cells=_counted(report.cells, "cell", language),
        pages=say("no pages, for there are none here")
        if report.pages is None
        else _counted(report.pages, "page", language),
        schema_rules=_counted(report.schema_rules, "schema rule", language),
        own_rules=_counted(report.own_rules, "rule", language),
        found=_found(report, language),
    )


def _in_parts(report: Report, language: str) -> Message:
    """Tell which tables were seen only once, and what was not asked of them."""
    return say(
        "{files}: too large to hold in memory, so checked while being read; {unasked} of our own that need all rows at"
        " once were not asked (choose --hold with the megabytes that may be held to ask them).",
        files=", ".join(report.in_parts),
        unasked=_counted(report.unasked, "rule", language),
    )


def _passed_over(report: Report, language: str) -> Message:
    """Tell which files of the package are no tables, the first of very many."""
    shown = ", ".join(report.passed_over[:NAMED]) + (", …" if len(report.passed_over) > NAMED else "")
    return say(
        "{files} of the package not looked at, for these are no tables: {shown}.",
        files=_counted(len(report.passed_over), "file", language),
        shown=shown,
    )


def _tables(report: Report, language: str) -> Message:
    if report.all_tables is None:
        return _counted(report.tables, "table", language)
    return say(
        "{count} of {tables}", count=report.tables, tables=_counted(report.all_tables, "table", language)
    )  # with --changed


def _found(report: Report, language: str) -> Message:
    """List how many there are of each severity, the worst first."""
    found = [_counted(number, kind, language) for kind in Severity if (number := report.count(kind))]
    match found:
        case []:
            return say("no problems")
        case [only]:
            return only
        case [first, last]:
            return say("{first} and {last}", first=first, last=last)
        case _:
            return say("{first}, {second} and {last}", first=found[0], second=found[1], last=found[2])


def _counted(number: int, noun: str, language: str) -> Message:
    one, several = NOUNS[noun]
    return say(one if number == 1 else several, count=grouped(number, language))


FORMS: Mapping[str, tuple[str, str]] = {  # the module and the function that write each
    "text": ("reports", "render_text"),
    "json": ("report_formats", "render_report_json"),
    "csv": ("report_formats", "render_csv"),
    "github": ("report_formats", "render_github"),
    "sarif": ("report_formats", "render_sarif"),
    "junit": ("report_formats", "render_junit"),
}


def render(form: str, report: Report, reader: Reader) -> str:
    """Write a report in one of the `FORMS`, for a reader; raises `KeyError` for a form that is none of them."""
    module, function = FORMS[form]
    return str(getattr(import_module(f"{__package__}.{module}"), function)(report, reader))
