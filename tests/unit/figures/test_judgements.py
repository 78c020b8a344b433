"""What is pasted on the page "Does my number still hold?" is judged as it should: many cases, and texts by chance."""

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from conftest import MINIATURE, NODE, PROJECT, Copy, installed
from invented_past import lookup_of, with_past
from registers import repeated, told_later

Lookup = tuple[dict[str, Any], dict[str, dict[str, Any]]]  # the index of figures, and the document of each table
CASES = json.loads((PROJECT / "tests" / "support" / "lookup_cases.json").read_text("utf-8"))
SCRIPT = PROJECT / "site" / "assets" / "check-figure.js"
PIECES = (
    "3.290",
    "3,280",
    "86,3 %",
    "€ ",
    "EUR ",
    " euro",
    "40",
    "4",
    "13",
    "2025",
    "25/2/2025",
    "25 februari 2025",
    "February 25, 2025",
    "1.0.0",
    "/data/1.0.0/counts.csv",
    "https://x.example/paspoort/counts.html#2025-02-25.a.persons",
    "counts.persons[2025-02-25,a]",
    "/api/v1/tables/counts/rows/2025-02-25.a.json",
    "day,group,persons\n",
    "Dag;Groep;Personen\n",
    "code,label_nl\n",
    "a,Groep 1\n",
    "2025-02-25,a,3280\n",
    "25/02/2025;Groep één;3.290\n",
    "2025-02-25,d,12\n",
    '"',
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\u202f",
    "-",
    "(",
    ")",
    ".",
    "%",
    "#",
    "~2C",
    "%2C",
    "x",
    "é",
    "_",
    "{",
    "[",
    "miljoen",
    " mln",
    "duizend",
    "0",
    "000",
    "00,5",
    "\ufeff",
    "sep=;\n",
    "\u2212",
)


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    folder = tmp_path_factory.mktemp("past") / "miniature"
    shutil.copytree(MINIATURE, folder)
    copy = with_past(Copy(folder))
    assert copy.errors() == []
    return lookup_of(copy.read(), {})


def judged(lookup: Lookup, texts: Sequence[str]) -> list[dict[str, Any]]:
    index, tables = lookup
    given = json.dumps({"index": index, "tables": tables, "texts": texts})
    command = [installed(*NODE), str(PROJECT / "tests" / "support" / "judge_figures.mjs"), str(SCRIPT)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=True)
    judged: list[dict[str, Any]] = json.loads(done.stdout)
    return judged


def in_short(judged: dict[str, Any]) -> dict[str, Any]:
    """Write a judgement as the cases do: without what is empty, each finding in a line."""
    answers = [
        [
            answer["text"],
            answer["state"],
            *filter(None, [answer["why"]]),
            *(f"{f['state']} {f['cell']}: {f['old']} > {f['new']} ({f['version']})" for f in answer["findings"]),
        ]
        for answer in judged["answers"]
    ]
    compared = {name: value for name, value in (judged["comparison"] or {}).items() if value}
    whole = {"why": judged["why"], "answers": answers, "comparison": compared}
    return {"kind": judged["kind"], "state": judged["state"]} | {name: value for name, value in whole.items() if value}


def test_each_case_is_judged_as_it_should(lookup: Lookup) -> None:
    found = judged(lookup, [case["paste"] for case in CASES])
    names = [case["name"] for case in CASES]
    assert dict(zip(names, map(in_short, found), strict=True)) == {case["name"]: case["expected"] for case in CASES}


def test_any_text_is_judged(lookup: Lookup) -> None:
    chance = random.Random(5)  # noqa: S311 - texts to try, no secrets
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(3000)]
    assert {one["kind"] for one in judged(lookup, texts)} == {"value", "link", "table", "nothing"}


def test_every_state_and_every_kind_is_among_the_cases() -> None:
    states = {case["expected"]["state"] for case in CASES}
    assert states == {"unchanged", "revised", "withdrawn", "differs", "unknown", "unreadable", "rounded"}
    assert {case["expected"]["kind"] for case in CASES} == {"value", "link", "table", "nothing"}


def test_a_table_that_cannot_be_opened_is_said_to_be(lookup: Lookup) -> None:
    texts = ["day,group,persons\n2025-02-25,a,3290\n", "/data/units.html#items.code", "counts.persons[2025-02-25,a]"]
    table, link, cell = judged((lookup[0], {}), texts)
    assert (table["why"], link["answers"][0]["why"]) == ("no-table", "no-table")
    assert cell["state"] == "revised"  # the index tells enough


REPEATED = [
    ("/paspoort/counts.html#2025-02-25.a.persons", "revised", "counts.persons[2025-02-25,a]"),
    ("/paspoort/counts.html#2025-02-25.a.S2.persons", "unchanged", "counts.persons[2025-02-25,a,S2]"),
    ("/data/counts.html#2025-02-25.a", "revised", "counts.persons[2025-02-25,a]"),
    ("/data/counts.html#2025-02-25.a.S2", "unchanged", "counts.persons[2025-02-25,a,S2]"),
    ("/api/v1/tables/counts/rows/2025-02-25.a.json", "revised", "counts.persons[2025-02-25,a]"),
    ("/api/v1/tables/counts/rows/2025-02-25.a.~s2.json", "unchanged", "counts.persons[2025-02-25,a,S2]"),
    ("counts.as_printed[2025-02-25,a]", "unchanged", "counts.as_printed[2025-02-25,a]"),
    ("counts.as_printed[2025-02-25,a,S2]", "unchanged", "counts.as_printed[2025-02-25,a,S2]"),
    ("counts.as_printed[2025-02-25,a,S1]", "unknown", ""),
]


def test_of_a_row_that_repeats_another_both_addresses_are_known(miniature: Copy) -> None:
    lookup = lookup_of(repeated(told_later(with_past(miniature))).read(), {})
    found = judged(lookup, [text for text, _, _ in REPEATED])
    cells = [[finding["cell"] for answer in one["answers"] for finding in answer["findings"]] for one in found]
    assert [(one["state"], *own) for one, own in zip(found, cells, strict=True)] == [
        (state, *filter(None, [own])) for _, state, own in REPEATED
    ]


@pytest.mark.parametrize(
    ("rows", "state", "counts"),
    [
        ("day,group,persons\n2025-02-25,a,3280\n2025-02-25,b,521\n", "revised", (1, 1, 0)),
        ("day,group,source_id,persons\n2025-02-25,a,S2,3300\n2025-02-25,d,S2,17\n", "unchanged", (2, 0, 0)),
        ("day,group,source_id,persons\n2025-02-25,a,S2,3290\n2025-02-25,a,S1,3290\n", "differs", (1, 1, 0)),
        ("day,group,source_id,persons\n2025-02-25,a,S9,3290\n", "unknown", (0, 0, 1)),
    ],
)
def test_pasted_rows_are_known_by_their_source_or_without_one(
    miniature: Copy, rows: str, state: str, counts: tuple[int, int, int]
) -> None:
    [found] = judged(lookup_of(repeated(told_later(with_past(miniature))).read(), {}), [rows])
    told = found["comparison"]
    assert (found["state"], (told["unchanged"], told["changed"], len(told["unknown_rows"]))) == (state, counts)
