"""What the rules cost: each on a table of a million rows, beside reading the columns that it looks at.

Run by hand: `python benchmarks/rules.py [--rows 1000000]`; it writes what it finds in `RULES.md` beside it. The table
is made in memory and not read by us, for what is measured is the rules. Reading is what pyarrow needs for the same
columns from a CSV file: as texts, typed, or both, since a table of ours holds both.
"""

import argparse
import datetime
import gc
import io
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from tables import (
    COUNTS,
    HISTORY,
    TOLD,
    TYPES,
    make_counts,
    make_history,
    make_package,
    make_table,
    make_told,
    more_packages,
    written,
)

from vierdepijler.checks.checking import OWN_RULES
from vierdepijler.checks.rules.rule import Rule
from vierdepijler.core.package import Package

# The columns that a rule looks at: as texts, and typed. A rule that is not here looks at every text.
TEXTS, TYPED, BOTH = "texts", "typed", "both"
LOOKS_AT: dict[str, tuple[str, tuple[str, ...]]] = {
    "formulas": (TEXTS, ("group", "unit", "unknown_id", "source_id", "as_printed")),
    "unique-keys": (TYPED, ("day", "group")),
    "empty-columns": (TYPED, tuple(TYPES)),
    "categories": (TEXTS, ("group",)),
    "numbers": (BOTH, ("persons", "share", "listed")),
    "notation": (TEXTS, ("day", "persons", "share", "listed")),
    "decimals": (TEXTS, ("persons", "share")),
    "shares": (TYPED, ("share", "listed", "unit")),
    "row-order": (TYPED, ("day", "group")),
    "unused-codes": (TYPED, ("group", "source_id", "unit")),
    "totals": (BOTH, ("day", "group", "persons")),
    "sums": (BOTH, ("group", "share")),
    "row-counts": (BOTH, ("group", "listed")),
    "series": (BOTH, ("day", "group")),
    "source-dates": (BOTH, ("day", "source_id")),
    "ranges": (BOTH, ("group", "persons")),
    "origin": (TYPED, ("persons", "source_id", "as_printed")),
    "reasons": (TYPED, ("share", "unknown_id")),
    "sources-used": (TEXTS, ("source_id",)),
    "units": (TEXTS, ("unit",)),
    "printed": (TYPED, ("persons", "as_printed")),
}
# Rules that look at other long tables: how, and at which columns of which tables.
ELSEWHERE: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "duplicate-rows": (TYPED, {COUNTS: tuple(TYPES)}),  # the table without a key holds the same columns
    "sentences": (TEXTS, {TOLD: ("sentence_nl", "sentence_en")}),
    "history": (TYPED, {COUNTS: ("day", "group", "persons"), HISTORY: ("cell", "version", "value")}),
}
# They look at the head of a file, at the descriptor, or at tables that hold a few rows.
AT_NO_COLUMN = {
    "byte-order-mark", "line-ends", "last-line", "delimiter", "empty-table", "names", "pointers",
    "languages", "unnamed-files", "properties", "licences", "version", "severities", "source-list", "derived",
    "expectations", "trace",
}  # fmt: skip


@dataclass(frozen=True)
class Timing:
    """What a rule cost on the table, and on the same table with letters that are not plain."""

    rule: str
    reading: float
    taken: float
    taken_accented: float

    def row(self) -> str:
        """Write the timing as a row of Markdown."""
        cells = [self.rule, f"{self.reading:.3f}", f"{self.taken:.3f}", f"{self.taken_accented:.3f}"]
        return "| " + " | ".join([*cells, *map(self._ratio, (self.taken, self.taken_accented))]) + " |"

    def _ratio(self, taken: float) -> str:
        return f"{taken / self.reading:.2f}" if self.reading else "-"


