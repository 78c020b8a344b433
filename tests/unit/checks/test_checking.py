from pathlib import Path

import pytest

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.checks.checking import OWN_RULES, check_package
from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.problems import Severity


def test_a_good_package_is_valid_and_counted(miniature: Copy) -> None:
    report = check_package(miniature.read())
    assert report.problems == ()
    assert (report.tables, report.rows, report.cells) == (4, 16, 72)
    assert (report.own_rules, report.pages) == (len(OWN_RULES), None)


def test_every_rule_explains_itself() -> None:
    assert len({rule.name for rule in OWN_RULES}) == len(OWN_RULES)
    assert {rule.name for rule in OWN_RULES} <= set(explanations())


def test_problems_of_schemas_rules_source_and_pages_are_collected(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "521,,521", "522,,521").replace("data/groups.csv", "b,Groep", "b1,Groep")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("12\n")
    problems = [str(problem) for problem in check_package(miniature.read(), tmp_path / "site").problems]
    files = [problem.split(":")[0] for problem in problems]
    assert files == sorted(files)
    assert {"data/counts.csv", "data/groups.csv", "site/page.md"} <= set(files)


def test_a_table_that_does_not_fit_its_schema_is_not_asked_for_more(miniature: Copy) -> None:
    """What follows from a mistake is not told as a mistake: the sums need the counts, which cannot be read."""
    problems = miniature.replace("data/counts.csv", "521,,521", "many,,521").problems()
    assert len(problems) == 1


def rules_of(copy: Copy) -> set[str]:
    return {problem.rule for problem in check_package(copy.read()).problems}


def test_a_broken_table_is_still_asked_about_its_text(miniature: Copy) -> None:
    assert rules_of(miniature.replace("data/counts.csv", "521,,521", "many,, 521")) == {"type", "stray-spaces"}


def test_a_broken_table_makes_no_other_look_wrong(miniature: Copy) -> None:
    """Codes that only the broken table uses are not unused, and rows that follow its order are not out of order."""
    miniature.change(lambda d: d["resources"][1].update(sortedBy=["code"]))
    miniature.change(lambda d: d["resources"][0].update(sortedBy=["group"]))
    assert rules_of(miniature.replace("data/groups.csv", "a,Groep", "A,Groep")) == {"constraint", "foreign-key"}
    assert rules_of(miniature.replace("data/counts.csv", "3290,,3.290", "x,,3.290")) >= {"type"}
    assert "unused-codes" not in rules_of(miniature)


def test_a_severity_that_is_lowered_is_that_of_the_problem(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "Group two", "Group  two")
    (before,) = check_package(miniature.read()).problems
    entry = {"rule": "stray-spaces", "resource": "groups", "severity": "info"}
    entry |= {"reason": "zoals het gedrukt staat", "reason_en": "as it is printed"}
    (after,) = check_package(miniature.change(lambda d: d.update(severities=[entry])).read()).problems
    assert (before.severity, after.severity) == (Severity.ERROR, Severity.INFO)


def test_a_package_with_resources_only_has_no_problems(tmp_path: Path) -> None:
    text = 'day,name,n\r\n2025-02-25,"één\r\nl\'été – “CAFÉ”",-5\r\n2025-02-26,Ελλάδα,\r\n'
    copy = package_of(tmp_path, table("My.Table", "day:date name n:integer", text))
    assert rules_of(copy) <= {"names"}


@pytest.mark.parametrize(
    "kind", ["list", "array", "object", "geopoint", "geojson", "time", "datetime", "duration", "yearmonth", "any"]
)
def test_no_type_of_field_makes_a_rule_fail(tmp_path: Path, kind: str) -> None:
    cells = {
        "list": "a;b", "array": "[1]", "object": "{}", "geopoint": '"4,50"', "time": "12:00:00", "any": "x",
        "geojson": '"{""type"": ""Point"", ""coordinates"": [4, 50]}"', "datetime": "2025-01-01T00:00:00",
        "duration": "P1Y", "yearmonth": "2025-01",
    }  # fmt: skip
    own = [{"fields": "v", "reference": {"fields": "v"}}]
    about = {"v": {"constraints": {"unique": True}}}
    text = f"v,w\n{cells[kind]},1\n,2\n"
    for more in (
        {"primaryKey": "v"},
        {"foreignKeys": own},
        {"about": about},
        {"sortedBy": ["-v"]},
        {"uniqueKeys": [["v"]]},
    ):
        copy = package_of(tmp_path, table("t", f"v:{kind} w:integer", text, **more))
        assert all(problem.what for problem in check_package(copy.read()).problems)
