from pathlib import Path
from typing import Any

import pytest

from conftest import Copy, run_verb
from rule_checks import package_of, table
from vierdepijler.writers.formats.file_formats import MOST_ROWS, check_sheets

OTHERS = {"homepage": "https://x.example/", "name": "others"}
LOWERED = [
    {"rule": rule, "severity": "info", "reason": "zo staat het er", "reason_en": "as it stands there"}
    for rule in ("formulas", "unseen-characters", "names")
]


def told(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_sheets(copy.read())]


@pytest.mark.parametrize(("rows", "fits"), [(MOST_ROWS - 4, True), (MOST_ROWS - 3, False)])
def test_more_rows_than_a_sheet_has_are_told(tmp_path: Path, rows: int, *, fits: bool) -> None:
    problems = told(package_of(tmp_path, table("t", "a:integer", "a\n" + "1\n" * rows)))
    what = "t: 1048573 rows do not fit on a sheet of Excel, which takes 1048572; divide it over several tables"
    assert [problem.partition(": ")[2] for problem in problems] == ([] if fits else [what])


@pytest.mark.parametrize(
    ("cell", "count"), [("x" * 32_767, 0), ("x" * 32_768, 32_768), ("🙂" * 16_383, 0), ("🙂" * 16_384, 32_768)]
)
def test_a_text_that_is_too_long_for_a_cell_is_told(tmp_path: Path, cell: str, count: int) -> None:
    problems = told(package_of(tmp_path, table("t", "a b", f"a,b\n1,x\n2,{cell}\n")))
    what = f"data/t.csv:3: b: {count} characters do not fit in a cell of Excel, which takes 32767; shorten it"
    assert problems == ([what] if count else [])


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_told(tmp_path: Path, sign: str) -> None:
    (problem,) = told(package_of(tmp_path, table("t", "a", f"a\nx{sign}\n")))
    assert problem.startswith("data/t.csv:2: a: 'x\\u")
    assert "has a control character, which XLSX cannot hold; leave the character out" in problem


def test_headers_that_excel_cannot_hold_are_told(tmp_path: Path) -> None:
    long = "x" * 256
    problems = told(package_of(tmp_path, table("t", f"{long} a\x01b", f"{long},a\x01b\n1,2\n")))
    assert [problem.partition(": ")[2].split("; ")[1] for problem in problems] == [
        "shorten the name",
        "leave the character out",
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(copy: Copy, tmp_path: Path) -> str:
    """Publish over what was published before; gives what was said, and nothing may be lost."""
    before = files_of(tmp_path / "out")
    outcome = run_verb("publish", "--package", copy.descriptor, "--out", tmp_path / "out")
    assert outcome.code == 1, outcome.all
    assert files_of(tmp_path / "out") == before
    assert not list(tmp_path.glob(".out.*.tmp"))
    return outcome.complained


def spoil(descriptor: Any) -> None:
    """Seed what the rules let pass, or were told to let pass, and what no format can hold."""
    descriptor["severities"] = LOWERED
    descriptor["title_en"] = "=1+1"
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    resources["units"]["name"] = "CON"
    resources["groups"]["schema"]["fields"][2]["title"] = "@SUM(A1)"


def test_what_cannot_be_written_is_refused_before_anything_is(miniature: Copy, tmp_path: Path) -> None:
    miniature.publish(tmp_path / "out")
    long = "x" * 32_768
    miniature.write("data/groups.csv", f"code,label_nl,label_en\na,=1+1,A\nb,B,{long}\nc,C\x01,C\n").change(spoil)
    said = refused(miniature, tmp_path)
    for part in (
        "miniature.title_en: '=1+1' would be run as a formula",
        "CON: Windows takes 'CON' for a device",
        "groups.label_en.title: '@SUM(A1)' would be run as a formula",
        "groups.csv:2: label_nl: '=1+1' would be run as a formula",
        "groups.csv:3: label_en: 32768 characters do not fit in a cell",
        "groups.csv:4: label_nl: 'C\\u0001' has a control character",
    ):
        assert part in said, said


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("counts.nl", "'counts.nl.csv' would be a file of the table 'counts' too"),
        ("validation", "file of the package itself"),
    ],
)
def test_tables_with_one_file_are_refused(miniature: Copy, tmp_path: Path, name: str, part: str) -> None:
    miniature.publish(tmp_path / "out")
    miniature.change(lambda d: (d.update(severities=LOWERED), d["resources"][3].update(name=name)))
    assert part in refused(miniature, tmp_path)


def test_a_sheet_that_is_too_long_is_refused(tmp_path: Path) -> None:
    long = table("long", "a:integer b:integer", "a,b\n" + "".join(f"{row},1\n" for row in range(MOST_ROWS)))
    said = refused(package_of(tmp_path / "package", long, **OTHERS), tmp_path)
    assert "long: 1048576 rows do not fit on a sheet of Excel, which takes 1048572" in said
