"""Rules: what a schema cannot say about a table or a package, and how each explains itself.

A rule looks at whole columns. What it catches, what it cannot catch and what to do about it stand in `rules.csv`
beside this module, in Dutch and English; the package publishes that file as a table of its own.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .messages import say
from .package import Package, Table
from .problems import Problem, Severity, quoted

if TYPE_CHECKING:
    import pandas as pd

CATALOGUE = Path(__file__).with_name("rules.csv")
SHOWN = 1000  # problems of one rule in one column; Frictionless stops at as many for a table


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


def is_whole(package: Package) -> bool:
    """Tell whether every table of the descriptor is there: what is nowhere named may be named in one that is not."""
    return {resource["name"] for resource in package.descriptor["resources"]} == set(package.tables)


def in_column(
    table: Table, field: str, wrong: "pd.Series[bool]", what: Callable[..., str], todo: str
) -> Iterator[Problem]:
    """Give a problem for each cell of a column that is `wrong` (one truth value a row); `what` is told the `cell`.

    A column can be wrong a million times over: after the first thousand, one more problem says so.
    """
    rows = wrong.fillna(value=False).to_numpy(dtype=bool).nonzero()[0]
    texts = table.texts[field]
    for row in rows[:SHOWN].tolist():
        yield Problem(table.file, table.lines[row], field, what(cell=quoted(texts.iloc[row])), todo)
    if len(rows) > SHOWN:
        more = say("the same is wrong in {count} more rows of this column", count=len(rows) - SHOWN)
        yield Problem(table.file, table.lines[rows[SHOWN]], field, more, say("mend these and check again"))
