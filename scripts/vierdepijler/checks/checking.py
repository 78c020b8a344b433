"""Validation: schemas first, then our own rules over the tables that fit them, then the pages."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vierdepijler.checks.pages.page_texts import check_page_texts
from vierdepijler.checks.pages.prose import check_claims, check_pages, page_sources
from vierdepijler.checks.reporting.reports import Report, identity
from vierdepijler.checks.rules.conventions import CONVENTIONS
from vierdepijler.checks.rules.derivation import DERIVATION
from vierdepijler.checks.rules.descriptor_text import DESCRIPTOR_TEXT
from vierdepijler.checks.rules.expectations import EXPECTATIONS
from vierdepijler.checks.rules.header_text import HEADER_TEXT
from vierdepijler.checks.rules.history import RULES as HISTORY_RULES
from vierdepijler.checks.rules.hygiene import HYGIENE
from vierdepijler.checks.rules.properties import PROPERTIES, severity_of
from vierdepijler.checks.rules.provenance import check_printed
from vierdepijler.checks.rules.reference_rules import REFERENCE_RULES
from vierdepijler.checks.rules.release_rules import RULES as RELEASE_RULES
from vierdepijler.checks.rules.rule import PackageRule, Rule, TableRule
from vierdepijler.checks.rules.sentences import RULES as SENTENCE_RULES
from vierdepijler.checks.rules.table_rules import TABLE_RULES
from vierdepijler.checks.rules.unwritten import UNWRITTEN
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem
from vierdepijler.core.progress import Progress
from vierdepijler.core.references import files_of

from .causes import first_causes
from .changes import Scope
from .schemas import check_schemas, count_schema_rules
from .watching import Part, Watch

if TYPE_CHECKING:
    from vierdepijler.core.tables import Table

OWN_RULES: tuple[Rule, ...] = (
    *HYGIENE,
    *HEADER_TEXT,
    *DESCRIPTOR_TEXT,
    *TABLE_RULES,
    *EXPECTATIONS,
    *REFERENCE_RULES,
    *DERIVATION,
    *CONVENTIONS,
    *PROPERTIES,
    *UNWRITTEN,
    PackageRule("printed", check_printed),
    *SENTENCE_RULES,
    *HISTORY_RULES,
    *RELEASE_RULES,
)
# What can be asked of a table that is seen only once: the others need all of its rows, or other tables beside it.
PART_RULES = tuple(rule for rule in OWN_RULES if isinstance(rule, TableRule) and (rule.of_rows or rule.of_keys))
CHARTS = "charts/*.yml"  # in `site`
CHART_RULE = "properties"  # what a chart declares is held to what there is, as what a table declares
CLAIM_RULE = "claims"  # asks the tables too
PAGE_RULES = {"typed-numbers": check_pages, "page-text": check_page_texts}


def check_package(
    package: Package, pages: Path | None = None, scope: Scope | None = None, progress: Progress | None = None
) -> Report:
    """Check a package, and the page sources in `pages` where that folder is given and exists.

    With a `scope` only its tables are checked, and only the problems of its files are told.
    Our own rules are asked only about tables that fit their schema, unless they are about the text of a file: what
    the others would say follows from what the schema says. `progress` is told of the rows that are done.
    """
    chosen = package if scope is None else package.only(scope.tables)
    watch = Watch(chosen.large, PART_RULES, progress)
    found = set(check_schemas(package, None if scope is None else scope.tables, watch))
    broken = {problem.file for problem in found}
    found.update(_of_parts(watch, broken))
    sound = package.only(name for name, table in package.tables.items() if table.file not in broken)
    for rule in OWN_RULES:
        asked = package if rule.of_text else sound
        if isinstance(rule, TableRule):
            asked = asked.only(chosen.tables)
        found.update(_named(rule.name, rule.check(asked)))
    folder = pages if pages is not None and pages.is_dir() else None
    if folder is not None and (scope is None or any(file.startswith(f"{folder.name}/") for file in scope.files)):
        found.update(_of_sources(package, folder))
    found = first_causes(found)
    if scope is not None:
        found = {problem for problem in found if problem.file in scope.files}
    tables: tuple[Table | Part, ...] = (*chosen.tables.values(), *watch.parts.values())
    return Report(
        tables=len(tables),
        rows=sum(table.rows for table in tables),
        cells=sum(table.cells for table in tables),
        schema_rules=count_schema_rules(chosen),
        own_rules=len(OWN_RULES) + (0 if folder is None else len(PAGE_RULES) + 1),
        pages=None if folder is None else _count_pages(folder, scope),
        problems=tuple(sorted(replace(problem, severity=severity_of(package, problem)) for problem in found)),
        package=identity(package),
        all_tables=None if scope is None else len(package.heads),
        in_parts=tuple(part.table.head.file for part in watch.parts.values()),
        unasked=len(OWN_RULES) - len(PART_RULES) if watch.parts else 0,
        passed_over=tuple(file for other in package.others.values() for file in files_of(other)),
    )


def check_sources(package: Package, folder: Path, files: Collection[str]) -> Iterator[Problem]:
    """Check what pages and charts are made from by itself; gives the problems of files, named from the folder above."""
    return (problem for problem in _of_sources(package, folder) if problem.file in files)


def _of_sources(package: Package, folder: Path) -> Iterator[Problem]:
    for name, check in PAGE_RULES.items():
        yield from _named(name, check(folder))
    yield from _named(CLAIM_RULE, check_claims(folder, package))
    if any(folder.glob(CHARTS)):
        from vierdepijler.checks.pages.chart_checks import check_charts  # noqa: PLC0415  # no charts, and none of what reads them is needed

        yield from _named(CHART_RULE, check_charts(folder, package))


def _of_parts(watch: Watch, broken: Collection[str]) -> Iterator[Problem]:
    """Give what was found in the rows of large tables; where these do not fit their schema, only what is of text."""
    of_text = {rule.name for rule in OWN_RULES if rule.of_text}
    for part in watch.parts.values():
        yield from (problem for problem in part.problems if problem.file not in broken or problem.rule in of_text)


def _count_pages(folder: Path, scope: Scope | None) -> int:
    files = [path.relative_to(folder.parent).as_posix() for path in page_sources(folder)]
    return len(files) if scope is None else len(scope.files.intersection(files))


def _named(rule: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(problem, rule=rule) for problem in problems)
