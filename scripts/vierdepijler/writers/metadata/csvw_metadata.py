"""CSV on the Web: what a CSV holds, in a file beside it (https://www.w3.org/TR/tabular-metadata/)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from vierdepijler.core.tables import Descriptor, published_tables

from .catalogues import Catalogue, languages, translations

SUFFIX = "-metadata.json"
# What a type of Table Schema is called there; what is not listed is text.
TYPES: Mapping[str, str] = {
    "integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date", "datetime": "dateTime",
    "time": "time", "year": "gYear", "yearmonth": "gYearMonth", "duration": "duration", "object": "json",
}  # fmt: skip
LIMITS = ("minimum", "maximum")
LENGTHS = ("minLength", "maxLength")
UNSAFE = re.compile(r"[^A-Za-z0-9_]")
UNDETERMINED = "und"  # the language of a header that is a name: it matches that of the CSV


def describe_csv(catalogue: Catalogue, descriptor: Descriptor, resource: Descriptor) -> dict[str, Any]:
    """Describe the CSV of a published table, and those that its foreign keys lead to."""
    resources = {one["name"]: one for one in published_tables(descriptor)}
    own = _table(descriptor, resource)
    keys = [_foreign_key(key, resource, resources) for key in resource.get("schema", {}).get("foreignKeys", ())]
    if keys := [key for key in keys if _can_be_followed(key["columnReference"], key["reference"]["columnReference"])]:
        own["tableSchema"]["foreignKeys"] = keys
    others = sorted({key["reference"].get("resource") or resource["name"] for key in _keys(resource)})
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": languages(descriptor)[0]}],
        **dict(_known(catalogue)),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "tables": [own, *(_table(descriptor, resources[name]) for name in others if name != resource["name"])],
    }


def _known(catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    """Say who publishes it, under which licence, and when it changed, as far as the package says that."""
    yield "dc:publisher", catalogue.publisher.name
    if catalogue.licence_address:
        yield "dc:license", {"@id": catalogue.licence_address}
    if catalogue.modified:
        yield "dc:modified", {"@value": catalogue.modified, "@type": "xsd:dateTime"}


def _keys(resource: Descriptor) -> Sequence[Descriptor]:
    keys: Sequence[Descriptor] = resource.get("schema", {}).get("foreignKeys", ())
    return keys


def _table(descriptor: Descriptor, resource: Descriptor) -> dict[str, Any]:
    schema: Descriptor = resource.get("schema", {})
    columns = [_column(descriptor, field) for field in schema.get("fields", ())]
    key = _names(schema.get("primaryKey", ()))
    return {
        "url": quote(resource["path"]),
        **_in_languages("dc:title", translations(resource, descriptor, "title")),
        **_in_languages("dc:description", translations(resource, descriptor, "description")),
        "tableSchema": {"columns": columns, **({"primaryKey": key} if key and _can_be_followed(key) else {})},
    }


def _column(descriptor: Descriptor, field: Descriptor) -> dict[str, Any]:
    titles = {UNDETERMINED: field["name"], **translations(field, descriptor, "title")}
    return {
        "name": _variable(field["name"]),
        "titles": titles,
        **_in_languages("dc:description", translations(field, descriptor, "description")),
        "datatype": _datatype(field),
        **({"required": True} if field.get("constraints", {}).get("required") else {}),
        "null": [""],
    }


def _datatype(field: Descriptor) -> str | dict[str, Any]:
    base = TYPES.get(field.get("type", "string"), "string")
    limits = dict(_limits(base, field.get("constraints", {})))
    return {"base": base, **limits} if limits else base


def _limits(base: str, constraints: Descriptor) -> Iterator[tuple[str, Any]]:
    """Give what the values must keep to, as far as CSVW can say that of their type."""
    names = LENGTHS if base == "string" else LIMITS if base in ("integer", "decimal", "date") else ()
    yield from ((name, constraints[name]) for name in names if name in constraints)
    if base == "string" and "pattern" in constraints:
        yield "format", constraints["pattern"]


def _foreign_key(key: Descriptor, resource: Descriptor, resources: Mapping[str, Descriptor]) -> dict[str, Any]:
    to = key["reference"]
    return {
        "columnReference": _names(key["fields"]),
        "reference": {
            "resource": quote(resources[to.get("resource") or resource["name"]]["path"]),
            "columnReference": _names(to["fields"]),
        },
    }


def _names(names: str | Sequence[str]) -> list[str]:
    return [_variable(name) for name in ([names] if isinstance(names, str) else names)]


def _can_be_followed(*keys: Sequence[str]) -> bool:
    """Tell whether programs find the columns of keys: some look for a name in the header, where no % stands."""
    return not any("%" in name for names in keys for name in names)


def _variable(name: str) -> str:
    """Write a name as a variable of a URI template (RFC 6570), with % for all but letters, digits and a `_` within."""
    safe = UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)
    return f"%5F{safe[1:]}" if name.startswith("_") else safe  # what begins so is CSVW's own


def _in_languages(name: str, found: Mapping[str, str]) -> dict[str, Any]:
    """Give a text in each language, as JSON-LD writes it."""
    tagged = [{"@value": text, "@language": language} for language, text in found.items()]
    return {name: tagged} if tagged else {}
