"""Keeping a release: what was published goes into an archive, and what no archive keeps is made again from it."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from vierdepijler.formats.archives import files_below, sha256, write_checksums, write_zip
from vierdepijler.formats.package_formats import PACKAGE_FORMATS
from vierdepijler.formats.publication import Publication
from vierdepijler.formats.table_formats import TABLE_FORMATS
from vierdepijler.journal import together


from .release_archives import ADDRESSES, FOLDER, SUMS, Archive, is_binary, read_archives


def keep_release(published: Path, addresses: Iterable[str], version: str, root: Path) -> Archive:
    """Put what lies in `published` in the archive of a version, below the folder `root` of the descriptor.

    `addresses` are the files of the site that it was published with. The archive must not be there yet: raises
    `FileExistsError`.
    """
    archive = Archive(version, root / FOLDER / version)
    if archive.folder.exists():
        raise FileExistsError(archive.folder)
    with together(root) as stage:
        folder = stage / FOLDER / version
        folder.mkdir(parents=True)
        for name, path in files_below(published).items():
            if not is_binary(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
        listed = "".join(f"{address}\n" for address in sorted(addresses))
        (folder / ADDRESSES).write_text(listed, encoding="utf-8", newline="\n")
        _vouch([*read_archives(root), Archive(version, folder)], folder.with_name(SUMS))
    return archive


def _vouch(archives: Iterable[Archive], path: Path) -> None:
    """Write down the hashes of all archives, the new one with those that were there."""
    files = {f"{one.version}/{name}": one.folder / name for one in archives for name in (SUMS, ADDRESSES)}
    write_checksums(files, path)


def restore_release(archive: Archive, folder: Path) -> tuple[str, ...]:
    """Write a release to `folder` as it was published, and give the names of the files that could not be.

    What no archive keeps is made again by the writers of today, from the archived tables; it is left out where the
    bytes are not those that were published, and where no writer of today makes it.
    """
    folder.mkdir(parents=True)
    for name in (*archive.kept, SUMS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(archive.folder / name, folder / name)
    return tuple(name for name in _in_order(archive) if not _made_again(archive, name, folder))


def _in_order(archive: Archive) -> Iterator[str]:
    """Give the files to make again: a zip last, for it holds the others."""
    yield from sorted(archive.remade, key=lambda name: (name.endswith(".zip"), name))


def _made_again(archive: Archive, name: str, folder: Path) -> bool:
    """Make a file again in the folder of its release; tells whether it is, to the byte, the one that was published."""
    path = folder / name
    if name.endswith(".zip"):
        return any(_is_right(archive, name, path) for _ in _packed(path, folder))
    _write(archive, name, path)
    return _is_right(archive, name, path)


def _is_right(archive: Archive, name: str, path: Path) -> bool:
    right = path.is_file() and sha256(path) == archive.published[name]
    if not right:
        path.unlink(missing_ok=True)
    return right


def _packed(path: Path, folder: Path) -> Iterator[None]:
    """Pack a release as the first ones were, without its checksums, and then as they are now, with those of its files.

    The checksums in a zip do not know the zip; those beside it do.
    """
    sums = folder / SUMS
    files = {name: file for name, file in files_below(folder).items() if file not in (path, sums)}
    write_zip(files, path)
    yield
    inner = path.with_name(f"{path.name}.{SUMS}")
    write_checksums(files, inner)
    write_zip({**files, SUMS: inner}, path)
    inner.unlink()
    yield


def _write(archive: Archive, name: str, path: Path) -> None:
    """Let the writer of a format make a file of the release, where there is such a writer and such a table."""
    publication = Publication(archive.package, str(archive.descriptor.get("homepage", "")))
    for form in TABLE_FORMATS:
        for table in archive.package.tables.values():
            if form.file(table) == name:
                form.write(publication, table, path)
    for whole in PACKAGE_FORMATS:
        if whole.file(archive.package) == name:
            whole.write(publication, path)
