"""What is published, with a few tables written again: for pages that are looked at before all is published."""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.checks.reporting.reports import Report
from vierdepijler.core.descriptors import read_json
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Table
from vierdepijler.releases.differences import compare
from vierdepijler.writers.formats.file_formats import TABLE_FORMATS
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import LATEST, Publication, publication_of
from vierdepijler.writers.formats.subsets import FOLDER as SUBSETS

from .publishing import DESCRIPTOR, publish_package, published_resource

BUILD = "build"  # the folder of a project with what is made of it


def published_in(project: Path) -> Path:
    """Give the folder in which the package of a project is published."""
    return project / BUILD / "data"


def differing(published: Package, source: Package) -> frozenset[str]:
    """Name the tables of a package that are not published as they are now."""
    found = compare(published, source)
    changed = {change.table.name for change in found.tables} | {change.table for change in found.texts}
    return frozenset((changed | set(found.tables_added)) & set(source.tables))


def as_published(package: Package, report: Report, folder: Path) -> Package:
    """Give a package as it would be published: as it was before, but for what changed since, or else all anew.

    What is written for it lies in `folder`, which is not there yet.
    """
    before = published_in(package.root)
    try:
        known = read_package(before / LATEST / DESCRIPTOR)
    except (ContentError, OSError):
        publish_package(package, report, folder)
        return read_package(folder / LATEST / DESCRIPTOR)
    folder.mkdir()
    touched = differing(known, package)
    kept = {name: table for name, table in known.tables.items() if name not in touched}
    return republish(package, touched, before, folder, kept)


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
