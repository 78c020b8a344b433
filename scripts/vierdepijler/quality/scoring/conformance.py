"""Whether the catalogue conforms to DCAT-AP, by the shapes (SHACL) that its authors publish.

The shapes are not part of this project. Where they are not at hand nothing is measured, and that is said.
"""

from pathlib import Path

from rdflib import Graph

SHAPES = ("dcat-ap-3.0.1-shapes.ttl", "dcat-ap-3.0.1-range.ttl")


def has_shapes(folder: Path | None) -> bool:
    """Tell whether the shapes are in a folder."""
    return folder is not None and all((folder / name).is_file() for name in SHAPES)


def conforms(graph: Graph, folder: Path) -> bool:
    """Tell whether a catalogue violates none of the shapes in a folder; warnings are no violations."""
    import pyshacl  # noqa: PLC0415  # slow to load, and only needed where the shapes are

    shapes = Graph()
    for name in SHAPES:
        shapes.parse(folder / name)
    valid, _, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    return bool(valid)
