"""Copies of the built site that a test may spoil, to see that a score falls."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from vierdepijler.formats.archives import files_below
from vierdepijler.scoring.catalogue_graph import NAMESPACES, CatalogueGraph, read_catalogue
from vierdepijler.scoring.published_site import CATALOGUE, PublishedSite

URL = "https://vierde-pijler.example/"


@dataclass
class SiteCopy:
    """A copy of a site, of which every file is its own as soon as it is spoiled.

    To read the catalogue takes longer than all that is asked of it, so `catalogue` holds it as long as it is known.
    """

    folder: Path
    catalogue: CatalogueGraph | None = None

    @property
    def site(self) -> PublishedSite:
        found = PublishedSite(self.folder, URL)
        if self.catalogue is not None:
            vars(found)["catalogue"] = self.catalogue
        return found

    def remove(self, path: str) -> None:
        self._forget(path)
        (self.folder / path).unlink()

    def write(self, path: str, text: str) -> None:
        self._forget(path)
        place = self.folder / path
        place.unlink(missing_ok=True)  # the file may be shared with the site that this is a copy of
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        self.write(path, text.replace(old, new))

    def change(self, path: str, change: Callable[[Any], object]) -> None:
        """Change a file of JSON."""
        content = json.loads((self.folder / path).read_text("utf-8"))
        change(content)
        self.write(path, json.dumps(content))

    def unsay(self, name: str, kind: str = "", *, of_all: bool = False) -> None:
        """Take out of the catalogue what one subject (of a kind, where that is given), or each, says by a property."""
        graph = self._graph()
        for subject in _subjects(graph, name, kind)[: None if of_all else 1]:
            graph.remove((subject, _uri(name), None))
        self._tell(graph)

    def say(self, name: str, link: str, kind: str = "") -> None:
        """Let every subject (of a kind) that says something by a property link to something else by it."""
        graph = self._graph()
        for subject in _subjects(graph, name, kind):
            graph.remove((subject, _uri(name), None))
            graph.add((subject, _uri(name), URIRef(link)))
        self._tell(graph)

    def _graph(self) -> Graph:
        graph = Graph()
        for statement in self.site.catalogue.graph:
            graph.add(statement)
        return graph

    def _tell(self, graph: Graph) -> None:
        self.write(CATALOGUE, graph.serialize(format="nt"))  # which is Turtle too
        self.catalogue = CatalogueGraph(graph)

    def _forget(self, path: str) -> None:
        if path == CATALOGUE:
            self.catalogue = None


def _subjects(graph: Graph, name: str, kind: str) -> list[Node]:
    """Give what says something by a property, in a fixed order."""
    subjects = {one for one in graph.subjects(_uri(name)) if not kind or (one, RDF.type, _uri(kind)) in graph}
    assert subjects, f"nothing says {name}"
    return sorted(subjects, key=str)


def _uri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(f"{NAMESPACES[prefix]}{local}")


@pytest.fixture(scope="session")
def linked_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the site that shares its files until they are spoiled: nothing of it is written again."""
    return Path(shutil.copytree(site, tmp_path_factory.mktemp("copy") / "site", copy_function=os.link))


@pytest.fixture
def copy(site: Path, linked_site: Path) -> Iterator[SiteCopy]:
    """Give a copy of the site to spoil, which is whole again for the next test."""
    yield SiteCopy(linked_site, _catalogue(site))
    before, after = _files(site), _files(linked_site)
    for name, _ in after.items() - before.items():
        (linked_site / name).unlink()
    for name, _ in before.items() - after.items():
        (linked_site / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(site / name, linked_site / name)


def _files(folder: Path) -> dict[str, int]:
    """Give which file stands where."""
    return {name: path.stat().st_ino for name, path in files_below(folder).items()}


@lru_cache(maxsize=1)
def _catalogue(site: Path) -> CatalogueGraph:
    return read_catalogue(site / CATALOGUE)
