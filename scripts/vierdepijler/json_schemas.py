"""What a JSON Schema has against a value: a quick proof that it is nothing, and else the word of jsonschema.

Most values that we are given fit. A few keywords are all that our schemas say, so that can be seen without loading
jsonschema, which takes longer than the rest of reading a descriptor. What is not proven here may fit all the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
TEXT = {"type": "string"}
SILENT = {"$comment", "$schema", "title", "definitions", "then"}  # what says nothing by itself


def errors_of(schema: Mapping[str, Any], value: Any) -> "Iterable[ValidationError]":
    """Give what a JSON Schema (draft 7) has against a value, in the order and words of jsonschema."""
    if surely_fits(value, schema, schema):
        return ()
    from jsonschema import Draft7Validator  # noqa: PLC0415  # only for a value that may be wrong

    return Draft7Validator(schema).iter_errors(value)


def surely_fits(value: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    """Tell whether a value certainly fits a schema; `root` is the schema that its references are found in."""
    if isinstance(schema, bool):
        return schema
    if schema == TEXT:  # as most are
        return isinstance(value, str)
    if "$ref" in schema:  # which hides all that stands beside it
        return surely_fits(value, _referred(schema["$ref"], root), root)
    proofs = {PROOFS.get(name, _unknown) for name in schema.keys() - SILENT}  # some take several keywords at once
    return all(proof(value, schema, root) for proof in proofs)


def _unknown(_value: Any, _schema: Any, _root: Any) -> bool:
    return False


def _referred(reference: str, root: Mapping[str, Any]) -> Any:
    """Follow a reference such as `#/definitions/field`; one of another form fits nothing."""
    place: Any = root
    for step in reference.removeprefix("#/").split("/"):
        place = place.get(step, False) if isinstance(place, dict) else False
    return place


def _is_typed(value: Any, schema: Any, _root: Any) -> bool:
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return any(isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool)) for kind in kinds)


def _members_fit(value: Any, schema: Any, root: Any) -> bool:
    """Look at every member of an object under the name and the patterns that it answers to."""
    if not isinstance(value, dict):
        return True
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    others = schema.get("additionalProperties", True)
    for name, member in value.items():
        asked = [named[name]] if name in named else []
        asked += [part for pattern, part in patterns.items() if re.search(pattern, name)]
        if not all(surely_fits(member, part, root) for part in asked or [others]):
            return False
    return True


def _items_fit(value: Any, schema: Any, root: Any) -> bool:
    part = schema["items"]
    if not isinstance(value, list):
        return True
    return not isinstance(part, list) and all(surely_fits(item, part, root) for item in value)


def _is_listed(value: Any, schema: Any, _root: Any) -> bool:
    return isinstance(value, str) and value in schema["enum"]


def _meets_condition(value: Any, schema: Any, root: Any) -> bool:
    """Hold a value to `then`, whether or not it is as `if` says."""
    return surely_fits(value, schema.get("then", True), root)


def _fits_one(value: Any, schema: Any, root: Any) -> bool:
    """Look for the one form that a value has, where none of the others can be its form."""
    possible = [part for part in schema["oneOf"] if not _is_ruled_out(value, part)]
    return len(possible) == 1 and surely_fits(value, possible[0], root)


def _is_ruled_out(value: Any, schema: Any) -> bool:
    """Tell whether a value certainly does not fit: it is of another type, or none of the values in a list."""
    other_type = isinstance(schema.get("type"), str) and not isinstance(value, TYPES[schema["type"]])
    return (other_type and not isinstance(value, float)) or ("enum" in schema and value not in schema["enum"])


def _are_unique(value: Any, _schema: Any, _root: Any) -> bool:
    """See that no two items of a list are the same: proven for texts, and for lists of texts such as keys."""
    if not isinstance(value, list):
        return False
    items = [tuple(item) if isinstance(item, list) and all(isinstance(part, str) for part in item) else item
             for item in value]  # fmt: skip
    return all(isinstance(item, str | tuple) for item in items) and len(set(items)) == len(items)


def _at_least(kind: type[Sized], keyword: str) -> Callable[[Any, Any, Any], bool]:
    return lambda value, schema, _root: not isinstance(value, kind) or len(value) >= schema[keyword]


PROOFS: Mapping[str, Callable[[Any, Any, Any], bool]] = {
    "type": _is_typed,
    "properties": _members_fit,
    "patternProperties": _members_fit,
    "additionalProperties": _members_fit,
    "items": _items_fit,
    "enum": _is_listed,
    "const": lambda value, schema, _root: type(value) is type(schema["const"]) and value == schema["const"],
    "required": lambda value, schema, _root: not isinstance(value, dict) or value.keys() >= set(schema["required"]),
    "minLength": _at_least(str, "minLength"),
    "minItems": _at_least(list, "minItems"),
    "minProperties": _at_least(dict, "minProperties"),
    "maxLength": lambda value, schema, _root: not isinstance(value, str) or len(value) <= schema["maxLength"],
    "minimum": lambda value, schema, _root: type(value) is int and value >= schema["minimum"],
    "pattern": lambda value, schema, _root: not isinstance(value, str) or bool(re.search(schema["pattern"], value)),
    "uniqueItems": _are_unique,
    "allOf": lambda value, schema, root: all(surely_fits(value, part, root) for part in schema["allOf"]),
    "if": _meets_condition,
    "oneOf": _fits_one,
    "anyOf": lambda value, schema, root: any(surely_fits(value, part, root) for part in schema["anyOf"]),
}
