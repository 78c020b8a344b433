"""Copies of the built site that a test may spoil, to see that a score falls."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from vierdepijler.quality.scores import CATALOGUE, NAMESPACES, CatalogueGraph, PublishedSite, read_catalogue
from vierdepijler.writers.formats.publication import files_below

URL = "https://vierde-pijler.example/"


@dataclass
class SiteCopy:
    """A copy of a site, of which every file is its own as soon as it is spoiled, and the catalogue that it shows.

    To read the catalogue takes longer than all that is asked of it: what is said of it here is taken back in the end.
    """

    folder: Path
    graph: Graph
    taken: list[tuple[Node, Node, Node]] = field(default_factory=list)
    given: list[tuple[Node, Node, Node]] = field(default_factory=list)

    @property
    def site(self) -> PublishedSite:
        return self.site_with(None)

    def site_with(self, shapes: Path | None) -> PublishedSite:
        found = PublishedSite(self.folder, URL, shapes)
        vars(found)["catalogue"] = CatalogueGraph(self.graph)
        return found

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def replace(self, path: str, old: str, new: str) -> None:
        place = self.folder / path
        text = place.read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        place.unlink()  # the file is shared with the site that this is a copy of
        place.write_text(text.replace(old, new), encoding="utf-8", newline="")

    def unsay(self, name: str, kind: str = "", *, of_all: bool = False) -> None:
        """Take out of the catalogue what one subject (of a kind, where that is given), or each, says by a property."""
        for subject in self._subjects(name, kind)[: None if of_all else 1]:
            self.taken += self.graph.triples((subject, _uri(name), None))
            self.graph.remove((subject, _uri(name), None))

    def say(self, name: str, link: str) -> None:
        """Let every subject that says something by a property link to something else by it."""
        told = [(subject, _uri(name), URIRef(link)) for subject in self._subjects(name, "")]
        self.unsay(name, of_all=True)
        for statement in told:
            self.graph.add(statement)
        self.given += told

    def make_whole(self) -> None:
        """Take back what was said of the catalogue."""
        for statement in self.given:
            self.graph.remove(statement)
        for statement in self.taken:
            self.graph.add(statement)

    def _subjects(self, name: str, kind: str) -> list[Node]:
        """Give what says something by a property, in a fixed order."""
        graph = self.graph
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
    made = SiteCopy(linked_site, _catalogue(site).graph)
    yield made
    made.make_whole()
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
