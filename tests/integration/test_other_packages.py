import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system

from conftest import run_verb
from other_packages import GOOD, ID_NAME, PLAIN, Other, of, one
from vierdepijler.checks.checking import check_package
from vierdepijler.commands.publishing import refuse_unwritable
from vierdepijler.core.problems import ContentError, Severity, UnreadableError
from vierdepijler.core.reading import read_package


def errors(path: Path) -> list[str]:
    return [
        str(problem) for problem in check_package(read_package(path)).problems if problem.severity is Severity.ERROR
    ]


def is_valid_to_frictionless(path: Path) -> bool:
    """Ask Frictionless about the tables, as their makers do: it reads no more than the descriptor says."""
    descriptor = json.loads(path.read_text("utf-8"))
    tables = read_package(path).descriptor["resources"]
    known = {**descriptor, "name": "other", "resources": [{**t, "type": "table", "format": "csv"} for t in tables]}
    known = {name: value for name, value in known.items() if name in {"name", "resources"}}
    known["$schema"] = "https://datapackage.org/profiles/2.0/datapackage.json"
    with system.use_context(trusted=True):
        return bool(Package.from_descriptor(known, basepath=str(path.parent)).validate().valid)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_package_of_others_has_no_errors(tmp_path: Path, name: str) -> None:
    path = GOOD[name].write(tmp_path)
    assert errors(path) == []
    assert is_valid_to_frictionless(path)


@pytest.mark.parametrize("name", ["a catalogue of the first version", "comments", "no schema", "utf-16"])
def test_a_good_package_of_others_passes_at_the_command_line(tmp_path: Path, name: str) -> None:
    done = run_verb("validate", "--package", GOOD[name].write(tmp_path))
    assert done.code == 0
    assert "no problems found" in done.said


def test_files_that_are_no_tables_are_told(tmp_path: Path) -> None:
    path = GOOD["a survey with names and files of its own"].write(tmp_path)
    done = run_verb("validate", "--package", path)
    assert done.code == 0
    assert "3 files of the package not looked at, for these are no tables: README.md, docs/paper.pdf" in done.said
    told = json.loads(run_verb("validate", "--package", path, "--format", "json").said)
    assert told["checked"]["passed_over"] == ["README.md", "docs/paper.pdf", "raw.json"]


def test_of_very_many_files_that_are_no_tables_the_first_are_told(tmp_path: Path) -> None:
    files = [{"name": f"f{number}", "path": f"{number}.pdf"} for number in range(11)]
    path = Other([*one(PLAIN).resources, *files], {"a.csv": PLAIN}).write(tmp_path)
    done = run_verb("validate", "--package", path, "--language", "nl")
    assert "11 bestanden van het pakket niet bekeken, want dat zijn geen tabellen: 0.pdf, " in done.said
    assert "9.pdf, …." in done.said


