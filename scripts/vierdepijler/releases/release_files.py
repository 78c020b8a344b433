"""The files about all releases: which there are, and what changed from each to each, for programs; and the feeds.

`releases.json` and every file in `changes/` are as `releases.schema.json` and `changes.schema.json` say (JSON Schema).
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vierdepijler.core.cells import cell_address
from vierdepijler.core.text_files import render_json, save_text
from vierdepijler.writers.formats.csv_files import json_value
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, SUMS, Publication, sha256

from .archives import Release, releases_of
from .corrections import WHOLE_ROW, Correction, by_cell, corrections_of, differences_of, step_of
from .differences import CellChange, TableChange, TextChange, descriptions
from .feeds import Feed, feed_address, feed_file, render_feed

RELEASES = "releases.json"
CHANGES = "changes"
SCHEMAS = ("releases.schema.json", "changes.schema.json")


@dataclass(frozen=True)
class Diff:
    """Two releases, the older one first, and the corrections that the newer one brought since."""

    old: Release
    new: Release
    corrections: Mapping[str, Sequence[Correction]]

    @property
    def document(self) -> dict[str, Any]:
        """The whole difference: tables, columns, rows and cells, and the texts that describe them."""
        found = differences_of(self.old.package, self.new.package)
        return {
            "old": {"version": self.old.version, "released": self.old.released or None},
            "new": {"version": self.new.version, "released": self.new.released or None},
            "level": step_of(found).name.lower(),
            "tables_added": list(found.tables_added),
            "tables_removed": list(found.tables_removed),
            "tables": [self._table(change) for change in found.tables],
            "texts": [text for change in found.texts for text in self._texts(change)],
        }

    def _table(self, change: TableChange) -> dict[str, Any]:
        key = list(change.table.primary_key)
        return {
            "table": change.table.name,
            "columns_added": list(change.columns_added),
            "columns_removed": list(change.columns_removed),
            "key_changed": change.is_rekeyed,
            "key": key,
            "rows_added": [list(row) for row in change.rows_added],
            "rows_removed": [
                {
                    "key": list(row),
                    "explained": self._explained(cell_address(change.table.name, WHOLE_ROW, row)),
                }
                for row in change.rows_removed
            ],
            "cells": [self._cell(cell) for cell in change.cells],
        }

    def _cell(self, change: CellChange) -> dict[str, Any]:
        cell = change.cell
        return {
            "cell": cell.address,
            "key": list(cell.key),
            "field": cell.field.name,
            "old": json_value(change.old),
            "new": json_value(cell.value),
            "old_unit": change.old_unit,
            "new_unit": cell.unit,
            "explained": self._explained(cell.address),
        }

    def _explained(self, address: str) -> list[dict[str, Any]]:
        """Give the corrections on the way from the one release to the other, oldest first."""
        return [
            {
                "version": correction.version,
                "old": correction.revision.old or None,
                "new": correction.revision.new or None,
                "kind": correction.kind or None,
                "reason": dict(correction.reasons),
            }
            for correction in self.corrections.get(address, ())
        ]

    def _texts(self, change: TextChange) -> Iterator[dict[str, Any]]:
        before = descriptions(self.old.package, self.new.package, change.table)
        after = descriptions(self.new.package, self.old.package, change.table)
        for name in change.names:
            yield {
                "table": change.table or None,
                "property": name,
                "old": before.get(name),
                "new": after.get(name),
            }


def diffs_of(releases: Sequence[Release], corrections: Sequence[Correction]) -> Iterator[Diff]:
    """Give every pair of releases, each once, the older one first."""
    places = {release.version: place for place, release in enumerate(releases)}
    for place, old in enumerate(releases):
        for new in releases[place + 1 :]:
            between = range(place + 1, places[new.version] + 1)
            yield Diff(old, new, by_cell([one for one in corrections if places.get(one.version) in between]))


def write_changes(publication: Publication, stage: Path) -> dict[str, dict[str, Any]]:
    """Write what changed between all releases, and the feeds, in `stage`; gives the former, by the name of its file."""
    releases, corrections = releases_of(publication.package), corrections_of(publication.package)
    documents = {
        diff_file(diff.old.version, diff.new.version): diff.document for diff in diffs_of(releases, corrections)
    }
    for name, document in documents.items():
        save_text(stage / CHANGES / name, render_json(document))
    for schema in SCHEMAS:
        shutil.copyfile(Path(__file__).with_name(schema), stage / schema)
    for language in publication.package.languages:
        feed = Feed(publication, language, releases, corrections)
        if feed.entries:
            save_text(stage / feed_file(language), render_feed(feed))
    return documents


def write_releases(publication: Publication, changes: Mapping[str, Mapping[str, Any]], stage: Path) -> None:
    """Write the list of releases, with what changed between them, beside the folder `latest` in `stage`."""
    save_text(stage / RELEASES, render_json(_list(publication, releases_of(publication.package), changes, stage)))


def diff_file(old: str, new: str) -> str:
    """Name the file that says what changed from one version to another."""
    return f"{old}..{new}.json"


def _list(
    publication: Publication, releases: Sequence[Release], documents: Mapping[str, Mapping[str, Any]], stage: Path
) -> dict[str, Any]:
    befores = [None, *(release.version for release in releases)]
    listed = [
        _listed(publication, release, documents.get(diff_file(before, release.version)) if before else None, stage)
        for release, before in zip(releases, befores, strict=False)
    ]
    languages = publication.package.languages
    return {
        "current": str(publication.package.descriptor.get("version", "")) or None,
        "latest": publication.folder,
        "feeds": {
            language: feed_address(publication.url, language)
            for language in languages
            if (stage / feed_file(language)).is_file()
        },
        "releases": listed,
        "changes": [
            {
                "old": document["old"]["version"],
                "new": document["new"]["version"],
                "level": document["level"],
                "address": f"{publication.url}{DOWNLOADS}/{CHANGES}/{name}",
            }
            for name, document in documents.items()
        ],
    }


def _listed(publication: Publication, release: Release, diff: Mapping[str, Any] | None, stage: Path) -> dict[str, Any]:
    """Describe a release; its level is that of the step from the release before it, null for the first."""
    folder = LATEST if release.archive is None else release.version
    sums = stage / LATEST / SUMS if release.archive is None else release.archive.folder / SUMS
    return {
        "version": release.version,
        "released": release.released or None,
        "changes": dict(release.notes),
        "level": diff["level"] if diff else None,
        "sealed": release.archive is not None,
        "folder": f"{publication.url}{DOWNLOADS}/{folder}/",
        "checksums": {"address": f"{publication.url}{DOWNLOADS}/{folder}/{SUMS}", "sha256": sha256(sums)},
    }
