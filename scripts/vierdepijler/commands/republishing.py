"""What is published, with a few tables written again: for pages that are looked at before all is published."""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.core.descriptors import read_json
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Table
from vierdepijler.writers.formats.csv_files import FOLDER as SUBSETS
from vierdepijler.writers.formats.file_formats import TABLE_FORMATS
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import DESCRIPTOR, LATEST, Publication, publication_of

from .publishing import published_resource


def republish(
    package: Package, touched: Collection[str], published: Path, folder: Path, kept: Mapping[str, Table] | None = None
) -> Package:
    """Write in the empty `folder` what lies in `published`, but the tables that were touched as they are now.

    What holds all tables (workbook, database, archive, catalogue) stays as it was published. `kept` are tables that
    were read from there before and are no others now. Gives the package as it is written.
    """
    for path in published.iterdir():
        if path.name != LATEST:
            (folder / path.name).symlink_to(path.absolute())
    latest = folder / LATEST
    shutil.copytree(published / LATEST, latest, copy_function=_share)
    publication = publication_of(package)
    known: Mapping[str, Any] = read_json(published / LATEST / DESCRIPTOR, DESCRIPTOR)
    described = {resource["name"]: resource for resource in known["resources"]}
    again = {name: _write(publication, table, latest) for name, table in package.tables.items() if name in touched}
    resources = [again.get(name) or described[name] for name in package.tables]
    said_of_all = {name: known[name] for name in ("distributions", "validation")}
    _replace(latest / DESCRIPTOR).write_text(
        render_json({**publication.descriptor, **said_of_all, "resources": resources}), encoding="utf-8", newline="\n"
    )
    return read_package(latest / DESCRIPTOR, known=kept)


def _write(publication: Publication, table: Table, folder: Path) -> dict[str, Any]:
    """Write a table in every format, and describe it."""
    for form in TABLE_FORMATS:
        form.write(publication, table, _replace(folder / form.file(table)))
    shutil.rmtree(folder / SUBSETS / table.name, ignore_errors=True)
    return published_resource(table, folder)


def _replace(path: Path) -> Path:
    """Take a file away before it is written again: it may be shared with what is published."""
    path.unlink(missing_ok=True)
    return path


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)
