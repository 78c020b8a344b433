"""What the numbers of a table must be to each other, as the descriptor declares it.

A resource may list its `expectations`, each of one kind:

    {"kind": "total", "field": "persons", "over": "participant_group", "total": "all"}
    {"kind": "sum", "field": "share_percent", "equals": 100, "rounding": 1, "by": ["source_id"]}
    {"kind": "row-count", "field": "networks", "of": "networks", "matching": "network_type", "total": "all",
     "by": ["source_id"]}
    {"kind": "series", "field": "year", "step": 1, "by": ["region"]}
    {"kind": "source-date", "field": "reference_date", "source": "source_id"}
    {"kind": "range", "field": "value", "where": {"unit": "year"}, "minimum": 2016, "maximum": 2050}

Each kind is a rule of its own. The rules look at whole columns, and pass over an expectation that names what is
not there: the rule `expectations` tells of that.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.descriptors import errors_of
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Descriptor, Role, Table, cell_text, plain
from vierdepijler.core.times import last_day

from .properties import profile
from .rule import PackageRule, Rows, group_rows, in_column, in_rows, wrong_rows

# Which properties of a kind name fields of the table, and which it cannot do without.
FIELDS = ("field", "over", "by", "source", "matching")
KINDS: Mapping[str, frozenset[str]] = {
    "total": frozenset({"field", "over", "total"}),
    "sum": frozenset({"field", "equals"}),
    "row-count": frozenset({"field", "of"}),
    "series": frozenset({"field"}),
    "source-date": frozenset({"field", "source"}),
    "range": frozenset({"field"}),
}
NUMBERS = frozenset({"integer", "number"})
TYPES: Mapping[str, frozenset[str]] = {
    "total": NUMBERS,
    "sum": NUMBERS,
    "row-count": NUMBERS,
    "series": NUMBERS | {"year", "date", "string"},
    "source-date": frozenset({"date"}),
    "range": NUMBERS | {"year"},
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
    def column(self) -> pa.Array:
        """The typed values of the field."""
        return self.table.column(self.field)

    def texts(self, field: str) -> pa.Array:
        """Give the cells of a field as they stand in the file."""
        return self.table.text(field)

    @property
    def chosen(self) -> pa.Array:
        """Tell of each row whether it meets the `where` of the expectation; all do where there is none."""
        chosen = pa.repeat(pa.scalar(value=True), self.table.rows)
        for field, value in self.descriptor.get("where", {}).items():
            chosen = pc.and_kleene(chosen, pc.equal(self.texts(field), _as_cell(value)))
        return chosen

    def groups(self, names: list[str]) -> Rows:
        """Give a number to each group of rows that are alike in `names`; without names, all are one group."""
        return group_rows((self.table.text(name) for name in names), self.table.rows)

    def problems(self, wrong: Any, what: Callable[[int], str], todo: str) -> Iterator[Problem]:
        """Tell what is wrong with the field in the rows where a mask is true."""
        return in_rows(self.table, self.field, wrong_rows(wrong), what, todo)


def _as_cell(value: object) -> str:
    """Write a value of the descriptor as a cell would hold it."""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def check_expectations(package: Package) -> Iterator[Problem]:
    """Find expectations of no known kind, that miss a property, or that name what is not there."""
    for table in package.tables.values():
        for number, descriptor in _listed(table):
            if found := _mistake(package, table, descriptor):
                place = ("resources", table.name, "expectations", number, "kind")
                yield package.problem(place, f"{table.name}.expectations.{number + 1}", *found)


def _mistake(package: Package, table: Table, descriptor: Descriptor) -> tuple[str, str] | None:
    """Say what is wrong with an expectation, and what to do."""
    kind = str(descriptor.get("kind"))
    if kind not in KINDS:
        what = say("there is no expectation of the kind {kind}", kind=quoted(kind))
        return what, say("choose one of {kinds}", kinds=", ".join(KINDS))
    if missing := sorted(KINDS[kind] - set(descriptor)):
        return say("the expectation has no '{name}'", name=missing[0]), say("add it")
    expected = Expectation(table, descriptor)
    if unknown := sorted(_unknown_names(package, expected)):
        return say("the expectation names {name}, which is not there", name=quoted(unknown[0])), say("correct the name")
    if absent := _absent_codes(package, expected):
        return say("the expectation names {name}, which is not there", name=quoted(absent[0])), say("correct the name")
    if (found := table.field(expected.field).type) not in TYPES[kind]:
        what = say(
            "a field of the type '{type}' cannot have an expectation of the kind '{kind}'", type=found, kind=kind
        )
        return what, say("name a field of another type: {types}", types=", ".join(sorted(TYPES[kind])))
    return _idle(expected)


def _idle(expected: Expectation) -> tuple[str, str] | None:
    """Say why an expectation looks at nothing, or can never be met."""
    least, most = expected.descriptor.get("minimum"), expected.descriptor.get("maximum")
    if least is not None and most is not None and least > most:
        what = say("the minimum {least} is above the maximum {most}", least=least, most=most)
        return what, say("correct one of the two")
    if expected.table.rows and not pc.any(expected.chosen).as_py():
        return say("no row meets the 'where' of the expectation"), say("correct 'where', or remove the expectation")
    return None


def _listed(table: Table) -> Iterator[tuple[int, Descriptor]]:
    """Give the expectations that are written as they must be, with their places; `properties` tells of others."""
    declared = table.descriptor.get("expectations")
    for number, descriptor in enumerate(declared if isinstance(declared, list) else []):
        errors = {error.validator for error in errors_of(_form(), descriptor)}
        if errors <= {"required", "additionalProperties"}:
            yield number, descriptor


def _form() -> dict[str, Any]:
    """Give what the profile says of one expectation."""
    form: dict[str, Any] = profile()["properties"]["resources"]["items"]["properties"]["expectations"]["items"]
    return form


def _unknown_names(package: Package, expected: Expectation) -> set[str]:
    fields = {name for prop in FIELDS for name in expected.names(prop)} | set(expected.descriptor.get("where", {}))
    tables = {str(expected.descriptor["of"])} if "of" in expected.descriptor else set()
    resources = {resource["name"] for resource in package.descriptor["resources"]}
    return (fields - set(expected.table.field_names)) | (tables - resources)


def _absent_codes(package: Package, expected: Expectation) -> list[str]:
    """Give the codes of a total and its parts that their list does not have: no row could ever meet or break them."""
    beside = {"total": "over", "row-count": "matching"}.get(expected.descriptor["kind"], "")
    lists = [key.table for key in expected.table.foreign_keys if list(key.fields) == expected.names(beside)]
    codes = package.tables.get(lists[0]) if lists else None
    if codes is None or len(codes.primary_key) != 1:
        return []
    known = set(codes.text(codes.primary_key[0]).to_pylist())
    return [code for code in [*expected.names("total"), *expected.names("parts")] if code not in known]


def expectation_rule(name: str, kind: str, check: Callable[[Package, Expectation], Iterator[Problem]]) -> PackageRule:
    """Make the rule that looks at every expectation of one kind."""

    def check_kind(package: Package) -> Iterator[Problem]:
        for table in package.tables.values():
            for _, descriptor in _listed(table):
                is_sound = descriptor.get("kind") == kind and _mistake(package, table, descriptor) is None
                if is_sound and table.rows:
                    yield from check(package, Expectation(table, descriptor))

    return PackageRule(name, check_kind)


def check_series(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find gaps in a series of numbers, days, months or years; of a code such as N07 the number counts."""
    del package
    numbers, groups = _numbers(expected), expected.groups(expected.names("by"))
    frame = pa.table({"group": groups, "number": numbers, "row": np.arange(len(groups))}).filter(pc.is_valid(numbers))
    frame = frame.sort_by([("group", "ascending"), ("number", "ascending")]).combine_chunks()
    if frame.num_rows < 2:
        return
    step = expected.descriptor.get("step", 1)
    steps = _differences(frame["number"])
    far = pc.greater(steps, pa.scalar(min(step, 2**62) if isinstance(step, int) else 1, pa.int64()))
    same = pc.equal(*_neighbours(frame["group"]))
    texts = expected.texts(expected.field)
    rows = np.sort(frame["row"].to_numpy()[1:][wrong_rows(pc.and_(far, same))]).tolist()
    yield from in_rows(
        expected.table,
        expected.field,
        rows,
        lambda row: say("the series has a gap before {value}", value=quoted(texts[row].as_py())),
        say("add the missing rows, with a reason where the value is not known"),
    )


