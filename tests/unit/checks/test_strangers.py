"""What packages of others, in the shapes in which these were met, are told: what is true, and no more."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy, run_verb
from other_packages import ID_NAME, PLAIN, Other, of, one
from rule_checks import package_of, table
from vierdepijler.checks.checking import check_package
from vierdepijler.checks.rules.properties import is_slip_of
from vierdepijler.core.reading import read_package


def remarks(path: Path) -> list[tuple[str, str]]:
    return [(problem.rule, problem.severity.value) for problem in check_package(read_package(path)).problems]


def of_cells(*cells: str, **about: Any) -> Other:
    """Give a package of one column of texts, with a number before it."""
    rows = "".join(f'{row},"{cell}"\n' for row, cell in enumerate(cells))
    return one(f"id,what\n{rows}", of(("id", "integer", {}), ("what", "string", about)))


SCHEMA = {**ID_NAME, "primaryKey": "id"}
FINE = {
    "properties of its publisher": Other(
        one("id,name\n1,a\n", {**SCHEMA, "related": ["x"]}).resources,
        {"a.csv": "id,name\n1,a\n"},
        {"related": [{"title": "x"}], "groups": ["a"], "catalogue": "x", "description@de": "x", "titles": "x"},
    ),
    "translated by the pattern of the standard": Other(
        one("id,name\n1,a\n", SCHEMA).resources,
        {"a.csv": "id,name\n1,a\n"},
        {"languages": ["en-GB", "de"], "title": "x", "title@de": "y"},
    ),
    "Markdown in descriptions": one("id,name\n1,a\n", SCHEMA, description="# x\n\n* a  b\n    code\u00a0: x  \n"),
    "handles, numbers of telephones, coordinates, ages": of_cells(
        "@handle", "+32 2 555 12 12", "-50.1; 3.2", "-50y", "+/- 3", "- see (there)", "=> next", "@a | b"
    ),
    "numbers as instruments write them": one(
        "id,n\n1,7.09E-09\n2,INF\n3,NaN\n4,0.1000000000000000055511151231257827\n",
        of(("id", "integer", {}), ("n", "number", {})),
    ),
    "many equal rows and no key": one("a,b\n" + "1,2\n" * 30, of(("a", "integer", {}), ("b", "integer", {}))),
    "joiners in emoji and in scripts of India": of_cells("\U0001f469\u200d\U0001f4bb", "क्\u200dष", "می\u200cخواهم"),
    "French and Czech typography": of_cells("«\u00a0Quoi\u202f?\u00a0»", "v\u00a0Praze", "a  b"),
    "Greek letters of science": of_cells("\u03bcg", "k\u03a9", "TNF\u03b1", constraints={"pattern": ".*"}),
    "a percentage that falls": one("id,n\n1,-5\n", of(("id", "integer", {}), ("n", "number", {"unit": "percent"}))),
    "no licences and no key": Other(
        one("id,name\n1,a\n2,b\n", {**ID_NAME, "foreignKeys": []}).resources,
        {"a.csv": "id,name\n1,a\n2,b\n"},
        {"keywords": [], "sources": [], "contributor": []},
    ),
    "a licence of the Open Definition": Other(
        one("id,name\n1,a\n", SCHEMA).resources, {"a.csv": "id,name\n1,a\n"}, {"licenses": [{"name": "ODC-PDDL-1.0"}]}
    ),
}
MILD: dict[str, tuple[Other, str, str]] = {
    "no final newline": (one("id,name\n1,a", SCHEMA), "last-line", "info"),
    "a byte order mark": (one("\ufeffid,name\n1,a\n", SCHEMA), "byte-order-mark", "info"),
    "two kinds of line ends": (one("id,name\r\n1,a\n2,b\r\n", SCHEMA), "line-ends", "info"),
    "a few equal rows and no key": (
        one("a,b\n1,2\n3,4\n1,2\n", of(("a", "integer", {}), ("b", "integer", {}))),
        "duplicate-rows",
        "info",
    ),
    "leading zeros": (one("id,name\n008,a\n", SCHEMA), "notation", "warning"),
    "a cell of one non-breaking space": (of_cells("a", "\u00a0"), "stray-spaces", "warning"),
    "a tab in a cell": (of_cells("a\tb"), "unseen-characters", "warning"),
    "a Cyrillic letter in a word": (of_cells("\u0441ity"), "look-alikes", "warning"),
    "a Cyrillic letter for a code": (
        of_cells("a1", "\u04411", constraints={"pattern": ".*"}),
        "look-alikes",
        "warning",
    ),
    "a formula that runs": (of_cells("=HYPERLINK(1)", "+SUM(A1)"), "formulas", "warning"),
}
WRONG: dict[str, tuple[Other, str]] = {
    "garbled letters": (of_cells("cafÃ©"), "mojibake"),
    "a garbled label": (one("id,cafÃ©\n1,a\n"), "mojibake"),
    "a misspelt property": (
        one("id,name\n1,a\n", of(("id", "integer", {"contraints": {}}), ("name", "string", {}))),
        "properties",
    ),
    "a table without rows": (one("id,name\n", SCHEMA), "empty-table"),
    "another delimiter": (one("id;name\n1;a\n", SCHEMA), "delimiter"),
    "a number without end": (one("id,n\n1,1e400\n", of(("id", "integer", {}), ("n", "number", {}))), "numbers"),
    "a key to nowhere": (
        one(
            "id,name\n1,a\n",
            {**SCHEMA, "foreignKeys": [{"fields": "id", "reference": {"resource": "b", "fields": "id"}}]},
        ),
        "foreign-key",
    ),
    "missing values beside the schema": (
        Other(one("id,name\n1,a\n", SCHEMA).resources, {"a.csv": "id,name\n1,a\n"}, {"missingValues": ["-"]}),
        "properties",
    ),
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_no_mistake_is_not_told(tmp_path: Path, name: str) -> None:
    assert remarks(FINE[name].write(tmp_path)) == []


@pytest.mark.parametrize("name", MILD)
def test_hygiene_is_no_error_to_others(tmp_path: Path, name: str) -> None:
    other, *told = MILD[name]
    assert set(remarks(other.write(tmp_path))) == {tuple(told)}


@pytest.mark.parametrize("name", MILD)
def test_it_is_one_where_the_descriptor_asks_for_our_rules(tmp_path: Path, name: str) -> None:
    other, rule, _ = MILD[name]
    asked = Other(other.resources, other.files, {"groups": []})
    assert {(found, severity) for found, severity in remarks(asked.write(tmp_path)) if found == rule} in (
        {(rule, "error")},
        set() if rule == "stray-spaces" else {(rule, "error")},  # there any space of another kind has a rule of its own
    )


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_for_anyone_is_an_error(tmp_path: Path, name: str) -> None:
    other, rule = WRONG[name]
    assert (rule, "error") in remarks(other.write(tmp_path))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("contraints", "constraints"),
        ("primary_key", "primaryKey"),
        ("licences", "licenses"),
        ("tpye", "type"),
        ("missingvalues", "missingValues"),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_name(name: str, meant: str) -> None:
    assert is_slip_of(name, meant)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("related", "created"),
        ("titles", "title"),
        ("description@de", "description"),
        ("path2", "path"),
        ("size", "type"),
    ],
)
def test_another_name_is_no_slip(name: str, meant: str) -> None:
    assert not is_slip_of(name, meant)


def test_severities_change_severities_and_nothing_else(tmp_path: Path) -> None:
    described = table("t", "a b", "a,b\n1,x \n2,y")
    before = check_package(package_of(tmp_path, described).read()).problems
    raised = {"rule": "stray-spaces", "severity": "error"}
    after = check_package(package_of(tmp_path, described, severities=[raised]).read()).problems
    assert [(problem.rule, problem.line) for problem in before] == [(problem.rule, problem.line) for problem in after]
    assert [problem.severity.value for problem in after] == ["error", "info"]


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    return one("id,name\n1,a \n2,b", SCHEMA).write(tmp_path)


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ((), ["stray-spaces", "last-line"]),
        (("--ignore", "last-line"), ["stray-spaces"]),
        (("--ignore", "last-line", "--ignore", "stray-spaces"), []),
        (("--schema-only",), []),
    ],
)
def test_rules_can_be_left_out_on_the_command_line(untidy: Path, options: tuple[str, ...], rules: list[str]) -> None:
    told = json.loads(run_verb("validate", "--package", untidy, "--format", "json", *options).said)
    assert [problem["rule"] for problem in told["problems"]] == rules


def test_a_file_gives_rules_another_severity(untidy: Path) -> None:
    rules = Copy(untidy.parent).write("rules.yml", "stray-spaces: error\nlast-line: off\n").folder / "rules.yml"
    done = run_verb("validate", "--package", untidy, "--rules", rules)
    assert done.code == 1
    assert "1 error found" in done.said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("stray-space: error\n", "'stray-space' is no rule"),
        ("stray-spaces: [5]\n", "'stray-spaces' is no rule, or what it is given is no severity"),
        ("- a\n", "these are no rules"),
        ("a: [\n", "this is not valid YAML"),
    ],
)
def test_a_file_of_no_rules_is_told(untidy: Path, text: str, what: str) -> None:
    rules = Copy(untidy.parent).write("rules.yml", text).folder / "rules.yml"
    done = run_verb("validate", "--package", untidy, "--rules", rules)
    assert done.code == 2
    assert what in done.complained


def test_in_a_folder_of_others_not_this_project_is_checked(untidy: Path) -> None:
    assert "Checked 1 table, 2 rows" in run_verb("validate", cwd=untidy.parent).said
    untidy.unlink()
    done = run_verb("validate", cwd=untidy.parent)
    assert done.code == 2
    assert "datapackage.json: the file cannot be read" in done.complained


def test_an_empty_list_is_no_error_to_others(tmp_path: Path) -> None:
    schema = {**ID_NAME, "primaryKey": []}
    path = Other(one("id,name\n1,a\n", schema).resources, {"a.csv": "id,name\n1,a\n"}, {"licenses": []}).write(tmp_path)
    assert set(remarks(path)) <= {("properties", "warning")}


def test_a_folder_of_others_that_is_called_site_has_no_pages_of_ours(tmp_path: Path) -> None:
    Copy(tmp_path).write("site/a.md", "Wij zijn met 5 mensen.\n")
    package = read_package(one(PLAIN).write(tmp_path))
    assert check_package(package, tmp_path / "site").pages is None
    Copy(tmp_path).write("mkdocs.yml", "site_name: a\n")
    assert check_package(package, tmp_path / "site").pages == 2
