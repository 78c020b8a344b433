"""Releases as pages show them: read from what is published beside the package, `releases.json` and its changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vierdepijler.core.descriptors import read_json
from vierdepijler.core.tables import Role
from vierdepijler.releases.archives import read_sums
from vierdepijler.releases.release_files import CHANGES, RELEASES, diff_file
from vierdepijler.writers.formats.archives import SUMS
from vierdepijler.writers.formats.publication import DESCRIPTOR, DOWNLOADS, LATEST

from .links import release_page, table_page
from .page_values import Row, escape
from .vocabulary import Vocabulary

Change = tuple[str, tuple[Markup, ...]]  # a kind, as a word of the pages, and the names of what changed so
File = tuple[Markup, Markup]  # its address, seen from the page and empty where it has no link, and its name
# Files that belong together: all tables in one (`whole`), those of a `table` with its title in the words of its
# release, and `other` ones.
Group = tuple[str, Markup, tuple[File, ...]]


@dataclass(frozen=True)
class ShownRelease:
    """A release, ready to be shown: as it is in the list of releases, and the version before it (empty for the first).

    What a page does not show of it is not made.
    """

    _vocabulary: Vocabulary
    _listed: Mapping[str, Any]
    _before: str

    @property
    def version(self) -> str:
        """Its version."""
        return str(self._listed["version"])

    @property
    def level(self) -> str:
        """How much changed: `major`, `minor`, `patch`, or `first`."""
        return str(self._listed["level"] or "first")

    @property
    def is_sealed(self) -> bool:
        """Whether it stays as it is."""
        return bool(self._listed["sealed"])

    @cached_property
    def row(self) -> Row | None:
        """Its row in the table of releases, where it has one."""
        return next(iter(self._vocabulary.rows_of(Role.RELEASES, version=self.version)), None)

    @property
    def page(self) -> Markup:
        """The address of its own page; empty for one that is not sealed."""
        return Markup.escape(self._to(release_page(self.version))) if self.is_sealed else Markup()

    @property
    def diff(self) -> Markup:
        """The address of what changed since the release before; empty for the first one."""
        return Markup.escape(self._to(f"site:{DOWNLOADS}/{self._changes}")) if self._before else Markup()

    @property
    def folder(self) -> Markup:
        """The folder of its files, beside that of the others."""
        return Markup.escape(self.version if self.is_sealed else LATEST)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed since the release before."""
        path = self._vocabulary.package.root.parent / self._changes
        return tuple(_changes(self._vocabulary, read_json(path, self._changes))) if self._before else ()

    @cached_property
    def files(self) -> tuple[Group, ...]:
        """Its files, by what they hold."""
        return tuple(_groups(self._vocabulary, str(self.folder)))

    @property
    def _changes(self) -> str:
        return f"{CHANGES}/{diff_file(self._before, self.version)}"

    def _to(self, target: str) -> str:
        return self._vocabulary.presenter.address_of(target)


def listed_releases(root: Path) -> Sequence[Mapping[str, Any]]:
    """Read the list of releases beside a published package; empty where that was not published."""
    path = root.parent / RELEASES
    listed: Sequence[Mapping[str, Any]] = read_json(path, RELEASES)["releases"] if path.is_file() else ()
    return listed


def shown_releases(vocabulary: Vocabulary) -> list[ShownRelease]:
    """Give every release that is published, the newest first."""
    listed = listed_releases(vocabulary.package.root)
    befores = ("", *(str(one["version"]) for one in listed))
    return [ShownRelease(vocabulary, one, before) for one, before in zip(listed, befores, strict=False)][::-1]


def _changes(vocabulary: Vocabulary, document: Mapping[str, Any]) -> Iterator[Change]:
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
            yield kind, tuple(_named(vocabulary, name) for name in names)


def _groups(vocabulary: Vocabulary, folder: str) -> Iterator[Group]:
    """Give the files of a release that are there, by what they hold: one that could not be made again is not there."""
    place = vocabulary.package.root.parent / folder
    descriptor = read_json(place / DESCRIPTOR, DESCRIPTOR) if (place / DESCRIPTOR).is_file() else {}
    titles = {
        one["name"]: vocabulary.package.text(one, "title", vocabulary.language)
        for one in descriptor.get("resources", ())
    }
    found: dict[str, list[File]] = {"": [], **{name: [] for name in titles}}
    other: list[File] = []
    for name in (*sorted(read_sums(place / SUMS)), SUMS):
        if (place / name).is_file():
            about = _about(name)
            key = "" if about == descriptor.get("name") else about
            address = vocabulary.presenter.address_of(f"site:{DOWNLOADS}/{folder}/{name}")
            # What makes the pages takes a link to `.md` for one to a page: such a file is named, and has no link.
            link = "" if name.endswith(".md") else address
            found.get(key, other).append((Markup.escape(link), _written(name)))
    for name, files in found.items():
        if files:
            yield "table" if name else "whole", Markup.escape(titles.get(name) or name), tuple(files)
    if other:
        yield "other", Markup(), tuple(other)


def _about(name: str) -> str:
    """Give what a file is about by its name: `counts.nl.csv` and `subsets/counts/year/2025.csv` hold `counts`."""
    parts = name.split("/")
    return (parts[1] if len(parts) > 1 else parts[0]).partition(".")[0]


def _named(vocabulary: Vocabulary, name: str) -> Markup:
    """Show a table by its title, leading to its page; one that is gone, and a column, as it is written."""
    if name not in vocabulary.package.tables:
        return _written(name)
    address = vocabulary.presenter.address_of(table_page(vocabulary.package.tables[name]))
    return Markup('<a href="{}">{}</a>').format(address, vocabulary.table_title(name))


def _written(name: str) -> Markup:
    """Show a name that may hold digits, and is no data."""
    return Markup('<code class="as-written">{}</code>').format(Markup(escape(name)))
