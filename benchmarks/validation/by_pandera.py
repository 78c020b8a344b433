"""The same checks as a schema of pandera, on polars, which holds a million rows better than pandas does.

Pandera checks what is in a data frame. The shape of rows is lost when polars reads the file; a blank row is one without
its required values. It cannot turn these texts into dates, and takes empty cells for the same value, so that what turns
texts into values, and what finds the same value twice, are checks of our own in its schema.
"""

from datetime import date
from pathlib import Path

import pandera.polars as pa
import polars as pl
from described import ACTIVITIES, FIELDS
from pandera.errors import SchemaErrors
from planted import Found

FIRST_ROW = 2
VALUES = {
    "month_value": pl.col("month").str.to_date("%Y-%m-%d", strict=False),
    "hours_value": pl.col("hours").cast(pl.Float64, strict=False),
    "persons_value": pl.col("persons").cast(pl.Int64, strict=False),
}


def check(folder: Path) -> Found:
    """Find the rows in error, by kind."""
    names = [field["name"] for field in FIELDS]
    table = pl.read_csv(
        folder / "observations.csv", schema=dict.fromkeys(names, pl.String), truncate_ragged_lines=True
    ).with_columns(**VALUES)
    codes = pl.read_csv(folder / "municipalities.csv", infer_schema=False)["municipality"].to_list()
    try:
        schema_of(codes).validate(table, lazy=True)
    except SchemaErrors as failure:
        return found_in(failure.failure_cases)
    return {}


def schema_of(codes: list[str]) -> pa.DataFrameSchema:
    """Write the schema; each check has the kind of its error as a name."""
    check = pa.Check
    columns = {
        "id": pa.Column(str, [check.str_matches("^R[0-9]{8}$", error="pattern"), first("primary-key")], nullable=True),
        "municipality": pa.Column(
            str, [check.str_matches("^GM[0-9]{4}$", error="pattern"), check.isin(codes, error="foreign-key")]
        ),
        "month": pa.Column(str),
        "activity": pa.Column(str, check.isin(ACTIVITIES, error="enum")),
        "persons": pa.Column(str),
        "note": pa.Column(
            str,
            [
                check.str_length(min_value=3, error="minLength"),
                check.str_length(max_value=60, error="maxLength"),
                first("unique"),
            ],
            nullable=True,
        ),
        "month_value": pa.Column(
            pl.Date,
            [
                check.ge(date(2010, 1, 1), error="minimum"),
                check.le(date(2026, 12, 1), error="maximum"),
                read("month", "type date"),
            ],
            nullable=True,
        ),
        "hours_value": pa.Column(
            pl.Float64,
            [check.ge(0, error="minimum"), check.lt(744, error="exclusiveMaximum"), read("hours", "type number")],
            nullable=True,
        ),
        "persons_value": pa.Column(
            pl.Int64,
            [check.ge(0, error="minimum"), check.le(100_000, error="maximum"), read("persons", "type integer")],
            nullable=True,
        ),
    }
    return pa.DataFrameSchema(columns)


def first(kind: str) -> pa.Check:
    """Check that a value does not stand in a row before it; a key may not be empty either."""
    empty_is_fine = kind == "unique"

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        column = pl.col(data.key)
        once = column.is_first_distinct()
        return data.lazyframe.select(once | column.is_null() if empty_is_fine else once & column.is_not_null())

    return pa.Check(check, error=kind, ignore_na=empty_is_fine)


def read(text: str, kind: str) -> pa.Check:
    """Check that a text has a value."""

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col(data.key).is_not_null() | pl.col(text).is_null())

    return pa.Check(check, error=kind, ignore_na=False)


def found_in(cases: pl.DataFrame) -> Found:
    """Sort what pandera tells by kind."""
    found: dict[str, set[int]] = {}
    for kind, index in cases.select("check", "index").iter_rows():
        found.setdefault({"not_nullable": "required"}.get(kind, kind), set()).add(index + FIRST_ROW)
    return {kind: list(rows) for kind, rows in found.items()}
