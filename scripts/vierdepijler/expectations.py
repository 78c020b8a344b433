"""What the numbers of a table must be to each other, as the descriptor declares it.

A resource may list its `expectations`, each of one kind:

    {"kind": "total", "field": "persons", "over": "participant_group", "total": "all"}
    {"kind": "sum", "field": "share_percent", "equals": 100, "rounding": 1, "by": ["source_id"]}
    {"kind": "row-count", "field": "networks", "of": "networks", "matching": "network_type", "total": "all"}
    {"kind": "series", "field": "year", "step": 1, "by": ["region"]}
    {"kind": "source-date", "field": "reference_date", "source": "source_id"}
    {"kind": "range", "field": "value", "where": {"unit": "year"}, "minimum": 2016, "maximum": 2050}

Each kind is a rule of its own. The rules look at whole columns, and pass over an expectation that names what is
not there: the rule `expectations` tells of that.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd

from .descriptors import line_of
from .messages import say
from .package import Descriptor, Package, Table, cell_text, plain
from .problems import Problem, quoted
from .rule import PackageRule, in_column

SOURCES = "sources"
PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?$")
# Which properties of a kind name fields of the table, and which it cannot do without.
FIELDS = ("field", "over", "by", "source")
KINDS: Mapping[str, frozenset[str]] = {
    "total": frozenset({"field", "over", "total"}),
    "sum": frozenset({"field", "equals"}),
    "row-count": frozenset({"field", "of"}),
    "series": frozenset({"field"}),
    "source-date": frozenset({"field", "source"}),
    "range": frozenset({"field"}),
}


@dataclass(frozen=True)
class Expectation:
    """One expectation, with the table it is about."""

    table: Table
    descriptor: Descriptor

    @property
    def field(self) -> str:
        """The field whose values are looked at."""
        return str(self.descriptor["field"])

    def names(self, name: str) -> list[str]:
        """Give a property that names one field, or several, as a list."""
        value = self.descriptor.get(name, [])
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]

    @property
    def column(self) -> "pd.Series[Any]":
        """The typed values of the field."""
        return self.table.frame[self.field]

    def groups(self, names: list[str]) -> "pd.Series[int]":
        """Give a number to each group of rows that are alike in `names`; without names, all are one group."""
        if not names:
            return pd.Series(0, index=self.table.frame.index)
        return self.table.texts.groupby(names, sort=False, dropna=False).ngroup()

    def problem(self, row: int, what: str, todo: str) -> Problem:
        """Tell what is wrong with the value in a row, counted from 0."""
        return Problem(self.table.file, self.table.lines[row], self.field, what, todo)


def check_totals(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare each total with the sum of its parts, within the rows that are alike in the rest of the key."""
    del package
    over, total = str(expected.descriptor["over"]), str(expected.descriptor["total"])
    rest = [name for name in expected.table.primary_key if name != over]
    groups, is_total = expected.groups(rest), expected.table.texts[over] == total
    is_part = ~is_total
    if "parts" in expected.descriptor:
        is_part = expected.table.texts[over].isin(expected.names("parts"))
    parts = expected.column.where(is_part)
    sums = parts.groupby(groups).transform("sum")
    whole = parts.notna().groupby(groups).transform("sum") == is_part.groupby(groups).transform("sum")
    wrong = is_total & whole & expected.column.notna() & (expected.column != sums)
    for row in _rows(wrong):
        value, found = _text(expected.column, row), _text(sums, row)
        what = say("the total is {value}, but its parts add up to {sum}", value=value, sum=found)
        yield expected.problem(row, what, say("check the total and its parts in the source"))


