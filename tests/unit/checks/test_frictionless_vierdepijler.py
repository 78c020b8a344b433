"""Our rules about one table, run through Frictionless."""

import pytest
from frictionless import Checklist, Resource
from frictionless import Package as FrictionlessPackage

from conftest import PROJECT, Copy
from frictionless_vierdepijler import CHECKS
from vierdepijler.checks.checking import OWN_RULES
from vierdepijler.checks.rules.rule import TableRule


def found_by(copy: Copy, *names: str) -> list[str]:
    checks = [{"type": f"vierdepijler-{name}"} for name in names]
    resource = FrictionlessPackage(str(copy.descriptor)).get_resource("groups")
    report = resource.validate(Checklist.from_descriptor({"checks": checks}))
    return [error.note for task in report.tasks for error in task.errors if error.type == "vierdepijler"]


def test_every_rule_about_one_table_is_a_check() -> None:
    rules = [rule.name for rule in OWN_RULES if isinstance(rule, TableRule)]
    assert len(rules) >= 15
    assert sorted(CHECKS) == sorted(f"vierdepijler-{name}" for name in rules)


def test_a_good_table_passes_every_check(miniature: Copy) -> None:
    assert found_by(miniature, *(name.removeprefix("vierdepijler-") for name in CHECKS)) == []


@pytest.mark.parametrize(
    ("rule", "old", "new", "line"),
    [
        ("mojibake", "Groep één", "Groep Ã©Ã©n", 2),
        ("stray-spaces", "Group two", "Group two ", 3),
        ("unseen-characters", "Group two", "Group\u200btwo", 3),
        ("no-break-spaces", "Group two", "Group\u00a0two", 3),
    ],
)
def test_a_check_finds_what_its_rule_finds(miniature: Copy, rule: str, old: str, new: str, line: int) -> None:
    found = found_by(miniature.replace("data/groups.csv", old, new), rule)
    assert len(found) == 1
    assert found[0].startswith(f"data/groups.csv:{line}:")


def test_a_table_that_cannot_be_read_is_told(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "c,Groep drie", 'c,"Groep drie')
    assert "this is not a CSV file that can be read" in found_by(miniature, "mojibake")[0]


def test_a_table_without_a_package_can_be_checked() -> None:
    resource = Resource(path="data/reference/funders.csv", basepath=str(PROJECT))
    report = resource.validate(Checklist.from_descriptor({"checks": [{"type": "vierdepijler-formulas"}]}))
    assert report.valid, report.flatten(["note"])
