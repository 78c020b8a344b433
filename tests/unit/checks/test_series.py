from pathlib import Path
from typing import Any

import pytest

from rule_checks import caught, caught_by, lines, package_of, table
from vierdepijler.checks.rules.expectations import EXPECTATIONS


@pytest.mark.parametrize(
    ("kind", "step", "cells", "wrong"),
    [
        ("integer", None, ["1", "2", "3"], []),
        ("integer", None, ["3", "1", "2"], []),
        ("integer", None, ["1", "3", "4"], [3]),
        ("integer", 5, ["0", "5", "15"], [4]),
        ("integer", 10**30, ["0", "5"], []),
        ("integer", None, ["-9223372036854775808", "-9223372036854775807"], []),
        ("number", None, ["0.1", "1.1", "2.1"], []),
        ("number", None, ["0.1", "1.2"], [3]),
        ("year", None, ["2023", "2024", "2026"], [4]),
        ("date", "day", ["2024-02-28", "2024-02-29", "2024-03-01"], []),
        ("date", "day", ["2025-02-28", "2025-03-02"], [3]),
        ("date", "month", ["2024-12-31", "2025-01-01", "2025-03-01"], [4]),
        ("date", "year", ["0001-01-01", "9999-12-31"], [3]),
        ("string", None, ["N09", "N10", "N12"], [4]),
        ("string", "month", ["", "x", "é"], []),
        ("string", None, ["N" + "9" * 40, "N1"], [2]),
        ("integer", None, ["1", "", "2"], []),
        ("integer", None, ["7"], []),
    ],
)
def test_a_gap_in_a_series_is_told(tmp_path: Path, kind: str, step: Any, cells: list[str], wrong: list[int]) -> None:
    text = "id,v\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells))
    more = {} if step is None else {"step": step}
    found = caught(tmp_path, f"id v:{kind}", text, kind="series", field="v", **more)
    assert lines(found, "series") == wrong


def test_each_group_has_its_own_series(tmp_path: Path) -> None:
    text = "id,g,v\n1,a,2020\n2,b,2024\n3,a,2021\n4,b,2025\n5,b,2027\n"
    found = caught(tmp_path, "id g v:year", text, kind="series", field="v", by=["g"])
    assert found["series"] == [
        (
            "data/t.csv:6: v: the series has a gap before '2027';"
            " add the missing rows, with a reason where the value is not known"
        )
    ]


@pytest.mark.parametrize(
    ("published", "day", "wrong"),
    [
        ("2025-03-10", "2025-03-10", False),
        ("2025-03-10", "2025-03-11", True),
        ("2025-03", "2025-03-31", False),
        ("2025-03", "2025-04-01", True),
        ("2024", "2024-12-31", False),
        ("2024-12", "2025-01-01", True),
        ("", "2025-12-31", False),
        ("", "2026-01-03", True),
        ("about 2024", "2025-01-01", False),
        ("2025-13", "2025-01-01", False),
    ],
)
def test_a_date_after_its_source_or_the_release_is_told(
    tmp_path: Path, published: str, day: str, wrong: object
) -> None:
    sources = table(
        "sources",
        "source_id published",
        f"source_id,published\nS1,{published}\n",
        primaryKey="source_id",
        role="sources",
    )
    expectation = {"kind": "source-date", "field": "day", "source": "source_id"}
    described = table("t", "day:date source_id", f"day,source_id\n{day},S1\n,S1\n", expectations=[expectation])
    copy = package_of(tmp_path, described, sources, created="2026-01-02T00:00:00Z")
    assert lines(caught_by(EXPECTATIONS, copy), "source-dates") == ([2] if wrong else [])


def test_a_package_without_a_table_of_sources_has_no_dates_to_compare(tmp_path: Path) -> None:
    text = "day,s\n2025-01-01,x\n"
    assert caught(tmp_path, "day:date s", text, kind="source-date", field="day", source="s") == {}
