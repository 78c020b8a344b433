"""What the head of a page tells to programs: what the page is about (schema.org), and where more is said of that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vierdepijler.releases.feeds import feed_file
from vierdepijler.writers.formats.publication import DOWNLOADS
from vierdepijler.writers.metadata.catalogues import CATALOGUE_FILES, Catalogue, Dataset
from vierdepijler.writers.metadata.schema_org import describe_contents, describe_dataset, describe_page

from .addresses import relative
from .drafts import Page

OVERVIEWS = ("home", "data")  # the pages about all data


@dataclass(frozen=True)
class Head:
    """Knows what the heads of the pages of one language tell; `home` is the full address of its first page."""

    catalogue: Catalogue
    language: str
    home: str

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
        return {"feed": relative(f"{DOWNLOADS}/{feed_file(self.language)}", path)}

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
