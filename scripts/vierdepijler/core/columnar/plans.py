"""From the schema of a table and the header of its file to what is asked of each column."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .files import UnknownFeatureError
from .judging import Column, Reader
from .keys import KINDS
from .plain import is_plain_field
from .scanning import Leading, Names, Plan

Descriptor = Mapping[str, Any]
EXTRA = {"type": "any"}  # the field of a column that the schema does not know


def leading_keys(resource: Descriptor) -> tuple[Leading, ...]:
    """Give the foreign keys of a resource; one that names no table leads to its own."""
    return tuple(
        Leading(
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
    leading = tuple(replace(key, places=_found(key.fields, places)) for key in leading_keys(resource))
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
    columns = tuple(
        Column.of(field, schema if field["name"] else {}, reader(field), is_key=place in in_keys)
        for place, field in enumerate(fields)
    )
    return Plan(columns, primary, unique, leading, targets, tuple(shared))


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
    kind = KINDS.get(field.get("type", "string"))
    if kind is None or field.get("floatNumber"):
        raise UnknownFeatureError("the type of a key")
    return kind
