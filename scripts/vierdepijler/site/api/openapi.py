"""The description of the API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0).

The shapes of answers are JSON Schema 2020-12, which OpenAPI 3.1 takes as it is; each can be named by others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vierdepijler.writers.formats.publication import licence_title

from .endpoint import ROOT, VERSION, Api, Endpoint

Shape = Mapping[str, Any]
COMPONENTS = "#/components/schemas/"
DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
EXAMPLES = 3  # of a parameter with too many values to name them all

STRING: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer", "minimum": 0}
DAY: Shape = {"type": "string", "format": "date"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
VALUE: Shape = {"type": ["string", "number", "boolean"]}
OPENAPI: Shape = {"type": "object", "required": ["openapi", "info", "paths"]}


def thing(**properties: Shape) -> Shape:
    """Describe an object with all of these properties; later versions of the data may add others."""
    return {"type": "object", "required": list(properties), "properties": properties}


def many(item: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": item}


def by_name(item: Shape) -> Shape:
    """Describe an object that has such an item for each name."""
    return {"type": "object", "additionalProperties": item}


def shape_of(name: str) -> Shape:
    """Point to a shape by its name."""
    return {"$ref": f"{COMPONENTS}{name}"}


def nullable(shape: Shape) -> Shape:
    """Describe what may be absent."""
    kind = shape.get("type")
    return {**shape, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [shape, {"type": "null"}]}


TEXTS = shape_of("Texts")
FIELD = thing(
    name=STRING,
    type=STRING,
    title=TEXTS,
    description=TEXTS,
    unit=nullable(shape_of("Unit")),
    codes=nullable(STRING),
    reason_in=nullable(STRING),
)
TABLE = {
    "name": STRING,
    "title": TEXTS,
    "description": TEXTS,
    "group": nullable(STRING),
    "rows": WHOLE,
}
RELEASE = {"version": STRING, "released": nullable(DAY), "changes": TEXTS, "data": nullable(ADDRESS)}
FIGURE = {
    "id": STRING,
    "cell": {"type": "string", "description": "table.field[key]"},
    "value": VALUE,
    "unit": nullable(STRING),
    "strength": nullable(TEXTS),
    "date": nullable(DAY),
    "newer": nullable(thing(cell=STRING, address=ADDRESS)),
}

SHAPES: Mapping[str, Shape] = {
    "Texts": {**by_name(STRING), "description": "a text in each language, by the code of the language: nl, en"},
    "Links": thing(
        self=ADDRESS,
        index=ADDRESS,
        csv=nullable(ADDRESS),
        page=nullable(TEXTS),
        docs=nullable(TEXTS),
        licence=nullable(ADDRESS),
    ),
    "Unit": thing(code=STRING, label=nullable(TEXTS)),
    "Record": {
        **by_name({"type": ["string", "number", "boolean", "null"]}),
        "description": "a row: numbers as numbers, dates as ISO text, null for an empty cell",
    },
    "Reason": {
        **thing(unknown_id=STRING, label=nullable(TEXTS), reason=nullable(STRING), reason_label=nullable(TEXTS)),
        "description": "why a cell is empty: the row of the register, and the kind of reason",
    },
    "Source": thing(
        source_id=STRING,
        title=nullable(STRING),
        source_item=nullable(STRING),
        item_label=nullable(TEXTS),
        page=nullable(TEXTS),
    ),
}

INDEX = thing(
    title=TEXTS,
    description=TEXTS,
    languages=many(STRING),
    endpoints=many(thing(name=STRING, path=STRING, title=TEXTS, description=TEXTS, example=ADDRESS)),
)
TABLES = many(thing(**TABLE, address=ADDRESS))
WHOLE_TABLE = thing(
    **TABLE,
    fields=many(FIELD),
    files=many(thing(format=STRING, mediatype=STRING, address=ADDRESS, bytes=WHOLE)),
    records=many(shape_of("Record")),
    reasons=by_name(shape_of("Reason")),
)
SCHEMAS = thing(
    table_schema={"type": "object", "description": "Table Schema, as in datapackage.json"},
    record_schema={"type": "object", "description": "JSON Schema of one record of the answer with the table"},
)
LISTS = many(thing(name=STRING, title=TEXTS, codes=WHOLE, address=ADDRESS))
CODES = thing(
    name=STRING,
    title=TEXTS,
    description=TEXTS,
    codes=many(thing(code=STRING, label=nullable(TEXTS), description=nullable(TEXTS))),
    used_by=many(thing(table=STRING, field=STRING)),
)
FIGURES = many(thing(**FIGURE, address=ADDRESS))
WHOLE_FIGURE = thing(
    **FIGURE,
    unit_label=nullable(TEXTS),
    table=STRING,
    field=STRING,
    key=shape_of("Record"),
    name=TEXTS,
    meaning=TEXTS,
    about=many(thing(field=STRING, code=STRING, label=TEXTS, description=nullable(TEXTS))),
    source=nullable(shape_of("Source")),
    as_printed=nullable(STRING),
    calculation=nullable(thing(kind=STRING, inputs=many(STRING), formula=nullable(TEXTS))),
    sentence=nullable(TEXTS),
    history=many(thing(version=STRING, value=nullable(VALUE), reason=TEXTS)),
    passport=nullable(TEXTS),
    row=ADDRESS,
)
RELEASES = many(thing(**RELEASE, address=ADDRESS))
WHOLE_RELEASE = thing(**RELEASE, figures=many(thing(cell=STRING, value=nullable(VALUE), reason=TEXTS)))


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
        links=shape_of("Links"),
    )


def component(endpoint: Endpoint) -> str:
    """Name the shape of an answer among the components."""
    return f"{endpoint.name[:1].upper()}{endpoint.name[1:]}Answer"


def openapi_document(endpoints: Sequence[Endpoint], api: Api) -> dict[str, Any]:
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
    content: dict[str, Any] = {"schema": shape_of(component(endpoint))}
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
