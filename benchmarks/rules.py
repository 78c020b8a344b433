# ruff: noqa: INP001 (a script of its own)
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
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from vierdepijler.checking import OWN_RULES  # noqa: E402
from vierdepijler.layouts import read_layout  # noqa: E402
from vierdepijler.package import Field, Layout, Package, Table  # noqa: E402
from vierdepijler.rules.rule import Rule  # noqa: E402

TYPES = {
    "day": pa.date32(),
    "group": pa.string(),
    "persons": pa.int64(),
    "share": pa.decimal128(38, 1),
    "unknown_id": pa.string(),
    "source_id": pa.string(),
    "as_printed": pa.string(),
}
FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "day", "type": "date"},
    {"name": "group", "type": "string", "categories": [f"groep {number:02}" for number in range(24)]},
    {"name": "persons", "type": "integer", "unit": "persons", "decimals": 0, "printedIn": "as_printed"},
    {"name": "share", "type": "number", "unit": "percent", "decimals": 1, "reasonIn": "unknown_id"},
    {"name": "unknown_id", "type": "string"},
    {"name": "source_id", "type": "string"},
    {"name": "as_printed", "type": "string"},
)
EXPECTATIONS: tuple[dict[str, Any], ...] = (
    {"kind": "total", "field": "persons", "over": "group", "total": "groep 00"},
    {"kind": "sum", "field": "share", "equals": 0, "rounding": 10_000, "by": ["group"]},
    {"kind": "row-count", "field": "persons", "of": "counts", "matching": "group"},
    {"kind": "series", "field": "day", "step": "day", "by": ["group"]},
    {"kind": "source-date", "field": "day", "source": "source_id"},
    {"kind": "range", "field": "persons", "where": {"group": "groep 01"}, "minimum": 0, "maximum": 10_000_000},
)
# The columns that a rule looks at: as texts, and typed. A rule that is not here looks at every text.
TEXTS, TYPED, BOTH = "texts", "typed", "both"
LOOKS_AT: dict[str, tuple[str, tuple[str, ...]]] = {
    "formulas": (TEXTS, ("group", "unknown_id", "source_id", "as_printed")),
    "duplicate-rows": (TYPED, tuple(TYPES)),
    "unique-keys": (TYPED, ("day", "group")),
    "empty-columns": (TYPED, tuple(TYPES)),
    "categories": (TEXTS, ("group",)),
    "numbers": (BOTH, ("persons", "share")),
    "notation": (TEXTS, ("day", "persons", "share")),
    "decimals": (TEXTS, ("persons", "share")),
    "shares": (TYPED, ("share",)),
    "row-order": (TYPED, ("day", "group")),
    "unused-codes": (TYPED, ("group", "source_id")),
    "totals": (BOTH, ("day", "group", "persons")),
    "sums": (BOTH, ("group", "share")),
    "row-counts": (BOTH, ("group", "persons")),
    "series": (BOTH, ("day", "group")),
    "source-dates": (BOTH, ("day", "source_id")),
    "ranges": (BOTH, ("group", "persons")),
    "origin": (TYPED, ("persons", "source_id", "as_printed")),
    "reasons": (TYPED, ("share", "unknown_id")),
    "sources-used": (TEXTS, ("source_id",)),
}
# They look at the head of a file, at the descriptor, or at tables that hold a few rows.
AT_NO_COLUMN = {
    "byte-order-mark", "line-ends", "last-line", "delimiter", "empty-table", "names", "pointers", "units",
    "languages", "unnamed-files", "properties", "licences", "version", "severities", "source-list", "derived",
    "expectations", "history", "trace",
    "printed",  # reads figures in Dutch, one by one
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
    """How long pyarrow takes to read columns of the file, best of three; each combination is timed once."""

    content: bytes
    known: dict[tuple[str, tuple[str, ...]], float] = field(default_factory=dict)

    def seconds(self, how: str, columns: tuple[str, ...]) -> float:
        """Time reading `columns` as texts, typed, or both."""
        if (how, columns) not in self.known:
            parts = [TEXTS, TYPED] if how == BOTH else [how]
            self.known[how, columns] = sum(best_of_three(partial(self._read, part, columns)) for part in parts)
        return self.known[how, columns]

    def _read(self, how: str, columns: tuple[str, ...]) -> object:
        options = csv.ConvertOptions(
            column_types={name: pa.string() if how == TEXTS else TYPES[name] for name in columns},
            include_columns=list(columns),
            strings_can_be_null=how == TYPED,
        )
        return csv.read_csv(io.BytesIO(self.content), convert_options=options)


def best_of_three(work: Callable[[], object]) -> float:
    """Give the seconds that the fastest of three runs takes."""
    taken = []
    for _ in range(3):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def make_columns(rows: int, *, accented: bool) -> dict[str, pa.Array]:
    """Make the columns: 24 groups a day, good values, one share in ten empty with its reason."""
    numbers = range(rows)
    first = datetime.date(1900, 1, 1).toordinal() - datetime.date(1970, 1, 1).toordinal()
    persons = [(number * 7919) % 1_000_000 for number in numbers]
    tenths = [None if number % 10 == 0 else (number * 31) % 1001 for number in numbers]
    shares = pa.array([None if tenth is None else f"{tenth / 10:.1f}" for tenth in tenths], pa.string())
    return {
        "day": pa.array([first + number // 24 for number in numbers], pa.int32()).cast(pa.date32()),
        "group": pa.array([f"groep {number % 24:02}" for number in numbers]),
        "persons": pa.array(persons, pa.int64()),
        "share": shares.cast(TYPES["share"]),
        "unknown_id": pa.array([None if tenth is not None else "not-stated" for tenth in tenths], pa.string()),
        "source_id": pa.array([f"S{number % 8:02}" for number in numbers]),
        "as_printed": pa.array([f"{p} {'één – ‘l’été’' if accented else 'mensen'}" for p in persons]),
    }


def make_table(columns: dict[str, pa.Array], content: str) -> Table:
    """Make the table of the columns as our reader would, but straight from Arrow."""
    texts = {name: pc.fill_null(column.cast(pa.string()), "") for name, column in columns.items()}
    layout = read_layout(content)
    rows = len(columns["day"])
    descriptor = {
        "name": "counts",
        "path": "data/counts.csv",
        "schema": {
            "fields": list(FIELDS),
            "primaryKey": ["day", "group"],
            "uniqueKeys": [["day", "group"]],
            "foreignKeys": [
                {"fields": "group", "reference": {"resource": "groups", "fields": "code"}},
                {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}},
            ],
        },
        "sortedBy": ["day", "group"],
        "expectations": list(EXPECTATIONS),
    }
    return table_of(descriptor, columns, texts, layout, range(2, rows + 2))


def table_of(
    descriptor: dict[str, Any], columns: dict[str, pa.Array], texts: dict[str, pa.Array], layout: Layout, lines: Any
) -> Table:
    """Put a table together of which the texts are known already; no rule should ask for its records one by one."""
    fields = tuple(Field(described) for described in descriptor["schema"]["fields"])
    header = tuple(columns)
    table = Table(
        descriptor["name"], descriptor["path"], descriptor, fields, header, (header,), lines, frame_of(columns), layout
    )
    vars(table)["texts"] = frame_of(texts)  # a cached_property keeps what it made there
    return table


def frame_of(columns: dict[str, pa.Array]) -> pd.DataFrame:
    """Make a frame backed by Arrow."""
    return pd.DataFrame(
        {name: pd.Series(pd.array(column, dtype=pd.ArrowDtype(column.type))) for name, column in columns.items()}
    )


def make_package(table: Table) -> Package:
    """Put small lists beside the table, so that every rule has something to do."""
    small = {
        "groups": {"code": [f"groep {number:02}" for number in range(24)]},
        "sources": {"source_id": [f"S{number:02}" for number in range(8)], "published": ["2150-01"] * 8},
        "units": {"code": ["persons", "percent"]},
    }
    tables = {"counts": table}
    for name, values in small.items():
        columns = {key: pa.array(value) for key, value in values.items()}
        descriptor = {
            "name": name,
            "path": f"data/{name}.csv",
            "schema": {"fields": [{"name": key, "type": "string"} for key in values], "primaryKey": next(iter(values))},
        }
        lines = range(2, 2 + len(next(iter(values.values()))))
        tables[name] = table_of(descriptor, columns, columns, Layout(is_plain=True), lines)
    described: dict[str, Any] = {"name": "many", "resources": [made.descriptor for made in tables.values()]}
    return Package(HERE.parent / "datapackage.json", described, tables)


def seconds_of(rule: Rule, package: Package) -> float:
    """Time a rule, which should find nothing but what the figures themselves give cause for."""

    def work() -> None:
        for _ in rule.check(package):
            pass

    return best_of_three(work)


def measure(rows: int) -> Iterator[Timing]:
    """Measure every rule that looks at columns."""
    packages = []
    reader: Reader | None = None
    for accented in (False, True):
        columns = make_columns(rows, accented=accented)
        buffer = io.BytesIO()
        csv.write_csv(pa.table(columns), buffer, csv.WriteOptions(quoting_style="needed"))
        reader = reader or Reader(buffer.getvalue())
        packages.append(make_package(make_table(columns, buffer.getvalue().decode())))
    for rule in OWN_RULES:
        if reader is None or rule.name in AT_NO_COLUMN:
            continue
        how, names = LOOKS_AT.get(rule.name, (TEXTS, tuple(TYPES)))
        taken = [seconds_of(rule, package) for package in packages]
        timing = Timing(rule.name, reader.seconds(how, names), *taken)
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
seconds, the best of three. Rules that look at no long column are left out, and so is `printed`, which reads each
printed figure by itself.

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
