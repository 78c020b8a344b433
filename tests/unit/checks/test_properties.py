import copy as copying
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError

from conftest import SHARED, Copy
from rule_checks import caught_by, package_of, table
from vierdepijler.checks.checking import check_package
from vierdepijler.checks.rules.properties import (
    FIXED,
    PROFILE,
    PROPERTIES,
    may_be_led_to,
    profile,
    severities_of,
    standard_profile,
)
from vierdepijler.checks.rules.rule import explanations
from vierdepijler.core.descriptors import errors_of
from vierdepijler.core.problems import Problem, Severity, UnreadableError

OFFICIAL = SHARED / "standards" / "datapackage-2.0-datapackage.profile.json"

REASON = {"reason": "zoals de bron het schrijft", "reason_en": "as the source writes it"}


def caught(copy: Copy) -> dict[str, list[str]]:
    return caught_by(PROPERTIES, copy)


def line_at(copy: Copy, problem: str) -> str:
    return copy.descriptor.read_text("utf-8").splitlines()[int(problem.split(":")[1]) - 1]


def test_a_good_package_breaks_no_rule(miniature: Copy) -> None:
    assert caught(miniature) == {}


@pytest.mark.parametrize(
    ("place", "name", "meant"),
    [
        ((), "licences", "write 'licenses'"),
        ((), "trefwoorden", "leave it out"),
        (("resources", 0), "sortedby", "write 'sortedBy'"),
        (("resources", 0, "schema"), "primarykey", "write 'primaryKey'"),
        (("resources", 0, "schema", "fields", 2), "descripton", "write 'description'"),
        (("resources", 0, "schema", "fields", 2), "colour", "leave it out"),
    ],
)
def test_a_property_that_nobody_reads_is_told_at_its_line(
    miniature: Copy, place: tuple[str | int, ...], name: str, meant: str
) -> None:
    def add(descriptor: Any) -> None:
        for step in place:
            descriptor = descriptor[step]
        descriptor[name] = "x"

    (problem,) = caught(miniature.change(add))["properties"]
    assert f"nobody reads a property '{name}' here; {meant}" in problem
    assert f'"{name}"' in line_at(miniature, problem)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"rounding": 1}, "nobody reads a property 'rounding'"),
        ({"sortedBy": "day"}, "sortedBy: this is not a list"),
        ({"expectations": [5]}, "expectations.1: this is not an object"),
        ({"expectations": [{"kind": "sum", "field": "persons", "equals": "x"}]}, "equals: this is not a number"),
        ({"mustBeUsed": "yes"}, "mustBeUsed: this is not true or false"),
        ({"type": "json"}, "cannot stand here"),
    ],
)
def test_a_value_that_the_profile_refuses_is_told(miniature: Copy, change: dict[str, Any], what: str) -> None:
    found = caught(miniature.change(lambda d: d["resources"][0].update(change)))["properties"]
    assert any(what in problem for problem in found), found


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " Java\tScript:alert(1)", "data:text/html,x", "ftp://a.be/"]
)
@pytest.mark.parametrize(
    "place",
    ["homepage", "image", "licenses.1.path", "sources.1.path", "contributors.1.path", "resources.1.sources.1.path"],
)
def test_an_address_that_is_no_link_of_the_web_or_mail_is_told_at_its_line(
    miniature: Copy, place: str, address: str
) -> None:
    def write(descriptor: Any) -> None:
        descriptor["sources"] = [{"title": "Bron"}]
        descriptor["resources"][0]["sources"] = [{"title": "Bron"}]
        *steps, name = (int(step) - 1 if step.isdigit() else step for step in place.split("."))
        for step in steps:
            descriptor = descriptor[step]
        descriptor[name] = address

    (problem,) = caught(miniature.change(write))["properties"]
    assert f" {place}: " in problem
    assert line_at(miniature, problem).strip().startswith(f'"{place.rpartition(".")[2]}": ')


@pytest.mark.parametrize("address", ["https://a.be/", "HTTP://a.be/", "mailto:a@b.be", "LICENSE.txt", "a/b:c"])
def test_addresses_of_the_web_of_mail_and_of_files_may_be_led_to(address: str) -> None:
    assert may_be_led_to(address)


def test_a_resource_that_is_no_table_leads_to_nothing_else_either(miniature: Copy) -> None:
    other = {"name": "chart", "path": "chart.png", "sources": [{"title": "a", "path": "javascript://%0aalert(1)"}]}
    (problem,) = caught(miniature.change(lambda said: said["resources"].append(other)))["properties"]
    assert "nobody may be led to" in problem


def test_a_package_of_the_standard_may_have_any_property(tmp_path: Path) -> None:
    described = table("t", "a", "a\n1\n", colour="red", about={"a": {"flavour": 5}})
    assert package_of(tmp_path, described, hobby={"x": 1}).problems() == []


