"""Trying the pages: a check asks what builds the site, for nobody knows better what would stop it."""

import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from vierdepijler.checks.checking import CHART_RULE
from vierdepijler.checks.reporting.reports import Report
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Severity
from vierdepijler.core.reading import read_package
from vierdepijler.writers.formats.publication import LATEST

from .publishing import DESCRIPTOR, publish_package
from .republishing import republish
from .working_copy import SOURCES, differing, published_in

BUILDERS = ("jinja2", "mkdocs", "material", "typst", "PIL", "bs4")  # what must be installed to build a site
SETTINGS = "mkdocs"  # what the names of its files start with


def with_pages_tried(package: Package, report: Report) -> Report:
    """Add to a report what would stop the build of the site of a package, where it has one.

    Pages are tried once all else is well, for they show what the tables hold.
    """
    if not any((package.root / SOURCES / language).is_dir() for language in package.languages) or report.untouched:
        return report
    if any(problem.severity is Severity.ERROR and not _is_of_site(problem.file) for problem in report.problems):
        return report
    if package.large or not all(map(find_spec, BUILDERS)):
        reason = say("they show tables that are too large to hold") if package.large else say("what builds the site is not installed")
        return replace(report, untried=reason)
    try:
        _try_pages(package, report)
    except ContentError as error:
        told = {(problem.file, problem.line) for problem in report.problems}
        new = (replace(problem, rule=problem.rule or CHART_RULE) for problem in error.problems)
        found = [problem for problem in new if (problem.file, problem.line) not in told]
        return replace(report, problems=tuple(sorted((*report.problems, *found))))
    return report


def _is_of_site(file: str) -> bool:
    return file.startswith((f"{SOURCES}/", SETTINGS))


def _try_pages(package: Package, report: Report) -> None:
    from vierdepijler.site.rehearsal import rehearse  # noqa: PLC0415  # only a package with pages needs what builds them

    with tempfile.TemporaryDirectory() as folder:
        rehearse(_published(package, report, Path(folder) / "data"), package.root)


def _published(package: Package, report: Report, folder: Path) -> Package:
    """Give a package as it would be published: as it was, but for what changed, or else anew in `folder`."""
    before = published_in(package.root)
    try:
        known = read_package(before / LATEST / DESCRIPTOR)
    except (ContentError, OSError):
        publish_package(package, report, folder)
        return read_package(folder / LATEST / DESCRIPTOR)
    folder.mkdir()
    touched = differing(known, package)
    kept = {name: table for name, table in known.tables.items() if name not in touched}
    return republish(package, touched, before, folder, kept)
