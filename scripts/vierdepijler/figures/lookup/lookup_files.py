"""The files behind "Does my number still hold?": one with all figures, and one for each table."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vierdepijler.core.package import Package
from vierdepijler.writers.formats.publication import Publication, publication_of

from .figure_index import figure_index
from .table_documents import table_document

FIGURES, TABLES = "figures/figures.json", "figures/tables"
SCHEMA = Path(__file__).with_name("figures.schema.json")


def write_lookup(publication: Publication, folder: Path, passports: Mapping[str, str]) -> None:
    """Write the index of all figures, a document of each table, and the JSON Schema of both, into a folder."""
    (folder / TABLES).mkdir(parents=True)
    _write(figure_index(publication, passports), folder / FIGURES)
    shutil.copyfile(SCHEMA, (folder / FIGURES).with_name(SCHEMA.name))
    for table in publication.package.tables.values():
        _write(table_document(publication.package, table), folder / TABLES / f"{table.name}.json")


def lookup_of(package: Package, passports: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Give the same of a package: the index, and the document of each table by its name."""
    documents = {table.name: table_document(package, table) for table in package.tables.values()}
    return figure_index(publication_of(package), passports), documents


def _write(content: Any, path: Path) -> None:
    """Write a document in one line: indented it would be three times as large, and a program reads it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