def test_a_slip_of_the_pen_is_told_there_too(tmp_path: Path) -> None:
    copy = package_of(tmp_path, table("t", "a", "a\n1\n", about={"a": {"descripton": "x"}}))
    assert "write 'description'" in caught(copy)["properties"][0]


def test_a_package_of_the_standard_needs_no_licence_of_ours(tmp_path: Path) -> None:
    copy = package_of(tmp_path, table("t", "a", "a\n1\n"), licenses=[{"name": "ODC-PDDL-1.0"}], version="2.0")
    assert copy.problems() == []


@pytest.mark.parametrize(
    ("licences", "what"),
    [
        (None, "licenses: the package has no licence"),
        ([{"name": "CC0-9.9"}], "licenses.1.name: there is no licence 'CC0-9.9'"),
        ([{"name": "CC0-1.0"}, {"name": "cc-by-4.0"}], "licenses.2.name: there is no licence 'cc-by-4.0'"),
        ([{"name": "CC-BY-4.0"}], ""),
        ([{"path": "https://example.org/licence"}], ""),
    ],
)
def test_a_licence_is_one_that_exists(miniature: Copy, licences: Any, what: str) -> None:
    miniature.change(lambda d: d.pop("licenses") if licences is None else d.update(licenses=licences))
    found = caught(miniature).get("licences", [])
    assert [what in problem for problem in found] == ([True] if what else [])


@pytest.mark.parametrize("version", ["1.2.3", "0.0.1", "1.0.0-alpha.1", "1.0.0+build"])
def test_a_version_is_three_numbers(miniature: Copy, version: str) -> None:
    assert caught(miniature.change(lambda d: d.update(version=version))) == {}


@pytest.mark.parametrize("version", ["v1.2.3", "1.2", "1", "", "01.2.3", "1.2.3.4", "١.٢.٣"])
def test_anything_else_is_no_version(miniature: Copy, version: str) -> None:
    (problem,) = caught(miniature.change(lambda d: d.update(version=version)))["version"]
    assert "is not a version" in problem
    assert '"version"' in line_at(miniature, problem)


def lower(copy: Copy, **entry: Any) -> Copy:
    return copy.change(lambda d: d.update(severities=[entry]))


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"rule": "nothing", "severity": "info", "reason": "x"}, "there is no rule 'nothing'"),
        ({"rule": "unused-codes", "severity": "warning", "reason": "x"}, "this does not change the severity"),
        ({"rule": "printed", "severity": ["info"], "reason": "x"}, "this does not change the severity"),
        ({"rule": "printed", "severity": "info", "reason": " "}, "a severity is lowered without a reason"),
        ({"rule": "printed", "severity": "info"}, "a severity is lowered without a reason"),
        ({"rule": "printed", "severity": "info", **REASON, "resource": "z"}, "there is no table 'z'"),
        ({"rule": "printed", "severity": "info", **REASON, "reason_en": ""}, "a severity is lowered without a reason"),
        ({"rule": "printed", "severity": "info", **REASON, "reason": "x"}, "a severity is lowered without a reason"),
        *(
            ({"rule": rule, "severity": "info", "reason": "x"}, f"the severity of '{rule}' cannot be lowered")
            for rule in sorted(FIXED)
        ),
    ],
)
def test_a_severity_that_may_not_be_lowered_is_told_and_stays(
    miniature: Copy, entry: dict[str, Any], what: str
) -> None:
    (problem,) = caught(lower(miniature, **entry))["severities"]
    assert f"severities.1: {what}" in problem
    if entry["rule"] in explanations() and "resource" not in entry:
        about = Problem("data/counts.csv", 1, "", "what", "todo", entry["rule"])
        assert severities_of(miniature.read())(about) == explanations()[entry["rule"]].severity


@pytest.mark.parametrize(
    ("resource", "file", "severity"),
    [
        (None, "data/counts.csv", Severity.INFO),
        ("counts", "data/counts.csv", Severity.INFO),
        ("counts", "data/groups.csv", Severity.ERROR),
    ],
)
def test_a_severity_is_lowered_with_a_reason_where_it_says(
    miniature: Copy, resource: str | None, file: str, severity: Severity
) -> None:
    about = {} if resource is None else {"resource": resource}
    severity_of = severities_of(lower(miniature, rule="stray-spaces", severity="info", **REASON, **about).read())
    assert severity_of(Problem(file, 1, "", "what", "todo", "stray-spaces")) == severity
    assert severity_of(Problem(file, 1, "", "what", "todo", "formulas")) == Severity.ERROR
    assert caught_by(PROPERTIES, miniature) == {}


