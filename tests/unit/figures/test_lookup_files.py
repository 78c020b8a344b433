"""The files behind the page: what is published is what the JSON Schema says, small, and always the same."""

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import PROJECT, Copy
from invented_past import lookup_of, with_past
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_index import FIGURES, SCHEMA, TABLES
from vierdepijler.site.sources import passport_folders

PASSPORTS = passport_folders(PROJECT / "site", ("nl", "en"))


def test_what_is_published_is_what_would_be_made(published: Package, package: Package) -> None:
    folder = published.root.parent
    index, tables = lookup_of(package, PASSPORTS)
    assert json.loads((folder / FIGURES).read_text("utf-8")) == index
    written = {name: json.loads((folder / TABLES / f"{name}.json").read_text("utf-8")) for name in index["tables"]}
    assert written == tables


def test_the_index_fits_its_schema(published: Package, miniature: Copy) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for index in (lookup_of(published, PASSPORTS)[0], lookup_of(with_past(miniature).read(), PASSPORTS)[0]):
        jsonschema.Draft202012Validator(schema).validate(index)
        spoilt: dict[str, Any] = json.loads(json.dumps(index))
        del spoilt["figures"][0]["records"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(spoilt)


def test_publishing_writes_them_and_says_so_in_no_list_of_the_package(published: Package) -> None:
    folder = published.root.parent / "figures"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"figures.json", SCHEMA.name, *(f"tables/{name}.json" for name in published.tables)}
    # What a browser fetches to judge a number: servers send it compressed, and a phone should not notice it.
    assert len(gzip.compress((folder / "figures.json").read_bytes())) < 35_000


def test_two_publications_have_the_same_bytes(miniature: Copy, tmp_path: Path) -> None:
    one, other = with_past(miniature).publish(tmp_path / "one"), miniature.publish(tmp_path / "other")
    for path in sorted((one.parent / "figures").rglob("*.json")):
        assert path.read_bytes() == (other.parent / path.relative_to(one.parent)).read_bytes()
