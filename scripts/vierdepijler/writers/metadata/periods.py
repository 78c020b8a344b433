"""The days that data are about, as a descriptor gives them in `temporal`: its `start` and its `end`, in ISO 8601."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Descriptor

from .catalogues import Period

ENDS = ("start", "end")


def check_periods(package: Package) -> Iterator[Problem]:
    """Find periods that no calendar has; packages of others may mean something else by `temporal`."""
    if "languages" not in package.descriptor:
        return
    for part in package.descriptor["resources"]:
        told, place = _told(part), ("resources", part["name"])
        for end in ENDS if told else ():
            if _day(told.get(end)) is None:
                what = say("{day} is no day of the calendar", day=quoted(str(told.get(end))))
                yield _problem(package, place, what, say("write the year, the month and the day, such as 2025-02-25"))
        period = period_of(part)
        if period and period.end < period.start:
            yield _problem(package, place, say("the last day lies before the first"), say("correct one of them"))


def _problem(package: Package, place: tuple[str, ...], what: str, todo: str) -> Problem:
    return package.problem((*place, "temporal"), f"{place[-1]}.temporal", what, todo)


def period_of(part: Descriptor) -> Period | None:
    """Give the period of a part of a descriptor, None where it tells none that can be understood."""
    start, end = (_day(_told(part).get(name)) for name in ENDS)
    return Period(start, end) if start and end else None


def span(periods: Sequence[Period]) -> Period | None:
    """Give the days from the first of all periods to the last."""
    if not periods:
        return None
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def _told(part: Descriptor) -> Mapping[str, Any]:
    told = part.get("temporal")
    return told if isinstance(told, Mapping) else {}


def _day(text: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        return None
