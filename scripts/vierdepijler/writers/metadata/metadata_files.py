"""The files with metadata: those that lie in the package, and those of the whole catalogue, beside it."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from vierdepijler.core.keeping import kept
from vierdepijler.core.processes import side_by_side
from vierdepijler.core.tables import Descriptor, published_tables
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import DESCRIPTOR

from .catalogues import CATALOGUE_FILES, Catalogue
from .citations import render_bibtex, render_cff, render_ris
from .croissant import describe_croissant
from .csvw_metadata import SUFFIX, describe_csv
from .describing import catalogue_of
from .schema_org import describe_catalogue

CFF = "CITATION.cff"
CITATION = "citation"
CROISSANT = "croissant.json"
SEARCH_ENGINES = "schema-org.jsonld"


def write_metadata(latest: Path) -> None:
    """Write the metadata that lie in the package in the folder `latest`, beside the files that they are about."""
    descriptor = _descriptor(latest)
    for name, text in _files(catalogue_of(descriptor, latest), descriptor):
        (latest / name).write_text(text, encoding="utf-8", newline="")


def write_catalogue(latest: Path) -> None:
    """Describe the package in the folder `latest`, and all its files, in the folder that holds that one."""
    catalogue = catalogue_of(_descriptor(latest), latest)
    texts: dict[str, str] = json.loads(kept(partial(_linked_data, catalogue), "catalogue", repr(catalogue)))
    for name, text in texts.items():
        latest.with_name(name).write_text(text, encoding="utf-8", newline="\n")
    content = render_json(describe_catalogue(catalogue, catalogue.languages[0]))
    latest.with_name(SEARCH_ENGINES).write_text(content, encoding="utf-8", newline="\n")


def _linked_data(catalogue: Catalogue) -> bytes:
    """Give the catalogue in each syntax of linked data, by the name of its file, as JSON."""
    from .dcat import graph_of, render_catalogue  # noqa: PLC0415  # its import is a tenth of a publication

    graph = graph_of(catalogue)
    texts = side_by_side([partial(render_catalogue, graph, syntax) for syntax in CATALOGUE_FILES.values()])
    return json.dumps(dict(zip(CATALOGUE_FILES, texts, strict=True)), ensure_ascii=False).encode()


def _files(catalogue: Catalogue, descriptor: Descriptor) -> Iterator[tuple[str, str]]:
    for resource in published_tables(descriptor):
        yield resource["path"] + SUFFIX, render_json(describe_csv(catalogue, descriptor, resource))
    yield CROISSANT, render_json(describe_croissant(catalogue, descriptor))
    yield CFF, render_cff(catalogue)
    for dataset in catalogue.datasets:
        name = CITATION if dataset == catalogue.whole else dataset.name
        yield f"{name}.bib", render_bibtex(catalogue, dataset)
        yield f"{name}.ris", render_ris(catalogue, dataset)


def _descriptor(latest: Path) -> Descriptor:
    descriptor: Descriptor = json.loads((latest / DESCRIPTOR).read_text("utf-8"))
    return descriptor
