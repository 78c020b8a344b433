"""Cases in which our verdict once differed from that of Frictionless, and defects of Frictionless that we mend."""

import csv
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from generated_packages import Case
from reference_verdicts import differences, reference_errors, verdict_of
from vierdepijler.core.columnar.verdicts import table_errors
from vierdepijler.core.problems import UnreadableError


def resource(name: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "path": f"{name}.csv", "schema": {"fields": list(fields), **more}}


def field(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, **more}


def leads(fields: str, table: str, targets: str) -> dict[str, Any]:
    return {"foreignKeys": [{"fields": fields, "reference": {"resource": table, "fields": targets}}]}


LONG = b"id,n\n" + b"".join(b"%d,%s\n" % (row, b"x" * 60_000) for row in range(90)) + b"1,2,3\n"
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, bytes]]] = {
    "a number too large to be written": (
        [resource("one", field("id"), field("a"), field("b", type="number"), **leads("b", "", "id"))],
        {"one.csv": b"b,,\n,,1e9999999"},
    ),
    "numbers that differ in their last digits": (
        [resource("one", field("a", type="number"), field("b", type="number"), **leads("a", "", "b"))],
        {"one.csv": b"a,b\n1234567890123456789012345678901234567891,1234567890123456789012345678901234567892\n"},
    ),
    "moments that are the same in two zones": (
        [resource("one", field("t", type="datetime"), primaryKey=["t"])],
        {"one.csv": b"t\n2024-01-01T10:00:00+01:00\n2024-01-01T09:00:00Z\n"},
    ),
    "a pattern that cannot be used, and no rows": (
        [resource("one", field("id"), field("a", constraints={"pattern": "(a|b"}))],
        {"one.csv": b"id,a"},
    ),
    "two tables on which Frictionless breaks off": (
        [
            resource("one", field("a", constraints={"pattern": "(a|b"})),
            resource("two", field("a", type="integer", constraints={"exclusiveMaximum": 0.1})),
        ],
        {"one.csv": b"", "two.csv": b"\xc3\xa9\n0"},
    ),
    "a limit that cannot be compared, and a file that is missing": (
        [
            resource("one", field("Group")),
            resource(
                "two",
                field("id"),
                field("n", type="number", constraints={"exclusiveMinimum": "NaN123"}),
                **leads("id", "one", "Group"),
            ),
        ],
        {"two.csv": b"id,n\na,2\n"},
    ),
    "a key to a table that Frictionless reads itself": (
        [resource("two", field("id"), field("a"), **leads("id", "one", "id")), resource("one", field("id"))],
        {"two.csv": b"b;a;id\n", "one.csv": b"id, a, b\n"},
    ),
    "a key to a table that cannot be read": (
        [resource("one", field("id")), resource("two", field("id"), field("a"), **leads("a", "one", "id"))],
        {"one.csv": b'\xff"id\nid\n', "two.csv": b"id;a;b\n"},
    ),
    "a year that is written in two ways": (
        [resource("one", field("y", type="year"), primaryKey=["y"])],
        {"one.csv": b"y\n0012\n 12 \n"},
    ),
    "a format that needs a package more": ([resource("one", field("a", format="wkt"))], {"one.csv": b"a\n"}),
    "a pattern that finds no word in an empty text": (
        [resource("one", field("id"), field("a", constraints={"pattern": r"\B"}), missingValues=[])],
        {"one.csv": b"id,a\n1,\n"},
    ),
    "rows of which fewer than a hundred fit in a piece": (
        [resource("one", field("id"), field("n"))],
        {"one.csv": LONG},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_that_of_frictionless(name: str, tmp_path: Path) -> None:
    resources, files = CASES[name]
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    case = Case({"name": "package", "resources": resources}, files)
    ours = verdict_of(table_errors, case, tmp_path)
    assert differences(ours, verdict_of(reference_errors, case, tmp_path)) == []


def test_frictionless_passes_over_unique_keys_and_a_rule_of_ours_does_not(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][1]["schema"].update(uniqueKeys=[["label_nl"]]))
    miniature.change(lambda d: d["resources"][1]["schema"]["fields"][1].pop("constraints"))
    miniature.write("data/groups.csv", "code,label_nl,label_en\na,een,one\nb,een,two\n")
    found = reference_errors(miniature.read().descriptor, miniature.folder)
    assert found["groups"] == []
    assert any("the row repeats an earlier one in label_nl" in problem for problem in miniature.problems())


def test_frictionless_takes_a_quote_that_is_never_closed_for_the_rest_of_the_file_and_we_refuse_it(
    miniature: Copy,
) -> None:
    text = 'code,label_nl,label_en\na,"een,one\nb,twee,two\n'
    miniature.write("data/groups.csv", text)
    descriptor = {"resources": [resource("groups", *map(field, ("code", "label_nl", "label_en")))]}
    descriptor["resources"][0]["path"] = "data/groups.csv"
    found = reference_errors(descriptor, miniature.folder)["groups"]
    assert [error.type for error in found] == ["missing-cell"]  # of one row, though there are two
    assert len(list(csv.reader(text.splitlines(keepends=True)))) == 2
    with pytest.raises(UnreadableError, match=r"data/groups\.csv:2: this is not a CSV file"):
        miniature.read()
