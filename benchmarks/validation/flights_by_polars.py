"""The schema of the flights, checked by hand in polars."""

from pathlib import Path

import polars as pl
from planted import FIRST_ROW, Found
from real_tables import CHOSEN

TIME = pl.col("time_hour").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False)
DELAY, DISTANCE = (pl.col(name).cast(pl.Int64, strict=False) for name in ("dep_delay", "distance"))


def check(folder: Path) -> Found:
    """Find the rows in error, by kind."""
    table = pl.read_csv(folder / "flights.csv", schema=dict.fromkeys(CHOSEN, pl.String))
    rules = {
        "required": pl.any_horizontal(pl.col("time_hour", "distance", "origin", "dest").is_null()),
        "type datetime": TIME.is_null() & pl.col("time_hour").is_not_null(),
        "type integer": (DELAY.is_null() & pl.col("dep_delay").is_not_null())
        | (DISTANCE.is_null() & pl.col("distance").is_not_null()),
        "minimum": (DELAY < -60) | (DISTANCE < 1),
        "maximum": (DELAY > 2000) | (DISTANCE > 5000),
        "enum": ~pl.col("origin").is_in(["EWR", "JFK", "LGA"]),
        "pattern": ~pl.col("dest").str.contains("^[A-Z]{3}$"),
    }
    asked = {kind: rule.fill_null(value=False).arg_true().implode() for kind, rule in rules.items()}
    found = table.lazy().select(**asked).collect().row(0, named=True)
    return {kind: [row + FIRST_ROW for row in rows] for kind, rows in found.items()}
