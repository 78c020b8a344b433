"""Every endpoint of the API: what its files, its OpenAPI document and its page are all made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.core.package import Package
from vierdepijler.core.text_files import render_json, save_text
from vierdepijler.site.links import passport_page, table_page
from vierdepijler.site.page_values import escape
from vierdepijler.site.sources import Sources, relative
from vierdepijler.writers.formats.publication import Publication, licence_title

from .endpoint import DECLARED, ROOT, VERSION, Answer, Api, Endpoint
from .figure_answers import answer_figure, answer_release, list_figures, list_releases, versions
from .table_answers import answer_codes, answer_schema, answer_table, code_lists, list_codes, list_tables

Shape = Mapping[str, Any]
COMPONENTS = "#/components/schemas/"
DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
EXAMPLES = 3  # of a parameter with too many values to name them all
KINDS: Mapping[str, Shape] = {
    "text": {"type": "string"},
    "count": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
    "address": {"type": "string", "format": "uri"},
    "cell": {"type": "string", "description": "table.field[key]"},
    "value": {"type": ["string", "number", "boolean"]},
    "any": {"type": ["string", "number", "boolean", "null"]},
    "version": {"const": VERSION},
    "openapi": {"type": "object", "required": ["openapi", "info", "paths"]},
}
ENVELOPE = {
    "api_version": "version",
    "package?": "text",
    "version?": "text",
    "licence?": "text",
    "data": "",
    "links": "Links",
}


def shape_of(declared: Any) -> Shape:
    """Give the JSON Schema of a shape as `endpoints.yml` declares it; what has members may have others later."""
    match declared:
        case str():
            return KINDS.get(declared) or {"$ref": f"{COMPONENTS}{declared}"}
        case [item]:
            return {"type": "array", "items": shape_of(item)}
        case {"*": item}:
            shape = {"additionalProperties": shape_of(item)}
        case _:
            shape = _members({name: member for name, member in declared.items() if name != "#"})
    return {"type": "object", **shape, **({"description": declared["#"]} if "#" in declared else {})}


def _members(declared: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name.removesuffix("?"): nullable(shape_of(one)) if name.endswith("?") else shape_of(one)
        for name, one in declared.items()
    }
    return {"required": list(found), "properties": found} if found else {}


def nullable(shape: Shape) -> Shape:
    """Describe what may be absent."""
    kind = shape.get("type")
    return {**shape, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [shape, {"type": "null"}]}


def answer_shape(endpoint: Endpoint) -> Shape:
    """Give the JSON Schema of a whole answer: the envelope with the data in it."""
    return shape_of(endpoint.data if endpoint.is_bare else {**ENVELOPE, "data": endpoint.data})


def component(endpoint: Endpoint) -> str:
    """Name the shape of an answer among the components."""
    return f"{endpoint.name[:1].upper()}{endpoint.name[1:]}Answer"


def openapi_document(endpoints: Sequence[Endpoint], api: Api) -> dict[str, Any]:
    """Describe every endpoint: its path, its parameter with its values, and the shape of what it answers."""
    package = api.package
    shapes = {name: shape_of(declared) for name, declared in DECLARED["shapes"].items()}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": package.text(package.descriptor, "title", "en") or package.descriptor.get("name", "package"),
            "description": package.text(package.descriptor, "description", "en"),
            "version": str(package.descriptor.get("version", VERSION)),
            **_licence(api),
        },
        "servers": [{"url": api.publication.url + ROOT.rstrip("/")}],
        "paths": {f"/{endpoint.path}": {"get": _operation(endpoint, api)} for endpoint in endpoints},
        "components": {"schemas": {**shapes, **{component(one): answer_shape(one) for one in endpoints}}},
    }


def _licence(api: Api) -> dict[str, Any]:
    """Name the licence as OpenAPI does: by its identifier, or else by its address."""
    licence: Mapping[str, str] = next(iter(api.package.descriptor.get("licenses", ())), {})
    told = {"name": licence_title(licence)}
    if "name" in licence:
        return {"license": {**told, "identifier": licence["name"]}}
    return {"license": {**told, "url": licence["path"]}} if licence else {}


def _operation(endpoint: Endpoint, api: Api) -> dict[str, Any]:
    values = list(endpoint.values(api))
    title, description = endpoint.texts("en")
    content: dict[str, Any] = {"schema": shape_of(component(endpoint))}
    if values:
        content["examples"] = {"published": {"externalValue": api.address(endpoint.filled(values[0]))}}
    return {
        "operationId": endpoint.name,
        "summary": title,
        "description": description,
        "responses": {
            "200": {"description": title, "content": {"application/json": content}},
            "404": {"description": "There is nothing at this address."},
        },
        **({"parameters": [_parameter(endpoint.parameter, values)]} if endpoint.parameter else {}),
    }


def _parameter(name: str, values: Sequence[str]) -> dict[str, Any]:
    declared = DECLARED["parameters"][name]
    described = {"name": name, "in": "path", "required": True, "description": declared["en"]}
    if "many" not in declared and values:
        return {**described, "schema": {"type": "string", "enum": values}}
    some = {f"example{number}": {"value": value} for number, value in enumerate(values[:EXAMPLES], start=1)}
    return {**described, "schema": {"type": "string"}, **({"examples": some} if some else {})}


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


LINES_SHOWN = 16


@dataclass(frozen=True)
class ShownEndpoint:
    """An endpoint in the language of a page; every text is ready to be shown."""

    name: Markup
    title: Markup
    description: Markup
    path: Markup
    parameters: tuple[tuple[Markup, Markup], ...]
    href: Markup
    address: Markup
    snippets: tuple[tuple[Markup, Markup], ...]
    start: Markup


def api_of(package: Package, sources: Sources, url: str) -> Api:
    """Give the API of a package, which leads to the pages of a site at `url`."""
    pages = {language: dict(_addresses(package, sources, language)) for language in sources.passports}
    full = {
        language: {name: url + quote(address.removesuffix("index.html")) for name, address in found.items()}
        for language, found in pages.items()
    }
    return Api(Publication(package, url), full, {one: sources.words[one]["own_sentence"] for one in sources.passports})


def shown_endpoints(api: Api, language: str, page: str) -> Iterator[ShownEndpoint]:
    """Give each endpoint that has any address; `page` is that of the page that shows it, from the site's root."""
    for endpoint in ENDPOINTS:
        if (value := next(iter(endpoint.values(api)), None)) is not None:
            yield _shown(api, endpoint, value, language, page)


