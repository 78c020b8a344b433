"""The property `subsets` of a resource: the parts that a table is also published in, one file for each value."""

from collections.abc import Iterator
from typing import Any

from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Table

from .rule import is_ours, listed

DATED = "date"
NAMING = {"string", "integer", "year", "boolean", "date", "any"}  # types whose values can be names of files


def check_subsets(package: Package) -> Iterator[Problem]:
    """Find subsets by a field that is not there, by one that gives no sensible parts, and the same one twice."""
    for table in package.heads if is_ours(package) else ():
        seen: list[tuple[Any, Any]] = []
        for number, declared in enumerate(listed(table.descriptor, "subsets", dict)):
            is_again = (declared.get("field"), declared.get("by")) in seen
            if told := _again() if is_again else _flaw(table, declared):
                place = ("resources", table.name, "subsets", number)
                yield package.problem(place, f"{table.name}.subsets.{number + 1}", *told)
            seen.append((declared.get("field"), declared.get("by")))


def _again() -> tuple[Message, Message]:
    return say("these parts were declared before"), say("leave one of them out")


def _flaw(table: Table, declared: dict[str, Any]) -> tuple[Message, Message] | None:
    """Say what is wrong with a subset, and what to do; None for a good one, and for what the profile tells of."""
    name, by = declared.get("field"), declared.get("by")
    if not isinstance(name, str):
        return None
    if name not in table.field_names:
        return say("the table has no field {name} to divide it by", name=quoted(name)), say("correct the name")
    kind = table.field(name).type
    if by is not None and kind != DATED:
        what = say("a field of type '{kind}' has no {by} to divide a table by", kind=kind, by=quoted(str(by)))
        return what, say("leave 'by' out, or name a field of type date")
    if kind not in NAMING:
        what = say("a table cannot be divided by a field of type '{kind}'", kind=kind)
        return what, say("name a field of dates, years or codes")
    return None
