"""Releases as pages show them: read from what is published beside the package, `releases.json` and its changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vierdepijler.descriptors import read_json
from vierdepijler.formats.publication import DOWNLOADS, LATEST
from vierdepijler.releases.release_archives import SUMS, read_sums
from vierdepijler.releases.release_files import CHANGES, RELEASES, diff_file
from vierdepijler.releases.release_list import RELEASES as TABLE

from .addresses import release_page
from .figures import escape
from .vocabulary import Row, Vocabulary


@dataclass(frozen=True)
class Change:
    """What changed of one kind, since the release before: the kind, as a word of the pages, and the names."""

    kind: str
    names: tuple[Markup, ...]


@dataclass(frozen=True)
class ShownFile:
    """A file of a release: its address, seen from the page, and its name."""

    address: Markup
    name: Markup


@dataclass(frozen=True)
class ShownRelease:
    """A release, ready to be shown; `row` is that in the table of releases, where it has one.

    `page` leads to its own page, and is empty for one that is not sealed; `diff` leads to what changed since the
    release before, and is empty for the first one.
    """

    version: str
    row: Row | None
    level: str
    is_sealed: bool
    page: Markup
    diff: Markup
    folder: Markup
    changes: tuple[Change, ...]
    files: tuple[ShownFile, ...]


def listed_releases(root: Path) -> Sequence[Mapping[str, Any]]:
    """Read the list of releases beside a published package; empty where that was not published."""
    path = root.parent / RELEASES
    listed: Sequence[Mapping[str, Any]] = read_json(path, RELEASES)["releases"] if path.is_file() else ()
    return listed


def shown_releases(said: Vocabulary) -> list[ShownRelease]:
    """Give every release that is published, the newest first."""
    listed = listed_releases(said.package.root)
    befores = ("", *(str(one["version"]) for one in listed))
    return [_shown(said, one, before) for one, before in zip(listed, befores, strict=False)][::-1]


def _shown(said: Vocabulary, one: Mapping[str, Any], before: str) -> ShownRelease:
    rows = said.rows(TABLE, version=one["version"]) if TABLE in said.package.tables else []
    version, to = str(one["version"]), said.presenter.address_of
    folder = version if one["sealed"] else LATEST
    diff = f"{CHANGES}/{diff_file(before, version)}"
    return ShownRelease(
        version,
        rows[0] if rows else None,
        str(one["level"] or "first"),
        bool(one["sealed"]),
        Markup.escape(to(release_page(version))) if one["sealed"] else Markup(),
        Markup.escape(to(f"site:{DOWNLOADS}/{diff}")) if before else Markup(),
        Markup.escape(folder),
        tuple(_changes(read_json(said.package.root.parent / diff, diff))) if before else (),
        tuple(_files(said, folder)),
    )


def _changes(document: Mapping[str, Any]) -> Iterator[Change]:
    """Name the tables that came, went or changed, by what happened to them."""
    tables = document["tables"]
    found = {
        "tables_added": document["tables_added"],
        "tables_removed": document["tables_removed"],
        "columns_added": [f"{one['table']}.{name}" for one in tables for name in one["columns_added"]],
        "columns_removed": [f"{one['table']}.{name}" for one in tables for name in one["columns_removed"]],
        "rows_added": [one["table"] for one in tables if one["rows_added"]],
        "rows_removed": [one["table"] for one in tables if one["rows_removed"]],
        "cells_changed": [one["table"] for one in tables if one["cells"]],
        "texts_changed": dict.fromkeys(text["table"] for text in document["texts"] if text["table"]),
    }
    for kind, names in found.items():
        if names:
            yield Change(kind, tuple(_written(name) for name in names))


def _files(said: Vocabulary, folder: str) -> Iterator[ShownFile]:
    """Give the files of a release that are there: one that could not be made again is not."""
    place = said.package.root.parent / folder
    for name in (*sorted(read_sums(place / SUMS)), SUMS):
        if (place / name).is_file():
            address = said.presenter.address_of(f"site:{DOWNLOADS}/{folder}/{name}")
            yield ShownFile(Markup.escape(address), _written(name))


def _written(name: str) -> Markup:
    """Show a name that may hold digits, and is no data."""
    return Markup('<code class="as-written">{}</code>').format(Markup(escape(name)))
