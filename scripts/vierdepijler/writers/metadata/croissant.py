"""Croissant: the tables for those who train models (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vierdepijler.core.tables import Descriptor, published_tables

from .catalogues import Catalogue, translations
from .citations import render_bibtex

VERSION = "http://mlcommons.org/croissant/1.1"
TYPES: Mapping[str, str] = {
    "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime", "time": "sc:Time",
}  # fmt: skip
CONTEXT: Mapping[str, Any] = json.loads(Path(__file__).with_name("croissant_context.json").read_text("utf-8"))


def describe_croissant(catalogue: Catalogue, descriptor: Descriptor) -> dict[str, Any]:
    """Describe the whole package: every CSV as a file, and every table as a set of records.

    Foreign keys are left to the other metadata: mlcroissant 1.1 joins tables along them, which loses and repeats rows.
    """
    whole = catalogue.whole
    content = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "@id": whole.uri,
        "conformsTo": VERSION,
        "name": whole.title,
        "description": whole.description,
        "license": catalogue.licence_address,
        "url": catalogue.address(whole.page),
        "version": catalogue.version,
        "datePublished": catalogue.date,
        "citeAs": render_bibtex(catalogue, whole),
        "creator": {"@type": "sc:Organization", "name": catalogue.publisher.name, "url": catalogue.publisher.homepage},
        "keywords": [word for words in whole.keywords.values() for word in words],
        "inLanguage": list(catalogue.languages),
        "distribution": [_file(catalogue, resource) for resource in published_tables(descriptor)],
        "recordSet": [_records(descriptor, resource) for resource in published_tables(descriptor)],
    }
    return {name: value for name, value in content.items() if value not in ("", {})}


def _file(catalogue: Catalogue, resource: Descriptor) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "contentUrl": catalogue.download(resource["path"]),
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(descriptor: Descriptor, resource: Descriptor) -> dict[str, Any]:
    name, schema = resource["name"], resource.get("schema", {})
    key = schema.get("primaryKey", ())
    keys = [{"@id": f"{name}/{field}"} for field in ([key] if isinstance(key, str) else key)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        **_described(resource, descriptor),
        **({"key": keys} if keys else {}),
        "field": [_field(descriptor, resource, field) for field in schema.get("fields", ())],
    }


def _field(descriptor: Descriptor, resource: Descriptor, field: Descriptor) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        **_described(field, descriptor),
        "dataType": TYPES.get(field.get("type", "string"), "sc:Text"),
        "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
    }


def _described(part: Descriptor, descriptor: Descriptor) -> dict[str, Any]:
    description = translations(part, descriptor, "description")
    return {"description": description} if description else {}
