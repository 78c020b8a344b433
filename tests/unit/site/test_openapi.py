import copy
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from api_answers import api_with_pages
from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoints import (
    COMPONENTS,
    ENDPOINTS,
    answer_shape,
    component,
    nullable,
    openapi_document,
    shape_of,
)

TEXT = {"type": "string"}


def fits(shape: object, value: object) -> bool:
    return bool(Draft202012Validator({"$ref": "#/shape", "shape": shape}).is_valid(value))


def test_a_thing_has_all_of_its_properties_and_may_have_more() -> None:
    shape = shape_of({"code": "text", "unit?": "text", "#": "a thing"})
    assert fits(shape, {"code": "a", "unit": None, "later": 1})
    assert not fits(shape, {"unit": None})
    assert not fits(shape, {"code": 1, "unit": None})
    assert shape["description"] == "a thing"


def test_lists_and_objects_hold_one_kind() -> None:
    assert fits(shape_of(["count"]), [0, 1])
    assert not fits(shape_of(["count"]), [-1])
    assert fits(shape_of({"*": "text"}), {"a": "b"})
    assert not fits(shape_of({"*": "text"}), {"a": 1})


def test_what_may_be_absent_may_be_null() -> None:
    for shape in (TEXT, {"anyOf": [TEXT]}):
        assert fits(nullable(shape), None)
        assert fits(nullable(shape), "a")
        assert not fits(nullable(shape), 1)


def test_every_shape_is_a_schema_and_is_found_by_its_name(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for shape in schemas.values():
        Draft202012Validator.check_schema(shape)
    used = set(re.findall(f"{COMPONENTS}(\\w+)", json.dumps(described)))
    assert used == set(schemas)


@pytest.fixture(scope="module")
def described(published: Package) -> dict[str, Any]:
    return openapi_document(ENDPOINTS, api_with_pages(published))


def mistakes(content: dict[str, Any]) -> list[str]:
    return [error.message for error in OpenAPIV31SpecValidator(content).iter_errors()]


def test_the_validator_of_the_standard_accepts_the_document(described: dict[str, Any]) -> None:
    assert mistakes(described) == []


@pytest.mark.parametrize("defect", ["no title", "parameter not described", "wrong type", "no description of an answer"])
def test_the_validator_refuses_a_document_with_a_defect(described: dict[str, Any], defect: str) -> None:
    spoiled = copy.deepcopy(described)
    operation = spoiled["paths"]["/tables/{table}.json"]["get"]
    match defect:
        case "no title":
            del spoiled["info"]["title"]
        case "parameter not described":
            del operation["parameters"]
        case "wrong type":
            operation["parameters"][0]["schema"]["type"] = "text"
        case _:
            del operation["responses"]["200"]["description"]
    assert mistakes(spoiled) != []


def test_every_endpoint_is_described_with_its_parameters_and_the_shape_of_its_answer(described: dict[str, Any]) -> None:
    assert list(described["paths"]) == [f"/{endpoint.path}" for endpoint in ENDPOINTS]
    for endpoint in ENDPOINTS:
        operation = described["paths"][f"/{endpoint.path}"]["get"]
        names = [parameter["name"] for parameter in operation.get("parameters", [])]
        assert [f"{{{name}}}" in endpoint.path for name in names] == [True] * endpoint.path.count("{")
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": f"#/components/schemas/{component(endpoint)}"}
        assert described["components"]["schemas"][component(endpoint)] == answer_shape(endpoint)


def test_short_lists_of_values_are_complete_and_long_ones_have_examples(
    described: dict[str, Any], published: Package
) -> None:
    (table,) = described["paths"]["/tables/{table}.json"]["get"]["parameters"]
    (figure,) = described["paths"]["/figures/{figure}.json"]["get"]["parameters"]
    assert table["schema"]["enum"] == list(published.tables)
    assert figure["examples"]["example1"]["value"] == "completions.2025-02-25.all.persons"


def test_a_package_without_releases_or_licence_is_described_too(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor.pop("licenses"))
    content = openapi_document(ENDPOINTS, api_with_pages(miniature.read()))
    assert mistakes(content) == []
    assert "license" not in content["info"]


def test_a_licence_with_an_address_alone_is_described_by_it(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor.update(licenses=[{"path": "https://x.example/terms"}]))
    content = openapi_document(ENDPOINTS, api_with_pages(miniature.read()))
    assert mistakes(content) == []
    assert content["info"]["license"] == {"name": "https://x.example/terms", "url": "https://x.example/terms"}
