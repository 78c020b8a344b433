from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from rule_checks import caught_by, package_of, table
from vierdepijler.checks.rules.reference_rules import REFERENCE_RULES

KEY = [{"fields": "c", "reference": {"resource": "codes", "fields": "code"}}]
SOURCES = ("sources", "source_id title address", "source_id,title,address\nS1,Een,https://a.be\nS2,Twee,https://b.be\n")


def caught(copy: Copy) -> dict[str, list[str]]:
    return caught_by(REFERENCE_RULES, copy)


def test_a_good_package_breaks_no_rule(miniature: Copy) -> None:
    assert caught(miniature) == {}


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("1,5,,1,5%", ["source_id"]),
        ("1,5,S1,,5%", ["source_item"]),
        ("1,5,S1,1,", ["print"]),
        ("1,5,,,", ["source_id", "source_item", "print"]),
        ("1,,,,", []),
        ("1,5,S1,1,5%", []),
    ],
)
def test_a_figure_without_its_origin_is_told(tmp_path: Path, row: str, missing: list[str]) -> None:
    fields = "id n:integer source_id source_item print"
    described = table("t", fields, f"id,n,source_id,source_item,print\n{row}\n", about={"n": {"printedIn": "print"}})
    found = caught(package_of(tmp_path, described)).get("origin", [])
    expected = [f"data/t.csv:2: n: a figure stands here without its '{m}'; fill in '{m}'" for m in missing]
    assert found == expected


@pytest.mark.parametrize(("row", "is_told"), [("1,20,", True), ("1,20,at_least", False), ("1,,", False)])
def test_a_figure_of_which_nobody_says_how_strongly_its_source_puts_it_is_told(
    tmp_path: Path, row: str, *, is_told: bool
) -> None:
    described = table("t", "id n:integer strength", f"id,n,strength\n{row}\n", about={"n": {"strengthIn": "strength"}})
    found = caught(package_of(tmp_path, described)).get("origin", [])
    expected = "data/t.csv:2: n: a figure stands here without its 'strength'; fill in 'strength'"
    assert found == [expected] * is_told


@pytest.mark.parametrize(
    ("row", "missing"),
    [("1,5,S1,F1", []), ("1,5,,F1", ["source_id"]), ("1,5,S1,", ["note"]), ("1,,,", [])],
)
def test_a_figure_that_was_noted_needs_its_source_and_its_note(tmp_path: Path, row: str, missing: list[str]) -> None:
    text = f"id,n,source_id,note\n{row}\n"
    described = table("t", "id n:integer source_id note", text, about={"n": {"notedIn": "note"}})
    found = caught(package_of(tmp_path, described)).get("origin", [])
    assert found == [f"data/t.csv:2: n: a figure stands here without its '{m}'; fill in '{m}'" for m in missing]


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("1,5,S1,1,5%,", []),
        ("1,5,S1,,,F1", []),
        ("1,5,,,,F1", ["source_id"]),
        ("1,5,S1,,,", ["source_item", "print"]),
    ],
)
def test_a_figure_is_printed_or_noted(tmp_path: Path, row: str, missing: list[str]) -> None:
    text = f"id,n,source_id,source_item,print,note\n{row}\n"
    about = {"n": {"printedIn": "print", "notedIn": "note"}}
    described = table("t", "id n:integer source_id source_item print note", text, about=about)
    found = caught(package_of(tmp_path, described)).get("origin", [])
    assert found == [f"data/t.csv:2: n: a figure stands here without its '{m}'; fill in '{m}'" for m in missing]


def test_a_figure_in_a_table_without_origin_is_left_to_another_rule(tmp_path: Path) -> None:
    described = table("t", "id n:integer", "id,n\n1,5\n", about={"n": {"printedIn": "nothing"}})
    assert caught(package_of(tmp_path, described)) == {}


