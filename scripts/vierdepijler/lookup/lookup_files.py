"""The files behind "Does my number still hold?": one with all figures, and one for each table; written, and read."""

import json
import shutil
from pathlib import Path
from typing import Any

from vierdepijler.formats.publication import Publication, publication_of
from vierdepijler.messages import say
from vierdepijler.package import Package
from vierdepijler.problems import Problem, UnreadableError

from .figure_index import figure_index
from .link_check import Tables
from .table_documents import table_document

FIGURES, TABLES = "figures/figures.json", "figures/tables"
SCHEMA = Path(__file__).with_name("figures.schema.json")


def write_lookup(publication: Publication, folder: Path) -> None:
    """Write the index of all figures, a document of each table, and the JSON Schema of both, into a folder."""
    (folder / TABLES).mkdir(parents=True)
    _write(figure_index(publication), folder / FIGURES)
    shutil.copyfile(SCHEMA, (folder / FIGURES).with_name(SCHEMA.name))
    for table in publication.package.tables.values():
        _write(table_document(publication.package, table), folder / TABLES / f"{table.name}.json")


def read_lookup(folder: Path) -> tuple[dict[str, Any], Tables]:
    """Read what was written: the index, and how to get the document of a table.

    Raises `UnreadableError` where the folder has no index that can be read.
    """
    try:
        index = json.loads((folder / FIGURES).read_text("utf-8"))
    except (OSError, ValueError) as error:
        what = say("there is no index of figures here that can be read")
        todo = say("run scripts/publish.py first, or name the descriptor of a package with --package")
        raise UnreadableError([Problem(FIGURES, 0, "", what, todo)], folder) from error
    return index, lambda name: _read_table(folder / TABLES / f"{name}.json")


def made_lookup(package: Package) -> tuple[dict[str, Any], Tables]:
    """Make the same from a package that is not published; raises `ContentError` for one without an address."""
    index = figure_index(publication_of(package))
    documents = {table.name: table_document(package, table) for table in package.tables.values()}
    return index, documents.get


def _write(content: Any, path: Path) -> None:
    """Write a document in one line: indented it would be three times as large, and a program reads it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _read_table(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return content
