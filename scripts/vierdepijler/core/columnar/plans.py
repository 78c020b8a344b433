"""From the schema of a table and the header of its file to what is asked of each column.

Only what is common is known here; of a schema with anything else, which may be as good, Frictionless is asked.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .forms import UnknownFeatureError
from .judging import KEY_KINDS, Judge, Reader
from .scanning import ForeignKey, Names, Plan

Descriptor = Mapping[str, Any]
EXTRA = {"type": "any"}  # the field of a column that the schema does not know


def foreign_keys_of(resource: Descriptor) -> tuple[ForeignKey, ...]:
    """Give the foreign keys of a resource; one that names no table leads to its own."""
    return tuple(
        ForeignKey(
            as_names(key["fields"]),
            key["reference"].get("resource") or resource["name"],
            as_names(key["reference"]["fields"]),
        )
        for key in resource.get("schema", {}).get("foreignKeys", ())
    )


def as_names(names: str | Sequence[str]) -> Names:
    """Give names as a tuple, where the standard allows one alone to stand without a list."""
    return (names,) if isinstance(names, str) else tuple(names)


def fields_of(resource: Descriptor, labels: Sequence[str]) -> tuple[Descriptor, ...]:
    """Give the field of each column of a file: by position, as Frictionless matches them."""
    fields = resource.get("schema", {}).get("fields", ())
    extra = len(labels) - len(fields)
    return (*fields[: len(labels)], *[{"name": "", **EXTRA}] * extra)


def plan_of(
    resource: Descriptor,
    labels: Sequence[str],
    wanted: Sequence[Names],
    reader: Callable[[Descriptor], Callable[[], Reader]],
    alike: Sequence[Names] = (),
) -> Plan:
    """Say what is asked of the columns of a file; `wanted` are the fields that other tables lead to.

    Of the keys in `alike` is asked which rows share one; a key that is not there, or not to be compared, is left out.
    Raises `UnknownFeatureError` for a key whose values cannot be compared by their texts.
    """
    schema = resource.get("schema", {})
    if not schema.get("fields"):
        raise UnknownFeatureError("a table without fields, whose types Frictionless guesses")
    if schema.get("fieldsMatch", "exact") not in ("exact", ["exact"]):
        raise UnknownFeatureError("fieldsMatch")
    fields = fields_of(resource, labels)
    if any(field.get("format") == "wkt" for field in fields):
        raise UnknownFeatureError("a format that Frictionless knows only with a package more")
    places = {field["name"]: place for place, field in enumerate(fields) if field["name"]}
    primary = _found(as_names(schema.get("primaryKey", ())), places)
    unique = tuple(place for place, field in enumerate(fields) if field.get("constraints", {}).get("unique"))
    leading = tuple(replace(key, places=_found(key.fields, places)) for key in foreign_keys_of(resource))
    leading = tuple(key for key in leading if key.places)
    targets = {names: tuple(places[name] for name in names if name in places) for names in wanted}
    if any(len(names) != len(found) for names, found in targets.items()):
        raise UnknownFeatureError("a key that leads to a field that is not there")
    in_keys = {place for key in (primary, unique, *(key.places for key in leading), *targets.values()) for place in key}
    for place in in_keys:
        key_kind(fields[place])
    shared = [found for names in alike if (found := _found(names, places)) and _are_comparable(fields, found)]
    in_keys.update(place for key in shared for place in key)
    if any(not _has_reader(field, reader) for field in fields):
        raise UnknownFeatureError("a field of which Frictionless can make no reader")
    judges = tuple(
        Judge.of(field, schema if field["name"] else {}, reader(field), is_key=place in in_keys)
        for place, field in enumerate(fields)
    )
    return Plan(judges, primary, unique, leading, targets, tuple(shared))


def _has_reader(field: Descriptor, reader: Callable[[Descriptor], Callable[[], Reader]]) -> bool:
    """Tell whether Frictionless can make a reader for a field: it tries so also where there are no rows to read."""
    if not field["name"] or is_plain_field(field):
        return True
    try:
        reader(field)()
    except (TypeError, ValueError, ArithmeticError, re.error):
        return False
    return True


def _are_comparable(fields: Sequence[Descriptor], places: Sequence[int]) -> bool:
    try:
        return bool([key_kind(fields[place]) for place in places])
    except UnknownFeatureError:
        return False


def _found(names: Names, places: Mapping[str, int]) -> tuple[int, ...]:
    """Give the places of a key; of one that has a field without a column none, as Frictionless passes it over."""
    found = tuple(places[name] for name in names if name in places)
    return found if len(found) == len(names) else ()


def key_kind(field: Descriptor) -> str:
    """Tell with which fields the values of a key can be compared; raises `UnknownFeatureError` for a strange one."""
    kind = KEY_KINDS.get(field.get("type", "string"))
    if kind is None or field.get("floatNumber"):
        raise UnknownFeatureError("the type of a key")
    return kind


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
        **dict.fromkeys(("boolean", "any", "datetime", "time", "yearmonth"), ()),
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
