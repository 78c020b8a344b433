"""The site as its sources are at one moment, and what follows from a change of these, before all is published.

A table that changed is written again beside what is published; what holds all tables stays as it was.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vierdepijler.checks.changes import scope_of
from vierdepijler.checks.checking import check_package, check_sources
from vierdepijler.checks.reports import Report
from vierdepijler.core.descriptors import read_json
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Severity
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Descriptor, Table
from vierdepijler.core.text_files import render_json
from vierdepijler.core.writing import share
from vierdepijler.releases.differences import compare
from vierdepijler.site.previews import Preview
from vierdepijler.writers.formats.csv_files import FOLDER as SUBSETS
from vierdepijler.writers.formats.file_formats import TABLE_FORMATS
from vierdepijler.writers.formats.publication import DESCRIPTOR, LATEST, Publication, publication_of

from .publishing import publish_package, published_resource

SOURCES, BUILD = "site", "build"
PUBLISHED_ANEW = ("path", "subsets")  # of a resource: publishing says where it put what
DRAFT = "preview-"  # what the folders start with, in that of what is built, that hold packages not published yet


@dataclass(frozen=True)
class WorkingCopy:
    """One state of a project: the package as its maintainers write it, and the pages that are made of it.

    `touched` names the tables that are not published as they are now.
    """

    source: Package
    preview: Preview
    touched: frozenset[str] = frozenset()

    @property
    def project(self) -> Path:
        """The folder of the project."""
        return self.preview.project


def published_in(project: Path) -> Path:
    """Give the folder in which the package of a project is published."""
    return project / BUILD / "data"


def open_copy(project: Path) -> WorkingCopy:
    """Read a project, with the pages of its package as that is published; what differs from it is `touched`."""
    source = read_package(project / DESCRIPTOR)
    published = read_package(published_in(project) / "latest" / DESCRIPTOR)
    return WorkingCopy(source, Preview(published, project), differing(published, source))


def follow(copy: WorkingCopy, changed: Collection[Path], shown: Iterable[str] = ()) -> WorkingCopy:
    """Give the state after some files changed; the pages written in them, and those `shown`, are made at once.

    Only what the change can have spoiled is checked: its files, with the tables tied to them. Raises `ContentError`
    for what is wrong there, and for a page that cannot be made.
    """
    files = {path.relative_to(copy.project).as_posix() for path in changed}
    kept = {name: table for name, table in copy.source.tables.items() if table.file not in files}
    is_same = _is_about_pages(copy, changed)
    source = copy.source if is_same else read_package(copy.project / DESCRIPTOR, known=kept)
    touched = copy.touched | _touched(copy.source, source, files)
    _refuse(copy, source, touched, files)
    package = copy.preview.package if source is copy.source else _draft(copy, source, touched)
    followed = WorkingCopy(source, Preview(package, copy.project), touched)
    for path in {*shown, *(path for file in changed for path in followed.preview.paths_of(file))}:
        followed.preview.page(path)
    return followed


def _is_about_pages(copy: WorkingCopy, changed: Collection[Path]) -> bool:
    """Tell whether files have nothing to do with the package: page sources, the theme, settings of MkDocs."""
    sources = copy.project / SOURCES
    return all(path.is_relative_to(sources) or path.suffix == ".yml" for path in changed)


def _touched(before: Package, now: Package, files: Collection[str]) -> set[str]:
    """Name the tables whose file or description is another than before."""
    known = {name: table.descriptor for name, table in before.tables.items()}
    return {name for name, table in now.tables.items() if table.file in files or table.descriptor != known.get(name)}


def _refuse(copy: WorkingCopy, source: Package, touched: frozenset[str], files: set[str]) -> None:
    """Refuse errors in files and, where these are of the package, in the tables that were touched or tied to them."""
    pages = copy.project / SOURCES
    if source is copy.source:
        problems = tuple(check_sources(source, pages, files))
    else:
        problems = check_package(source, pages, scope_of(source, touched, files)).problems
    if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
        raise ContentError(errors, copy.project)


def _draft(copy: WorkingCopy, source: Package, touched: Collection[str]) -> Package:
    folder = Path(tempfile.mkdtemp(dir=copy.project / BUILD, prefix=DRAFT))
    kept = {name: table for name, table in copy.preview.package.tables.items() if name not in touched}
    return republish(source, touched, published_in(copy.project), folder, kept)


def differing(published: Package, source: Package) -> frozenset[str]:
    """Name the tables of a package that are not published as they are now."""
    found = compare(published, source)
    changed = {change.table.name for change in found.tables} | {change.table for change in found.texts}
    described = {name for name, table in source.tables.items() if not _is_described(table, published)}
    return frozenset((changed | set(found.tables_added) | described) & set(source.tables))


def _is_described(table: Table, published: Package) -> bool:
    """Tell whether a table is published with all that its resource says of it, such as its role."""
    known: Descriptor = published.tables[table.name].descriptor if table.name in published.tables else {}
    return all(known.get(name) == value for name, value in table.descriptor.items() if name not in PUBLISHED_ANEW)


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
    shutil.copytree(published / LATEST, latest, copy_function=share)
    publication = publication_of(package)
    known: Mapping[str, Any] = read_json(published / LATEST / DESCRIPTOR, DESCRIPTOR)
    described = {resource["name"]: resource for resource in known["resources"]}
    again = {name: _write(publication, table, latest) for name, table in package.tables.items() if name in touched}
    resources = [again.get(name) or described[name] for name in package.tables]
    of_all = {name: known[name] for name in ("distributions", "validation")}
    _replace(latest / DESCRIPTOR).write_text(
        render_json({**publication.descriptor, **of_all, "resources": resources}), encoding="utf-8", newline="\n"
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
