"""Rules: what a schema cannot say about a table or a package, and how each explains itself.

A rule looks at whole columns. What it catches, what it cannot catch and what to do about it stand in `rules.csv`
beside this module, in Dutch and English; the package publishes that file as a table of its own.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .package import Package, Table
from .problems import Problem, Severity

CATALOGUE = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True)
class TableRule:
    """A rule about one table at a time; it can be run through Frictionless as well.

    `of_text` tells that it is about the text of the file, and so is asked also of tables that do not fit their
    schema.
    """

    name: str
    check_table: Callable[[Table], Iterator[Problem]]
    of_text: bool = False

    def check(self, package: Package) -> Iterator[Problem]:
        """Find what is wrong with any table of the package."""
        for table in package.tables.values():
            yield from self.check_table(table)


@dataclass(frozen=True)
class PackageRule:
    """A rule about the descriptor, or about tables beside each other."""

    name: str
    check: Callable[[Package], Iterator[Problem]]
    of_text: bool = False


Rule = TableRule | PackageRule


@dataclass(frozen=True)
class Explanation:
    """What a rule is for, in both languages: a row of the catalogue, by the names of its columns."""

    name: str
    severity: Severity
    texts: Mapping[str, str]

    def text(self, name: str, language: str) -> str:
        """Give a text (`label`, `catches`, `misses`, `advice`) in a language."""
        return self.texts[f"{name}_{language}"]


@cache
def explanations() -> Mapping[str, Explanation]:
    """Read the catalogue: every rule by its identifier, those of the schemas included."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Explanation(row["code"], Severity(row["severity"]), row) for row in csv.DictReader(file)}
