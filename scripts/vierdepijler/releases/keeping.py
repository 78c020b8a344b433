"""Keeping a release: the text files that were published go into an archive, and are published from it ever after."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from vierdepijler.writers.formats.archives import files_below, write_checksums
from vierdepijler.core.staging import together

from .release_archives import ADDRESSES, BILL, FOLDER, SUMS, Archive, is_binary, read_archives


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
        folder.mkdir(parents=True)
        for name, path in files_below(published).items():
            if not is_binary(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
        listed = "".join(f"{address}\n" for address in sorted(addresses))
        (folder / ADDRESSES).write_text(listed, encoding="utf-8", newline="\n")
        if bill:
            (folder / BILL).write_text(bill, encoding="utf-8", newline="\n")
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
