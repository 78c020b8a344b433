from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from rule_checks import caught_by, package_of, table
from vierdepijler.checks.rules.table_rules import TABLE_RULES


def caught(copy: Copy) -> dict[str, list[str]]:
    return caught_by(TABLE_RULES, copy)


def test_a_good_package_breaks_no_rule(miniature: Copy) -> None:
    assert caught(miniature) == {}


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    found = caught(package_of(tmp_path, table("t", "a", "a\n")))
    assert found == {
        "empty-table": [
            "data/t.csv:1: the table has a header and no rows; fill it, or take the table out of the descriptor"
        ]
    }


def test_a_row_that_is_there_twice_is_told(tmp_path: Path) -> None:
    found = caught(package_of(tmp_path, table("t", "a:integer b", "a,b\n1,x\n1,y\n2,x\n1,x\n2,x\n")))
    assert [problem.split(";")[0] for problem in found["duplicate-rows"]] == [
        "data/t.csv:5: a, b: the row is the same as an earlier one",
        "data/t.csv:6: a, b: the row is the same as an earlier one",
    ]


def test_rows_that_differ_in_one_empty_cell_are_two(tmp_path: Path) -> None:
    assert caught(package_of(tmp_path, table("t", "a:integer b", "a,b\n1,x\n1,\n,x\n"))) == {}


def test_rows_that_are_equally_empty_are_one(tmp_path: Path) -> None:
    assert "duplicate-rows" in caught(package_of(tmp_path, table("t", "a:integer b", "a,b\n1,\n2,x\n1,\n")))


def test_a_row_that_repeats_a_unique_key_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"].update(uniqueKeys=[["day", "unknown_id"], "group"]))
    assert caught(miniature)["unique-keys"] == [
        (
            "data/counts.csv:3: day, unknown_id: the row repeats an earlier one in day, unknown_id;"
            " make one of the two differ"
        )
    ]


def test_a_unique_key_of_no_field_is_left_to_another_rule(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"].update(uniqueKeys=[["nothing"]]))
    assert caught(miniature) == {}


def test_a_column_that_is_empty_throughout_is_told(tmp_path: Path) -> None:
    (problem,) = caught(package_of(tmp_path, table("t", "a b", "a,b\n1,\n2,\n")))["empty-columns"]
    assert problem.startswith("data/t.csv:1: b: the column is empty throughout")


def test_an_empty_column_with_a_reason_beside_it_is_good(tmp_path: Path) -> None:
    described = table("t", "a b:integer why", "a,b,why\n1,,x\n2,,y\n", about={"b": {"reasonIn": "why"}})
    assert caught(package_of(tmp_path, described)) == {}


def test_an_empty_text_is_no_empty_cell_where_the_schema_says_so(tmp_path: Path) -> None:
    assert caught(package_of(tmp_path, table("t", "a b", "a,b\n1,\n2,\n", missingValues=[]))) == {}


@pytest.mark.parametrize("categories", [["a", "b"], [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]])
def test_a_value_that_is_no_category_is_told(tmp_path: Path, categories: list[Any]) -> None:
    described = table("t", "id c", "id,c\n1,a\n2,\n3,B\n4,b\n", about={"c": {"categories": categories}})
    assert caught(package_of(tmp_path, described)) == {
        "categories": ["data/t.csv:4: c: 'B' is not one of a, b; choose one of these, or add it to the categories"]
    }


@pytest.mark.parametrize("text", ["NaN", "INF", "1e309", "9" * 30])
def test_a_number_that_cannot_be_stored_is_told(miniature: Copy, text: str) -> None:
    found = caught(miniature.replace("data/derived_figures.csv", "86.3", text))["numbers"]
    assert found == [
        (
            f"data/derived_figures.csv:3: value: '{text}' is not a number that can be stored;"
            " write a finite number of at most eighteen digits"
        )
    ]


def test_what_stands_for_an_empty_cell_is_no_number_that_cannot_be_stored(tmp_path: Path) -> None:
    schema = table("s", "a n:number", "a,n\n1,NaN\n2,1\n", missingValues=["", "NaN"])
    field = table("f", "a n:number", "a,n\n1,NaN\n2,1\n", about={"n": {"missingValues": ["NaN"]}})
    labelled = table("g", "a n:number", "a,n\n1,NaN\n2,1\n", missingValues=[{"value": "NaN", "label": "none"}])
    assert caught(package_of(tmp_path, schema, field, labelled)) == {}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", ["0", "-5", "3290", "", "9223372036854775807"], ["3_290", "٢٣٠", "007", " 5"]),
        ("number", ["0", "-0.5", "86.30", "1e5", "1.5E-3", "100"], ["1_0.5", "01.5", "٢.٥"]),
        ("year", ["2025", ""], []),
        ("date", ["2025-02-25", ""], []),
        ("string", ["3_290", "007"], []),
    ],
)
def test_only_an_unusual_notation_is_told(tmp_path: Path, kind: str, good: list[str], bad: list[str]) -> None:
    rows = "".join(f"{row},{cell}\n" for row, cell in enumerate([*good, *bad]))
    found = caught(package_of(tmp_path, table("t", f"id v:{kind}", "id,v\n" + rows))).get("notation", [])
    expected = [f"data/t.csv:{2 + len(good) + row}: v: '{cell}'" for row, cell in enumerate(bad)]
    assert [problem.partition(" is written")[0].partition(" begins with zeros")[0] for problem in found] == expected


