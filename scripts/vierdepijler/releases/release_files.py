"""The files about all releases: which there are, what changed from each to each, and the feeds.

`releases.json` and every file in `changes/` are as `releases.schema.json` and `changes.schema.json` say.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vierdepijler.writers.formats.archives import sha256
from vierdepijler.writers.formats.json_files import render_json
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, Publication

from .correction_list import corrections_of
from .diff_documents import diffs_of
from .feed_entries import Feed
from .feeds import feed_address, feed_file, render_feed
from .release_archives import SUMS
from .release_list import Release, releases_of

RELEASES = "releases.json"
CHANGES = "changes"
SCHEMAS = ("releases.schema.json", "changes.schema.json")


def write_releases(publication: Publication, stage: Path) -> None:
    """Write the list of releases, what changed between them, and the feeds, beside the folder `latest` in `stage`."""
    releases, corrections = releases_of(publication.package), corrections_of(publication.package)
    documents = {
        diff_file(diff.old.version, diff.new.version): diff.document for diff in diffs_of(releases, corrections)
    }
    (stage / CHANGES).mkdir()
    for name, document in documents.items():
        _write(stage / CHANGES / name, render_json(document))
    _write(stage / RELEASES, render_json(_list(publication, releases, documents, stage)))
    for schema in SCHEMAS:
        shutil.copyfile(Path(__file__).with_name(schema), stage / schema)
    for language in publication.package.languages:
        feed = Feed(publication, language, releases, corrections)
        _write(stage / feed_file(language), render_feed(feed))


def diff_file(old: str, new: str) -> str:
    """Name the file that says what changed from one version to another."""
    return f"{old}..{new}.json"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _list(
    publication: Publication, releases: Sequence[Release], documents: dict[str, dict[str, Any]], stage: Path
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
        "feeds": {language: feed_address(publication.url, language) for language in languages},
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


def _listed(publication: Publication, release: Release, diff: dict[str, Any] | None, stage: Path) -> dict[str, Any]:
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
