"""The way to Frictionless for those who can often do without: it is imported when it is asked something."""

from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from .judging import Reader

Descriptor = Mapping[str, Any]


def reader_of(schema: Descriptor, field: Descriptor) -> Callable[[], Reader]:
    """Give what asks for Frictionless's reader of a field, when it is needed; a column without a name has no schema."""
    known = schema if field["name"] else {}
    named = {**field, "name": field["name"] or "extra"}
    return cache(lambda: reference().cell_reader(named, known))


def reference() -> ModuleType:
    """Import what knows Frictionless."""
    from . import reference as module  # noqa: PLC0415 - its import costs as much as checking a clean package does

    return module