def snippets(address: str, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """Write the code that asks for an address and shows the part of the answer that matters, each with its language."""
    part = "paths" if endpoint.is_bare else "data"
    for language, pattern in DECLARED["snippets"].items():
        yield language, pattern.rstrip().replace("{address}", address).replace("{part}", part)


def _shown(api: Api, endpoint: Endpoint, value: str, language: str, page: str) -> ShownEndpoint:
    path, (title, description) = endpoint.filled(value), endpoint.texts(language)
    address = api.address(path)
    meant = DECLARED["parameters"].get(endpoint.parameter, {}).get("nl" if language == "nl" else "en")
    return ShownEndpoint(
        name=Markup.escape(endpoint.name),
        title=Markup.escape(title),
        description=Markup(escape(description)),
        path=_code(f"/{ROOT}{endpoint.path}"),
        parameters=((_code(endpoint.parameter), Markup.escape(meant)),) if meant else (),
        href=Markup.escape(quote(relative(ROOT + path, page), safe="/~.")),
        address=_code(address),
        snippets=tuple((Markup.escape(name), _block(code)) for name, code in snippets(address, endpoint)),
        start=_block(_start(render_json(endpoint.content(api, value)))),
    )


def _start(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines[:LINES_SHOWN] + (["…"] if len(lines) > LINES_SHOWN else []))


def _addresses(package: Package, sources: Sources, language: str) -> Iterator[tuple[str, str]]:
    """Give the identifier of every page with its address, counted from the root of the site."""
    root = sources.root(language)
    yield from ((name, root + source.address) for name, source in sources.pages[language].items())
    for table in package.tables.values():
        yield table_page(table), f"{root}data/{table.name}.html"
        yield passport_page(table), f"{root}{sources.passports[language]}/{table.name}.html"


def _code(text: str) -> Markup:
    return Markup('<code class="as-written">{}</code>').format(Markup(escape(text)))


def _block(text: str) -> Markup:
    return Markup("<pre><code>{}</code></pre>").format(Markup(escape(text)))
