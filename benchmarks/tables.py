"""The tables that the rules are timed on: made in memory, with good values, so that no rule has anything to tell."""

import datetime
import io
from collections.abc import Mapping
from itertools import starmap
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from vierdepijler.core.columnar.blocks import Block
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Layout, Table
from vierdepijler.core.text_files import read_layout

HERE = Path(__file__).resolve().parent
GROUPS = 24
COUNTS, LOOSE, TOLD, HISTORY = "counts", "loose", "told", "figure_history"
Columns = Mapping[str, pa.Array]

TYPES = {
    "day": pa.date32(),
    "group": pa.string(),
    "persons": pa.int64(),
    "share": pa.decimal128(38, 1),
    "listed": pa.int64(),
    "unit": pa.string(),
    "unknown_id": pa.string(),
    "source_id": pa.string(),
    "as_printed": pa.string(),
}
FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "day", "type": "date"},
    {"name": "group", "type": "string", "categories": [f"groep {number:02}" for number in range(24)]},
    {"name": "persons", "type": "integer", "unit": "persons", "decimals": 0, "printedIn": "as_printed"},
    {"name": "share", "type": "number", "unit": "percent", "decimals": 1, "reasonIn": "unknown_id"},
    {"name": "listed", "type": "integer", "unitIn": "unit"},
    {"name": "unit", "type": "string"},
    {"name": "unknown_id", "type": "string"},
    {"name": "source_id", "type": "string"},
    {"name": "as_printed", "type": "string"},
)
EXPECTATIONS: tuple[dict[str, Any], ...] = (
    {"kind": "total", "field": "persons", "over": "group", "total": "groep 00"},
    {"kind": "sum", "field": "share", "equals": 0, "rounding": 10_000, "by": ["group"]},
    {"kind": "row-count", "field": "listed", "of": "counts", "matching": "group"},
    {"kind": "series", "field": "day", "step": "day", "by": ["group"]},
    {"kind": "source-date", "field": "day", "source": "source_id"},
    {"kind": "range", "field": "persons", "where": {"group": "groep 01"}, "minimum": 0, "maximum": 100_000_000},
)


