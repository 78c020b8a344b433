"""What the engines themselves cost: read the table as texts, and do three things that every check does.

Run as a contestant, with the name of an engine: it prints as JSON the seconds of its import and of each step, and what
it found, so that it can be seen that all did the same.
"""
# ruff: noqa: S608 - what is put together here is text of our own

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from typing import Any

NAMES = ("id", "municipality", "month", "activity", "hours", "persons", "note")
PATTERN = "^R[0-9]{8}$"
Steps = tuple[Callable[[], Any], Callable[[Any], int], Callable[[Any], int], Callable[[Any, str], int]]


def of_pyarrow() -> Steps:
    """Import pyarrow."""
    pa, pc, csv = map(import_module, ("pyarrow", "pyarrow.compute", "pyarrow.csv"))
    options = csv.ConvertOptions(column_types=dict.fromkeys(NAMES, pa.string()))
    return (
        lambda: csv.read_csv("observations.csv", convert_options=options),
        lambda table: len(table) - pc.sum(pc.match_substring_regex(table["id"], PATTERN)).as_py(),
        lambda table: len(table) - pc.count_distinct(table["id"]).as_py(),
        lambda table, path: (
            len(table) - pc.sum(pc.is_in(table["municipality"], csv.read_csv(path)[0].combine_chunks())).as_py()
        ),
    )


def of_pandas() -> Steps:
    """Import pandas, with columns in pyarrow."""
    pd, pa = map(import_module, ("pandas", "pyarrow"))
    text = pd.ArrowDtype(pa.string())
    return (
        lambda: pd.read_csv("observations.csv", engine="pyarrow", dtype=text, dtype_backend="pyarrow"),
        lambda table: int((~table["id"].str.match(PATTERN)).sum()),
        lambda table: int(table["id"].duplicated().sum()),
        lambda table, path: int((~table["municipality"].isin(pd.read_csv(path)["municipality"])).sum()),
    )


def of_polars() -> Steps:
    """Import polars."""
    pl = import_module("polars")
    return (
        lambda: pl.read_csv("observations.csv", infer_schema=False),
        lambda table: int((~table["id"].str.contains(PATTERN)).sum()),
        lambda table: len(table) - table["id"].n_unique(),
        lambda table, path: int((~table["municipality"].is_in(pl.read_csv(path)["municipality"].implode())).sum()),
    )


def of_duckdb() -> Steps:
    """Import DuckDB."""
    database = import_module("duckdb").connect()

    def count(query: str) -> int:
        return int((database.execute("SELECT " + query).fetchone() or (0,))[0])

    return (
        lambda: database.execute(
            "CREATE TABLE t AS FROM read_csv('observations.csv', all_varchar = true, header = true)"
        ),
        lambda _: count(f"count(*) FROM t WHERE NOT regexp_matches(id, '{PATTERN}')"),
        lambda _: count("count(id) - count(DISTINCT id) FROM t"),
        lambda _, path: count("count(*) FROM t WHERE municipality NOT IN (SELECT municipality FROM '" + path + "')"),
    )


ENGINES = {"pyarrow": of_pyarrow, "pandas on pyarrow": of_pandas, "polars": of_polars, "DuckDB": of_duckdb}


def main() -> None:
    """Do the steps with one engine."""
    start = time.perf_counter()
    read, pattern, repeated, foreign = ENGINES[sys.argv[1]]()
    clock = [time.perf_counter()]
    importing = clock[0] - start
    table = read()
    clock.append(time.perf_counter())
    found = []
    for step in (pattern, repeated, lambda held: foreign(held, "municipalities.csv")):
        found.append(step(table))
        clock.append(time.perf_counter())
    steps = [end - begin for begin, end in pairwise(clock)]
    print(json.dumps({"importing": importing, "checking": sum(steps), "steps": steps, "found": {"errors": found}}))


if __name__ == "__main__":
    main()
