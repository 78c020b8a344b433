"""The check as a command: what is asked on the command line, what is told in which form, and the pages tried."""

import argparse
import gc
import os
import sys
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vierdepijler.checks.reports import FORMS, Reader, Report, render, report_of_unreadable
from vierdepijler.core.problems import (
    LANGUAGES,
    ContentError,
    Problem,
    Severity,
    UnreadableError,
    heard,
    quoted,
    say,
    unreadable,
)
from vierdepijler.core.progress import MEGABYTE, progress
from vierdepijler.core.writing import scratch, write_file

from .command_line import PROBLEMS, UNREADABLE, VALID, run, seen_from

if TYPE_CHECKING:
    from vierdepijler.core.package import Package

SEVERITIES: dict[str, Severity | None] = {**{severity.value: severity for severity in Severity}, "off": None}
DESCRIPTORS = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
OBJECTS = 100_000  # new ones before Python looks for cycles among them: loading modules makes many, and no cycles
HELD = 32  # megabytes; with what the rules make of it, a table of this size takes some 300 MB
DESCRIPTION = """Check a data package; exit code 0 valid, 1 errors found, 2 it cannot be read. Warnings and notes do
not count as errors. The forms json, csv, github, sarif and junit tell of a package that cannot be read too."""


def command() -> int:
    """Check the package in the current folder, or the one that is asked for: what an installed tool and hook run."""
    return run(validate)


def nearest() -> Path:
    """Give the descriptor in the current folder; where none is there, the name it would have."""
    return next((path for path in map(Path, DESCRIPTORS) if path.exists()), Path(DESCRIPTORS[0]))


def validate(default: Path | None = None) -> int:
    """Check a package and tell what is wrong, in the form and language asked for; gives the exit code."""
    options = _options(default or nearest())
    report, root = _report(options)
    for form, path in options.save:
        write_file(path, _rendered(report, form, options.language, root))
    text = _rendered(report, options.format, options.language, root)
    if options.format == "text":
        (sys.stdout if report.readable else sys.stderr).write(text)
    else:  # these forms are UTF-8 with plain line ends wherever they are written
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", errors="backslashreplace"))
    sys.stdout.flush()
    if not report.readable:
        return UNREADABLE
    return VALID if report.valid else PROBLEMS


def _options(default: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=DESCRIPTION)
    add = parser.add_argument
    add("--package", type=Path, default=default, metavar="PATH", help="the descriptor (default: datapackage.json)")
    add("--format", choices=FORMS, default="text", help="the form of the report (default: text)")
    add("--language", choices=LANGUAGES, default="en", help="the language of the report; json holds both")
    add("--hold", type=int, default=HELD, metavar="MB", help="hold tables up to this size in memory (default: 32)")
    add("--changed", action="store_true", help="check only what was touched since the last commit")
    add("--since", metavar="REV", help="check only what was touched since the branch left this commit")
    add("--schema-only", action="store_true", help="ask only what the schemas say, and no rule of our own")
    add("--ignore", action="append", default=[], metavar="RULE", help="do not ask this rule")
    add(
        "--rules", type=Path, metavar="FILE", help="a file of YAML with a severity for rules: error, warning, info, off"
    )
    add("--offline-schemas", type=Path, metavar="DIR", help="a folder with copies of schemas that stand at an address")
    add("--save", action="append", default=[], type=_saved, metavar="FORM=FILE", help="write the report there as well")
    return parser.parse_args()


def _saved(text: str) -> tuple[str, Path]:
    form, _, path = text.partition("=")
    if form not in FORMS or not path:
        raise argparse.ArgumentTypeError(f"'{text}' is not a form and a file, such as sarif=report.sarif")
    return form, Path(path)


def _report(options: argparse.Namespace) -> tuple[Report, Path]:
    """Check the package, and give its folder; where it cannot be read, the report says why."""
    gc.set_threshold(OBJECTS)
    from vierdepijler.core.columnar import spare_pandas

    spare_pandas()  # before the first array is made, which some modules do already when they are loaded
    from vierdepijler.checks.checking import check_package
    from vierdepijler.core.reading import read_package

    root = options.package.parent
    try:
        chosen = _chosen(options)
        package = read_package(options.package, options.hold * MEGABYTE, leniently=True, copies=options.offline_schemas)
        scope = None
        if options.changed or (options.since or "").strip("0"):  # GitHub gives zeros for a branch that is new
            from vierdepijler.checks.changes import touched

            scope = touched(package, options.since)
        files = (package.root / table.file for table in package.heads)
        size = sum(file.stat().st_size for file in files if file.is_file())
        with progress(size, sys.stderr, language=options.language) as shown:
            report = check_package(package, None if options.schema_only else root / "site", scope, shown, chosen)
        if report.pages is not None:
            from .validating import with_pages_tried

            report = with_pages_tried(package, report, None if scope is None else scope.files)
    except UnreadableError as error:
        return report_of_unreadable(error.problems), error.root or root
    return report, root


