"""Whether a schema is one that Frictionless surely accepts, so that it need not be asked.

Only what is common is known here; a schema with anything else may be as good, and Frictionless says so.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Descriptor = Mapping[str, Any]
ORDERED = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
TEXTUAL = ("minLength", "maxLength", "pattern")
CONSTRAINTS: Mapping[str, frozenset[str]] = {
    kind: frozenset({"required", "unique", *names})
    for kind, names in {
        "string": (*TEXTUAL, "enum"),
        "integer": (*ORDERED, "enum"),
        "number": (*ORDERED, "enum"),
        "date": (*ORDERED, "enum"),
        "year": (*ORDERED, "enum"),
        "boolean": (),
        "any": (),
    }.items()
}
TEXTS = ("title", "description", "rdfType")
# What changes how a cell is read, or what Frictionless tries out itself.
NOT_PLAIN = frozenset(
    {"example", "required", "bareNumber", "decimalChar", "groupChar", "floatNumber", "trueValues", "falseValues"}
)


def is_plain(resource: Descriptor, resources: Mapping[str, Descriptor]) -> bool:
    """Tell whether the schema of a resource is surely accepted; `resources` are all those of the package, by name."""
    schema = resource.get("schema")
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list) or not schema["fields"]:
        return False
    if (
        not all(isinstance(schema.get(name, ""), str) for name in ("$schema", *TEXTS))
        or {"name", "type"} & schema.keys()
    ):
        return False
    fields = schema["fields"]
    names = [field.get("name") for field in fields if isinstance(field, dict)]
    return (
        len(names) == len(fields) == len(set(map(repr, names)))
        and all(map(is_plain_field, fields))
        and schema.get("fieldsMatch", "exact") == "exact"
        and _are_texts(schema.get("missingValues", []))
        and _are_names(schema.get("primaryKey", []), names)
        and isinstance(schema.get("foreignKeys", []), list)
        and all(_is_plain_key(key, names, resources) for key in schema.get("foreignKeys", []))
    )


def is_plain_field(field: Descriptor) -> bool:
    """Tell whether a field is surely accepted."""
    constraints, kind = field.get("constraints", {}), field.get("type", "string")
    return (
        isinstance(field.get("name"), str)
        and field["name"] != ""
        and isinstance(kind, str)
        and kind in CONSTRAINTS
        and field.get("format", "default") == "default"
        and not NOT_PLAIN & field.keys()
        and all(isinstance(field.get(name, ""), str) for name in TEXTS)
        and _are_texts(field.get("missingValues", []))
        and isinstance(constraints, dict)
        and CONSTRAINTS[kind] >= constraints.keys()
        and all(CHECKS[name](value, kind) for name, value in constraints.items())
    )


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _are_names(names: Any, known: Sequence[Any]) -> bool:
    listed = [names] if isinstance(names, str) else names
    return isinstance(listed, list) and all(name in known for name in listed)


def _is_plain_key(key: Any, names: Sequence[Any], resources: Mapping[str, Descriptor]) -> bool:
    """Tell whether a foreign key leads from fields of this table to fields of a table of the package."""
    try:
        fields, reference = key["fields"], key["reference"]
        targets = reference["fields"]
        other = resources[reference["resource"]] if reference["resource"] != "" else None
        known = names if other is None else [field.get("name") for field in other.get("schema", {}).get("fields", ())]
    except (AttributeError, KeyError, TypeError):
        return False
    return (
        _are_names(fields, names)
        and _are_names(targets, known)
        and isinstance(fields, str) == isinstance(targets, str)
        and (isinstance(fields, str) or len(fields) == len(targets))
    )


def _is_limit(value: Any, kind: str) -> bool:
    if kind in ("integer", "year"):
        return isinstance(value, int) and not isinstance(value, bool) and (kind == "integer" or 0 <= value < 10_000)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)) and _is_date(value)


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_pattern(value: Any, _kind: str) -> bool:
    try:
        re.compile(f"^{value}$")
        re.compile(value)
    except (re.error, TypeError, ValueError, OverflowError, RecursionError):
        return False
    return isinstance(value, str)


def _is_yes_or_no(value: Any, _kind: str) -> bool:
    return isinstance(value, bool)


def _is_length(value: Any, _kind: str) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_choice(value: Any, _kind: str) -> bool:
    return _are_texts(value) and bool(value)


CHECKS: Mapping[str, Callable[[Any, str], bool]] = {
    **dict.fromkeys(("required", "unique"), _is_yes_or_no),
    **dict.fromkeys(("minLength", "maxLength"), _is_length),
    **dict.fromkeys(ORDERED, _is_limit),
    "pattern": _is_pattern,
    "enum": _is_choice,
}
