"""Releases as pages show them, and tombstones: what stands at an address that is gone."""

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vierdepijler.core.descriptors import read_json
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, quoted, say
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text_files import csv_text, render_json, save_text
from vierdepijler.releases.archives import is_binary, read_sums
from vierdepijler.releases.release_files import CHANGES, RELEASES, diff_file
from vierdepijler.writers.formats.publication import DESCRIPTOR, DOWNLOADS, LATEST, SUMS, files_below

from .hosting_rules import POLICY, UNSERVED
from .links import release_page, table_page
from .page_values import Row, escape
from .templates import fill_ours
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


LISTED = "data/tombstones.json"
OURS_ONLY = re.compile("(?:.*/)?(?:assets|search)/")  # what the pages themselves ask for, and nobody links to


@dataclass(frozen=True)
class Tombstone:
    """What became of an address: what replaced it (empty: nothing), since which release, and why, per language."""

    address: str
    replaced_by: str
    version: str
    reasons: Mapping[str, str]

    def at(self, address: str) -> "Tombstone | None":
        """Give the tombstone of one address, None where it is about others."""
        found = self._pattern.fullmatch(address)
        if found is None:
            return None
        same = found[1] if found.groups() else ""
        # The language of the place comes first: `en/…` is read by people who read English.
        reasons = dict(sorted(self.reasons.items(), key=lambda known: not address.startswith(f"{known[0]}/")))
        return replace(self, address=address, replaced_by=self.replaced_by.replace("*", same), reasons=reasons)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.address).replace(r"\*", "([^/]*)"))


def read_tombstones(package: Package) -> tuple[Tombstone, ...]:
    """Read the table of tombstones; none where the package has no such table."""
    table = package.table_of(Role.TOMBSTONES)
    return () if table is None else tuple(_tombstone(package, table, row) for row in range(table.rows))


def _tombstone(package: Package, table: Table, row: int) -> Tombstone:
    address, replaced_by, version = (
        cell_text(table.value(row, name)) for name in ("address", "replaced_by", "version")
    )
    reasons = {language: cell_text(table.value(row, f"reason_{language}")) for language in package.languages}
    return Tombstone(address, replaced_by, version, reasons)


def write_tombstones(package: Package, before: Iterable[str], folder: Path, url: str, style: str) -> tuple[str, ...]:
    """Put a tombstone at each address of `before` that the site in `folder` no longer has; gives these addresses.

    `before` are the addresses of all releases; the stylesheet of pages stands at `style`. Raises `ContentError` with
    every address that is gone without a word, and every tombstone that leads to nothing. `/data/tombstones.json` lists
    them all.
    """
    there = files_below(folder)
    stones = list(_found(package, _gone(before, there), there))
    for stone in stones:
        save_text(folder / _place(stone.address), _content(stone, url, style))
    save_text(folder / LISTED, render_json([_listed(stone, url) for stone in stones]))
    return tuple(stone.address for stone in stones)


def _gone(before: Iterable[str], there: Container[str]) -> list[str]:
    served = (address for address in before if not re.match(UNSERVED, address))  # the rest is for hosts
    ours = (address for address in served if not OURS_ONLY.match(address))
    gone = (address for address in ours if address not in there)
    # A tombstone that was written beside its address is no address of its own.
    return sorted(one for one in gone if not (one.endswith(".txt") and is_binary(one.removesuffix(".txt"))))


def _found(package: Package, gone: Iterable[str], there: Container[str]) -> Iterator[Tombstone]:
    known, problems = read_tombstones(package), []
    table = package.table_of(Role.TOMBSTONES)
    file = table.file if table else package.path.name
    for address in gone:
        stone = next((found for stone in known if (found := stone.at(address))), None)
        if stone is None:
            what = say("the address {address} was in a release, and is gone", address=quoted(address))
            todo = say(
                "bring it back, or say in the table {table} what replaced it",
                table=table.name if table else Role.TOMBSTONES,
            )
            problems.append(Problem(file, 0, "address", what, todo))
        elif stone.replaced_by and stone.replaced_by not in there:
            what = say("{address} is said to be replaced by {other}, which is not there",
                       address=quoted(address), other=quoted(stone.replaced_by))  # fmt: skip
            problems.append(Problem(file, 0, "replaced_by", what, say("name an address that the site has")))
        else:
            yield stone
    if problems:
        raise ContentError(problems, package.root)


def _place(address: str) -> str:
    """Name the file of a tombstone; where nothing readable can stand, it stands beside."""
    return f"{address}.txt" if is_binary(address) else address


def _listed(stone: Tombstone, url: str) -> dict[str, str]:
    reasons = {f"reason_{language}": reason for language, reason in stone.reasons.items()}
    places = {
        "address": url + stone.address,
        "replaced_by": _full(stone, url),
        "tombstone": url + _place(stone.address),
    }
    return {**places, "version": stone.version, **reasons}


def _full(stone: Tombstone, url: str) -> str:
    return url + stone.replaced_by if stone.replaced_by else ""


def _content(stone: Tombstone, url: str, style: str) -> str:
    match posixpath.splitext(stone.address)[1]:
        case ".csv":
            return _csv(stone, url)
        case ".json":
            return render_json({"withdrawn": True, **_listed(stone, url)})
        case ".html":
            return _page(stone, url, style)
        case _:
            return "\n".join(f"{reason}\n{_full(stone, url)}\n" for reason in stone.reasons.values())


def _csv(stone: Tombstone, url: str) -> str:
    names = [f"reason_{language}" for language in stone.reasons]
    row = [stone.version, _full(stone, url), *stone.reasons.values()]
    return csv_text([["withdrawn", "replaced_by", *names], row], "\r\n")


def _page(stone: Tombstone, url: str, style: str) -> str:
    """Write a page that says it is gone, in every language, with its style beside it and nothing else."""
    (language, title), *others = stone.reasons.items()
    style = "../" * stone.address.count("/") + style
    link = _full(stone, url)
    return fill_ours(
        "tombstone.html", language=language, title=title, others=dict(others), link=link, style=style, policy=POLICY
    )
