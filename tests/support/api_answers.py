"""What the tests of the API share: the API of a package with pages, and answers checked against their shapes."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoint import Api
from vierdepijler.writers.formats.publication import publication_of

LANGUAGES = ("nl", "en")


def api_with_pages(package: Package) -> Api:
    """Give the API of a package, as if each of its tables had its pages at the address of its site."""
    publication = publication_of(package, {})
    names = [f"{kind}:{table}" for table in package.tables for kind in ("table", "passport")]
    names += ["home", "data", "sources", "changes", "api"]
    pages = {
        language: {name: f"{publication.url}{language}/{name.replace(':', '/')}.html" for name in names}
        for language in LANGUAGES
    }
    return Api(publication, pages)


def strict(shape: Any) -> Any:
    """Give a JSON Schema that refuses what it does not describe, so that no member is written without a shape."""
    if isinstance(shape, list):
        return [strict(item) for item in shape]
    if not isinstance(shape, dict):
        return shape
    found = {name: strict(item) for name, item in shape.items()}
    if isinstance(shape.get("properties"), dict) and shape.get("type") == "object":
        found["properties"] = {name: strict(item) for name, item in shape["properties"].items()}
        found.setdefault("additionalProperties", False)
    return found


def validator(document: Mapping[str, Any], component: str) -> Draft202012Validator:
    """Give what checks an answer against its shape in an OpenAPI document."""
    components = {"schemas": strict(document["components"]["schemas"])}
    schema = {"$ref": f"#/components/schemas/{component}", "components": components}
    return Draft202012Validator(schema, format_checker=FormatChecker())