def check_sums(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare the sum of a column, or of each group of rows in it, with what it must be, within the rounding."""
    del package
    groups = expected.groups(expected.names("by"))
    equals = Decimal(str(expected.descriptor["equals"]))
    rounding = Decimal(str(expected.descriptor.get("rounding", 0)))
    sums = expected.column.groupby(groups).sum()
    counts = expected.column.groupby(groups).count()
    last = groups.drop_duplicates(keep="last")
    for row, group in last.items():
        # Each value may be off by half of what it was rounded to.
        allowed = rounding / 2 * int(counts[group])
        found = Decimal(str(sums[group] or 0))
        if counts[group] and abs(found - equals) > allowed:
            what = say("these values add up to {sum}, and must make {equals}", sum=found, equals=equals)
            yield expected.problem(int(str(row)), what, say("look for a row that is missing, double or wrong"))


def check_row_counts(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare a count with the rows of another table: all, or those that have the same code in a field."""
    counted = package.tables.get(str(expected.descriptor["of"]))
    if counted is None:
        return
    matching = str(expected.descriptor.get("matching", ""))
    rows = pd.Series(len(counted.frame), index=expected.column.index)
    if matching in counted.field_names and matching in expected.table.field_names:
        codes = expected.table.texts[matching]
        of_code = codes.map(counted.texts[matching].value_counts()).fillna(0).astype("int64")
        rows = rows.where(codes == expected.descriptor.get("total"), of_code)
    for row in _rows(expected.column.notna() & (expected.column != rows)):
        what = say(
            "the count is {value}, but the table '{table}' has {rows} such rows",
            value=_text(expected.column, row),
            table=counted.name,
            rows=int(rows.iloc[row]),
        )
        yield expected.problem(row, what, say("correct the count, or complete the other table"))


def check_series(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find gaps in a series of numbers, days, months or years; of a code such as N07 the number counts."""
    del package
    numbers = _numbers(expected)
    groups = expected.groups(expected.names("by"))
    frame = pd.DataFrame({"group": groups, "number": numbers}).dropna().sort_values(["group", "number"])
    steps = frame["number"] - frame.groupby("group")["number"].shift()
    step = expected.descriptor.get("step", 1)
    for row in steps.index[(steps > (step if isinstance(step, int) else 1)).fillna(value=False).astype(bool)]:
        what = say("the series has a gap before {value}", value=quoted(expected.table.texts[expected.field].iloc[row]))
        yield expected.problem(int(row), what, say("add the missing rows, with a reason where the value is not known"))


def _numbers(expected: Expectation) -> "pd.Series[Any]":
    """Give the places of a series as numbers: whole steps, so that the next is one higher."""
    column, step = expected.column, expected.descriptor.get("step", 1)
    if expected.table.field(expected.field).type == "date":
        days = pd.to_datetime(column)
        if step == "month":
            return days.dt.year * 12 + days.dt.month
        return days.dt.year if step == "year" else (days - pd.Timestamp(0)).dt.days
    if expected.table.field(expected.field).type == "string":
        return pd.to_numeric(column.str.extract(r"(\d+)$", expand=False), errors="coerce")
    return column


def check_source_dates(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find dates after the document that states them came out, or after the release that publishes them."""
    sources = package.tables.get(SOURCES)
    release = _last_day(str(package.descriptor.get("created", ""))[:10])
    published: dict[str, datetime.date | None] = {}
    if sources is not None and "published" in sources.field_names and len(sources.primary_key) == 1:
        dates = zip(sources.texts[sources.primary_key[0]], sources.texts["published"], strict=True)
        published = {source: _last_day(date) for source, date in dates}
    named = expected.table.texts[str(expected.descriptor["source"])]
    for source in named.unique():
        limit = min(filter(None, (published.get(source), release)), default=None)
        if limit is None:
            continue
        for row in _rows((named == source) & (expected.column > limit)):
            what = say("the date is later than its source, which is of {limit} at the latest", limit=limit)
            yield expected.problem(row, what, say("check the date, and that of the source"))


def _last_day(period: str) -> datetime.date | None:
    """Give the last day of a year, a month or a day; None for anything else."""
    if not (found := PERIOD.match(period)):
        return None
    year, month, day = int(found["year"]), int(found["month"] or 12), found["day"]
    try:
        if day:
            return datetime.date(year, month, int(day))
        return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    except ValueError:
        return None


def check_ranges(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find values outside a range that holds for some of the rows."""
    del package
    wrong = pd.Series(False, index=expected.column.index)
    if "minimum" in expected.descriptor:
        wrong |= (expected.column < expected.descriptor["minimum"]).fillna(value=False).astype(bool)
    if "maximum" in expected.descriptor:
        wrong |= (expected.column > expected.descriptor["maximum"]).fillna(value=False).astype(bool)
    for field, value in expected.descriptor.get("where", {}).items():
        wrong &= expected.table.texts[field] == str(value)
    least, most = expected.descriptor.get("minimum", "-∞"), expected.descriptor.get("maximum", "∞")
    what = partial(say, "{cell} is not between {least} and {most}", least=least, most=most)
    todo = say("check the value, or the range in the descriptor")
    yield from in_column(expected.table, expected.field, wrong, what, todo)


def check_expectations(package: Package) -> Iterator[Problem]:
    """Find expectations of no known kind, that miss a property, or that name what is not there."""
    for table in package.tables.values():
        for number, descriptor in enumerate(table.descriptor.get("expectations", ())):
            kind = descriptor.get("kind")
            line = line_of(package.path, "resources", table.name, "expectations", number, "kind")
            column = f"{table.name}.expectations.{number + 1}"
            if kind not in KINDS:
                what = say("there is no expectation of the kind {kind}", kind=quoted(str(kind)))
                yield Problem(
                    package.path.name, line, column, what, say("choose one of {kinds}", kinds=", ".join(KINDS))
                )
            elif missing := sorted(KINDS[kind] - set(descriptor)):
                what = say("the expectation has no '{name}'", name=missing[0])
                yield Problem(package.path.name, line, column, what, "add it")
            elif unknown := sorted(_unknown_names(package, Expectation(table, descriptor))):
                what = say("the expectation names {name}, which is not there", name=quoted(unknown[0]))
                yield Problem(package.path.name, line, column, what, say("correct the name"))


def _unknown_names(package: Package, expected: Expectation) -> set[str]:
    fields = {name for prop in FIELDS for name in expected.names(prop)} | set(expected.descriptor.get("where", {}))
    tables = {str(expected.descriptor["of"])} if "of" in expected.descriptor else set()
    resources = {resource["name"] for resource in package.descriptor["resources"]}
    return (fields - set(expected.table.field_names)) | (tables - resources)


def expectation_rule(name: str, kind: str, check: Callable[[Package, Expectation], Iterator[Problem]]) -> PackageRule:
    """Make the rule that looks at every expectation of one kind."""

    def check_kind(package: Package) -> Iterator[Problem]:
        for table in package.tables.values():
            for descriptor in table.descriptor.get("expectations", ()):
                if descriptor.get("kind") == kind and set(descriptor) >= KINDS[kind] and len(table.frame):
                    expected = Expectation(table, descriptor)
                    if not _unknown_names(package, expected):
                        yield from check(package, expected)

    return PackageRule(name, check_kind)


def _rows(wrong: "pd.Series[Any]") -> list[int]:
    rows: list[int] = wrong.fillna(value=False).to_numpy(dtype=bool).nonzero()[0].tolist()
    return rows


def _text(column: "pd.Series[Any]", row: int) -> str:
    return cell_text(plain(column.iloc[row]))


EXPECTATIONS = (
    PackageRule("expectations", check_expectations),
    expectation_rule("totals", "total", check_totals),
    expectation_rule("sums", "sum", check_sums),
    expectation_rule("row-counts", "row-count", check_row_counts),
    expectation_rule("series", "series", check_series),
    expectation_rule("source-dates", "source-date", check_source_dates),
    expectation_rule("ranges", "range", check_ranges),
)