def test_a_notation_that_the_field_declares_is_good(tmp_path: Path) -> None:
    comma = table("c", "id n:number", 'id,n\n1,"1.234,5"\n', about={"n": {"decimalChar": ",", "groupChar": "."}})
    dutch = table("d", "id d:date", "id,d\n1,25/02/2025\n", about={"d": {"format": "%d/%m/%Y"}})
    assert caught(package_of(tmp_path, comma, dutch)) == {}


def test_a_declared_notation_that_is_the_usual_one_changes_nothing(tmp_path: Path) -> None:
    described = table("t", "id n:integer", "id,n\n1,007\n", about={"n": {"bareNumber": True, "format": "default"}})
    assert "notation" in caught(package_of(tmp_path, described))


def test_more_decimals_than_the_field_declares_are_told(tmp_path: Path) -> None:
    text = "id,n\n1,1.5\n2,1.55\n3,2\n4,-3.14\n5,\n"
    found = caught(package_of(tmp_path, table("t", "id n:number", text, about={"n": {"decimals": 1}})))["decimals"]
    assert [problem.split(";")[0] for problem in found] == [
        "data/t.csv:3: n: '1.55' has more decimals than the 1 declared",
        "data/t.csv:5: n: '-3.14' has more decimals than the 1 declared",
    ]


def test_decimals_are_counted_after_the_mark_of_the_field(tmp_path: Path) -> None:
    text = 'id,n\n1,"1.234,5"\n2,"1.234,56"\n'
    about = {"n": {"decimals": 1, "decimalChar": ",", "groupChar": "."}}
    (problem,) = caught(package_of(tmp_path, table("t", "id n:number", text, about=about)))["decimals"]
    assert problem.startswith("data/t.csv:3: n: ")


def test_more_decimals_than_the_row_says_are_told(tmp_path: Path) -> None:
    text = "id,n,d\n1,1.5,1\n2,1.55,1\n3,1.55,2\n4,1.5,\n5,1.5,0\n"
    about = {"n": {"decimalsIn": "d"}}
    found = caught(package_of(tmp_path, table("t", "id n:number d:integer", text, about=about)))["decimals"]
    assert [problem.split(":")[1] for problem in sorted(found)] == ["3", "6"]


@pytest.mark.parametrize("decimals", [-1, True, 10**9, "1"])
def test_decimals_that_cannot_be_are_no_reason_to_stop(tmp_path: Path, decimals: object) -> None:
    described = table("t", "id n:number", "id,n\n1,1.5\n", about={"n": {"decimals": decimals}})
    assert caught(package_of(tmp_path, described)) == {}


def test_a_share_below_nothing_or_above_everything_is_told(tmp_path: Path) -> None:
    described = table("t", "id n:number", "id,n\n1,0\n2,100\n3,100.5\n4,-1\n5,\n", about={"n": {"unit": "percent"}})
    found = caught(package_of(tmp_path, described))["shares"]
    assert [problem.split(";")[0] for problem in found] == [
        "data/t.csv:4: n: '100.5' is a share below 0 or above 100",
        "data/t.csv:5: n: '-1' is a share below 0 or above 100",
    ]


def test_only_the_rows_in_percent_are_shares(tmp_path: Path) -> None:
    text = "id,n,u\n1,300,persons\n2,300,percent\n3,-5,percent_change\n"
    about = {"n": {"unitIn": "u"}}
    (problem,) = caught(package_of(tmp_path, table("t", "id n:integer u", text, about=about)))["shares"]
    assert problem.startswith("data/t.csv:3: n: ")