WRONG_SCHEMA = '{\n "fields": [\n  {"type": "string"}\n ]\n}'
REFUSED: dict[str, tuple[Other, str]] = {
    "a table in parts": (Other([{"name": "a", "path": ["a.csv", "b.csv"]}], {}), "the table 'a' is in 2 files"),
    "a schema that is missing": (one(PLAIN, "s.json"), "s.json: the file cannot be read"),
    "a schema outside": (one(PLAIN, "../s.json"), "the schema of 'a' is not in the package: '../s.json'"),
    "a schema of another host": (one(PLAIN, "https://x.be/s.json"), "the schema of 'a' is not in the package"),
    "a dialect of another host": (one(PLAIN, dialect="https://x.be/d.json"), "the dialect of 'a' is not in the pack"),
    "a schema that is no JSON": (Other(one(PLAIN, "s.json").resources, {"s.json": "{"}), "s.json:1: character 2:"),
    "a schema that is a list": (Other(one(PLAIN, "s.json").resources, {"s.json": "[]"}), "s.json:1: this is not an ob"),
    "a schema of another shape": (
        Other(one(PLAIN, "s.json").resources, {"s.json": WRONG_SCHEMA}),
        "s.json:3: fields.1: the property 'name' is missing",
    ),
    "rows in the descriptor": (Other([{"name": "a", "data": [["id"], [1]]}], {}), "stands in the descriptor itself"),
    "another host": (
        Other([{"name": "a", "path": "https://x.be/a.csv"}], {}),
        "leaves the package: nothing is fetched",
    ),
    "a spreadsheet with a schema": (one("", ID_NAME, path="a.xlsx"), "'a.xlsx' is not a CSV file"),
    "a spreadsheet that is a table": (one("", path="a.xlsx", type="table"), "'a.xlsx' is not a CSV file"),
    "a table that is packed": (one("", path="a.csv.gz"), "'a.csv.gz' is not a CSV file"),
    "no table": (one("", path="a.pdf"), "none of the resources is a table in a CSV file"),
    "a table without a path": (Other([{"name": "a"}], {}), "the property 'path' is missing"),
    "rows of a header that are none": (one(PLAIN, dialect={"headerRows": ["x"]}), "headerRows.1: this is not a whole"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    other, message = REFUSED[name]
    with pytest.raises(UnreadableError) as caught:
        read_package(other.write(tmp_path))
    assert message in str(caught.value)


def test_a_schema_that_cannot_be_read_is_named_at_the_command_line(tmp_path: Path) -> None:
    done = run_verb("validate", "--package", REFUSED["a schema of another shape"][0].write(tmp_path))
    assert done.code == 2
    assert "s.json:3: fields.1: the property 'name' is missing; add it [readable]" in done.complained
    assert "Traceback" not in done.all


BROKEN: dict[str, tuple[Other, str]] = {
    "behind comments": (
        one("id,name\n#\n1,a\n#\nx,b\n", ID_NAME, dialect={"commentChar": "#"}),
        "a.csv:5: id: 'x' is not a whole number",
    ),
    "without a header": (one("1,a\nx,b\n", ID_NAME, dialect={"header": False}), "a.csv:2: id: 'x' is not a whole num"),
    "below a header of two rows": (
        one("a,a\nx,y\nz,2\n", of(("a x", "integer", {}), ("a y", "integer", {})), dialect={"headerRows": [1, 2]}),
        "a.csv:3: a x: 'z' is not a whole number",
    ),
    "in utf-16": (
        one("id,name\nx,é\n".encode("utf-16"), ID_NAME, encoding="utf-16"),
        "a.csv:2: id: 'x' is not a whole number",
    ),
    "by a schema in a file": (
        Other(one("", "s.json").resources, {"a.csv": "id,name\nx,b\n", "s.json": json.dumps(ID_NAME)}),
        "a.csv:2: id: 'x' is not a whole number",
    ),
    "without a schema": (one("id,name\n1,a,b\n"), "a.csv:2: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    other, message = BROKEN[name]
    path = other.write(tmp_path)
    (problem,) = errors(path)
    assert problem.startswith(message)
    assert not is_valid_to_frictionless(path)


def test_a_mistake_in_a_package_of_others_fails_the_command(tmp_path: Path) -> None:
    done = run_verb("validate", "--package", BROKEN["behind comments"][0].write(tmp_path))
    assert done.code == 1
    assert "a.csv:5: id: 'x' is not a whole number" in done.said


ODD: dict[str, Other] = {
    "an empty file": one("", ID_NAME),
    "an empty file without a schema": one(""),
    "headers that are empty or alike": one("id,,id\n1,2,3\n"),
    "rows of every length": one("a\n1,2\n\n1,2,3\n"),
    "a header of rows that are not there": one(PLAIN, ID_NAME, dialect={"headerRows": [7, 9]}),
    "a header that is a comment": one("#id,name\n1,a\n", ID_NAME, dialect={"commentChar": "#"}),
    "a header of no rows": one(PLAIN, ID_NAME, dialect={"headerRows": []}),
    "a schema without fields": one(PLAIN, {"fields": []}),
    "no header, no schema, no rows": one("", dialect={"header": False}),
    "lists that are keys": one("a\nx\n", of(("a", "list", {}), primaryKey="a")),
    "a dialect of a dialect": one(PLAIN, ID_NAME, dialect={"csv": {"csv": {}, "type": "csv", "delimiter": ","}}),
}


@pytest.mark.parametrize("name", ODD)
def test_nothing_makes_the_check_break_off(tmp_path: Path, name: str) -> None:
    done = run_verb("validate", "--package", ODD[name].write(tmp_path))
    assert done.code in (0, 1, 2)
    assert "Traceback" not in done.all
    assert "found." in done.said or "cannot be read" in done.complained


@pytest.mark.parametrize("name", ["a catalogue of the first version", "semicolons", "comments", "no schema"])
def test_a_table_that_is_not_held_gives_the_same(tmp_path: Path, name: str) -> None:
    done = run_verb("validate", "--package", GOOD[name].write(tmp_path), "--hold", "0")
    assert (done.code, "no problems found" in done.said) == (0, True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"constraint": {"required": True}}, "write 'constraints'"),
        ({"units": "kg"}, ""),
        ({"description_short": "x"}, ""),
    ],
)
def test_only_a_slip_in_a_name_of_the_standard_is_told(tmp_path: Path, said: dict[str, Any], meant: str) -> None:
    found = errors(one("a\nx\n", of(("a", "string", said))).write(tmp_path))
    assert [meant in problem for problem in found] == ([True] if meant else [])


@pytest.mark.parametrize("name", ["../a", "a/b", ".hidden", "datapackage"])
def test_of_a_name_that_no_file_can_have_its_maker_is_warned(tmp_path: Path, name: str) -> None:
    path = Other([{**one("", ID_NAME).resources[0], "name": name}], {"a.csv": PLAIN}).write(tmp_path)
    (problem,) = check_package(read_package(path)).problems
    assert (problem.rule, problem.severity) == ("names", Severity.WARNING)
    assert "cannot be the name of a published file" in problem.what
    with pytest.raises(ContentError, match=r"published|file"):
        refuse_unwritable(read_package(path))
