"""Values of the published descriptor, each with the path that leads to it: `resources/completions/bytes`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vierdepijler.core.cells import AddressError


@dataclass(frozen=True)
class Property:
    """A value of the published descriptor, with the path that leads to it."""

    path: str
    value: Any


def descriptor_value(descriptor: Mapping[str, Any], path: str) -> Any:
    """Follow a path into a descriptor; raises `AddressError` where it leads nowhere."""
    value: Any = descriptor
    for step in path.split("/"):
        value = _part(value, step)
        if value is None:
            raise AddressError(f"the published descriptor has nothing at '{path}'")
    return value


def _part(value: Any, step: str) -> Any:
    """Give a property of an object, or the item of a list by one of its names or its place from 0; None for others."""
    if not isinstance(value, list):
        return value.get(step) if isinstance(value, dict) else None
    named = next((item for item in value if isinstance(item, dict) and step in _identity(item)), None)
    return value[int(step)] if named is None and step.isdecimal() and int(step) < len(value) else named


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return item.get("name"), item.get("format"), item.get("title")
