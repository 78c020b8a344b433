"""The releases of a package: those that are kept, as they were published, and the one that is published now.

`releases/<version>/` holds the text files of a release as they were published, its `SHA256SUMS` with all that were
published (the binaries too, which are not kept), `addresses.txt`, every file of its site, and in newer ones
`sbom.cdx.json`, every library that it was made with. The file `releases/SHA256SUMS` has the hashes of these, so that
whoever trusts that file can trust all of them.

Versions are those of https://semver.org. Major: a table or column goes, or changes meaning. Minor: new rows, columns or
tables. Patch: corrected values and texts.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from vierdepijler.core.cells import ADDRESS, Cell, find_rows, key_of
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted, say
from vierdepijler.core.reading import read_package
from vierdepijler.core.staging import together
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.core.text_files import save_text
from vierdepijler.writers.formats.publication import DESCRIPTOR, NEVER, SUMS, files_below, made, sha256, write_checksums

FOLDER = "releases"
ADDRESSES = "addresses.txt"
BILL = "sbom.cdx.json"
BINARIES = frozenset({".zip", ".xlsx", ".parquet", ".sqlite"})  # their bytes change with the libraries that make them
PUT_BACK = "put it back as it was (git has it): what was released never changes"
NOTES = "changes"  # the field, once per language, that says what a release changed
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class Step(IntEnum):
    """How much changed, and so which of the three numbers of a version goes up."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, order=True)
class Version:
    """A version of three numbers, in the order in which they come."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        """Write it as it stands in a descriptor: `1.2.0`."""
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, step: Step) -> "Version":
        """Give the version that follows. Before 1.0.0 nothing is promised, so that the second number is the highest."""
        match step:
            case Step.MAJOR if self.major:
                return Version(self.major + 1, 0, 0)
            case Step.MAJOR | Step.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Step.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case _:
                return self


def version_of(text: str) -> Version | None:
    """Read a version; None for what is not three numbers."""
    found = VERSION.fullmatch(text)
    return Version(*map(int, found.groups())) if found else None


@dataclass(frozen=True)
class Archive:
    """A release as it was published: its version, and the folder that keeps its files."""

    version: str
    folder: Path

    @cached_property
    def published(self) -> Mapping[str, str]:
        """The SHA-256 of every file that was published, by its path; SHA256SUMS itself is not among them."""
        return read_sums(self.folder / SUMS)

    @property
    def kept(self) -> Mapping[str, str]:
        """The SHA-256 of the published files that lie in the archive."""
        return {name: digest for name, digest in self.published.items() if not is_binary(name)}

    @cached_property
    def package(self) -> Package:
        """The package that was published, with every table."""
        return _read(self.folder / DESCRIPTOR, max(entry.stat().st_mtime_ns for entry in os.scandir(self.folder)))

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every file of the site of the release, counted from its root."""
        return tuple((self.folder / ADDRESSES).read_text("utf-8").splitlines())

    @property
    def number(self) -> Version:
        """The version as numbers, for what comes before and after it."""
        return version_of(self.version) or Version(0, 0, 0)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Package:
    """Read an archived package, which never changes, once in a process; a test that spoils one changes its time."""
    return read_package(path)


def read_archives(root: Path) -> tuple[Archive, ...]:
    """Find the archives beside a descriptor, in the order of their versions; none where there is no such folder."""
    folder = root / FOLDER
    versions = {PurePosixPath(name).parent.name for name in read_sums(folder / SUMS)} if folder.is_dir() else set()
    archives = (Archive(version, folder / version) for version in versions if version_of(version))
    return tuple(sorted(archives, key=lambda archive: archive.number))


def former_cell(package: Package, address: str) -> tuple[Package, Cell] | None:
    """Find a cell that is gone in the last release that had its row, in the package of then; None where none had it.

    Of a row as a whole, which has no such field, it is the first cell. The archives lie beside a package that people
    write, and its releases beside one that was published.
    """
    if not (parts := ADDRESS.match(address)):
        return None
    key = key_of(parts)
    places = (package.root, package.root / FOLDER, package.root.parent)
    changed = max(place.stat().st_mtime_ns for place in places if place.is_dir())
    for archive in reversed(_archives_beside(package.root, changed)):
        found = archive.package.tables.get(parts["table"])
        if found is not None and key in found.keys:
            name = parts["field"] if parts["field"] in found.field_names else found.field_names[0]
            return archive.package, Cell(found, found.keys[key], found.field(name))
    return None


@lru_cache(maxsize=8)
def _archives_beside(root: Path, _changed: int) -> tuple[Archive, ...]:
    """Find the archives beside a descriptor that people write, or the releases beside one that was published."""
    published = (one.parent for one in root.parent.glob(f"*/{DESCRIPTOR}") if version_of(one.parent.name))
    beside = (Archive(folder.name, folder) for folder in published)
    return read_archives(root) or tuple(sorted(beside, key=lambda archive: archive.number))


def is_binary(name: str) -> bool:
    """Tell whether a published file is one that no archive keeps."""
    return PurePosixPath(name).suffix in BINARIES


def read_sums(path: Path) -> dict[str, str]:
    """Read a file of checksums: the SHA-256 of each file by its name; empty where there is no such file."""
    if not path.is_file():
        return {}
    lines = (line.partition("  ") for line in path.read_text("utf-8", errors="replace").splitlines())
    return {name: digest for digest, _, name in lines if name}