def test_an_empty_cell_without_a_reason_is_told(miniature: Copy) -> None:
    found = caught(miniature.replace("data/counts.csv", "nobody-counts", ""))["reasons"]
    assert found == [
        "data/counts.csv:4: persons: the cell is empty without a reason; fill it in, or give the reason in 'unknown_id'"
    ]


def test_a_reason_without_an_empty_cell_is_told(miniature: Copy) -> None:
    found = caught(miniature.replace("data/counts.csv", "521,,521", "521,nobody-counts,521"))["reasons"]
    assert found[0].startswith("data/counts.csv:3: unknown_id: 'nobody-counts' explains an empty cell, but none is")


def test_one_reason_is_enough_for_two_empty_cells(tmp_path: Path) -> None:
    about = {"a": {"reasonIn": "why"}, "b": {"reasonIn": "why"}}
    described = table("t", "id a b why", "id,a,b,why\n1,,,x\n2,,y,x\n3,,,\n4,y,,\n5,y,y,\n", about=about)
    found = caught(package_of(tmp_path, described))["reasons"]
    assert [problem.split(": ")[:2] for problem in found] == [["data/t.csv:4", "a"], ["data/t.csv:5", "b"]]


def test_a_code_that_nothing_leads_to_is_told(tmp_path: Path) -> None:
    codes = table("codes", "code", "code\na\nb\n", primaryKey="code")
    found = caught(package_of(tmp_path, codes, table("t", "c", "c\na\n", foreignKeys=KEY)))
    assert found == {
        "unused-codes": ["data/codes.csv:3: code: no row of another table leads to 'b'; remove the row, or use it"]
    }


@pytest.mark.parametrize(
    ("codes", "more"),
    [
        (("codes", "code", "code\na\n"), {"primaryKey": "code"}),
        (("codes", "code", "code\na\nb\n"), {"primaryKey": "code", "mustBeUsed": False}),
        (("codes", "code", "code\na\nb\n"), {}),
        (("codes", "id code", "id,code\n1,a\n2,b\n"), {"primaryKey": ["id", "code"]}),
    ],
)
def test_a_list_that_need_not_be_used_is_not_flagged(
    tmp_path: Path, codes: tuple[str, str, str], more: dict[str, Any]
) -> None:
    copy = package_of(tmp_path, table(*codes, **more), table("t", "c", "c\na\n,\n", foreignKeys=KEY))
    assert caught(copy) == {}


def test_a_list_that_nothing_leads_to_and_one_that_leads_to_itself_are_not_flagged(tmp_path: Path) -> None:
    own = [{"fields": "parent", "reference": {"fields": "code"}}]
    tree = table("tree", "code parent", "code,parent\na,\nb,a\nc,a\n", primaryKey="code", foreignKeys=own)
    assert caught(package_of(tmp_path, tree, table("codes", "code", "code\nx\n", primaryKey="code"))) == {}


def test_a_unit_that_a_field_declares_is_used(tmp_path: Path) -> None:
    units = table("units", "code", "code\npersons\nyears\nmiles\n", primaryKey="code", role="units")
    keys = [{"fields": "u", "reference": {"resource": "units", "fields": "code"}}]
    described = table("t", "n:integer u", "n,u\n1,years\n", foreignKeys=keys, about={"n": {"unit": "persons"}})
    (problem,) = caught(package_of(tmp_path, units, described))["unused-codes"]
    assert "'miles'" in problem


def test_a_table_that_is_not_there_makes_no_other_look_unused(tmp_path: Path) -> None:
    codes = table("codes", "code", "code\na\nb\n", primaryKey="code")
    package = package_of(tmp_path, codes, table("t", "c", "c\na\n", foreignKeys=KEY)).read()
    part = replace(package, tables={"codes": package.tables["codes"]})
    assert [problem for rule in REFERENCE_RULES for problem in rule.check(part)] == []


