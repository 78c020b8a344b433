from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from rule_checks import caught, caught_by, lines, package_of, table
from vierdepijler.checks.rules import expectations
from vierdepijler.checks.rules.expectations import EXPECTATIONS


@pytest.fixture(autouse=True, params=[expectations.FEW, -1], ids=["few rows", "many rows"])
def sums_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test hold for sums of few rows, and again for sums as those of many rows are made."""
    monkeypatch.setattr(expectations, "FEW", request.param)


def test_a_good_package_breaks_no_rule(miniature: Copy) -> None:
    assert caught_by(EXPECTATIONS, miniature) == {}


def total(folder: Path, text: str, **more: Any) -> dict[str, list[str]]:
    described = table(
        "t",
        "year:year group n:number",
        text,
        primaryKey=["year", "group"],
        expectations=[{"kind": "total", "field": "n", "over": "group", "total": "all", **more}],
    )
    return caught_by(EXPECTATIONS, package_of(folder, described))


def test_a_total_that_differs_from_its_parts_is_told(tmp_path: Path) -> None:
    text = "year,group,n\n2024,a,1\n2024,b,2.5\n2024,all,3.5\n2025,a,1\n2025,b,2\n2025,all,4\n"
    assert total(tmp_path, text) == {
        "totals": [
            "data/t.csv:7: n: the total is 4, but its parts add up to 3; check the total and its parts in the source"
        ]
    }


@pytest.mark.parametrize(
    "rows",
    [
        "2024,a,1\n2024,b,2\n2024,all,3\n",
        "2024,a,1\n2024,b,\n2024,all,9\n",
        "2024,a,1\n2024,b,2\n2024,all,\n",
        "2024,a,-1\n2024,all,-1\n",
        "2024,a,999999999999999999.5\n2024,b,999999999999999999.5\n2024,all,\n",
        "2024,a,1\n",
        "2024,all,9\n2025,a,1\n2025,all,1\n",
        "",
    ],
)
def test_a_total_that_may_be_right_is_not_flagged(tmp_path: Path, rows: str) -> None:
    assert total(tmp_path, "year,group,n\n" + rows) == {}


def test_a_total_of_large_numbers_has_room(tmp_path: Path) -> None:
    big = 9_000_000_000_000_000_000
    text = f"g,n\na,{big}\nb,{big}\nall,{2 * big % 2**64 - 2**64}\n"
    found = caught(tmp_path, "g n:integer", text, kind="total", field="n", over="g", total="all")
    assert f"its parts add up to {2 * big}" in found["totals"][0]


def test_only_the_parts_that_are_named_count(tmp_path: Path) -> None:
    text = "year,group,n\n2024,a,1\n2024,of_which_x,7\n2024,all,1\n"
    assert total(tmp_path, text, parts=["a"]) == {}
    assert "totals" in total(tmp_path, text)


@pytest.mark.parametrize(
    ("cells", "rounding", "good"),
    [
        (["60", "40"], 0, True),
        (["60", "41"], 0, False),
        (["60", "41"], 1, True),
        (["60", "42"], 1, False),
        (["60.5", "39.5"], 0, True),
        (["60", ""], 0, False),
        (["", ""], 0, True),
    ],
)
def test_a_sum_is_compared_within_the_rounding(tmp_path: Path, cells: list[str], rounding: int, good: object) -> None:
    text = "id,n\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells))
    found = caught(tmp_path, "id n:number", text, kind="sum", field="n", equals=100, rounding=rounding)
    assert lines(found, "sums") == ([] if good else [3])


def test_each_group_has_its_own_sum(tmp_path: Path) -> None:
    text = "id,g,n\n1,a,60\n2,b,50\n3,a,40\n4,b,40\n"
    found = caught(tmp_path, "id g n:integer", text, kind="sum", field="n", equals=100, by=["g"])
    assert found == {
        "sums": [
            (
                "data/t.csv:5: n: these values add up to 90, and must make 100;"
                " look for a row that is missing, double or wrong"
            )
        ]
    }


@pytest.mark.parametrize(
    ("more", "text", "wrong"),
    [
        ({}, "kind,n\nall,4\n", []),
        ({}, "kind,n\nall,5\n", [2]),
        ({"matching": "kind"}, "kind,n\na,3\nb,1\nc,0\n", []),
        ({"matching": "kind"}, "kind,n\na,2\nb,1\nc,1\n", [2, 4]),
        ({"matching": "kind", "total": "all"}, "kind,n\na,3\nb,1\nall,4\n", []),
        ({"matching": "kind", "total": "all"}, "kind,n\na,3\nb,\nall,3\n", [4]),
    ],
)
def test_a_count_is_compared_with_the_rows_of_another_table(
    tmp_path: Path, more: dict[str, str], text: str, wrong: list[int]
) -> None:
    things = table("things", "id kind", "id,kind\n1,a\n2,a\n3,b\n4,a\n")
    found = caught(tmp_path, "kind n:integer", text, things, kind="row-count", field="n", of="things", **more)
    assert lines(found, "row-counts") == wrong
    if wrong == [4]:
        assert "the count is 3, but the table 'things' has 4 such rows" in found["row-counts"][0]


@pytest.mark.parametrize(
    ("limits", "wrong"),
    [
        ({"minimum": 5}, [2, 3]),
        ({"maximum": 5}, [5]),
        ({"minimum": 0, "maximum": 10}, [2]),
        ({"minimum": 5, "where": {"u": "a"}}, [2]),
        ({"minimum": -1e300, "maximum": 10**30}, []),
        ({"minimum": 10**30}, [2, 3, 4, 5]),
        ({}, []),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_value_outside_its_range_is_told(tmp_path: Path, kind: str, limits: dict[str, Any], wrong: list[int]) -> None:
    text = "id,v,u\n1,-5,a\n2,0,b\n3,5,a\n4,10,b\n5,,a\n"
    assert lines(caught(tmp_path, f"id v:{kind} u", text, kind="range", field="v", **limits), "ranges") == wrong


def test_a_condition_on_a_boolean_is_read_as_its_cell(tmp_path: Path) -> None:
    text = "id,v,b\n1,1,true\n2,1,false\n"
    found = caught(tmp_path, "id v:integer b:boolean", text, kind="range", field="v", where={"b": True}, minimum=5)
    assert found["ranges"] == [
        "data/t.csv:2: v: '1' is not between 5 and ∞; check the value, or the range in the descriptor"
    ]


@pytest.mark.parametrize("kind", ["total", "sum", "row-count", "series", "source-date", "range"])
@pytest.mark.parametrize("kind_of_field", ["integer", "number", "date", "string", "boolean", "list", "geopoint", "any"])
def test_no_rule_fails_on_an_empty_table_or_column(tmp_path: Path, kind: str, kind_of_field: str) -> None:
    more = {"over": "u", "total": "x", "equals": 1, "of": "t", "source": "u", "minimum": 1, "step": "day", "by": ["u"]}
    for text in ("v,u\n", "v,u\n,a\n,b\n"):
        described = table("t", f"v:{kind_of_field} u", text, expectations=[{"kind": kind, "field": "v", **more}])
        assert set(caught_by(EXPECTATIONS, package_of(tmp_path, described))) <= {"expectations"}


def test_rows_are_counted_within_the_same_source(tmp_path: Path) -> None:
    count = {"kind": "row-count", "field": "n", "of": "things", "matching": "kind", "total": "all", "by": ["source"]}
    counts = "source,kind,n\nS1,all,2\nS1,a,1\nS2,all,1\nS2,a,{}\nS3,all,9\n"
    things = table("things", "source kind name", "source,kind,name\nS1,a,x\nS1,b,y\nS2,a,z\n")

    def found(number: int) -> dict[str, list[str]]:
        counted = table("counts", "source kind n:integer", counts.format(number), expectations=[count])
        return caught_by(EXPECTATIONS, package_of(tmp_path / str(number), counted, things))

    assert found(1) == {}
    assert lines(found(2), "row-counts") == [5]
    assert "the count is 2, but the table 'things' has 1 such rows" in found(2)["row-counts"][0]
