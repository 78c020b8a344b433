"""Series and dates: whether a series has a gap, and whether a date can be that of its source."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted

from .expected import Expectation
from .rule import in_rows, wrong_rows

SOURCES = "sources"
PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?$")


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
    sources = package.tables.get(SOURCES)
    release = _last_day(str(package.descriptor.get("created", ""))[:10])
    published: dict[str, datetime.date | None] = {}
    if sources is not None and "published" in sources.field_names and len(sources.primary_key) == 1:
        dates = zip(
            sources.text(sources.primary_key[0]).to_pylist(), sources.text("published").to_pylist(), strict=True
        )
        published = {source: _last_day(date) for source, date in dates}
    named = expected.texts(str(expected.descriptor["source"])).dictionary_encode()
    known = [
        min(filter(None, (published.get(source), release)), default=None) for source in named.dictionary.to_pylist()
    ]
    limits = pa.array(known, pa.date32()).take(named.indices)

    def what(row: int) -> Message:
        return say("the date is later than its source, which is of {limit} at the latest", limit=limits[row].as_py())

    wrong = pc.greater(expected.column, limits)
    yield from expected.problems(wrong, what, say("check the date, and that of the source"))


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