def check_archives(root: Path) -> Iterator[Problem]:
    """Find archived files that were touched, that are missing, or that do not belong to the release."""
    if not (root / FOLDER).is_dir():
        return
    vouched = read_sums(root / FOLDER / SUMS)
    yield from _check_files(root, FOLDER, vouched)
    for archive in read_archives(root):
        yield from _check_files(root, f"{FOLDER}/{archive.version}", archive.kept)
    yield from _surplus(root, vouched)


def _check_files(root: Path, folder: str, sums: Mapping[str, str]) -> Iterator[Problem]:
    for name, digest in sums.items():
        path = root / folder / name
        if not path.is_file():
            yield Problem(f"{folder}/{name}", 0, "", say("a file of a release is missing"), say(PUT_BACK))
        elif _digest(path) != digest:
            yield Problem(f"{folder}/{name}", 0, "", say("a file of a release was changed"), say(PUT_BACK))


def _digest(path: Path) -> str:
    """Give the SHA-256 of a file, read once for as long as it stands as it does: three rules ask for it."""
    seen = path.stat()
    return _digest_of(path, seen.st_mtime_ns, seen.st_size, seen.st_ino)


@lru_cache(maxsize=4096)
def _digest_of(path: Path, _changed: int, _size: int, _inode: int) -> str:
    return sha256(path)


def _surplus(root: Path, vouched: Mapping[str, str]) -> Iterator[Problem]:
    """Find files in the folder of releases that no list of checksums names."""
    known = {SUMS, *vouched}
    for archive in read_archives(root):
        known.update(f"{archive.version}/{name}" for name in archive.kept)
    for name in files_below(root / FOLDER):
        if name not in known:
            what = say("{file} was not published in a release, or is no text file", file=quoted(name))
            todo = say("take it out; scripts/release.py adds a release")
            yield Problem(f"{FOLDER}/{name}", 0, "", what, todo)


def keep_release(published: Path, addresses: Iterable[str], version: str, root: Path, bill: str = "") -> Archive:
    """Put what lies in `published` in the archive of a version, below the folder `root` of the descriptor.

    `addresses` are the files of the site that it was published with, `bill` is its bill of materials, if it has one.
    The archive must not be there yet: raises `FileExistsError`.
    """
    archive = Archive(version, root / FOLDER / version)
    if archive.folder.exists():
        raise FileExistsError(archive.folder)
    with together(root) as stage:
        folder = stage / FOLDER / version
        for name, path in files_below(published).items():
            if not is_binary(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
        listed = "".join(f"{address}\n" for address in sorted(addresses))
        save_text(folder / ADDRESSES, listed)
        if bill:
            save_text(folder / BILL, bill)
        _vouch([*read_archives(root), Archive(version, folder)], folder.with_name(SUMS))
    return archive


def _vouch(archives: Iterable[Archive], path: Path) -> None:
    """Write down the hashes of all archives, the new one with those that were there."""
    files = {f"{one.version}/{name}": one.folder / name for one in archives for name in (SUMS, ADDRESSES, BILL)}
    write_checksums({name: file for name, file in files.items() if file.is_file()}, path)


def copy_release(archive: Archive, folder: Path) -> None:
    """Write the text files of a release to `folder` as they were published, with the checksums of all that were.

    Workbooks, databases and zips differ with the version of the library that makes them: no release depends on these.
    """
    for name in (*archive.kept, SUMS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(archive.folder / name, folder / name)


@dataclass(frozen=True)
class Release:
    """A release, and the archive that keeps it; none as long as it is not sealed, and is the package of `today`.

    `released` is its day, and `notes` say in each language what changed; both are empty where nobody wrote them down.
    """

    version: str
    today: Package
    archive: Archive | None
    released: str
    notes: Mapping[str, str]

    @property
    def package(self) -> Package:
        """The package that was released."""
        return self.archive.package if self.archive else self.today

    @property
    def number(self) -> Version:
        """The version as numbers."""
        return version_of(self.version) or Version(0, 0, 0)


def releases_of(package: Package) -> tuple[Release, ...]:
    """Give the releases of a package in the order of their versions; the package itself is the last, or among them."""
    archives = read_archives(package.root)
    kept = [_release(package, archive.version, archive) for archive in archives]
    current = str(package.descriptor.get("version", ""))
    if version_of(current) and current not in {release.version for release in kept}:
        kept.append(_release(package, current, None))
    return tuple(sorted(kept, key=lambda release: release.number))


def _release(today: Package, version: str, archive: Archive | None) -> Release:
    row = _row(today, version)
    notes = {language: row.get(f"{NOTES}_{language}", "") for language in today.languages}
    return Release(version, today, archive, row.get("released") or _day_of(today, version), notes)


def _day_of(today: Package, version: str) -> str:
    """Give the day on which a package without a list of releases says it was made, of the version that it is."""
    if today.table_of(Role.RELEASES) is not None:
        return ""
    is_known = version == str(today.descriptor.get("version", "")) and made(today) != NEVER
    return made(today).date().isoformat() if is_known else ""


def _row(today: Package, version: str) -> Mapping[str, str]:
    """Give what the table of releases tells of a version, as texts; nothing where it does not."""
    table = today.table_of(Role.RELEASES)
    rows = find_rows(table, {"version": version}) if table is not None and "version" in table.field_names else []
    return {name: cell_text(table.value(rows[0], name)) for name in table.field_names} if table and rows else {}
