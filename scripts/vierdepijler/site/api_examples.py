"""The API as its page shows it: each endpoint with an example, fit to stand in a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.core.package import Package
from vierdepijler.site.api.endpoint import ROOT, Api
from vierdepijler.site.api.examples import Example, examples
from vierdepijler.writers.formats.publication import Publication

from .escaping import escape
from .links import passport_page, table_page
from .sources import Sources, relative


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
    pages = {language: dict(_addresses(package, sources, language)) for language in sources.pages}
    full = {
        language: {name: url + quote(address.removesuffix("index.html")) for name, address in found.items()}
        for language, found in pages.items()
    }
    return Api(Publication(package, url), full)


def shown_endpoints(api: Api, language: str, page: str) -> Iterator[ShownEndpoint]:
    """Give each endpoint with its example; `page` is the address of the page that shows it, from the site's root."""
    return (_shown(example, language, page) for example in examples(api))


def _addresses(package: Package, sources: Sources, language: str) -> Iterator[tuple[str, str]]:
    """Give the identifier of every page with its address, counted from the root of the site."""
    root, words = sources.root(language), sources.words[language]
    yield from ((name, root + source.address) for name, source in sources.pages[language].items())
    for table in package.tables.values():
        yield table_page(table), f"{root}data/{table.name}.html"
        yield passport_page(table), f"{root}{words['passport_folder']}/{table.name}.html"


def _shown(example: Example, language: str, page: str) -> ShownEndpoint:
    endpoint = example.endpoint
    is_dutch = language == "nl"
    return ShownEndpoint(
        name=Markup.escape(endpoint.name),
        title=Markup.escape(endpoint.title if is_dutch else endpoint.title_en),
        description=Markup(escape(endpoint.description if is_dutch else endpoint.description_en)),
        path=_code(f"/{ROOT}{endpoint.path}"),
        parameters=tuple(
            (_code(parameter.name), Markup.escape(parameter.description if is_dutch else parameter.description_en))
            for parameter in endpoint.parameters
        ),
        href=Markup.escape(quote(relative(example.place, page), safe="/~.")),
        address=_code(example.address),
        snippets=tuple((Markup.escape(snippet.language), _block(snippet.code)) for snippet in example.snippets),
        start=_block(example.start),
    )


def _code(text: str) -> Markup:
    return Markup('<code class="as-written">{}</code>').format(Markup(escape(text)))


def _block(text: str) -> Markup:
    return Markup("<pre><code>{}</code></pre>").format(Markup(escape(text)))
