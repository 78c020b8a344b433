"""Three releases of a small package, and what the rules about releases say of what comes after."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.checks.rules.history import RULES
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.releases.archives import keep_release
from vierdepijler.writers.formats.publication import files_below

HEADER = "version,table,key,field,old,new,reason\n"
ROW = '1.2.4,counts,"2025-02-25,b",persons,521,522,typo\n'


def problems(copy: Copy) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in RULES:
        for problem in rule.check(copy.read()):
            found.setdefault(rule.name, []).append(str(problem))
    return found


@pytest.fixture
def released(miniature: Copy, out: Path) -> Copy:
    keep_release(out, ["index.html"], "1.2.3", miniature.folder)
    return miniature


def take(version: str) -> Callable[[Any], object]:
    return lambda descriptor: descriptor.update(version=version)


def correct(copy: Copy, rows: str) -> Copy:
    def add(descriptor: Any) -> None:
        fields = [{"name": name, "type": "string"} for name in HEADER.strip().split(",")]
        schema = {"fields": fields, "primaryKey": ["version", "table", "key", "field"]}
        resource = {"name": "corrections", "path": "data/corrections.csv", "bookkeeping": True, "schema": schema}
        resource["role"] = "corrections"
        descriptor["resources"].append(resource)

    return copy.write("data/corrections.csv", HEADER + rows).change(add)


def test_without_archives_nothing_is_asked(miniature: Copy) -> None:
    assert problems(miniature) == {}


def test_a_release_that_is_as_it_was_is_right(released: Copy) -> None:
    assert problems(released) == {}


def test_a_change_under_a_released_version_says_what_changed_and_which_version_to_take(released: Copy) -> None:
    released.replace("data/counts.csv", "b,521,", "b,522,")
    (said,) = problems(released)["release-version"]
    assert said == (
        "datapackage.json:4: version: the version is 1.2.3, but after release 1.2.3 it is 1.2.4: "
        "values or texts changed (counts.persons[2025-02-25,b]); "
        "write 1.2.4, and add its row to the table of releases, or undo the change"
    )


@pytest.mark.parametrize(
    ("change", "right", "reason"),
    [
        (lambda d: d.update(title="Anders"), "1.2.4", "values or texts changed (datapackage.json: title)"),
        (lambda d: d["resources"][0]["schema"]["fields"][2].update(unit="items"), "2.0.0", "(persons.unit"),
        (lambda d: d["resources"][0]["schema"]["fields"].pop(4), "2.0.0", "(counts.as_printed"),
        (lambda d: d.update(version="1.3.0"), "1.2.3", "nothing changed"),
    ],
)
def test_the_version_follows_from_the_change(released: Copy, change: Any, right: str, reason: str) -> None:
    said = problems(released.change(change))["release-version"][0]
    assert f"after release 1.2.3 it is {right}" in said
    assert reason.strip("(") in said
    assert "release-version" not in problems(released.change(take(right)))


def test_a_new_row_asks_the_next_minor_version(released: Copy) -> None:
    text = (released.folder / "data" / "groups.csv").read_text("utf-8")
    released.write("data/groups.csv", text + "z,zet,zed\n")
    assert "it is 1.3.0: tables, columns or rows came (groups[z])" in problems(released)["release-version"][0]


def test_a_change_without_a_word_is_found_in_its_line_with_the_row_to_add(released: Copy) -> None:
    released.replace("data/counts.csv", "b,521,", "b,522,").change(take("1.2.4"))
    said = problems(released)["corrections"]
    assert len(said) == 1
    assert re.match(r"data/counts.csv:\d+: persons: the released value '521' is '522' now, and no correction", said[0])
    assert '1.2.4,counts,"2025-02-25,b",persons,521,522,…' in said[0]


def test_a_change_that_is_explained_is_right(released: Copy) -> None:
    released.replace("data/counts.csv", "b,521,", "b,522,")
    assert problems(correct(released, ROW).change(take("1.3.0"))).get("corrections", []) != []
    released.replace("data/corrections.csv", "1.2.4", "1.3.0")
    assert problems(released) == {}


def test_an_explanation_of_what_did_not_change_is_found(released: Copy) -> None:
    said = problems(correct(released, ROW).change(take("1.2.4")))["corrections"]
    assert said[0].startswith("data/corrections.csv:2: new: this explains a change that there was not")
    released.change(take("1.3.0")).replace("data/corrections.csv", "1.2.4", "1.3.0")
    assert problems(released)["corrections"][0].startswith("data/corrections.csv:2: new: this explains a change")


def test_a_row_that_went_without_a_word_is_found(released: Copy) -> None:
    lines = (released.folder / "data" / "counts.csv").read_text("utf-8").splitlines(keepends=True)
    released.write("data/counts.csv", "".join(line for line in lines if ",b," not in line)).change(take("1.2.4"))
    assert "the released row '2025-02-25,b' is gone" in problems(released)["corrections"][0]


def test_a_touched_archive_is_found_and_nothing_is_compared_with_it(released: Copy) -> None:
    released.replace("releases/1.2.3/counts.csv", "521", "522")
    assert list(problems(released)) == ["release-archives"]


def test_publishing_refuses_a_change_even_where_the_rule_is_only_a_warning(released: Copy, tmp_path: Path) -> None:
    before = {name: path.read_bytes() for name, path in files_below(tmp_path / "out").items()}
    released.replace("data/counts.csv", "b,521,", "b,522,")
    with pytest.raises(ContentError) as refused:
        released.publish(tmp_path / "out")
    told: Problem = refused.value.problems[0]
    assert "after release 1.2.3 it is 1.2.4" in told.what
    assert {name: path.read_bytes() for name, path in files_below(tmp_path / "out").items()} == before


def test_three_releases_follow_each_other(released: Copy, tmp_path: Path) -> None:
    released.change(lambda d: d.update(title="Anders", version="1.2.4"))
    assert problems(released) == {}
    keep_release(released.publish(tmp_path / "two"), [], "1.2.4", released.folder)
    released.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(unit="items"))
    keep_release(released.change(take("2.0.0")).publish(tmp_path / "three"), [], "2.0.0", released.folder)
    assert problems(released) == {}
    assert (
        json.loads((released.folder / "releases" / "1.2.4" / "datapackage.json").read_text("utf-8"))["title"]
        == "Anders"
    )


def test_what_a_release_explained_is_taken_from_there_and_may_not_be_said_otherwise(
    released: Copy, tmp_path: Path
) -> None:
    correct(released.replace("data/counts.csv", "b,521,", "b,522,"), ROW).change(take("1.3.0"))
    released.replace("data/corrections.csv", "1.2.4", "1.3.0")
    keep_release(released.publish(tmp_path / "two"), [], "1.3.0", released.folder)
    assert problems(released) == {}
    released.replace("data/corrections.csv", "521,522", "520,522")
    said = problems(released)["corrections"]
    assert len(said) == 2
    assert '1.3.0,counts,"2025-02-25,b",persons,521,522,…' in said[0]
    assert said[1].startswith("data/corrections.csv:2: new: this explains a change that there was not")
