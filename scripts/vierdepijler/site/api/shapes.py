"""The shapes of answers, as JSON Schema 2020-12 (which OpenAPI 3.1 takes as it is); each can be named by others."""

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
COMPONENTS = "#/components/schemas/"

STRING: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer", "minimum": 0}
TRUTH: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
VALUE: Shape = {"type": ["string", "number", "boolean"]}


def thing(**properties: Shape) -> Shape:
    """Describe an object with all of these properties; later versions of the data may add others."""
    return {"type": "object", "required": list(properties), "properties": properties}


def many(item: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": item}


def by_name(item: Shape) -> Shape:
    """Describe an object that has such an item for each name."""
    return {"type": "object", "additionalProperties": item}


def named(name: str) -> Shape:
    """Point to a shape by its name."""
    return {"$ref": f"{COMPONENTS}{name}"}


def nullable(shape: Shape) -> Shape:
    """Describe what may be absent."""
    kind = shape.get("type")
    return {**shape, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [shape, {"type": "null"}]}


TEXTS = named("Texts")
FIELD = thing(
    name=STRING,
    type=STRING,
    title=TEXTS,
    description=TEXTS,
    unit=nullable(named("Unit")),
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
    records=many(named("Record")),
    reasons=by_name(named("Reason")),
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
    key=named("Record"),
    name=TEXTS,
    meaning=TEXTS,
    about=many(thing(field=STRING, code=STRING, label=TEXTS, description=nullable(TEXTS))),
    source=nullable(named("Source")),
    as_printed=nullable(STRING),
    calculation=nullable(thing(kind=STRING, inputs=many(STRING), formula=nullable(TEXTS))),
    sentence=nullable(TEXTS),
    history=many(thing(version=STRING, value=nullable(VALUE), reason=TEXTS)),
    passport=nullable(TEXTS),
    row=ADDRESS,
)
RELEASES = many(thing(**RELEASE, address=ADDRESS))
WHOLE_RELEASE = thing(**RELEASE, figures=many(thing(cell=STRING, value=nullable(VALUE), reason=TEXTS)))
OPENAPI: Shape = {"type": "object", "required": ["openapi", "info", "paths"]}