def test_a_source_that_nothing_comes_from_is_told(tmp_path: Path) -> None:
    copy = package_of(
        tmp_path,
        table(*SOURCES, role="sources", primaryKey="source_id"),
        table("t", "a name_source_id", "a,name_source_id\n1,S2\n2,\n"),
        groups=[],  # one of our own properties, without which a table of this name is anybody's
    )
    assert caught(copy)["sources-used"] == [
        (
            "data/sources.csv:2: source_id: nothing comes from the source 'S1';"
            " remove the source, or name it where it was used"
        )
    ]


def test_sources_are_not_unused_where_nothing_can_name_them(tmp_path: Path) -> None:
    copy = package_of(tmp_path, table(*SOURCES, role="sources", primaryKey="source_id"), table("t", "a", "a\n1\n"))
    assert "sources-used" not in caught(copy)


def test_the_sources_of_the_descriptor_and_those_of_the_table_are_compared(tmp_path: Path) -> None:
    listed = [{"title": "Een", "path": "https://a.be"}, {"title": "Drie", "path": "https://b.be"}]
    copy = package_of(tmp_path, table(*SOURCES, role="sources"), sources=listed, groups=[])
    found = caught(copy)["source-list"]
    assert found[0].startswith("data/sources.csv:3: title: the descriptor does not list 'Twee' among its sources")
    assert "sources.2: the table 'sources' has no 'Drie' with this address" in found[1]
    line = copy.descriptor.read_text("utf-8").splitlines()[int(found[1].split(":")[1]) - 1]
    assert "{" in line


@pytest.mark.parametrize("fields", ["source_id", "source_id title"])
def test_a_table_of_sources_without_addresses_is_not_compared(tmp_path: Path, fields: str) -> None:
    text = ",".join(fields.split()) + "\n" + ",".join("x" for _ in fields.split()) + "\n"
    assert caught(package_of(tmp_path, table("sources", fields, text, role="sources"))) == {}


HELD = (
    "sources",
    "source_id title address document_sha256",
    "source_id,title,address,document_sha256\nS1,Een,,ab\nS2,Twee,,\n",
)
SENTENCES = "source_id source_item sentence:integer characters:integer fingerprint carries"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("S1,1,1,5,ab,\nS1,2,1,5,cd,sources.title[S1];sources.title\n", []),
        ("S1,1,1,5,ab,\n", ["data/source_items.csv:3: source_item: no sentence of the item '2' is recorded"]),
        (
            "S1,1,1,5,ab,sources.title[S3]\nS1,2,1,5,cd,\n",
            ["data/source_sentences.csv:2: carries: the table 'sources' has no row with the key 'S3'"],
        ),
    ],
)
def test_an_item_of_a_document_we_hold_has_sentences_and_these_carry_cells(
    tmp_path: Path, rows: str, told: list[str]
) -> None:
    tables = (
        table(*HELD, primaryKey="source_id", role="sources"),
        table(
            "source_items", "source_id source_item", "source_id,source_item\nS1,1\nS1,2\nS2,1\n", role="source-items"
        ),
        table(
            "source_sentences",
            SENTENCES,
            f"{SENTENCES.replace(':integer', '').replace(' ', ',')}\n{rows}",
            role="source-sentences",
        ),
    )
    found = caught(package_of(tmp_path, *tables, languages=["nl"])).get("fingerprints", [])
    assert [problem.partition(";")[0] for problem in found] == told


@pytest.mark.parametrize(
    ("row", "is_wrong"), [("5,6", False), ("5,", False), ("5,5", True), ("6,5", True), (",5", True)]
)
def test_a_range_has_two_ends_and_the_upper_is_higher(tmp_path: Path, row: str, *, is_wrong: bool) -> None:
    described = table("t", "id n:integer most:integer", f"id,n,most\n1,{row}\n", about={"n": {"upperIn": "most"}})
    found = caught(package_of(tmp_path, described)).get("origin", [])
    assert ["is the upper end of no range" in one for one in found] == [True] * is_wrong
