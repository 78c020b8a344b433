"""What was published, as a visitor finds it: the files of the site by their addresses, and what stands in them."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST

from .catalogue_graph import CatalogueGraph, read_catalogue

CATALOGUE = f"{DOWNLOADS}/catalog.ttl"
DESCRIPTOR = f"{DOWNLOADS}/{LATEST}/datapackage.json"


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
        """The description of the package."""
        return dict(json.loads((self.folder / DESCRIPTOR).read_text("utf-8")))

    def has(self, path: str) -> bool:
        """Tell whether there is a file; `path` counts from the root of the site."""
        return (self.folder / path).is_file()

    def rows(self, table: str) -> list[dict[str, str]]:
        """Read a published table; empty where it is not there."""
        path = self.folder / DOWNLOADS / LATEST / f"{table}.csv"
        return list(csv.DictReader(path.read_text("utf-8").splitlines(keepends=True))) if path.is_file() else []
