"""The index of figures: all of them, those that are gone too, each with the address of its passport on the site."""

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from built_pages import first, places, text_of
from conftest import PROJECT, Copy
from invented_past import lookup_of, with_past
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.figures.figure_records import FIGURES, SCHEMA, TABLES, figure_index, table_document
from vierdepijler.site.sources import passport_folders
from vierdepijler.writers.formats.publication import publication_of

PASSPORTS = passport_folders(PROJECT / "site", ("nl", "en"))


def test_every_figure_is_there_once_with_the_value_of_its_cell(package: Package) -> None:
    figures = figure_index(publication_of(package), PASSPORTS)["figures"]
    assert len({figure["cell"] for figure in figures}) == len(figures) >= 45
    for figure in figures:
        assert figure["records"][-1]["value"] == figure["value"]
    for figure in (figure for figure in figures if figure["value"] is not None):
        assert cell_text(select(package, figure["cell"]).cells[0].value) == figure["value"]


def test_each_passport_says_what_the_index_says(package: Package, site: Path) -> None:
    for figure in figure_index(publication_of(package), PASSPORTS)["figures"]:
        for language, address in figure["page"].items():
            parts = urlsplit(address)
            section = places(site / parts.path.lstrip("/"))[parts.fragment]
            heading = " ".join(text_of(first(section, "h2"), " ").split())
            shown, about = (figure[part][language].replace("\u00a0", " ") for part in ("shown", "about"))
            assert heading.startswith(f"{shown} "), "the unit may follow"
            assert heading.endswith(f" {about}")


def test_what_is_gone_is_still_known(miniature: Copy) -> None:
    index = figure_index(publication_of(with_past(miniature).read()), PASSPORTS)
    figures = {figure["cell"]: figure for figure in index["figures"]}
    gone = figures["counts.persons[2025-02-25,d]"]
    assert (gone["value"], gone["page"], gone["about"]["nl"]) == (None, {}, "Personen · 25 februari 2025 · d")
    empty = figures["counts.persons[2025-02-25,c]"]
    assert (empty["value"], empty["records"][0]["shown"]["nl"]) == (None, "40")
    assert [cell["cell"] for cell in index["corrected"]] == ["groups.label_nl[a]", "groups.*[e]"]
    row = index["corrected"][1]
    assert (row["about"]["en"], row["records"][0]["shown"]["nl"]) == ("e", "een rij")


def test_a_row_that_came_back_is_not_gone(miniature: Copy) -> None:
    copy = with_past(miniature).replace("data/groups.csv", "a,Groep één", "e,Groep vijf,Group five\na,Groep één")
    index = figure_index(publication_of(copy.read()), PASSPORTS)
    assert [cell["cell"] for cell in index["corrected"]] == ["groups.label_nl[a]"]


def test_a_figure_of_a_table_that_is_gone_is_named_by_its_field(miniature: Copy) -> None:
    copy = with_past(miniature)
    copy.replace("data/figure_history.csv", '"counts.persons[2025-02-25,d]"', "lost.persons[d]")
    figures = {figure["cell"]: figure for figure in figure_index(publication_of(copy.read()), PASSPORTS)["figures"]}
    assert figures["lost.persons[d]"]["about"] == {"nl": "persons", "en": "persons"}


def test_a_table_has_its_key_its_rows_as_texts_and_the_labels_of_its_codes(miniature: Copy) -> None:
    package = miniature.read()
    found = table_document(package, package.tables["counts"])
    assert found["key"] == ["day", "group"]
    assert found["rows"][0] == ["2025-02-25", "a", "3290", "", "3.290"]
    assert found["rows"][2] == ["2025-02-25", "c", "", "nobody-counts", ""]
    assert [field["name"] for field in found["fields"] if field["labels"]] == ["group"]


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
