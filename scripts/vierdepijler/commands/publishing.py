"""Publication: every table in every format, the descriptor that lists the files, and their checksums."""

import shutil
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from vierdepijler.checks.checking import check_package
from vierdepijler.checks.report_formats import SCHEMA as REPORT_SCHEMA
from vierdepijler.checks.report_formats import SCHEMA_FILE as REPORT_SCHEMA_FILE
from vierdepijler.checks.report_formats import found, render_report_json
from vierdepijler.checks.reports import Reader, Report
from vierdepijler.checks.rules.history import check_step
from vierdepijler.core.descriptors import IN_FILES
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.processes import side_by_side
from vierdepijler.core.progress import progress
from vierdepijler.core.references import is_inside
from vierdepijler.core.staging import staged
from vierdepijler.core.tables import MANY, Descriptor, Table
from vierdepijler.core.text_files import render_json
from vierdepijler.figures.figure_records import write_lookup
from vierdepijler.releases.archives import check_archives, copy_release, read_archives
from vierdepijler.releases.release_files import write_changes, write_releases
from vierdepijler.site.sources import passport_folders
from vierdepijler.writers.formats.bundles import write_bundle
from vierdepijler.writers.formats.csv_files import write_subsets
from vierdepijler.writers.formats.file_formats import (
    PACKAGE_FORMATS,
    TABLE_FORMATS,
    check_database,
    check_file_names,
    check_formulas,
    check_sheets,
)
from vierdepijler.writers.formats.publication import (
    DESCRIPTOR,
    KEPT,
    LATEST,
    MEDIA_TYPES,
    Publication,
    canonical_schema,
    files_below,
    publication_of,
    sha256,
)
from vierdepijler.writers.metadata.catalogues import check_periods
from vierdepijler.writers.metadata.describing import write_catalogue, write_metadata

REPORT = "validation.json"


def publish_package(package: Package, report: Report, target: Path, made_of: str = "") -> tuple[str, ...]:
    """Write a package that was checked to the folder `target`, with what was found, as `publish_checked` does."""
    return publish_checked(package, lambda: report, target, made_of)[1]


def publish_checked(
    package: Package, check: Callable[[], Report], target: Path, made_of: str = ""
) -> tuple[Report, tuple[str, ...]]:
    """Write the package to the folder `target`, which is replaced whole, while `check` is done in this process.

    Gives what was found, which is published too, and the names of the files. What `check` raises is raised, and
    `target` stays as it was. `made_of` is the fingerprint of what the package was read from. Raises `UnreadableError`
    where `target` is not ours to replace, and `ContentError` for a package that cannot be published.
    """
    with staged(target, made_of) as stage:
        latest = stage / LATEST
        latest.mkdir()
        parts: list[Callable[[], Any]] = [
            partial(_check, package, check),
            partial(_write_files, package, latest),
            partial(_write_history, package, stage),
        ]
        is_small = sum(table.rows for table in package.tables.values()) <= MANY
        # A mistake in many rows is told before they are written.
        report, described, changes = side_by_side(parts) if is_small else [part() for part in parts]
        publication = publication_of(package)
        _complete(publication, described, report, latest)
        write_catalogue(latest)
        write_releases(publication, changes, stage)
        return report, tuple(files_below(stage))


def check_to_publish(package: Package) -> Report:
    """Check a package and its pages, and show on a terminal how far that is."""
    files = (package.root / table.file for table in package.tables.values())
    size = sum(file.stat().st_size for file in files if file.is_file())
    with progress(size, sys.stderr) as shown:
        return check_package(package, package.root / "site", progress=shown)


def _check(package: Package, check: Callable[[], Report]) -> Report:
    report = check()
    refuse_unwritable(package)
    return report


def _write_history(package: Package, stage: Path) -> Mapping[str, Descriptor]:
    """Write what asks for the releases of before: these as they were kept, the index of figures, and what changed."""
    publication = publication_of(package)
    for archive in read_archives(package.root):
        copy_release(archive, stage / archive.version)
    write_lookup(publication, stage, passport_folders(package.root / "site", package.languages))
    return write_changes(publication, stage)


def _write_files(package: Package, folder: Path) -> dict[str, Any]:
    """Write the package in every format; gives the descriptor of the package as it is now."""
    publication = publication_of(package)
    for table in package.tables.values():
        for form in TABLE_FORMATS:
            form.write(publication, table, folder / form.file(table))
    for whole in PACKAGE_FORMATS:
        whole.write(publication, folder / whole.file(package))
    return published_descriptor(publication, folder)


