import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.catalogues import Catalogue, Period
from vierdepijler.writers.metadata.describing import catalogue_of


def describe(copy: Copy, folder: Path) -> Catalogue:
    out = copy.publish(folder)
    return catalogue_of(json.loads((out / "datapackage.json").read_text("utf-8")), out)


@pytest.fixture(scope="session")
def catalogue(published: Package) -> Catalogue:
    return catalogue_of(published.descriptor, published.root)


def test_the_whole_and_each_table_of_the_groups_with_figures_are_data_sets(catalogue: Catalogue) -> None:
    assert [dataset.name for dataset in catalogue.datasets][:3] == ["vierde-pijler", "completions", "activity_hours"]
    assert "units" not in {dataset.name for dataset in catalogue.datasets}
    assert catalogue.whole.parts == tuple(dataset.uri for dataset in catalogue.datasets[1:])
    assert {dataset.whole for dataset in catalogue.datasets[1:]} == {catalogue.whole.uri}


def test_each_file_has_the_size_and_hash_that_it_has_on_disk(catalogue: Catalogue, published: Package) -> None:
    files = [distribution for dataset in catalogue.datasets for distribution in dataset.distributions]
    assert {"vierde-pijler.zip", "datapackage.json", "completions.csv"} <= {file.file for file in files}
    for file in files:
        content = (published.root / file.file).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.address == f"{catalogue.site}data/latest/{file.file}"


def test_a_table_has_its_own_words_and_those_of_the_package(miniature: Copy, tmp_path: Path) -> None:
    def group(descriptor: Any) -> None:
        descriptor["groups"] = [{"name": "figures", "title": "Cijfers", "title_en": "Figures", "catalogued": True}]
        descriptor["keywords"], descriptor["keywords_en"] = ["telling"], ["count"]
        descriptor["resources"][0].update(group="figures", keywords=["mensen"])
        descriptor["resources"][0]["temporal"] = {"start": "2024-01-01", "end": "2025-02-25"}

    table = describe(miniature.change(group), tmp_path / "out").datasets[1]
    assert (table.name, table.page) == ("counts", "data/counts.html")
    assert table.keywords == {"nl": ("mensen", "telling"), "en": ("count",)}
    assert table.period == Period(datetime.date(2024, 1, 1), datetime.date(2025, 2, 25))
    persons = next(variable for variable in table.variables if variable.name == "persons")
    assert (persons.unit, persons.unit_label["en"], persons.title["nl"]) == ("persons", "people", "Personen")


def test_the_whole_is_about_all_the_days_of_its_tables(catalogue: Catalogue) -> None:
    periods = [dataset.period for dataset in catalogue.datasets[1:] if dataset.period]
    assert catalogue.whole.period == Period(min(one.start for one in periods), max(one.end for one in periods))


def test_what_changed_and_since_when_comes_from_the_table_of_releases(catalogue: Catalogue, published: Package) -> None:
    releases = published.tables["releases"]
    (latest,) = releases.rows_with("version", catalogue.version)
    notes = {language: releases.value(latest, f"changes_{language}") for language in ("nl", "en")}
    assert catalogue.version_notes == notes
    assert catalogue.issued == f"{releases.value(0, 'released')}T00:00:00Z"
    assert catalogue.modified == published.descriptor["created"]


def test_a_package_that_says_little_is_described_with_what_it_has(miniature: Copy, tmp_path: Path) -> None:
    catalogue = describe(miniature, tmp_path / "out")
    assert [dataset.name for dataset in catalogue.datasets] == ["miniature"]
    assert (catalogue.publisher.name, catalogue.publisher.kind) == ("Test", "")
    assert catalogue.title == {"nl": "Miniatuur", "en": "Miniature"}
    assert (catalogue.themes, catalogue.places, catalogue.origins) == ((), (), ())
    assert catalogue.issued == catalogue.modified == "2026-01-02T00:00:00Z"
    assert catalogue.whole.period is None


def test_mail_goes_to_the_contributor_for_contact(miniature: Copy, tmp_path: Path) -> None:
    people = [
        {"title": "Wij", "roles": ["publisher"], "path": "https://wij.example/"},
        {"title": "De redactie", "roles": ["contact"], "email": "redactie@wij.example"},
    ]
    miniature.change(lambda descriptor: descriptor.update(contributors=people))
    publisher = describe(miniature, tmp_path / "out").publisher
    assert (publisher.name, publisher.homepage) == ("Wij", "https://wij.example/")
    assert publisher.email == "redactie@wij.example"
