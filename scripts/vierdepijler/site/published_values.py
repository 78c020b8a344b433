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
        if isinstance(value, list):
            value = _item(value, step)
        else:
            value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            raise AddressError(f"the published descriptor has nothing at '{path}'")
    return value


def _item(items: list[Any], step: str) -> Any:
    """Give the item of a list by one of its names, or by its place from 0."""
    named = next((item for item in items if isinstance(item, dict) and step in _identity(item)), None)
    return items[int(step)] if named is None and step.isdecimal() and int(step) < len(items) else named


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return item.get("name"), item.get("format"), item.get("title")
