import json
from collections.abc import Iterator
from typing import Any

import pytest

from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.catalogues import Catalogue
from vierdepijler.writers.metadata.describing import catalogue_of
from vierdepijler.writers.metadata.schema_org import describe_catalogue, describe_dataset, describe_page

# What Google Dataset Search asks, and what it recommends; funder, citation and sameAs have no meaning for us.
ASKED = {"name", "description"}
RECOMMENDED = {
    "alternateName", "creator", "identifier", "isAccessibleForFree", "keywords", "license", "measurementTechnique",
    "spatialCoverage", "temporalCoverage", "version", "url", "includedInDataCatalog", "isBasedOn", "distribution",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(published: Package) -> Catalogue:
    return catalogue_of(published.descriptor, published.root)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def described(catalogue: Catalogue, language: str) -> Iterator[dict[str, Any]]:
    for dataset in (*catalogue.datasets, *catalogue.lists):
        yield describe_dataset(catalogue, dataset, language, f"https://site.example/{dataset.name}.html")


def test_every_data_set_has_what_search_engines_ask(catalogue: Catalogue, language: str) -> None:
    undated = {dict(one.title)[language] for one in (*catalogue.datasets, *catalogue.lists) if one.period is None}
    for content in described(catalogue, language):
        missing = (ASKED | RECOMMENDED) - set(content)
        assert missing == ({"temporalCoverage"} if content["name"] in undated else set()), content["name"]
        assert 50 <= len(content["description"]) <= 5000, content["name"]
        for file in content["distribution"]:
            assert set(file) >= {"contentUrl", "encodingFormat", "name", "contentSize"}


def test_a_data_set_is_described_in_the_language_of_its_page(catalogue: Catalogue) -> None:
    table = next(dataset for dataset in catalogue.datasets if dataset.name == "completions")
    dutch, english = (describe_dataset(catalogue, table, language, "") for language in ("nl", "en"))
    assert (dutch["name"], dutch["alternateName"]) == (table.title["nl"], [table.title["en"]])
    assert english["name"] == table.title["en"]
    assert dutch["@id"] == english["@id"]
    persons = next(one for one in english["variableMeasured"] if one["propertyID"] == "persons")
    assert (persons["name"], persons["unitText"]) == ("People", "people")


def test_a_table_is_part_of_the_whole(catalogue: Catalogue) -> None:
    whole, table, *_ = described(catalogue, "nl")
    assert table["isPartOf"]["@id"] == whole["@id"]
    assert table["@id"] in {part["@id"] for part in whole["hasPart"]}


def test_the_catalogue_holds_every_data_set(catalogue: Catalogue, published: Package) -> None:
    content = json.loads(published.root.with_name("schema-org.jsonld").read_text("utf-8"))
    assert content == describe_catalogue(catalogue, "nl")
    assert content["@type"] == "DataCatalog"
    assert [one["@id"] for one in content["dataset"]] == [dataset.uri for dataset in catalogue.datasets]


def test_a_page_says_where_it_stands() -> None:
    home = "https://site.example/"
    trail = [("Wij", home), ("Geld", f"{home}geld.html")]
    content = describe_page("Geld", "Wie betaalt.", "nl", trail)
    assert content["@id"] == f"{home}geld.html"
    assert [item["item"] for item in content["breadcrumb"]["itemListElement"]] == [home, f"{home}geld.html"]
