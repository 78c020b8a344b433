import csv
import io
import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

from vierdepijler.checks.report_formats import SCHEMA
from vierdepijler.checks.reports import (
    FORMS,
    Identity,
    Reader,
    Report,
    render,
    render_summary,
    report_of_unreadable,
)
from vierdepijler.core.problems import Problem, Severity

ODD = 'a "b", c; 100% : d\n::error::e\r\n<f> & €é\x00\u2028'
PLAIN = Problem("data/a.csv", 3, "persons", "'x' is no number", "write digits", "type")
PAGE = Problem("site/nl/a.md", 7, "character 12", "the number '3' is typed", "take it from a cell", "typed-numbers")
WARNING = replace(PLAIN, line=4, rule="units", severity=Severity.WARNING)
CASES = {
    "no problems": (),
    "several": (PLAIN, WARNING, replace(PLAIN, line=5, severity=Severity.INFO), PAGE),
    "odd characters": (replace(PLAIN, what=ODD, column='x,"y"\n:z'),),
    "an odd file name": (replace(PLAIN, file="data/a b,c:100%é.csv"),),
    "no line": (replace(PLAIN, line=0, column=""),),
    "no known rule": (replace(PLAIN, rule="unheard-of"), replace(PLAIN, line=4, rule="")),
    "a page": (PAGE,),
}


def report(*problems: Problem) -> Report:
    return Report(2, 3, 4, 5, 6, 7, problems, Identity("mini", "1.2.3", "2026-01-02", "datapackage.json"))


def written(form: str, *problems: Problem, language: str = "en") -> str:
    return render(form, report(*problems), Reader(language, PurePosixPath("below")))


def places(form: str, text: str) -> list[tuple[str, int]]:
    """Read a report back, as its readers do: the file and line of each problem."""
    match form:
        case "text":
            lines = text.split("\n")[:-2]
            found = [match for line in lines if (match := re.match(r"below/([^:]*(?::100%é.csv)?)(?::(\d+))?: ", line))]
            return [(match[1], int(match[2] or 0)) for match in found]
        case "json":
            return [(problem["file"], problem["line"] or 0) for problem in json.loads(text)["problems"]]
        case "csv":
            return [(row["file"], int(row["line"] or 0)) for row in csv.DictReader(io.StringIO(text))]
        case "github":
            commands = [line for line in text.split("\n") if line.startswith("::")]
            return [_command_place(line) for line in commands]
        case "sarif":
            return [_sarif_place(result) for result in json.loads(text)["runs"][0]["results"]]
        case _:
            cases = [case for case in fromstring(text).iter("testcase") if case.get("file")]  # noqa: S314  # our own
            return [(str(case.get("file")).removeprefix("below/"), int(case.get("line", 0))) for case in cases]


def _command_place(line: str) -> tuple[str, int]:
    given = dict(pair.split("=", 1) for pair in line.split(" ", 1)[1].split("::", maxsplit=1)[0].split(","))
    return unquote(given["file"]).removeprefix("below/"), int(given.get("line", 0))


def _sarif_place(result: dict[str, list[dict[str, dict[str, dict[str, str]]]]]) -> tuple[str, int]:
    place = result["locations"][0]["physicalLocation"]
    uri = unquote(place["artifactLocation"]["uri"])
    return uri.removeprefix("below/"), int(place.get("region", {}).get("startLine", 0))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_read_back_and_names_each_problem_at_its_place(form: str, case: str) -> None:
    expected = sorted((problem.file, problem.line) for problem in CASES[case])
    assert sorted(places(form, written(form, *CASES[case]))) == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_each_time_and_names_no_folder_of_this_machine(form: str) -> None:
    text = written(form, *CASES["several"])
    assert text == written(form, *CASES["several"])
    assert text.endswith("\n")
    assert "\r" not in written(form, *CASES["odd characters"])


@pytest.mark.parametrize("form", ["text", "csv", "github", "sarif", "junit"])
def test_every_form_is_told_in_the_language_asked_for(form: str) -> None:
    english = written(form, replace(PLAIN, todo="add it"))
    dutch = written(form, replace(PLAIN, todo="add it"), language="nl")
    assert "add it" in english
    assert "vul het aan" in dutch
    assert "add it" not in dutch


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_of_a_package_that_cannot_be_read(form: str) -> None:
    problem = replace(PLAIN, rule="readable")
    assert places(form, render(form, report_of_unreadable([problem]), Reader(folder=PurePosixPath("below")))) == [
        ("data/a.csv", 3)
    ]


@pytest.mark.parametrize("case", CASES)
def test_json_is_as_its_schema_says(case: str) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    told = json.loads(written("json", *CASES[case]))
    Draft202012Validator(schema).validate(told)
    assert told["found"]["errors"] == sum(problem.severity is Severity.ERROR for problem in CASES[case])


def test_the_schema_refuses_what_it_does_not_know() -> None:
    told = json.loads(written("json", PLAIN))
    schema = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    told["problems"][0]["severity"] = "terrible"
    assert not schema.is_valid(told)
    assert not schema.is_valid({**json.loads(written("json")), "host": "mine"})


def test_json_holds_both_languages() -> None:
    problem = json.loads(written("json", replace(PLAIN, todo="add it")))["problems"][0]
    assert problem["todo"] == {"en": "add it", "nl": "vul het aan"}


def test_text_has_the_severity_and_the_rule() -> None:
    assert written("text", PLAIN, WARNING).splitlines() == [
        "below/data/a.csv:3: persons: 'x' is no number; write digits [type]",
        "below/data/a.csv:4: persons: warning: 'x' is no number; write digits [units]",
        render_summary(report(PLAIN, WARNING)),
    ]


def test_csv_has_one_line_for_each_problem() -> None:
    assert len(written("csv", *CASES["odd characters"], PLAIN).split("\n")) == 4
    rows = list(csv.reader(io.StringIO(written("csv", *CASES["odd characters"]))))
    assert rows[1][5].startswith('a "b", c; 100% : d ::error::e <f> & €é')


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "\r=1", "＝1"])
def test_no_cell_of_csv_works_as_a_formula(start: str) -> None:
    row = next(csv.DictReader(io.StringIO(written("csv", replace(PLAIN, column=start)))))
    assert row["column"].startswith("'")


def test_github_escapes_what_would_end_a_command_or_a_property() -> None:
    line = written("github", *CASES["odd characters"]).split("\n")[0]
    assert line.startswith("::error file=below/data/a.csv,line=3,title=")
    assert line.count("::error") == 2  # the second inside the message, where it means nothing
    assert "100%25 : d%0A::error::e%0D%0A<f>" in line
    odd = written("github", *CASES["an odd file name"])
    assert odd.startswith("::error file=below/data/a b%2Cc%3A100%25é.csv,line=3,")


def test_github_knows_three_severities_and_the_character_of_a_page() -> None:
    lines = written("github", *CASES["several"]).split("\n")
    assert [line.split(" ")[0] for line in lines[:4]] == ["::error", "::warning", "::notice", "::error"]
    assert lines[3].startswith("::error file=below/site/nl/a.md,line=7,col=12,")
