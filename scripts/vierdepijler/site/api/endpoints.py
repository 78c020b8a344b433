"""Every endpoint of the API: what its files, its OpenAPI document and its page are all made from."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.core.text_files import save_text
from vierdepijler.writers.formats.json_files import render_json

from .endpoint import DECLARED, ROOT, Answer, Api, Endpoint
from .figure_answers import answer_figure, answer_release, list_figures, list_releases, versions
from .openapi import openapi_document
from .table_answers import answer_codes, answer_schema, answer_table, code_lists, list_codes, list_tables


def answer_index(api: Api) -> Answer:
    """Answer what the API has: every endpoint, with an example."""
    descriptor = api.package.descriptor
    content = {
        "title": api.texts(descriptor, "title"),
        "description": api.texts(descriptor, "description"),
        "languages": list(api.package.languages),
        "endpoints": [_described(endpoint, api) for endpoint in ENDPOINTS if next(endpoint.paths(api), None)],
    }
    return Answer(content, page=api.page("home"))


def _described(endpoint: Endpoint, api: Api) -> dict[str, Any]:
    texts = {language: endpoint.texts(language) for language in api.package.languages}
    return {
        "name": endpoint.name,
        "path": f"/{ROOT}{endpoint.path}",
        "title": {language: title for language, (title, _) in texts.items()},
        "description": {language: description for language, (_, description) in texts.items()},
        "example": api.address(next(endpoint.paths(api))),
    }


# What answers at each, and what gives the values that its parameter has.
ANSWERS: Mapping[str, tuple[Callable[..., Answer], Callable[[Api], Iterable[str]]]] = {
    "index": (answer_index, lambda _: [""]),
    "tables": (list_tables, lambda _: [""]),
    "table": (answer_table, lambda api: api.tables),
    "schema": (answer_schema, lambda api: api.tables),
    "codeLists": (list_codes, lambda _: [""]),
    "codes": (answer_codes, code_lists),
    "figures": (list_figures, lambda _: [""]),
    "figure": (answer_figure, lambda api: api.figures),
    "releases": (list_releases, lambda _: [""]),
    "release": (answer_release, versions),
    "openapi": (lambda api: Answer(openapi_document(ENDPOINTS, api)), lambda _: [""]),
}
ENDPOINTS: tuple[Endpoint, ...] = tuple(
    Endpoint(name, declared, *ANSWERS[name]) for name, declared in DECLARED["endpoints"].items()
)


def write_api(api: Api, stage: Path) -> None:
    """Write every answer below `stage`, the root of the site."""
    for endpoint in ENDPOINTS:
        for value in endpoint.values(api):
            save_text(stage / ROOT / endpoint.filled(value), render_json(endpoint.content(api, value)))
