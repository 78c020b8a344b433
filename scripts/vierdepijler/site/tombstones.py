"""Tombstones: what stands at an address that is gone, and says what replaced it.

A row of their table names an address, counted from the root of the site, or many with `*`, which stands for
any text without a slash; the `*` of `replaced_by` is the text that the first one stands for. A tombstone is a file of
the kind that the address promises, so that a program that asks for a table meets columns that it does not know, and
fails aloud.
"""

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, quoted
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text_files import csv_text, save_text
from vierdepijler.releases.archives import is_binary
from vierdepijler.writers.formats.archives import files_below
from vierdepijler.writers.formats.json_files import render_json

from .hosting_rules import POLICY, UNSERVED
from .templates import fill_ours

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
