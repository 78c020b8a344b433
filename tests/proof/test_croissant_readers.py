"""The description for machine learning, read by the library of the format's makers."""

import json
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from vierdepijler.core.package import Package


def loaded(content: Any, folder: Path) -> mlcroissant.Dataset:
    files = {file["@id"]: str(folder / file["@id"]) for file in content["distribution"]}
    return mlcroissant.Dataset(content, mapping=files)


@pytest.fixture
def content(published: Package) -> Any:
    return json.loads((published.root / "croissant.json").read_text("utf-8"))


def test_the_description_is_valid_without_a_remark(content: Any, published: Package) -> None:
    issues = loaded(content, published.root).metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())


def test_every_table_is_read_from_the_files_as_it_is(content: Any, published: Package) -> None:
    dataset = loaded(content, published.root)
    assert {records["@id"] for records in content["recordSet"]} == set(published.tables)
    for name, table in published.tables.items():
        read = list(dataset.records(name))
        assert len(read) == table.rows
        fields = {f"{name}/{field}" for field in table.field_names}
        assert all(set(record) == fields for record in read)
    persons = [record["completions/persons"] for record in dataset.records("completions")]
    assert persons == published.tables["completions"].column("persons").to_pylist()


@pytest.mark.parametrize("defect", ["no address", "no hash", "a column that is not there", "a type that is none"])
def test_a_defect_is_caught(content: Any, published: Package, defect: str) -> None:
    match defect:
        case "no address":
            del content["distribution"][0]["contentUrl"]
        case "no hash":
            del content["distribution"][0]["sha256"]
        case "a column that is not there":
            content["recordSet"][0]["field"][0]["source"]["extract"]["column"] = "nothing"
        case _:
            content["recordSet"][0]["field"][0]["dataType"] = "sc:Nonsense"
    with pytest.raises((mlcroissant.ValidationError, mlcroissant.GenerationError, ValueError)):
        list(loaded(content, published.root).records("completions"))