def _neighbours(column: Any) -> tuple[Any, Any]:
    return column.slice(1), column.slice(0, len(column) - 1)


def _differences(numbers: Any) -> Any:
    """Subtract from each number the one before it."""
    if pa.types.is_decimal(numbers.type):
        numbers = numbers.cast(pa.decimal256(60, numbers.type.scale))
    return pc.subtract(*_neighbours(numbers))


def _numbers(expected: Expectation) -> pa.Array:
    """Give the places of a series as numbers: whole steps, so that the next is one higher."""
    column, step = expected.column, expected.descriptor.get("step", 1)
    kind = expected.table.field(expected.field).type
    if kind == "date" and step == "month":
        return pc.add(pc.multiply(pc.year(column), 12), pc.month(column))
    if kind == "date":
        return pc.year(column) if step == "year" else column.cast(pa.int32()).cast(pa.int64())
    if kind == "string":
        return pc.struct_field(pc.extract_regex(column, r"(?P<number>[0-9]{1,18})$"), "number").cast(pa.int64())
    return column


def check_source_dates(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find dates after the document that states them came out, or after the release that publishes them."""
    sources = package.table_of(Role.SOURCES)
    release = last_day(str(package.descriptor.get("created", ""))[:10])
    published = {}
    if sources is not None and "published" in sources.field_names and len(sources.primary_key) == 1:
        dates = zip(
            sources.text(sources.primary_key[0]).to_pylist(), sources.text("published").to_pylist(), strict=True
        )
        published = {source: last_day(date) for source, date in dates}
    named = expected.texts(str(expected.descriptor["source"])).dictionary_encode()
    known = [
        min(filter(None, (published.get(source), release)), default=None) for source in named.dictionary.to_pylist()
    ]
    limits = pa.array(known, pa.date32()).take(named.indices)

    def what(row: int) -> Message:
        return say("the date is later than its source, which is of {limit} at the latest", limit=limits[row].as_py())

    wrong = pc.greater(expected.column, limits)
    yield from expected.problems(wrong, what, say("check the date, and that of the source"))


FEW = 10_000  # rows
LOOK_FOR_A_ROW = "look for a row that is missing, double or wrong"


def check_totals(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare each total with the sum of its parts, within the rows that are alike in the rest of the key.

    A source may give a total and none of its parts.
    """
    del package
    over = str(expected.descriptor["over"])
    groups = expected.groups([name for name in expected.table.primary_key if name != over])
    is_total = pc.equal(expected.texts(over), str(expected.descriptor["total"]))
    is_part = pc.invert(is_total)
    if "parts" in expected.descriptor:
        is_part = pc.is_in(expected.texts(over), value_set=pa.array(expected.names("parts"), pa.string()))
    column = _wide(expected.column)
    sums = _sums(pc.if_else(is_part, column, None), groups).take(pa.array(groups))
    parts, unknown = (mask.to_numpy(zero_copy_only=False) for mask in (is_part, pc.is_null(column)))
    whole = pa.array(np.isin(groups, groups[parts]) & ~np.isin(groups, groups[parts & unknown]))
    wrong = pc.and_(pc.and_(is_total, whole), pc.not_equal(column, sums))

    def what(row: int) -> Message:
        value, found = _text(column, row), _text(sums, row)
        return say("the total is {value}, but its parts add up to {sum}", value=value, sum=found)

    yield from expected.problems(wrong, what, say("check the total and its parts in the source"))


def check_sums(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare the sum of a column, or of each group of rows in it, with what it must be, within the rounding."""
    del package
    groups = expected.groups(expected.names("by"))
    equals = Decimal(str(expected.descriptor["equals"]))
    rounding = Decimal(str(expected.descriptor.get("rounding", 0)))
    column = _wide(expected.column)
    sums = _sums(column, groups).to_pylist()
    counts = np.bincount(groups[pc.is_valid(column).to_numpy(zero_copy_only=False)], minlength=len(sums))
    # Each value may be off by half of what it was rounded to.
    wrong = [
        count and abs(total - equals) > rounding / 2 * int(count) for total, count in zip(sums, counts, strict=True)
    ]
    last = np.zeros(len(groups), dtype=bool)
    ends = np.zeros(len(sums), dtype=np.int64)
    ends[groups] = np.arange(len(groups))  # of the rows of a group the last one stays
    last[ends] = True

    def what(row: int) -> Message:
        found = cell_text(plain(sums[groups[row]]))
        return say("these values add up to {sum}, and must make {equals}", sum=found, equals=equals)

    yield from expected.problems(last & np.array(wrong, bool)[groups], what, say(LOOK_FOR_A_ROW))


def check_row_counts(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Compare a count with the rows of another table that are alike in `by`, and in `matching` but for the total.

    Where the other table has no row that is alike in `by`, it does not list them, and there is nothing to compare.
    """
    counted = package.tables.get(str(expected.descriptor["of"]))
    by, matching = expected.names("by"), expected.names("matching")
    if counted is None or not {*by, *matching} <= set(counted.field_names):
        return
    every, rows = _rows_alike(expected, counted, by), _rows_alike(expected, counted, [*by, *matching])
    if matching and "total" in expected.descriptor:
        is_total = pc.equal(expected.texts(matching[0]), str(expected.descriptor["total"]))
        rows = np.where(is_total.to_numpy(zero_copy_only=False), every, rows)
    is_listed = pa.array(every > 0) if by else True
    column = _wide(expected.column)

    def what(row: int) -> Message:
        pattern = "the count is {value}, but the table '{table}' has {rows} such rows"
        return say(pattern, value=_text(column, row), table=counted.name, rows=rows[row])

    todo = say("correct the count, or complete the other table")
    yield from expected.problems(pc.and_(is_listed, pc.not_equal(column, _wide(pa.array(rows)))), what, todo)


def _rows_alike(expected: Expectation, counted: Table, names: list[str]) -> Rows:
    """Count, for each row of a table, the rows of another that are alike in `names`; without names, all are."""
    size = expected.table.rows
    both = (pa.concat_arrays([expected.table.text(name), counted.text(name)]) for name in names)
    groups = group_rows(both, size + counted.rows)
    return np.bincount(groups[size:], minlength=int(groups.max(initial=0)) + 1)[groups[:size]]


def _wide(numbers: pa.Array) -> pa.Array:
    """Give numbers with so much room that no sum of them is too large."""
    return numbers.cast(pa.decimal256(76, numbers.type.scale if pa.types.is_decimal(numbers.type) else 0))


def _sums(numbers: pa.Array, groups: Rows) -> pa.Array:
    """Add up the numbers of each group; an empty cell counts for nothing."""
    if len(numbers) <= FEW:
        return _sums_of_few(numbers, groups)
    table = pa.table({"group": groups, "number": numbers})
    summed = table.group_by("group", use_threads=False).aggregate([("number", "sum")]).sort_by("group")
    return pc.fill_null(summed["number_sum"].combine_chunks(), Decimal(0))


def _sums_of_few(numbers: pa.Array, groups: Rows) -> pa.Array:
    """Do the same without Arrow's engine for groups, which takes longer to load than a few rows take to add up."""
    sums = [Decimal(0)] * (int(groups.max(initial=-1)) + 1)
    with localcontext(prec=numbers.type.precision):
        for group, number in zip(groups.tolist(), numbers.to_pylist(), strict=True):
            sums[group] += number or 0
    return pa.array(sums, numbers.type)


def check_ranges(package: Package, expected: Expectation) -> Iterator[Problem]:
    """Find values outside a range that holds for some of the rows."""
    del package
    column = expected.column
    least, most = expected.descriptor.get("minimum"), expected.descriptor.get("maximum")
    wrong = pa.repeat(pa.scalar(value=False), len(column))
    if least is not None:
        wrong = pc.or_kleene(wrong, pc.less(column, _limit(least)))
    if most is not None:
        wrong = pc.or_kleene(wrong, pc.greater(column, _limit(most)))
    wrong = pc.and_kleene(wrong, expected.chosen)
    shown = {"least": "-∞" if least is None else least, "most": "∞" if most is None else most}
    what = partial(say, "{cell} is not between {least} and {most}", **shown)
    todo = say("check the value, or the range in the descriptor")
    yield from in_column(expected.table, expected.field, wrong, what, todo)


def _limit(number: float) -> float:
    """Give a limit that Arrow can compare with: a number beyond all that a column can hold says no more."""
    return number if abs(number) < 2**63 else float(max(min(number, 10**40), -(10**40)))


def _text(column: pa.Array, row: int) -> str:
    return cell_text(plain(column[row].as_py()))


EXPECTATIONS = (
    PackageRule("expectations", check_expectations),
    expectation_rule("totals", "total", check_totals),
    expectation_rule("sums", "sum", check_sums),
    expectation_rule("row-counts", "row-count", check_row_counts),
    expectation_rule("series", "series", check_series),
    expectation_rule("source-dates", "source-date", check_source_dates),
    expectation_rule("ranges", "range", check_ranges),
)
