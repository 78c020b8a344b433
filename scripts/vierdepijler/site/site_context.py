"""What a site is made of, and what the theme needs to know of each of its pages.

The head of a page tells programs what the page is about (schema.org), and where more is said of that.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vierdepijler.core.text import locale
from vierdepijler.core.yaml_texts import read_values
from vierdepijler.releases.feeds import feed_file
from vierdepijler.writers.formats.publication import DOWNLOADS
from vierdepijler.writers.metadata.catalogues import CATALOGUE_FILES, Catalogue, Dataset
from vierdepijler.writers.metadata.schema_org import describe_contents, describe_dataset, describe_page

from .libraries import library_path
from .page_model import Page
from .sources import PageSource, Sources, relative

OVERVIEWS = ("home", "data")  # the pages about all data
UNSEARCHED = ("table:", "passport:", "search")  # pages whose parts the search finds as entries, and its own page
ALL_DATA = "data"  # the page that leads to every table
CHART = 'data-chart="'  # what every chart on a page has
CHART_LIBRARIES = ("floating-ui-core", "floating-ui-dom")  # in this order: the second asks for the first


@dataclass(frozen=True)
class Head:
    """Knows what the heads of the pages of one language tell.

    `home` is the full address of its first page; a package whose releases have no days has no feed.
    """

    catalogue: Catalogue
    language: str
    home: str
    has_feed: bool = True

    def about(self, page: Page, address: str, path: str) -> dict[str, Any]:
        """Give what the theme puts in the head of a page, which stands at a full address and at a path of the site."""
        dataset = self._dataset(page)
        if dataset is None:
            trail = [(self.catalogue.publisher.name, self.home), (page.title, address)][: 1 + (address != self.home)]
            content: Any = describe_page(page.title, page.description, self.language, trail)
            return {"linked_data": script_text(content), **self._feed(path)}
        content = describe_dataset(self.catalogue, dataset, self.language, address)
        if page.identifier in OVERVIEWS:
            content = [content, describe_contents(self.catalogue, self.language)]
        return {"linked_data": script_text(content), "described_by": list(_described_by(path)), **self._feed(path)}

    def _feed(self, path: str) -> dict[str, str]:
        """Lead to the feed in the language of the page."""
        return {} if not self.has_feed else {"feed": relative(f"{DOWNLOADS}/{feed_file(self.language)}", path)}

    def _dataset(self, page: Page) -> Dataset | None:
        """Give the data set that a page is about: the whole, that of one table, or none."""
        if page.identifier in OVERVIEWS:
            return self.catalogue.whole
        kind, _, name = page.identifier.partition(":")
        tables = (*self.catalogue.datasets[1:], *self.catalogue.lists)
        return next((table for table in tables if table.name == name), None) if kind == "table" else None


def script_text(content: Any) -> str:
    """Write JSON so that it can stand in a script of a page: no text in it can end that script."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _described_by(path: str) -> Iterator[dict[str, str]]:
    for file, media_type in CATALOGUE_FILES.items():
        yield {"href": relative(f"{DOWNLOADS}/{file}", path), "type": media_type}


@dataclass(frozen=True)
class Site:
    """Everything the site is made of: the project's folder, its page sources, its address and its pages."""

    project: Path
    sources: Sources
    url: str
    pages: Mapping[str, Sequence[Page]]
    catalogue: Catalogue

    has_feed: bool = True

    @property
    def main_language(self) -> str:
        """The language at the root of the site."""
        return next(iter(self.pages))

    @property
    def stylesheet(self) -> Path:
        """The stylesheet of every page: the first that the settings of MkDocs name."""
        settings = read_values((self.project / "mkdocs.yml").read_text("utf-8"))
        return self.sources.folder / str(settings["extra_css"][0])

    def path(self, page: Page, language: str) -> str:
        """Give the path of a page, counted from the root of the site."""
        return self.sources.root(language) + page.address

    def address(self, page: Page, language: str) -> str:
        """Give the full address of a page; a home page is its folder."""
        return self.url + quote(self.path(page, language).removesuffix("index.html"))

    def pictured(self, page: Page, language: str) -> Page:
        """Give the page whose image stands for a page where it is shared: pages that data make share that of all data.

        What people wrote has an image of its own; so does every page of a site without a page of all data.
        """
        if ":" not in page.identifier:
            return page
        return dict(self._by_identifier.get(ALL_DATA, ())).get(language, page)

    def next_step(self, page: Page, language: str) -> PageSource | None:
        """Give the page to which a page leads at its end, None where its author named none."""
        pages = self.sources.pages[language]
        source = pages.get(page.identifier)
        return pages.get(source.meta.get("next", "")) if source else None

    def twins(self, page: Page) -> Sequence[tuple[str, Page]]:
        """Give the page in every language, itself included."""
        return self._by_identifier.get(page.identifier, ())

    @cached_property
    def _by_identifier(self) -> Mapping[str, Sequence[tuple[str, Page]]]:
        found: dict[str, list[tuple[str, Page]]] = {}
        for language, pages in self.pages.items():
            for page in pages:
                found.setdefault(page.identifier, []).append((language, page))
        return found


def page_head(site: Site, language: str, page: Page) -> dict[str, Any]:
    """Give what the theme needs to know of a page."""
    head = Head(site.catalogue, language, site.url + site.sources.root(language), has_feed=site.has_feed)
    address = site.address(page, language)
    meta: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
        "identifier": page.identifier,
        "search": {"exclude": page.identifier.startswith(UNSEARCHED)},
        "canonical": address,
        "translations": [_translation(site, page, language, other, twin) for other, twin in site.twins(page)],
        "shared": _shared(site, page, language),
        **head.about(page, address, site.path(page, language)),
    }
    if language in site.sources.labels:
        meta.pop("feed", None)
    if step := site.next_step(page, language):
        meta["next"] = {"href": relative(step.address, page.address), "title": step.meta["title"]}
    if CHART in page.markdown:
        meta["chart_libraries"] = [
            relative(library_path(site.project, name), site.path(page, language)) for name in CHART_LIBRARIES
        ]
    return meta


def _shared(site: Site, page: Page, language: str) -> dict[str, Any]:
    """Give what shows a page where it is shared (the Open Graph protocol): its image in words, languages, day.

    A page in a language that only pages have shares the image of the page that it was translated from.
    """
    spoken, language = language, site.sources.data_language(language)
    shown = page if spoken == language else dict(site.twins(page)).get(language, page)
    pictured = site.pictured(shown, language)
    figure = pictured.figures[0] if pictured.figures and spoken == language else None
    return {
        "kind": "website" if page.identifier in OVERVIEWS else "article",
        "image": site.url + quote(site.sources.root(language) + pictured.image),
        "alt": f"{figure.number} {figure.words}. {figure.origin}" if figure else _title(site, pictured, language),
        "figure": figure.bound if figure else "",
        "locale": str(locale(spoken)),
        "other_locales": [str(locale(other)) for other, _ in site.twins(page) if other != spoken],
        "modified": site.catalogue.modified,
    }


def _title(site: Site, page: Page, language: str) -> str:
    """Give the title of a page, also of one that was not made yet: its source has it."""
    source = site.sources.pages[language].get(page.identifier)
    return page.title or (source.meta["title"] if source else "")


def _translation(site: Site, page: Page, language: str, other: str, twin: Page) -> dict[str, str]:
    return {
        "language": other,
        "name": site.sources.words[other]["language_name"],
        "href": relative(site.path(twin, other), site.path(page, language)),
        "address": site.address(twin, other),
    }
