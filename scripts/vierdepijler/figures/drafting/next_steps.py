"""What is left to do for a table that was added, in words, step by step."""

from collections.abc import Iterator
from typing import Any

from vierdepijler.checks.rules.descriptor_text import texts_of
from vierdepijler.checks.rules.unwritten import is_unwritten
from vierdepijler.core.descriptors import line_of
from vierdepijler.core.messages import Message, in_language, say
from vierdepijler.core.package import Package

from .new_tables import SCHEMA, NewTable


def render_steps(package: Package, table: NewTable, language: str) -> str:
    """Say what was added, what was guessed, and what a person does next."""
    return "\n".join(in_language(line, language) for line in _lines(package, table))


def _lines(package: Package, table: NewTable) -> Iterator[Message]:
    name, file = table.resource["name"], table.resource["path"]
    left = sum(is_unwritten(text) for *_, text in texts_of(table.resource))
    yield say("Added the table '{name}': {file}, with {rows} rows, and its resource in {descriptor}.",
              name=name, file=file, rows=len(table.sheet.lines), descriptor=package.path.name)  # fmt: skip
    schema = file.removesuffix(".csv") + SCHEMA
    if others := [other for other in table.texts if other not in (file, schema, package.path.name)]:
        yield say("Its figures have their first rows in {files}.", files=", ".join(others))
    yield say("1. see whether what was guessed is so:")
    yield from _guesses(table.resource["schema"])
    if left:
        line = line_of(package.path, "resources", name)
        pattern = "2. write the {count} marked texts in {schema} and {descriptor}:{line}; validate.py names each"
        yield say(pattern, count=left, schema=schema, descriptor=package.path.name, line=line)
    else:
        yield say("2. every text is written")
    yield say("3. run validate.py: it names what is left, also the version to take where the present one is sealed")
    yield say("4. run publish.py and build_site.py: the table has its files and its page in each language")
    yield say("5. tell of it in CHANGELOG.md")


def _guesses(schema: dict[str, Any]) -> Iterator[Message]:
    for field in schema["fields"]:
        properties = [f"{name}: {field[name]}" for name in ("unit", "printedIn") if name in field]
        required = [say("required")] if field.get("constraints", {}).get("required") else []
        kinds = ", ".join([str(field["type"]), *properties, *required])
        yield say("   {field}: {kinds}", field=field["name"], kinds=kinds)
    if key := schema.get("primaryKey"):
        yield say("   the key of a row: {key}", key=", ".join(key))
    else:
        yield say("   no few fields tell the rows apart: add a key, so that each row has an address that stays")
    for link in schema.get("foreignKeys", ()):
        fields = link["fields"] if isinstance(link["fields"], str) else ", ".join(link["fields"])
        yield say("   {fields} leads to the table '{table}'", fields=fields, table=link["reference"]["resource"])
