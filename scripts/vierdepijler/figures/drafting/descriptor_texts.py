"""A descriptor with one more resource, in the layout that its file has: nothing else in it moves."""

import json
from typing import Any

from vierdepijler.core.yaml_texts import last_item


def schema_text(resource: dict[str, Any]) -> str:
    """Write the schema of a resource as a file of its own, beside its table."""
    return json.dumps(resource["schema"], indent=2, ensure_ascii=False) + "\n"


def with_resource(text: str, resource: dict[str, Any]) -> str:
    """Add a resource behind the last one of a descriptor, indented as that is."""
    last = last_item(text, "resources")
    indent = " " * last.column
    lines = json.dumps(resource, indent=max(1, last.column // 2), ensure_ascii=False).split("\n")
    longer = text[: last.end] + ",\n" + "\n".join(indent + line for line in lines) + text[last.end :]
    descriptor = json.loads(text)
    descriptor["resources"].append(resource)
    if json.loads(longer) != descriptor:  # pragma: no cover - a mistake in this module, which must spoil no file
        raise AssertionError("the resource did not come to stand where it belongs")
    return longer
