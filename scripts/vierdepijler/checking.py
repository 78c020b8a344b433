"""Validation: schemas first, then our own rules over the tables that fit them, then the pages."""

from dataclasses import replace
from pathlib import Path

from .conventions import CONVENTIONS
from .package import Package
from .prose import check_pages, page_sources
from .provenance import check_printed
from .reports import Report
from .rule import Rule
from .rules import RULES
from .schemas import check_schemas, count_schema_rules

OWN_RULES = (
    *CONVENTIONS,
    *RULES,
    Rule("printed", "a value that differs from the figure as its source prints it", check_printed),
)


def check_package(package: Package, pages: Path | None = None) -> Report:
    """Check a package, and the page sources in `pages` where that folder is given and exists.

    Our own rules are asked only about tables that fit their schema: what they would say about the others
    follows from what the schema says.
    """
    found = set(check_schemas(package))
    broken = {problem.file for problem in found}
    sound = replace(package, tables={n: t for n, t in package.tables.items() if t.file not in broken})
    for rule in OWN_RULES:
        found.update(rule.check(sound))
    folder = pages if pages is not None and pages.is_dir() else None
    if folder is not None:
        found.update(check_pages(folder))
    tables = package.tables.values()
    return Report(
        tables=len(tables),
        rows=sum(len(table.records) for table in tables),
        cells=sum(len(record) for table in tables for record in table.records),
        schema_rules=count_schema_rules(package),
        own_rules=len(OWN_RULES) + (folder is not None),
        pages=None if folder is None else len(page_sources(folder)),
        problems=tuple(sorted(found)),
    )
