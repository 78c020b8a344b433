"""What was published, as a visitor finds it: the files of the site by their addresses, and what stands in them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from vierdepijler.formats.publication import DOWNLOADS, LATEST

from .catalogue_graph import CatalogueGraph, read_catalogue

CATALOGUE = f"{DOWNLOADS}/catalog.ttl"
DESCRIPTOR = f"{DOWNLOADS}/{LATEST}/datapackage.json"
DATA_IN_PAGE = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class PublishedSite:
    """A site in a folder, as it is at `url` (with a slash at the end), and where the shapes of metadata are."""

    folder: Path
    url: str
    shapes: Path | None = None

    @cached_property
    def catalogue(self) -> CatalogueGraph:
        """The catalogue that portals harvest."""
        return read_catalogue(self.folder / CATALOGUE)

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """The description of the package; empty where there is none."""
        found = self.json(DESCRIPTOR)
        return found if isinstance(found, dict) else {}

    @property
    def resources(self) -> list[Mapping[str, Any]]:
        """The description of each table."""
        return list(self.descriptor.get("resources", ()))

    def has(self, path: str) -> bool:
        """Tell whether there is a file; `path` counts from the root of the site."""
        return bool(path) and self._place(path).is_file()

    def leads_to(self, address: str) -> bool:
        """Tell whether an address leads to a file of this site, or to the first page of a folder."""
        return (path := self.path_of(address)) is not None and self.has(path)

    def path_of(self, address: str) -> str | None:
        """Give the file that an address of this site leads to, from the root of the site."""
        bare = urldefrag(address).url
        if not bare.startswith(self.url):
            return None
        path = unquote(bare.removeprefix(self.url))
        return f"{path}index.html" if path.endswith("/") or not path else path

    def text(self, path: str) -> str:
        """Read a file; an empty text where it is not there."""
        return self._place(path).read_text("utf-8") if self.has(path) else ""

    def json(self, path: str) -> Any:
        """Read a file of JSON; None where it is not there, or is none."""
        try:
            return json.loads(self.text(path))
        except ValueError:
            return None

    def data_file(self, name: str) -> str:
        """Give the path of a file of the package as it is now."""
        return f"{DOWNLOADS}/{LATEST}/{name}"

    def rows(self, table: str) -> list[dict[str, str]]:
        """Read a published table; empty where it is not there."""
        return list(csv.DictReader(self.text(self.data_file(f"{table}.csv")).splitlines(keepends=True)))

    def header(self, table: str) -> list[str]:
        """Give the names of the columns of a published table."""
        return next(csv.reader(self.text(self.data_file(f"{table}.csv")).splitlines()), [])

    def data_in_page(self, path: str) -> list[Mapping[str, Any]]:
        """Give what a page says of itself for search engines (JSON-LD in its head)."""
        return list(self._data_in_page(path))

    def _data_in_page(self, path: str) -> Iterator[Mapping[str, Any]]:
        for found in DATA_IN_PAGE.findall(self.text(path)):
            try:
                content = json.loads(found)
            except ValueError:
                continue
            yield from content.get("@graph", [content]) if isinstance(content, dict) else content

    def _place(self, path: str) -> Path:
        return self.folder / path
