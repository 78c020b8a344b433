"""The schema of the flights, as one of pandera on polars."""

from datetime import datetime
from pathlib import Path

import pandera.polars as pa
import polars as pl
from by_pandera import found_in
from pandera.errors import SchemaErrors
from planted import Found
from real_tables import CHOSEN

SCHEMA = pa.DataFrameSchema(
    {
        "time_hour": pa.Column(pl.Datetime, pa.Check.ge(datetime(1, 1, 1), error="type datetime")),  # noqa: DTZ001  # no zone
        "dep_delay": pa.Column(
            pl.Int64, [pa.Check.ge(-60, error="minimum"), pa.Check.le(2000, error="maximum")], nullable=True
        ),
        "distance": pa.Column(pl.Int64, [pa.Check.ge(1, error="minimum"), pa.Check.le(5000, error="maximum")]),
        "origin": pa.Column(str, pa.Check.isin(["EWR", "JFK", "LGA"], error="enum")),
        "dest": pa.Column(str, pa.Check.str_matches("^[A-Z]{3}$", error="pattern")),
    }
)


def check(folder: Path) -> Found:
    """Find the rows in error, by kind."""
    table = pl.read_csv(folder / "flights.csv", schema=dict.fromkeys(CHOSEN, pl.String))
    typed = table.with_columns(
        pl.col("time_hour").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False),
        pl.col("dep_delay", "distance").cast(pl.Int64, strict=False),
    )
    try:
        SCHEMA.validate(typed, lazy=True)
    except SchemaErrors as failure:
        return found_in(failure.failure_cases)
    return {}
