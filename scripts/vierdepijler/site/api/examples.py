"""The API as its page shows it: each endpoint with an address that exists, code that asks for it, and an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.core.package import Package
from vierdepijler.site.links import passport_page, table_page
from vierdepijler.site.page_values import escape
from vierdepijler.site.sources import Sources, relative
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import Publication

from .endpoint import DECLARED, ROOT, Api, Endpoint
from .endpoints import ENDPOINTS

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
