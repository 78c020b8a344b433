"""The package that is measured, as its descriptor says it; it imports nothing, for contestants import this."""

from typing import Any

CODES = [f"GM{number:04}" for number in range(3, 1503, 5)]
MONTHS = [f"{year}-{month:02}-01" for year in range(2010, 2027) for month in range(1, 13)]
ACTIVITIES = ["sport", "cultuur", "taal", "ontmoeting", "vrijwilligerswerk", "zorg", "scholing", "creatief", "overig"]
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "string", "constraints": {"pattern": "R[0-9]{8}"}},
    {"name": "municipality", "type": "string", "constraints": {"required": True, "pattern": "GM[0-9]{4}"}},
    {"name": "month", "type": "date", "constraints": {"required": True, "minimum": MONTHS[0], "maximum": MONTHS[-1]}},
    {"name": "activity", "type": "string", "constraints": {"required": True, "enum": ACTIVITIES}},
    {"name": "hours", "type": "number", "constraints": {"minimum": 0, "exclusiveMaximum": 744}},
    {"name": "persons", "type": "integer", "constraints": {"required": True, "minimum": 0, "maximum": 100000}},
    {"name": "note", "type": "string", "constraints": {"unique": True, "minLength": 3, "maxLength": 60}},
]
KEYS = {
    "primaryKey": ["id"],
    "foreignKeys": [
        {"fields": ["municipality"], "reference": {"resource": "municipalities", "fields": ["municipality"]}},
    ],
}


def describe() -> dict[str, Any]:
    """Describe the package, with everything that Frictionless would otherwise guess."""
    codes = {"fields": [{"name": "municipality", "type": "string"}], "primaryKey": ["municipality"]}
    schemas = {"municipalities": codes, "observations": {"fields": FIELDS, **KEYS}}
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "type": "table",
            "format": "csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ","},
            "schema": schema,
        }
        for name, schema in schemas.items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "measured",
        "resources": resources,
    }
