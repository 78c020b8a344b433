"""The description of the API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0)."""

from collections.abc import Mapping, Sequence
from typing import Any

from vierdepijler.writers.formats.publication import licence_title

from .endpoint import ROOT, VERSION, Api, Endpoint
from .shapes import SHAPES, STRING, named, nullable, thing

DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
EXAMPLES = 3  # of a parameter with too many values to name them all


def answer_shape(endpoint: Endpoint) -> Mapping[str, Any]:
    """Give the JSON Schema of a whole answer: the envelope with the data in it."""
    if endpoint.is_bare:
        return endpoint.schema
    return thing(
        api_version={"const": VERSION},
        package=nullable(STRING),
        version=nullable(STRING),
        licence=nullable(STRING),
        data=endpoint.schema,
        links=named("Links"),
    )


def component(endpoint: Endpoint) -> str:
    """Name the shape of an answer among the components."""
    return f"{endpoint.name[:1].upper()}{endpoint.name[1:]}Answer"


def document(endpoints: Sequence[Endpoint], api: Api) -> dict[str, Any]:
    """Describe every endpoint: its path, its parameters with their values, and the shape of what it answers."""
    package = api.package
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": package.text(package.descriptor, "title", "en") or package.descriptor.get("name", "package"),
            "description": package.text(package.descriptor, "description", "en"),
            "version": str(package.descriptor.get("version", VERSION)),
            **_licence(api),
        },
        "servers": [{"url": api.publication.url + ROOT.rstrip("/")}],
        "paths": {f"/{endpoint.path}": {"get": _operation(endpoint, api)} for endpoint in endpoints},
        "components": {
            "schemas": {**SHAPES, **{component(endpoint): answer_shape(endpoint) for endpoint in endpoints}}
        },
    }


def _licence(api: Api) -> dict[str, Any]:
    """Name the licence as OpenAPI does: by its identifier, or else by its address."""
    licence: Mapping[str, str] = next(iter(api.package.descriptor.get("licenses", ())), {})
    told = {"name": licence_title(licence)}
    if "name" in licence:
        return {"license": {**told, "identifier": licence["name"]}}
    return {"license": {**told, "url": licence["path"]}} if licence else {}


def _operation(endpoint: Endpoint, api: Api) -> dict[str, Any]:
    values = list(endpoint.values(api))
    described: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.title_en,
        "description": endpoint.description_en,
        "responses": {
            "200": {
                "description": endpoint.title_en,
                "content": {"application/json": _content(endpoint, api, values)},
            },
            "404": {"description": "There is nothing at this address."},
        },
    }
    if endpoint.parameters:
        described["parameters"] = [_parameter(endpoint, place, values) for place in range(len(endpoint.parameters))]
    return described


def _content(endpoint: Endpoint, api: Api, values: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": named(component(endpoint))}
    if values:
        content["examples"] = {"published": {"externalValue": api.address(endpoint.filled(values[0]))}}
    return content


def _parameter(endpoint: Endpoint, place: int, values: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    parameter = endpoint.parameters[place]
    known = list(dict.fromkeys(value[place] for value in values))
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "path",
        "required": True,
        "description": parameter.description_en,
    }
    if parameter.is_listed and known:
        return {**described, "schema": {"type": "string", "enum": known}}
    some = {f"example{number}": {"value": value} for number, value in enumerate(known[:EXAMPLES], start=1)}
    return {**described, "schema": {"type": "string"}, **({"examples": some} if some else {})}
