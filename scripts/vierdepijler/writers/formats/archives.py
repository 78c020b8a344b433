"""Archives and checksums of files that were written already."""

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from vierdepijler.core.staging import kept
from vierdepijler.core.text_files import save_text

# The zip format has no earlier moment; a fixed one keeps the archive the same from day to day.
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"


def write_zip(files: Mapping[str, Path], path: Path) -> None:
    """Pack `files` (name in the archive, file on disk) in the order of their names."""
    path.write_bytes(kept(partial(_zip, files), "zip", checksums(files)))


def _zip(files: Mapping[str, Path]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            # With an entry of our own, what is asked of the archive as a whole does not count.
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return content.getvalue()


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(files: Mapping[str, Path]) -> str:
    """Write the checksums of `files` (the name to give them, the file on disk) as `sha256sum --check` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files))


def files_below(folder: Path) -> Mapping[str, Path]:
    """Give every file in a folder and in those below it, by its path from the folder, in the order of the paths."""
    return dict(sorted(_below(folder, ""))) if folder.is_dir() else {}


def _below(folder: Path, within: str) -> Iterator[tuple[str, Path]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry), f"{within}{entry.name}/")
        elif entry.is_file():
            yield within + entry.name, Path(entry)


def write_checksums(files: Mapping[str, Path], path: Path) -> None:
    """Write the checksums of `files` to a file of their own."""
    save_text(path, checksums(files))
