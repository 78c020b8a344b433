"""What is pasted is judged alike in Python and in the browser: one set of cases, and many texts made by chance."""

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from conftest import MINIATURE, NODE, PROJECT, Copy, installed
from invented_past import with_past
from vierdepijler.lookup.findings import Document, Judgement
from vierdepijler.lookup.judgements import judge
from vierdepijler.lookup.lookup_files import made_lookup

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
def lookup(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("past") / "miniature"
    shutil.copytree(MINIATURE, folder)
    copy = with_past(Copy(folder))
    assert copy.errors() == []
    index, tables = made_lookup(copy.read())
    return index, {name: tables(name) for name in index["tables"]}


def judged_in_javascript(lookup: tuple[Document, dict[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    index, tables = lookup
    given = json.dumps({"index": index, "tables": tables, "texts": texts})
    command = [installed(*NODE), str(PROJECT / "tests" / "support" / "judge_figures.mjs"), str(SCRIPT)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=True)
    judged: list[dict[str, Any]] = json.loads(done.stdout)
    return judged


def judged_in_python(lookup: tuple[Document, dict[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    index, tables = lookup
    return [json.loads(json.dumps(judge(text, index, tables.get).as_json)) for text in texts]


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


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_python_judges_each_case_as_it_should(lookup: tuple[Document, dict[str, Any]], case: dict[str, Any]) -> None:
    assert in_short(judged_in_python(lookup, [case["paste"]])[0]) == case["expected"]


def test_the_browser_judges_each_case_as_python_does(lookup: tuple[Document, dict[str, Any]]) -> None:
    texts = [case["paste"] for case in CASES]
    for case, judged in zip(CASES, judged_in_javascript(lookup, texts), strict=True):
        assert in_short(judged) == case["expected"], case["name"]
    assert judged_in_javascript(lookup, texts) == judged_in_python(lookup, texts)


def test_the_browser_and_python_agree_about_texts_made_by_chance(lookup: tuple[Document, dict[str, Any]]) -> None:
    chance = random.Random(5)  # noqa: S311 - texts to try, no secrets
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(3000)]
    pairs = zip(texts, judged_in_python(lookup, texts), judged_in_javascript(lookup, texts), strict=True)
    assert [text for text, one, other in pairs if one != other] == []


def test_every_state_and_every_kind_is_among_the_cases() -> None:
    states = {case["expected"]["state"] for case in CASES}
    assert states == {"unchanged", "revised", "withdrawn", "differs", "unknown", "unreadable"}
    assert {case["expected"]["kind"] for case in CASES} == {"value", "link", "table", "nothing"}


def test_a_table_that_cannot_be_opened_is_said_to_be(lookup: tuple[Document, dict[str, Any]]) -> None:
    def judged(text: str) -> Judgement:
        return judge(text, lookup[0], lambda _: None)

    assert judged("day,group,persons\n2025-02-25,a,3290\n").why == "no-table"
    assert judged("/data/units.html#items.code").answers[0].why == "no-table"
    assert judged("counts.persons[2025-02-25,a]").state == "revised"  # the index tells enough