def test_a_change_in_percent_is_no_share(tmp_path: Path) -> None:
    described = table("t", "id n:integer", "id,n\n1,-20\n2,300\n", about={"n": {"unit": "percent_change"}})
    assert caught(package_of(tmp_path, described)) == {}


@pytest.mark.parametrize(
    ("fields", "text", "order", "lines"),
    [
        ("a:integer b", "a,b\n1,x\n2,y\n2,x\n", ["a"], []),
        ("a:integer b", "a,b\n1,x\n2,y\n2,x\n", ["a", "b"], [4]),
        ("a:integer b", "a,b\n2,x\n1,x\n", ["a"], [3]),
        ("a:integer b", "a,b\n2,x\n1,x\n", ["-a"], []),
        ("a:integer b", "a,b\n10,x\n9,x\n", ["a"], [3]),
        ("a b", "a,b\n10,x\n9,x\n", ["a"], []),
        ("a:date b", "a,b\n2025-02-01,x\n2025-01-01,x\n", ["a"], [3]),
        ("a:boolean b", "a,b\ntrue,x\nfalse,x\n", ["a"], [3]),
        ("a:integer b", "a,b\n1,x\n,x\n,y\n2,x\n", ["a"], [5]),
        ("a:integer b", "a,b\n2,x\n1,x\n", ["nothing"], []),
        ("a:integer b", "a,b\n1,x\n", ["a"], []),
    ],
)
def test_a_row_out_of_order_is_told(tmp_path: Path, fields: str, text: str, order: list[str], lines: list[int]) -> None:
    found = caught(package_of(tmp_path, table("t", fields, text, sortedBy=order))).get("row-order", [])
    expected = [f"data/t.csv:{line}: {order[0].lstrip('-')}: the row is out of order" for line in lines]
    assert [problem.partition(": the table is sorted")[0] for problem in found] == expected


def test_codes_follow_the_order_of_their_list(tmp_path: Path) -> None:
    codes = table("codes", "code", "code\nall\nb\na\n", primaryKey="code")
    keys = [{"fields": "c", "reference": {"resource": "codes", "fields": "code"}}]
    good = table("good", "c", "c\nall\nb\na\n", sortedBy=["c"], foreignKeys=keys)
    bad = table("bad", "c", "c\na\nb\n", sortedBy=["c"], foreignKeys=keys)
    (problem,) = caught(package_of(tmp_path, codes, good, bad))["row-order"]
    assert problem.startswith("data/bad.csv:3: c: ")


def test_codes_of_another_type_than_their_list_follow_it_all_the_same(tmp_path: Path) -> None:
    codes = table("codes", "code:string", "code\n2\n1\n", primaryKey="code")
    keys = [{"fields": "c", "reference": {"resource": "codes", "fields": "code"}}]
    assert (
        caught(package_of(tmp_path, codes, table("t", "c:integer", "c\n2\n1\n", sortedBy=["c"], foreignKeys=keys)))
        == {}
    )


def test_a_key_to_a_field_that_is_not_there_does_not_stop_the_rules(tmp_path: Path) -> None:
    keys = [{"fields": "c", "reference": {"resource": "codes", "fields": "kode"}}]
    codes = table("codes", "code", "code\na\n")
    assert caught(package_of(tmp_path, codes, table("t", "c", "c\na\nb\n", sortedBy=["c"], foreignKeys=keys))) == {}


@pytest.mark.parametrize("order", [5, "a", [None, 1], {"a": 1}])
def test_an_order_that_is_no_list_of_names_does_not_stop_the_rules(tmp_path: Path, order: object) -> None:
    assert caught(package_of(tmp_path, table("t", "a", "a\n2\n1\n", sortedBy=order))) == {}


@pytest.mark.parametrize("categories", [5, "a", [{"label": "A"}], {"a": 1}])
def test_categories_that_are_not_written_well_do_not_stop_the_rules(tmp_path: Path, categories: object) -> None:
    described = table("t", "a", "a\nNone\n", about={"a": {"categories": categories}})
    assert caught(package_of(tmp_path, described)) == {}


def test_after_a_thousand_rows_the_rest_is_counted(tmp_path: Path) -> None:
    found = caught(package_of(tmp_path, table("t", "a:integer b", "a,b\n" + "1,x\n" * 1500)))["duplicate-rows"]
    assert len(found) == 1001
    assert "the same is wrong in 499 more rows" in found[-1]
