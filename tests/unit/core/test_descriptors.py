import json
from pathlib import Path

import pytest

from conftest import MINIATURE, PROJECT, Copy
from vierdepijler.core.descriptors import line_of, read_descriptor
from vierdepijler.core.problems import UnreadableError


def refusal(folder: Path, text: str | bytes) -> str:
    path = folder / "datapackage.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableError) as caught:
        read_descriptor(path)
    return str(caught.value)


def spoilt(place: str, value: object) -> str:
    descriptor = json.loads((MINIATURE / "datapackage.json").read_text("utf-8"))
    *steps, last = place.split(".")
    target = descriptor
    for step in steps:
        target = target[int(step)] if step.isdigit() else target[step]
    target[int(last) if last.isdigit() else last] = value
    return json.dumps(descriptor, indent=2)


def test_a_good_descriptor_is_read() -> None:
    assert read_descriptor(PROJECT / "datapackage.json")["name"] == "vierde-pijler"


def test_a_mark_of_byte_order_is_no_hindrance(tmp_path: Path) -> None:
    text = (MINIATURE / "datapackage.json").read_text("utf-8")
    (tmp_path / "datapackage.json").write_text("\ufeff" + text, encoding="utf-8")
    assert read_descriptor(tmp_path / "datapackage.json")["name"] == "miniature"


def test_a_missing_descriptor_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"datapackage\.json: the file cannot be read"):
        read_descriptor(tmp_path / "datapackage.json")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="this is a folder; name a file in it"):
        read_descriptor(tmp_path)


def test_bad_json_is_told_with_its_line(tmp_path: Path) -> None:
    text = (MINIATURE / "datapackage.json").read_text("utf-8").replace('"version": "1.2.3",', '"version": "1.2.3"')
    assert refusal(tmp_path, text).startswith("datapackage.json:5: character ")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[]", "not a data package"),
        ("{}", "the property 'resources' is missing"),
        ('{"resources": []}', "resources: this is empty"),
        ("[" * 100_000, "nested too deep"),
        ('{"version": NaN}', "NaN is not a value of JSON"),
        ('{"version": 1e999}', "cannot be read"),
        ('{"name": "\\ud800"}', "cannot be read"),
        ('{"number": ' + "1" * 10_000 + "}", "cannot be read"),
    ],
)
def test_what_is_no_descriptor_is_told(tmp_path: Path, text: str, what: str) -> None:
    assert what in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        ("resources", {}, "resources: this is not a list"),
        ("resources.0", "counts.csv", "resources.1: this is not an object"),
        ("resources.0", {"path": "a.csv"}, "resources.1: the property 'name' is missing"),
        ("resources.0", {"name": "a"}, "resources.1: the property 'path' is missing"),
        ("resources.0.name", 3, "resources.1.name: this is not text"),
        ("resources.0.path", ["a.csv", 3], "resources.1.path: this is not text"),
        ("resources.0.schema", 3, "resources.1.schema: this is not an object"),
        ("resources.0.schema.fields", {}, "fields: this is not a list"),
        ("resources.0.schema.fields.0", None, "fields.1: this is not an object"),
        ("resources.0.schema.fields.0", {}, "the property 'name' is missing"),
        ("resources.0.schema.foreignKeys.0", {}, "the property 'fields' is missing"),
        ("resources.0.schema.foreignKeys.0.reference", "t", "reference: this is not an object"),
        ("resources.0.dialect", ["semicolons"], "dialect: this is not an object"),
        ("resources.0.dialect", {"header": "no"}, "header: "),
        ("resources.0.hash", 3, "hash: this is not text"),
        ("resources.0.title", 5, "title: this is not text"),
        ("languages", None, "languages: this is not a list"),
        ("languages", [], "languages: this is empty"),
        ("languages", ["nl", "nl"], "languages: "),
        ("languages", ["../x"], "languages.1: "),
        ("groups", [{}], "groups.1: the property 'name' is missing"),
        ("created", "yesterday", "created: "),
        ("$schema", 5, "$schema: this is not text"),
    ],
)
def test_a_descriptor_of_another_shape_is_told(tmp_path: Path, place: str, value: object, what: str) -> None:
    assert what in refusal(tmp_path, spoilt(place, value))


def test_a_part_of_another_shape_is_told_with_its_line(tmp_path: Path) -> None:
    text = spoilt("resources.0.schema.fields.2.unit", 7)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if '"unit": 7' in line)
    assert refusal(tmp_path, text).startswith(f"datapackage.json:{line}: resources.1.schema.fields.3.unit: ")


def test_the_line_of_each_part_is_found() -> None:
    path = MINIATURE / "datapackage.json"
    lines = path.read_text("utf-8").splitlines()
    persons = line_of(path, "resources", "counts", "schema", "fields", "persons")
    assert '"persons"' in lines[persons - 1]
    assert line_of(path, "resources", 1, "name") == line_of(path, "resources", "groups", "name")
    assert line_of(path, "resources", "counts", "nothing") == line_of(path, "resources", "counts")


def test_a_property_that_stands_twice_is_told(tmp_path: Path) -> None:
    said = refusal(tmp_path, '{"name": "x", "version": "1.2.3", "version": "1.2.4", "resources": []}')
    assert "the property 'version' stands there twice in one object" in said


def test_a_problem_of_a_schema_in_a_file_of_its_own_is_told_there(miniature: Copy) -> None:
    descriptor = json.loads(miniature.descriptor.read_text("utf-8"))
    schema = next(resource["schema"] for resource in descriptor["resources"] if resource["name"] == "counts")
    field = next(field for field in schema["fields"] if field["name"] == "persons")
    field["unit"] = "apples"
    text = json.dumps(schema, indent=2)
    line = text[: text.index('"persons"')].count("\n") + 1
    miniature.write("data/counts.schema.json", text)
    miniature.change(lambda whole: whole["resources"][0].update(schema="data/counts.schema.json"))
    assert [problem.partition(": ")[0] for problem in miniature.errors()] == [f"data/counts.schema.json:{line}"]
    miniature.write("data/counts.schema.json", text.replace('"integer"', '"whole"', 1))
    with pytest.raises(UnreadableError, match=r"^data/counts\.schema\.json:\d+: "):
        miniature.read()
