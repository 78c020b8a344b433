import json
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator

from vierdepijler.checks.report_formats import render_sarif
from vierdepijler.checks.reports import Identity, Reader, Report
from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.problems import Problem, Severity

PROBLEM = Problem("data/a b#é.csv", 3, "persons", "bad", "mend", "type")
PAGE = Problem("site/a.md", 7, "character 12", "typed", "mend", "typed-numbers", Severity.INFO)
# What the standard asks of the parts that we use, in our own words: nothing else may be there.
TEXT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string"}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def shape(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "additionalProperties": False,
        "properties": {name.replace("schema_", "$schema"): content for name, content in properties.items()},
    }


def some(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


TEXT = shape("text", text={"type": "string"})
RULE = shape(
    "id", id={"type": "string"}, shortDescription=TEXT, fullDescription=TEXT, help=TEXT,
    defaultConfiguration=shape("", level=LEVEL),
)  # fmt: skip
COUNT = {"type": "integer", "minimum": 1}
PLACE = shape(
    "artifactLocation",
    artifactLocation=shape("uri", uri={"type": "string", "pattern": r"^[\w./%~-]+$"}, uriBaseId={"type": "string"}),
    region=shape("startLine", startLine=COUNT, startColumn=COUNT),
)
RESULT = shape(
    "message", ruleId={"type": "string"}, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=TEXT,
    locations=some(
        shape(
            "", physicalLocation=PLACE,
            logicalLocations=some(shape("", name={"type": "string"}, kind={"type": "string"})),
        )
    ),
)  # fmt: skip
RUN = shape(
    "tool", tool=shape("driver", driver=shape("name", name={"type": "string"}, rules=some(RULE))),
    language={"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}, columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={"additionalProperties": shape("", uri={"type": "string"}, description=TEXT)},
    invocations=some(shape("executionSuccessful", executionSuccessful={"type": "boolean"})), results=some(RESULT),
)  # fmt: skip
LOG = shape("version runs", schema_={"type": "string"}, version={"const": "2.1.0"}, runs=some(RUN))


def run(*problems: Problem) -> Any:
    log = json.loads(render_sarif(Report(1, 1, 1, 1, 1, None, problems, Identity("mini")), Reader()))
    Draft202012Validator(LOG).validate(log)
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    return log["runs"][0]


def test_every_rule_is_there_with_its_texts() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(explanations())
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_a_result_leads_to_its_rule() -> None:
    told = run(PROBLEM, PAGE)
    for result in told["results"]:
        assert told["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in told["results"]] == ["error", "note"]


def test_addresses_are_relative_and_percent_encoded() -> None:
    told = run(PROBLEM)
    address = told["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert address["uri"] == "data/a%20b%23%C3%A9.csv"
    assert address["uriBaseId"] in told["originalUriBaseIds"]
    assert "uri" not in told["originalUriBaseIds"][address["uriBaseId"]]


def test_a_place_has_a_line_and_a_character_where_they_are_known() -> None:
    told = run(PROBLEM, PAGE, replace(PROBLEM, line=0))
    places = [result["locations"][0]["physicalLocation"].get("region") for result in told["results"]]
    assert places == [{"startLine": 3}, {"startLine": 7, "startColumn": 12}, None]


def test_a_problem_of_no_known_rule_has_none() -> None:
    assert "ruleId" not in run(replace(PROBLEM, rule="unheard-of"))["results"][0]
