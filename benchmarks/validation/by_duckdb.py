"""The same checks, written by hand in SQL for DuckDB.

DuckDB sets rows with too few or too many cells aside, with their lines, and takes the others as texts into a table in
memory; one query tells the rows in error. It skips blank lines in silence, so the lines are read a second time, each
as one text. The number of a row is its place in the table and the lines before it that were set aside or skipped.
"""
# ruff: noqa: S608 - what is put together here is text of our own

from pathlib import Path

import duckdb
from planted import Found

COLUMNS = ("id", "municipality", "month", "activity", "hours", "persons", "note")
FIRST_ROW = 2
PLAIN = "auto_detect = false, new_line = '\\n', max_line_size = 1000000"
OFF_SHAPE = {"MISSING COLUMNS": "missing-cell", "TOO MANY COLUMNS": "extra-cell"}
RULES = {
    "type integer": "persons IS NULL AND persons_text IS NOT NULL",
    "type number": "hours IS NULL AND hours_text IS NOT NULL",
    "type date": "month IS NULL AND month_text IS NOT NULL",
    "required": "municipality IS NULL OR month_text IS NULL OR activity IS NULL OR persons_text IS NULL",
    "minimum": "persons < 0 OR hours < 0 OR month < DATE '2010-01-01'",
    "maximum": "persons > 100000 OR month > DATE '2026-12-01'",
    "exclusiveMaximum": "hours >= 744",
    "minLength": "length(note) < 3",
    "maxLength": "length(note) > 60",
    "pattern": "NOT regexp_full_match(id, 'R[0-9]{8}') OR NOT regexp_full_match(municipality, 'GM[0-9]{4}')",
    "enum": """activity NOT IN ('sport', 'cultuur', 'taal', 'ontmoeting', 'vrijwilligerswerk', 'zorg', 'scholing',
        'creatief', 'overig')""",
    "foreign-key": "municipality NOT IN (SELECT municipality FROM municipalities)",
    "primary-key": "id IS NULL",
}
VALUES = """SELECT rowid, id, municipality, activity, note, month AS month_text, hours AS hours_text,
    persons AS persons_text, TRY_CAST(month AS DATE) AS month, TRY_CAST(hours AS DOUBLE) AS hours,
    CASE WHEN persons NOT LIKE '%.%' THEN TRY_CAST(persons AS BIGINT) END AS persons FROM observations"""


def check(folder: Path) -> Found:
    """Find the rows in error, by kind."""
    database = duckdb.connect()
    path = folder / "observations.csv"
    database.execute(
        f"CREATE TEMP TABLE municipalities AS FROM read_csv('{folder / 'municipalities.csv'}', all_varchar = true)"
    )
    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    database.execute(
        f"""CREATE TEMP TABLE observations AS FROM read_csv('{path}', columns = {{{texts}}}, header = true,
        delim = ',', quote = '"', escape = '"', store_rejects = true, {PLAIN})"""
    )
    found = {"blank-row": blank_rows(database, path), "missing-cell": [], "extra-cell": []}
    for line, error in database.execute("SELECT DISTINCT line, error_type FROM reject_errors").fetchall():
        found[OFF_SHAPE[error]].append(line)
    away = sorted(row for rows in found.values() for row in rows)
    return {**found, **{kind: numbered(rows, away) for kind, rows in rows_in_error(database).items()}}


def rows_in_error(database: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """Find the places in the table of the rows in error, by kind."""
    lists = ", ".join(f'list(rowid) FILTER (WHERE {rule}) AS "{kind}"' for kind, rule in RULES.items())
    rows = database.execute(f"WITH checked AS ({VALUES}) SELECT {lists} FROM checked").fetchone() or ()
    found = {kind: list(row or []) for kind, row in zip(RULES, rows, strict=True)}
    found["unique"] = repeated(database, "note")
    found["primary-key"] += repeated(database, "id")
    return found


def repeated(database: duckdb.DuckDBPyConnection, name: str) -> list[int]:
    """Find the rows whose value stands in a row before them."""
    groups = database.execute(
        f"SELECT list(rowid) FROM observations WHERE {name} IN (SELECT {name} FROM observations"
        f" WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) > 1) GROUP BY {name}"
    ).fetchall()
    return [row for (rows,) in groups for row in sorted(rows)[1:]]


def blank_rows(database: duckdb.DuckDBPyConnection, path: Path) -> list[int]:
    """Find the lines that are blank."""
    lines = f"read_csv('{path}', columns = {{'line': 'VARCHAR'}}, header = false, delim = '\\x01', quote = '', {PLAIN})"
    if database.execute(f"SELECT count(line) = count(*) FROM {lines}").fetchone() == (True,):
        return []
    numbers = f"SELECT row_number() OVER () AS number, line FROM {lines}"
    return [row for (row,) in database.execute(f"SELECT number FROM ({numbers}) WHERE line IS NULL").fetchall()]


def numbered(places: list[int], away: list[int]) -> list[int]:
    """Turn places in the table into row numbers, by the rows that are not in it."""
    rows = []
    for place in sorted(places):
        row = place + FIRST_ROW
        for other in away:
            row += other <= row
        rows.append(row)
    return rows
