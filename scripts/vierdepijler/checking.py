"""Validation: schemas first, then our own rules over the tables that fit them, then the pages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from .conventions import CONVENTIONS
from .derivation import DERIVATION
from .expectations import EXPECTATIONS
from .history import RULES as HISTORY_RULES
from .hygiene import HYGIENE
from .package import Package
from .problems import Problem
from .properties import PROPERTIES, severity_of
from .prose import check_pages, page_sources
from .provenance import check_printed
from .reference_rules import REFERENCE_RULES
from .reports import Report
from .rule import PackageRule, Rule
from .schemas import check_schemas, count_schema_rules
from .sentences import RULES as SENTENCE_RULES
from .table_rules import TABLE_RULES

OWN_RULES: tuple[Rule, ...] = (
    *HYGIENE,
    *TABLE_RULES,
    *EXPECTATIONS,
    *REFERENCE_RULES,
    *DERIVATION,
    *CONVENTIONS,
    *PROPERTIES,
    PackageRule("printed", check_printed),
    *SENTENCE_RULES,
    *HISTORY_RULES,
)
TYPED_NUMBERS = "typed-numbers"


def check_package(package: Package, pages: Path | None = None) -> Report:
    """Check a package, and the page sources in `pages` where that folder is given and exists.

    Our own rules are asked only about tables that fit their schema, unless they are about the text of a file: what
    the others would say follows from what the schema says.
    """
    found = set(check_schemas(package))
    broken = {problem.file for problem in found}
    sound = replace(package, tables={n: t for n, t in package.tables.items() if t.file not in broken})
    for rule in OWN_RULES:
        found.update(_named(rule.name, rule.check(package if rule.of_text else sound)))
    folder = pages if pages is not None and pages.is_dir() else None
    if folder is not None:
        found.update(_named(TYPED_NUMBERS, check_pages(folder)))
    tables = package.tables.values()
    return Report(
        tables=len(tables),
        rows=sum(len(table.records) for table in tables),
        cells=sum(len(record) for table in tables for record in table.records),
        schema_rules=count_schema_rules(package),
        own_rules=len(OWN_RULES) + (folder is not None),
        pages=None if folder is None else len(page_sources(folder)),
        problems=tuple(sorted(replace(problem, severity=severity_of(package, problem)) for problem in found)),
    )


def _named(rule: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(problem, rule=rule) for problem in problems)
