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