@dataclass
class Reader:
    """How long pyarrow takes to read columns of files, best of three; each combination is timed once."""

    contents: dict[str, bytes]
    known: dict[tuple[str, str, tuple[str, ...]], float] = field(default_factory=dict)

    def seconds(self, how: str, columns: dict[str, tuple[str, ...]]) -> float:
        """Time reading `columns`, by table, as texts, typed, or both."""
        parts = [TEXTS, TYPED] if how == BOTH else [how]
        return sum(self._seconds(part, table, names) for part in parts for table, names in columns.items())

    def _seconds(self, how: str, table: str, names: tuple[str, ...]) -> float:
        if (how, table, names) not in self.known:
            self.known[how, table, names] = best_of_three(partial(self._read, how, table, names))
        return self.known[how, table, names]

    def _read(self, how: str, table: str, names: tuple[str, ...]) -> object:
        options = csv.ConvertOptions(
            column_types={name: pa.string() if how == TEXTS else TYPES.get(name, pa.string()) for name in names},
            include_columns=list(names),
            strings_can_be_null=how == TYPED,
        )
        return csv.read_csv(io.BytesIO(self.contents[table]), convert_options=options)


def best_of_three(work: Callable[[], object]) -> float:
    """Give the seconds that the fastest of three runs takes."""
    taken = []
    for _ in range(3):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def seconds_of(rule: Rule, package: Package) -> float:
    """Time a rule, which should find nothing: telling of problems would be timed with it."""

    def work() -> None:
        if problem := next(iter(rule.check(package)), None):
            print(f"{rule.name}: {problem}", file=sys.stderr)

    return best_of_three(work)


def packages(rows: int, *, accented: bool) -> tuple[Package, dict[str, Package], Reader]:
    """Make the package of counts, those that one rule each looks at, and the reader of their files."""
    columns = make_counts(rows, accented=accented)
    told, history = make_told(columns, accented=accented), make_history(columns)
    contents = {COUNTS: written(columns), TOLD: written(told), HISTORY: written(history)}
    counts = make_table(columns, contents[COUNTS])
    return make_package(counts), more_packages(counts, columns, told, history), Reader(contents)


def measure(rows: int) -> Iterator[Timing]:
    """Measure every rule that looks at columns."""
    made = [packages(rows, accented=accented) for accented in (False, True)]
    for rule in OWN_RULES:
        if rule.name in AT_NO_COLUMN:
            continue
        how, names = LOOKS_AT.get(rule.name, (TEXTS, tuple(TYPES)))
        how, columns = ELSEWHERE.get(rule.name, (how, {COUNTS: names}))
        taken = [seconds_of(rule, more.get(rule.name, one)) for one, more, _ in made]
        timing = Timing(rule.name, made[0][2].seconds(how, columns), *taken)
        print(timing.row(), flush=True)
        yield timing


def page(rows: int, timings: list[Timing]) -> str:
    """Write the page: what was measured, on what, and the table."""
    programs = ", ".join(f"{name} {version(name)}" for name in ("pyarrow", "pandas", "numpy"))
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    head = f"""# What the rules cost

Each rule on a table of many rows, beside reading the columns that it looks at. Made by `python benchmarks/rules.py`.

- rows: {rows}, in {len(TYPES)} columns
- date: {datetime.datetime.now(datetime.UTC).date()}
- machine: {machine}
- versions: {programs}

`reading` is what pyarrow needs to read the columns that the rule looks at from a CSV file, `plain` what the rule needs
where the file holds plain letters only, and `accented` where one column is full of accents, dashes and curly quotes;
seconds, the best of three. Rules that look at no long column are left out.

Every value is right, so no time goes to telling of problems. `printed` looks at prints of one figure in four notations,
one in five hundred with another figure behind it; `history` at a record of every figure; `sentences` at two sentences
of its own in every row; `units` at a unit in every row; and `duplicate-rows` at a table without a key, of which the
column that tells the rows apart comes last. A print that is not plainly one figure is read by itself.

| rule | reading | plain | accented | plain / reading | accented / reading |
|---|--:|--:|--:|--:|--:|
"""
    return head + "".join(f"{timing.row()}\n" for timing in timings)


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows: int = parser.parse_args().rows
    (HERE / "RULES.md").write_text(page(rows, list(measure(rows))), encoding="utf-8")


if __name__ == "__main__":
    main()