def _chosen(options: argparse.Namespace) -> dict[str, Severity | None]:
    """Give the severities that are asked for on the command line, and in a file; None for a rule that is not asked."""
    from vierdepijler.checks.rules.rule import BY_SCHEMA, explanations

    if unknown := [rule for rule in options.ignore if rule not in explanations()]:
        what = say("there is no rule {rule} to leave out", rule=quoted(unknown[0]))
        raise unreadable("--ignore", what, say("name a rule as a report does"))
    chosen = {} if options.rules is None else _severities_in(options.rules)
    others = (rule for rule in explanations() if rule not in BY_SCHEMA) if options.schema_only else ()
    return chosen | dict.fromkeys((*options.ignore, *others))


def _severities_in(path: Path) -> dict[str, Severity | None]:
    """Read a file of YAML, or JSON, that gives rules a severity; raises `UnreadableError` for any other."""
    from yaml import YAMLError

    from vierdepijler.checks.rules.rule import explanations
    from vierdepijler.core.text_files import WRITTEN, read_text
    from vierdepijler.core.yaml_texts import read_texts

    try:
        written = read_texts(read_text(path, path.name, most=WRITTEN))
    except YAMLError as error:
        what = say("this is not valid YAML ({reason})", reason=heard(str(getattr(error, "problem", error))))
        raise unreadable(path.name, what, say("mend it")) from error
    if not isinstance(written, dict):
        raise unreadable(path.name, say("these are no rules"), say("write lines such as 'stray-spaces: off'"), line=1)
    flaws = [name for name, value in written.items() if name not in explanations() or str(value) not in SEVERITIES]
    if flaws:
        what = say("{rule} is no rule, or what it is given is no severity", rule=quoted(flaws[0]))
        raise unreadable(path.name, what, say("name a rule, and behind it error, warning, info or off"), line=1)
    return {name: SEVERITIES[value] for name, value in written.items()}


def _rendered(report: Report, form: str, language: str, root: Path) -> str:
    folder = seen_from(Path(), root) if form == "text" else _in_repository(root)
    return render(form, report, Reader(language, PurePosixPath(folder.as_posix())))


def _in_repository(root: Path) -> Path:
    """Name the folder of the package as a service does: from the workspace of its job, or else from here.

    A package elsewhere is named from its own folder, so that no path of this machine gets out.
    """
    folder = seen_from(Path(os.environ.get("GITHUB_WORKSPACE") or "."), root)
    return Path() if folder.is_absolute() else folder


SOURCES, SETTINGS = "site", "mkdocs"  # what the names of files of a site start with


def with_pages_tried(package: "Package", report: Report, files: AbstractSet[str] | None = None) -> Report:
    """Add to a report what would stop the build of the site of a package, where it has one.

    Pages are tried once all else is well, for they show what the tables hold. Where some `files` are given, only what
    is wrong in these is told.
    """
    if not any((package.root / SOURCES / language).is_dir() for language in package.languages) or report.untouched:
        return report
    if any(problem.severity is Severity.ERROR and not _is_of_site(problem.file) for problem in report.problems):
        return report
    if package.large:
        return replace(report, untried=say("they show tables that are too large to hold"))
    try:
        problems: Iterable[Problem] = _try_pages(package, report)
    except ModuleNotFoundError as error:
        return replace(report, untried=say("'{name}' is not installed", name=error.name))
    except ContentError as error:
        problems = error.problems
    if problems:
        from vierdepijler.checks.checking import CHART_RULE  # whoever asks for help does not wait for it

        told = {(problem.file, problem.line, problem.what) for problem in report.problems}
        new = (problem for problem in problems if (problem.file, problem.line, problem.what) not in told)
        asked = (problem for problem in new if files is None or problem.file in files)
        found = [replace(problem, rule=problem.rule or CHART_RULE) for problem in asked]
        return replace(report, problems=tuple(sorted((*report.problems, *found))))
    return report


def _is_of_site(file: str) -> bool:
    return file.startswith((f"{SOURCES}/", SETTINGS))


def _try_pages(package: "Package", report: Report) -> list[Problem]:
    """Rehearse the build; a tool that only checks may lack what that needs, and a package without pages needs none."""
    from vierdepijler.commands.working_copy import as_published  # a check may lack what it needs
    from vierdepijler.site.previews import rehearse  # idem

    with scratch() as folder:
        return rehearse(as_published(package, report, folder / "data"), package.root)
