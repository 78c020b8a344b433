"""What the tests of rules share: packages of a few lines, and what the rules of one module say of them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from conftest import Copy
from vierdepijler.checks.rules.expectations import EXPECTATIONS
from vierdepijler.checks.rules.rule import Rule


def table(name: str, fields: str, text: str, **properties: Any) -> tuple[str, dict[str, Any]]:
    """Describe a table: its fields as `code:string label`, its text, and properties of its resource or schema."""
    described = [part.partition(":") for part in fields.split()]
    schema: dict[str, Any] = {"fields": [{"name": part[0], "type": part[2] or "string"} for part in described]}
    schema |= {key: properties.pop(key) for key in ("primaryKey", "foreignKeys", "uniqueKeys") if key in properties}
    schema |= {key: properties.pop(key) for key in ("missingValues",) if key in properties}
    for field, more in properties.pop("about", {}).items():
        next(item for item in schema["fields"] if item["name"] == field).update(more)
    return text, {"name": name, "path": f"data/{name}.csv", "schema": schema, **properties}


def package_of(folder: Path, *tables: tuple[str, dict[str, Any]], **properties: Any) -> Copy:
    """Write a package of a few tables, with none of our own properties but those asked for."""
    copy = Copy(folder)
    for text, resource in tables:
        copy.write(resource["path"], text)
    descriptor = {"resources": [resource for _, resource in tables], **properties}
    return copy.write("datapackage.json", json.dumps(descriptor, indent=2) + "\n")


def caught_by(rules: Iterable[Rule], copy: Copy) -> dict[str, list[str]]:
    """Give what each rule says of a package, by the name of the rule."""
    package = copy.read()
    return {rule.name: found for rule in rules if (found := [str(problem) for problem in rule.check(package)])}


def caught(folder: Path, fields: str, text: str, *tables: Any, **expectation: Any) -> dict[str, list[str]]:
    """Give what the rules say of a table whose first field is its key, and of which one thing is expected."""
    described = table(
        "t", fields, text, primaryKey=fields.split(maxsplit=1)[0].split(":", maxsplit=1)[0], expectations=[expectation]
    )
    return caught_by(EXPECTATIONS, package_of(folder, described, *tables))


def lines(found: dict[str, list[str]], rule: str) -> list[int]:
    """Give the lines of what one rule found; no other rule may have found anything."""
    assert set(found) <= {rule}
    return [int(problem.split(":")[1]) for problem in found.get(rule, [])]
