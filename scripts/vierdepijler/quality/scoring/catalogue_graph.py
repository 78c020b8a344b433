"""The published catalogue as a reader of linked data sees it: its data sets, their files, and what is said of each.

Subjects and values are plain texts, and properties have the short names that DCAT (https://www.w3.org/TR/vocab-dcat-3/)
is written in, so that nobody else needs to know rdflib.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS

NAMESPACES = {"dcat": Namespace(str(DCAT)), "dct": Namespace(str(DCTERMS))}


@dataclass(frozen=True)
class CatalogueGraph:
    """A catalogue, as statements."""

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

    def values(self, subject: str, *names: str) -> tuple[str, ...]:
        """Give what is said of a subject by the properties with these names, as texts in the order of the alphabet."""
        found = (value for name in names for value in self.graph.objects(URIRef(subject), _uri(name)))
        return tuple(sorted(str(value) for value in found))


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


def in_list(values: Iterable[str], *lists: str) -> bool:
    """Tell whether there is a value, and each is of one of the lists, given by how their addresses begin."""
    values = tuple(values)
    return bool(values) and all(value.startswith(lists) for value in values)
