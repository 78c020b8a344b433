"""Releases as pages show them: read from what is published beside the package, `releases.json` and its changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vierdepijler.descriptors import read_json
from vierdepijler.formats.publication import DOWNLOADS, LATEST
from vierdepijler.releases.release_archives import DESCRIPTOR, SUMS, read_sums
from vierdepijler.releases.release_files import CHANGES, RELEASES, diff_file
from vierdepijler.releases.release_list import RELEASES as TABLE

from .addresses import release_page, table_page
from .escaping import escape
from .vocabulary import Row, Vocabulary


@dataclass(frozen=True)
class Change:
    """What changed of one kind, since the release before: the kind, as a word of the pages, and the names."""

    kind: str
    names: tuple[Markup, ...]


@dataclass(frozen=True)
class ShownFile:
    """A file of a release: its address, seen from the page, empty where it has no link, and its name."""

    address: Markup
    name: Markup


@dataclass(frozen=True)
class FileGroup:
    """The files of a release that belong together: all tables in one (`whole`), those of a `table`, and `other` ones.

    `title` is that of the table, in the words of its release, and empty for the others.
    """

    kind: str
    title: Markup
    files: tuple[ShownFile, ...]


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
    files: tuple[FileGroup, ...]


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
        tuple(_changes(said, read_json(said.package.root.parent / diff, diff))) if before else (),
        tuple(_groups(said, folder)),
    )


def _changes(said: Vocabulary, document: Mapping[str, Any]) -> Iterator[Change]:
    """Name the tables that came, went or changed, by what happened to them."""
    tables = document["tables"]
    found = {
        "tables_added": document["tables_added"],
        "tables_removed": document["tables_removed"],
        "columns_added": [one["table"] for one in tables if one["columns_added"]],
        "columns_removed": [f"{one['table']}.{name}" for one in tables for name in one["columns_removed"]],
        "rows_added": [one["table"] for one in tables if one["rows_added"]],
        "rows_removed": [one["table"] for one in tables if one["rows_removed"]],
        "cells_changed": [one["table"] for one in tables if one["cells"]],
        "texts_changed": dict.fromkeys(text["table"] for text in document["texts"] if text["table"]),
    }
    for kind, names in found.items():
        if names:
            yield Change(kind, tuple(_named(said, name) for name in names))


def _groups(said: Vocabulary, folder: str) -> Iterator[FileGroup]:
    """Give the files of a release that are there, by what they hold: one that could not be made again is not there."""
    place = said.package.root.parent / folder
    descriptor = read_json(place / DESCRIPTOR, DESCRIPTOR) if (place / DESCRIPTOR).is_file() else {}
    titles = {one["name"]: said.package.text(one, "title", said.language) for one in descriptor.get("resources", ())}
    found: dict[str, list[ShownFile]] = {"": [], **{name: [] for name in titles}}
    other: list[ShownFile] = []
    for name in (*sorted(read_sums(place / SUMS)), SUMS):
        if (place / name).is_file():
            about = _about(name)
            key = "" if about == descriptor.get("name") else about
            address = said.presenter.address_of(f"site:{DOWNLOADS}/{folder}/{name}")
            # What makes the pages takes a link to `.md` for one to a page: such a file is named, and has no link.
            link = "" if name.endswith(".md") else address
            found.get(key, other).append(ShownFile(Markup.escape(link), _written(name)))
    for name, files in found.items():
        if files:
            yield FileGroup("table" if name else "whole", Markup.escape(titles.get(name) or name), tuple(files))
    if other:
        yield FileGroup("other", Markup(), tuple(other))


def _about(name: str) -> str:
    """Give what a file is about by its name: `counts.nl.csv` and `subsets/counts/year/2025.csv` hold `counts`."""
    parts = name.split("/")
    return (parts[1] if len(parts) > 1 else parts[0]).partition(".")[0]


def _named(said: Vocabulary, name: str) -> Markup:
    """Show a table by its title, leading to its page; one that is gone, and a column, as it is written."""
    if name not in said.package.tables:
        return _written(name)
    address = said.presenter.address_of(table_page(said.package.tables[name]))
    return Markup('<a href="{}">{}</a>').format(address, said.table_title(name))


def _written(name: str) -> Markup:
    """Show a name that may hold digits, and is no data."""
    return Markup('<code class="as-written">{}</code>').format(Markup(escape(name)))