def make_counts(rows: int, *, accented: bool) -> Columns:
    """Make the columns: 24 groups a day, the first one their total, one share in ten empty with its reason."""
    numbers = range(rows)
    first = datetime.date(1900, 1, 1).toordinal() - datetime.date(1970, 1, 1).toordinal()
    persons = _persons(rows)
    tenths = [None if number % 10 == 0 else (number * 31) % 1001 for number in numbers]
    shares = pa.array([None if tenth is None else f"{tenth / 10:.1f}" for tenth in tenths], pa.string())
    prints = starmap(_accented_print if accented else _plain_print, enumerate(persons))
    return {
        "day": pa.array([first + number // GROUPS for number in numbers], pa.int32()).cast(pa.date32()),
        "group": pa.array([f"groep {number % GROUPS:02}" for number in numbers]),
        "persons": pa.array(persons, pa.int64()),
        "share": shares.cast(TYPES["share"]),
        "listed": pa.array([len(range(number % GROUPS, rows, GROUPS)) for number in numbers], pa.int64()),
        "unit": pa.array(["rows"] * rows),
        "unknown_id": pa.array([None if tenth is not None else "not-stated" for tenth in tenths], pa.string()),
        "source_id": pa.array([f"S{number % 8:02}" for number in numbers]),
        "as_printed": pa.array(list(prints)),
    }


def _persons(rows: int) -> list[int]:
    persons = [(number * 7919) % 1_000_000 for number in range(rows)]
    for total in range(0, rows, GROUPS):
        persons[total] = sum(persons[total + 1 : total + GROUPS])
    return persons


def _plain_print(number: int, value: int) -> str:
    """Print a figure in one of the notations of documents; one in five hundred has another figure behind it."""
    if number % 500 == 0:
        return f"{value} op vier"
    grouped = f"{value:,}".replace(",", ".")
    return (grouped, grouped.replace(".", " "), str(value), f"{grouped} mensen")[number % 4]


def _accented_print(number: int, value: int) -> str:
    del number
    return f"{value} enquêtes – ‘l’été’"


def make_history(counts: Columns) -> Columns:
    """Record every count: one row for each figure."""
    keys = pc.binary_join_element_wise(counts["day"].cast(pa.string()), counts["group"], ",")
    return {
        "cell": pc.binary_join_element_wise(f"{COUNTS}.persons[", keys, "]", ""),
        "version": pa.array(["1.0.0"] * len(keys)),
        "value": counts["persons"].cast(pa.string()),
    }


def make_told(counts: Columns, *, accented: bool) -> Columns:
    """Write a sentence of its own about every count."""
    letters = str.maketrans("0123456789", "abcdefghij")
    names = [f"{number}".translate(letters) for number in range(len(counts["day"]))]
    dutch, english = ("één café telde", "one café counted") if accented else ("een plaats telde", "one place counted")
    return {
        **{name: counts[name] for name in ("day", "persons", "as_printed")},
        "sentence_nl": pa.array([f"Op {{day}} {dutch} {{persons}} mensen, in de rij {name}." for name in names]),
        "sentence_en": pa.array([f"On {{day}} {english} {{persons}} people, in the row {name}." for name in names]),
    }


def written(columns: Columns) -> bytes:
    """Write columns as a CSV file."""
    buffer = io.BytesIO()
    csv.write_csv(pa.table(dict(columns)), buffer, csv.WriteOptions(quoting_style="needed"))
    return buffer.getvalue()


def make_table(columns: Columns, content: bytes) -> Table:
    """Make the table of counts as our reader would, but straight from Arrow."""
    descriptor = {
        "name": COUNTS,
        "path": "data/counts.csv",
        "schema": {
            "fields": list(FIELDS),
            "primaryKey": ["day", "group"],
            "uniqueKeys": [["day", "group"]],
            "foreignKeys": [
                {"fields": "group", "reference": {"resource": "groups", "fields": "code"}},
                {"fields": "unit", "reference": {"resource": "units", "fields": "code"}},
                {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}},
            ],
        },
        "sortedBy": ["day", "group"],
        "expectations": list(EXPECTATIONS),
    }
    return table_of(descriptor, columns, read_layout(content.decode()))


def table_of(descriptor: dict[str, Any], columns: Columns, layout: Layout) -> Table:
    """Put a table together of which the texts are known already; no rule should ask for its records one by one."""
    fields = tuple(Field(described) for described in descriptor["schema"]["fields"])
    header = tuple(columns)
    lines: Any = range(2, len(columns[header[0]]) + 2)
    path = f"data/{descriptor['name']}.csv"
    block = Block(tuple(pc.fill_null(column.cast(pa.string()), "") for column in columns.values()))
    return Table(descriptor["name"], path, descriptor, fields, header, block, lines, layout, typed=dict(columns))


def make_package(*tables: Table) -> Package:
    """Put small lists beside the tables, so that every rule has something to do."""
    small = {
        "groups": {"code": [f"groep {number:02}" for number in range(GROUPS)]},
        "sources": {"source_id": [f"S{number:02}" for number in range(8)], "published": ["2150-01"] * 8},
        "units": {"code": ["persons", "percent", "rows"]},
        "releases": {"version": ["1.0.0"]},
    }
    every = {table.name: table for table in tables}
    for name, values in small.items():
        described = [{"name": key, "type": "string"} for key in values]
        every[name] = simple_table(name, {key: pa.array(value) for key, value in values.items()}, described, primary=1)
    described_package: dict[str, Any] = {
        "name": "many",
        "languages": ["nl", "en"],
        "resources": [made.descriptor for made in every.values()],
    }
    return Package(HERE.parent / "datapackage.json", described_package, every)


def simple_table(name: str, columns: Columns, fields: list[dict[str, Any]], primary: int = 0) -> Table:
    """Make a table with the first `primary` of its columns as its key."""
    schema = {"fields": fields, **({"primaryKey": list(columns)[:primary]} if primary else {})}
    return table_of({"name": name, "path": f"data/{name}.csv", "schema": schema}, columns, Layout(is_plain=True))


def more_packages(counts: Table, columns: Columns, told: Columns, history: Columns) -> dict[str, Package]:
    """Make what one rule each looks at, by the rule: rows without a key, sentences, and a history."""
    by_name = {described["name"]: described for described in FIELDS}
    text = {"type": "string"}
    # What tells the rows apart comes last, so that every column must be looked at.
    loose = {name: columns[name] for name in sorted(columns, key=lambda name: (name == "day", name != "group"))}
    of_loose = [{"name": name, "type": by_name[name]["type"]} for name in loose]
    of_told = [by_name.get(name, {"name": name, **text}) for name in told]
    of_history = [{"name": name, **text} for name in history]
    return {
        "duplicate-rows": make_package(simple_table(LOOSE, loose, of_loose)),
        "sentences": make_package(simple_table(TOLD, told, of_told)),
        "history": make_package(counts, simple_table(HISTORY, history, of_history)),
    }