@pytest.mark.parametrize("severities", [5, "x", [5, None, "x", []], {"rule": "printed"}])
def test_severities_in_another_form_are_told_and_stop_nothing(miniature: Copy, severities: Any) -> None:
    miniature.change(lambda d: d.update(severities=severities)).replace("data/counts.csv", "521,,521", "522,,521")
    problems = check_package(miniature.read()).problems
    assert {problem.rule for problem in problems} >= {"properties", "printed"}


def places(node: Any, *steps: str | int) -> Iterator[tuple[str | int, ...]]:
    """Give every place in a descriptor, but of the lists of fields and resources only the first two."""
    yield steps
    items = node.items() if isinstance(node, dict) else enumerate(node[:2]) if isinstance(node, list) else ()
    for step, child in items:
        yield from places(child, *steps, step)


def mutations(descriptor: Any) -> Iterator[tuple[str, Any]]:
    """Give the descriptor spoilt in each place: without it, and with a value of every other type."""
    for steps in places(descriptor):
        if not steps:
            continue
        values: tuple[Any, ...] = (None, 5, "../x", [{}], {}, ...)
        for value in values:
            spoilt = copying.deepcopy(descriptor)
            node = spoilt
            for step in steps[:-1]:
                node = node[step]
            if value is ...:
                del node[steps[-1]]
            else:
                node[steps[-1]] = value
            yield f"{steps} {value!r}", spoilt


def full(descriptor: Any) -> Any:
    """Add what the standard has and the miniature does not."""
    descriptor |= {
        "id": "x",
        "homepage": "https://example.org",
        "image": "x.png",
        "keywords": ["a"],
        "sources": [{"title": "T", "path": "https://example.org", "email": "a@b.be"}],
        "contributors": [{"title": "T", "path": "https://example.org", "email": "a@b.be", "roles": ["editor"]}],
        "licenses": [{"name": "CC0-1.0", "path": "https://example.org", "title": "CC0"}],
    }
    resource = descriptor["resources"][0]
    resource |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": 1, "hash": "a" * 32}
    resource |= {"licenses": descriptor["licenses"], "sources": descriptor["sources"]}
    resource["schema"] |= {"uniqueKeys": [["day", "group"]], "missingValues": [""]}
    resource["schema"]["fields"][1] |= {"example": "a", "categories": ["a", "b", "c"], "rdfType": "https://example.org"}
    del resource["schema"]["fields"][3:]
    del descriptor["resources"][1:]
    return descriptor


def test_our_profile_refuses_whatever_the_official_one_refuses(miniature: Copy) -> None:
    if not OFFICIAL.is_file():
        pytest.skip("the profiles of the standard are not on this machine")
    official, ours = (Draft7Validator(json.loads(path.read_text("utf-8"))) for path in (OFFICIAL, PROFILE))
    sound = full(json.loads(miniature.descriptor.read_text("utf-8")))
    assert official.is_valid(sound)
    refused = [(name, spoilt) for name, spoilt in mutations(sound) if not official.is_valid(spoilt)]
    assert len(refused) > 60
    assert [name for name, spoilt in refused if ours.is_valid(spoilt) and not is_refused(miniature, spoilt)] == []


def test_without_what_must_be_there_the_profile_says_the_same_of_the_rest(miniature: Copy) -> None:
    ours = full(json.loads(miniature.descriptor.read_text("utf-8")))
    spoilt = [{"resources": [{"schema": {"fields": [{"type": "integer", "categories": ["a"]}, {"categories": [1]}]}}]}]
    spoilt += [descriptor for _, descriptor in list(mutations(ours))[::9]]
    told = [{describe(error) for error in errors_of(profile(), one) if is_standard(error)} for one in spoilt]
    assert [{describe(error) for error in errors_of(standard_profile(), one)} for one in spoilt] == told
    assert sum(map(bool, told)) > 20


def describe(error: ValidationError) -> tuple[str, str]:
    return ".".join(map(str, error.absolute_path)), error.message


def is_standard(error: ValidationError) -> bool:
    return error.validator != "required"


def is_refused(copy: Copy, descriptor: Any) -> bool:
    try:
        return bool(caught(copy.write("datapackage.json", json.dumps(descriptor))))
    except UnreadableError:
        return True


def test_taking_out_the_languages_switches_nothing_off(miniature: Copy) -> None:
    miniature.change(lambda descriptor: (descriptor.pop("languages"), descriptor.pop("licenses")))
    found = caught(miniature)
    assert "licences" in found
    assert any("'languages' is missing" in problem for problem in found["properties"])


def test_a_version_that_the_table_of_releases_does_not_know_is_told(tmp_path: Path) -> None:
    releases = table("releases", "version", "version\n0.1.0\n", role="releases")
    found = caught_by(PROPERTIES, package_of(tmp_path, releases, version="0.2.0", languages=["en"]))["version"]
    assert "the table 'releases' has no version '0.2.0'" in found[0]
    assert "version" not in caught_by(PROPERTIES, package_of(tmp_path, releases, version="0.1.0", languages=["en"]))
