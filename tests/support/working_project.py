"""A project whose package is published, to be changed by a test: its sources, without what git knows."""

import shutil
from pathlib import Path

from conftest import PROJECT
from vierdepijler.live import WATCHED
from vierdepijler.package import Package


def working_project(folder: Path, published: Package) -> Path:
    """Copy the sources; what never changes is only led to."""
    for name in (*WATCHED, "package.json", "package-lock.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, folder / name)
    for name in ("releases", "node_modules"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "build").mkdir()
    (folder / "build" / "data").symlink_to(published.root.parent)
    return folder


def change(path: Path, old: str, new: str) -> Path:
    """Change a text in a file."""
    text = path.read_text("utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return path


def line_of(path: Path, text: str) -> int:
    """Give the line of a file on which a text first stands."""
    return path.read_text("utf-8").partition(text)[0].count("\n") + 1
