"""The description of the API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0).

The shapes of answers are JSON Schema 2020-12, which OpenAPI 3.1 takes as it is; each can be named by others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vierdepijler.writers.formats.publication import licence_title

from .endpoint import DECLARED, ROOT, VERSION, Api, Endpoint

Shape = Mapping[str, Any]
COMPONENTS = "#/components/schemas/"
DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
EXAMPLES = 3  # of a parameter with too many values to name them all
KINDS: Mapping[str, Shape] = {
    "text": {"type": "string"},
    "count": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
    "address": {"type": "string", "format": "uri"},
    "cell": {"type": "string", "description": "table.field[key]"},
    "value": {"type": ["string", "number", "boolean"]},
    "any": {"type": ["string", "number", "boolean", "null"]},
    "version": {"const": VERSION},
    "openapi": {"type": "object", "required": ["openapi", "info", "paths"]},
}
ENVELOPE = {
    "api_version": "version",
    "package?": "text",
    "version?": "text",
    "licence?": "text",
    "data": "",
    "links": "Links",
}


def shape_of(declared: Any) -> Shape:
    """Give the JSON Schema of a shape as `endpoints.yml` declares it; what has members may have others later."""
    match declared:
        case str():
            return KINDS.get(declared) or {"$ref": f"{COMPONENTS}{declared}"}
        case [item]:
            return {"type": "array", "items": shape_of(item)}
        case {"*": item}:
            shape = {"additionalProperties": shape_of(item)}
        case _:
            shape = _members({name: member for name, member in declared.items() if name != "#"})
    return {"type": "object", **shape, **({"description": declared["#"]} if "#" in declared else {})}


def _members(declared: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name.removesuffix("?"): nullable(shape_of(one)) if name.endswith("?") else shape_of(one)
        for name, one in declared.items()
    }
    return {"required": list(found), "properties": found} if found else {}


def nullable(shape: Shape) -> Shape:
    """Describe what may be absent."""
    kind = shape.get("type")
    return {**shape, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [shape, {"type": "null"}]}


def answer_shape(endpoint: Endpoint) -> Shape:
    """Give the JSON Schema of a whole answer: the envelope with the data in it."""
    return shape_of(endpoint.data if endpoint.is_bare else {**ENVELOPE, "data": endpoint.data})


def component(endpoint: Endpoint) -> str:
    """Name the shape of an answer among the components."""
    return f"{endpoint.name[:1].upper()}{endpoint.name[1:]}Answer"


def openapi_document(endpoints: Sequence[Endpoint], api: Api) -> dict[str, Any]:
    """Describe every endpoint: its path, its parameter with its values, and the shape of what it answers."""
    package = api.package
    shapes = {name: shape_of(declared) for name, declared in DECLARED["shapes"].items()}
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
        "components": {"schemas": {**shapes, **{component(one): answer_shape(one) for one in endpoints}}},
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
    title, description = endpoint.texts("en")
    content: dict[str, Any] = {"schema": shape_of(component(endpoint))}
    if values:
        content["examples"] = {"published": {"externalValue": api.address(endpoint.filled(values[0]))}}
    return {
        "operationId": endpoint.name,
        "summary": title,
        "description": description,
        "responses": {
            "200": {"description": title, "content": {"application/json": content}},
            "404": {"description": "There is nothing at this address."},
        },
        **({"parameters": [_parameter(endpoint.parameter, values)]} if endpoint.parameter else {}),
    }


def _parameter(name: str, values: Sequence[str]) -> dict[str, Any]:
    declared = DECLARED["parameters"][name]
    described = {"name": name, "in": "path", "required": True, "description": declared["en"]}
    if "many" not in declared and values:
        return {**described, "schema": {"type": "string", "enum": values}}
    some = {f"example{number}": {"value": value} for number, value in enumerate(values[:EXAMPLES], start=1)}
    return {**described, "schema": {"type": "string"}, **({"examples": some} if some else {})}
