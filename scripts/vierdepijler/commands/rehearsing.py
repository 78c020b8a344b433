"""Trying the pages: a check asks what builds the site, for nothing knows better what would stop it."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from vierdepijler.checks.checking import CHART_RULE
from vierdepijler.checks.reports import Report
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Severity
from vierdepijler.core.writing import scratch

SOURCES, SETTINGS = "site", "mkdocs"  # what the names of files of a site start with


def with_pages_tried(package: Package, report: Report, files: AbstractSet[str] | None = None) -> Report:
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
        _try_pages(package, report)
    except ModuleNotFoundError as error:
        return replace(report, untried=say("'{name}' is not installed", name=error.name))
    except ContentError as error:
        told = {(problem.file, problem.line, problem.what) for problem in report.problems}
        new = (problem for problem in error.problems if (problem.file, problem.line, problem.what) not in told)
        asked = (problem for problem in new if files is None or problem.file in files)
        found = [replace(problem, rule=problem.rule or CHART_RULE) for problem in asked]
        return replace(report, problems=tuple(sorted((*report.problems, *found))))
    return report


def _is_of_site(file: str) -> bool:
    return file.startswith((f"{SOURCES}/", SETTINGS))


def _try_pages(package: Package, report: Report) -> None:
    """Rehearse the build; a tool that only checks may lack what that needs, and a package without pages needs none."""
    from vierdepijler.commands.working_copy import as_published  # noqa: PLC0415  # a check may lack what it needs
    from vierdepijler.site.rehearsal import rehearse  # noqa: PLC0415  # idem

    with scratch() as folder:
        rehearse(as_published(package, report, folder / "data"), package.root)
