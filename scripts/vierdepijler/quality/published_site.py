"""What was published, as others find it: a reader of linked data, and a portal that asks for every address.

Subjects and values of the catalogue are plain texts, and properties have the short names that DCAT
(https://www.w3.org/TR/vocab-dcat-3/) is written in, so that nobody else needs to know rdflib.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS

from vierdepijler.core.text_files import csv_rows
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST

CATALOGUE = f"{DOWNLOADS}/catalog.ttl"
DESCRIPTOR = f"{DOWNLOADS}/{LATEST}/datapackage.json"
NAMESPACES = {"dcat": Namespace(str(DCAT)), "dct": Namespace(str(DCTERMS))}
SHAPES = ("dcat-ap-3.0.1-shapes.ttl", "dcat-ap-3.0.1-range.ttl")


@dataclass(frozen=True)
class PublishedSite:
    """A site in a folder, as it is at `url` (with a slash at the end), and where the shapes of metadata are."""

    folder: Path
    url: str
    shapes: Path | None = None

    @cached_property
    def catalogue(self) -> "CatalogueGraph":
        """The catalogue that portals harvest."""
        return read_catalogue(self.folder / CATALOGUE)

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """The description of the package."""
        return dict(json.loads((self.folder / DESCRIPTOR).read_text("utf-8")))

    def has(self, path: str) -> bool:
        """Tell whether there is a file; `path` counts from the root of the site."""
        return (self.folder / path).is_file()

    def rows(self, file: str) -> list[dict[str, str]]:
        """Read the file of a published table; empty where it is not there."""
        return csv_rows(self.folder / DOWNLOADS / LATEST / file)

    def answers(self, address: str) -> bool:
        """Tell whether a web server that shows the folder finds an address: a file, or a folder with a first page.

        One of another site is not asked at all, and does not count as answered: nothing here calls anyone.
        """
        path = unquote(urldefrag(address).url.removeprefix(self.url))
        name = f"{path}index.html" if path.endswith("/") else path or "index.html"
        return address.startswith(self.url) and ".." not in name.split("/") and self.has(name)


@dataclass(frozen=True)
class CatalogueGraph:
    """A catalogue as statements: its data sets, their files, and what is said of each."""

    graph: Graph

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """The data sets that the catalogue lists."""
        listed = self.graph.subject_objects(_uri("dcat:dataset"))
        return tuple(sorted({str(dataset) for _, dataset in listed}))

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """The files that the data sets can be had in."""
        return tuple(file for dataset in self.datasets for file in self.values(dataset, "dcat:distribution"))

    def values(self, subject: str, name: str) -> tuple[str, ...]:
        """Give what is said of a subject by the property with this name, as texts in the order of the alphabet."""
        return tuple(sorted(map(str, self.graph.objects(URIRef(subject), _uri(name)))))

    def conforms(self, shapes: Path) -> bool:
        """Tell whether it violates none of the shapes (SHACL) of DCAT-AP in a folder; warnings are no violations."""
        import pyshacl  # noqa: PLC0415  # slow to load, and only needed where the shapes are

        graph = Graph()
        for name in SHAPES:
            graph.parse(shapes / name)
        valid, _, _ = pyshacl.validate(self.graph, shacl_graph=graph, allow_warnings=True)
        return bool(valid)


def has_shapes(folder: Path | None) -> bool:
    """Tell whether the shapes that the authors of DCAT-AP publish are in a folder: they are no part of this project."""
    return folder is not None and all((folder / name).is_file() for name in SHAPES)


def read_catalogue(path: Path) -> CatalogueGraph:
    """Read a catalogue in Turtle; one that is not there, or that cannot be understood, says nothing."""
    graph = Graph()
    if path.is_file():
        try:
            graph.parse(path, format="turtle")
        except Exception:  # noqa: BLE001  # a parser fails in its own ways, and each means: nobody can read it
            return CatalogueGraph(Graph())
    return CatalogueGraph(graph)


def _uri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix][local]
