import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import PROJECT, Copy
from vierdepijler.core.package import Package
from vierdepijler.releases.archives import keep_release, releases_of
from vierdepijler.releases.corrections import corrections_of
from vierdepijler.releases.release_files import diffs_of

SCHEMA = json.loads((PROJECT / "scripts/vierdepijler/releases/changes.schema.json").read_text("utf-8"))


def documents(package: Package) -> list[dict[str, Any]]:
    return [diff.document for diff in diffs_of(releases_of(package), corrections_of(package))]


@pytest.fixture
def document(kept_past: Copy) -> dict[str, Any]:
    (only,) = documents(kept_past.read())
    return only


def test_a_changed_cell_is_told_with_what_explains_it(document: dict[str, Any]) -> None:
    counts = next(table for table in document["tables"] if table["table"] == "counts")
    changed = next(cell for cell in counts["cells"] if cell["field"] == "persons")
    reason = {"nl": "Een blad was dubbel geteld.", "en": "A sheet was counted twice."}
    explained = [{"version": "1.1.0", "old": "3280", "new": "3290", "kind": "error", "reason": reason}]
    assert changed == {
        "cell": "counts.persons[2025-02-25,a]", "key": ["2025-02-25", "a"], "field": "persons", "old": 3280,
        "new": 3290, "old_unit": "persons", "new_unit": "persons", "explained": explained,
    }  # fmt: skip
    printed = next(cell for cell in counts["cells"] if cell["field"] == "as_printed")
    assert printed["explained"] == []


def test_rows_tables_and_the_step_are_told(document: dict[str, Any]) -> None:
    assert (document["old"]["version"], document["new"]["version"]) == ("1.0.0", "1.1.0")
    assert document["tables_added"] == ["releases", "corrections"]
    assert document["level"] == "minor"
    (removed,) = document["tables"][0]["rows_removed"]
    assert removed["key"] == ["2025-02-25", "d"]
    assert removed["explained"][0]["kind"] == "withdrawn"


def test_texts_are_told_as_they_were_and_are(kept_past: Copy) -> None:

    def reword(descriptor: Any) -> None:
        descriptor["title"] = "Anders"
        descriptor["resources"][0]["schema"]["fields"][0]["title"] = "Datum"

    (found,) = documents(kept_past.change(reword).read())
    assert {"table": None, "property": "title", "old": "Miniatuur", "new": "Anders"} in found["texts"]
    assert {"table": "counts", "property": "day.title", "old": "Dag", "new": "Datum"} in found["texts"]


def test_each_pair_has_its_own_and_a_later_correction_explains_no_earlier_change(
    kept_past: Copy, tmp_path: Path
) -> None:
    keep_release(kept_past.publish(tmp_path / "new"), [], "1.1.0", kept_past.folder)
    kept_past.change(lambda descriptor: descriptor.update(version="1.1.1")).replace(
        "data/groups.csv", "Groep één", "Groep A"
    )
    found = documents(kept_past.read())
    pairs = [(one["old"]["version"], one["new"]["version"]) for one in found]
    assert pairs == [("1.0.0", "1.1.0"), ("1.0.0", "1.1.1"), ("1.1.0", "1.1.1")]
    (cell,) = (cell for table in found[2]["tables"] for cell in table["cells"] if table["table"] == "groups")
    assert (cell["old"], cell["new"], cell["explained"]) == ("Groep één", "Groep A", [])


def test_nothing_but_what_changed_is_told_of_a_release_that_is_sealed_as_it_is(kept_past: Copy, tmp_path: Path) -> None:
    keep_release(kept_past.publish(tmp_path / "new"), [], "1.1.0", kept_past.folder)
    kept_past.change(lambda descriptor: descriptor.update(version="1.1.1"))
    last = documents(kept_past.read())[-1]
    assert (last["level"], last["tables"], last["texts"]) == ("none", [], [])


def test_it_is_as_its_schema_says(document: dict[str, Any], package: Package) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for one in (document, *documents(package)):
        Draft202012Validator(SCHEMA).validate(one)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("texts"),
        lambda one: one["tables"][0].update(surplus=1),
        lambda one: one.update(level="huge"),
        lambda one: one["tables"][0]["cells"][0].update(key="a"),
    ],
)
def test_the_schema_refuses_what_is_otherwise(document: dict[str, Any], spoil: Callable[[Any], object]) -> None:
    spoil(document)
    assert not Draft202012Validator(SCHEMA).is_valid(document)
