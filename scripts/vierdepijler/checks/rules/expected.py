"""Expectations as a descriptor declares them: which kinds there are, and whether one says what it must.

An expectation that does not is passed over by the rules about figures; the rule `expectations` tells of it, and
`properties` where it is not even written in the form of its profile.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.descriptors import errors_of
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Descriptor, Table

from .properties import profile
from .rule import PackageRule, Rows, group_rows, in_rows, wrong_rows

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