def refuse_unwritable(package: Package) -> None:
    """Raise `ContentError`, before anything is written, for a package that one of the formats cannot hold.

    So it does for archives of earlier releases that are not as they were published, and for a change under a version
    that is out already, whatever severity the package gives to the rule about it.
    """
    checks = (check_file_names, check_sheets, check_formulas, check_database, check_periods)
    problems = sorted(problem for check in checks for problem in check(package))
    if problems := [*problems, *check_archives(package.root), *check_step(package)]:
        raise ContentError(problems, package.root)


def _complete(publication: Publication, described: dict[str, Any], report: Report, folder: Path) -> None:
    """Add to the files of the package what was found in it, the descriptor, the archive and the checksums."""
    descriptor = {**described, "validation": _publish_report(report, folder)}
    (folder / DESCRIPTOR).write_text(render_json(descriptor), encoding="utf-8", newline="\n")
    write_metadata(folder)
    write_bundle(publication, folder)


def published_descriptor(publication: Publication, folder: Path) -> dict[str, Any]:
    """Describe the files in `folder`: resources with their CSV, and the other formats as `distributions`."""
    package = publication.package
    resources = [
        published_resource(package.tables[resource["name"]], folder)
        if resource["name"] in package.tables
        else kept_resource(package, resource, folder)
        for resource in package.whole["resources"]
    ]
    wholes = [
        {"name": form.name, "title": form.title, "title_en": form.title_en} | described_file(folder, form.file(package))
        for form in PACKAGE_FORMATS
    ]
    return {**publication.descriptor, "resources": resources, "distributions": wholes}


def kept_resource(package: Package, resource: Descriptor, folder: Path) -> dict[str, Any]:
    """Copy the files of a resource that is no table, or none that we can read, to `folder`; describe them there.

    What stands at an address, or in the descriptor itself, stays where it is.
    """
    kept = {**resource}
    for part in ("path", *IN_FILES):
        files = resource.get(part)
        if isinstance(files, str | list):
            moved = [_kept(package, file, folder) for file in (files if isinstance(files, list) else [files])]
            kept[part] = moved if isinstance(files, list) else moved[0]
    if isinstance(file := kept.get("path"), str) and (path := folder / file).is_file():
        kept |= {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}
    return kept


def _kept(package: Package, file: str, folder: Path) -> str:
    source, target = package.root / file, f"{KEPT}/{PurePosixPath(file)}"
    if not is_inside(package.path, file) or not source.is_file():
        return file
    (folder / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / target)
    return target


def _publish_report(report: Report, folder: Path) -> dict[str, Any]:
    """Write the report and its JSON Schema to the folder, and describe them, with what the report counts."""
    written = folder / REPORT
    written.write_text(render_report_json(report, Reader()), encoding="utf-8", newline="\n")
    shutil.copyfile(REPORT_SCHEMA, folder / REPORT_SCHEMA_FILE)
    return {
        **described_file(folder, REPORT),
        "schema": REPORT_SCHEMA_FILE,
        "tables": report.tables,
        "rows": report.rows,
        "cells": report.cells,
        "schema_rules": report.schema_rules,
        "own_rules": report.own_rules,
        **({} if report.pages is None else {"pages": report.pages}),
        **found(report),
    }


def published_resource(table: Table, folder: Path) -> dict[str, Any]:
    """Describe a table as it is published: its CSV, with the other formats and the parts of it that are in `folder`."""
    source = {name: value for name, value in table.descriptor.items() if name not in ("dialect", "bytes", "hash")}
    first, *others = TABLE_FORMATS
    subsets = write_subsets(table, folder)
    for subset in subsets:
        subset["files"] = [{**file, **described_file(folder, file["path"])} for file in subset["files"]]
    return {
        **source,
        **described_file(folder, first.file(table)),
        "encoding": "utf-8",
        "rows": table.rows,
        "schema": canonical_schema(table),
        "distributions": [
            {
                "name": form.name,
                "title": form.title,
                "title_en": form.title_en,
                **described_file(folder, form.file(table)),
            }
            for form in others
        ],
        **({"subsets": subsets} if subsets else {}),
    }


def described_file(folder: Path, file: str) -> dict[str, Any]:
    """Describe a file of the publication, in the words of Data Package: path, format, media type, size and hash."""
    extension = file.rpartition(".")[2]
    return {
        "path": file,
        "format": extension,
        "mediatype": MEDIA_TYPES[extension],
        "bytes": (folder / file).stat().st_size,
        "hash": f"sha256:{sha256(folder / file)}",
    }
