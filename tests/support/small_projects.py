"""A project of its own for tests: the miniature with a release behind it, four pages in two languages and a chart.

Its theme, blocks, stylesheet, words and settings are those of the real site, for these are what is tested.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import MINIATURE, PROJECT, Copy, made_once
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.releases.archives import is_binary, keep_release
from vierdepijler.site.building import build_site
from vierdepijler.writers.formats.publication import files_below, sha256, write_checksums

PAGES = PROJECT / "tests" / "miniature_site"
MENUS = {
    "mkdocs.yml": "  - Tellingen: tellingen.md\n  - Meer:\n      - Start: index.md\n      - Alles: data/index.md\n",
    "mkdocs.en.yml": "  - Counts: counts.md\n  - More:\n      - Home: index.md\n      - All: data/index.md\n",
}
REAL = ("site/theme", "site/assets", "site/blocks", "site/print", "site/nl/_words.yml", "site/en/_words.yml")
LAST_ROW = "2025-02-25,c,,nobody-counts,\n"
RELEASES = "version,released,changes_nl,changes_en\n1.0.0,2026-01-01,Eerste.,First.\n1.1.0,2026-03-01,Meer.,More.\n"
OTHER_LIBRARY = b"of another version of the library"
RELEASED = ("index.html", "tellingen.html", "en/index.html", "en/counts.html", "data/counts.html")


@dataclass(frozen=True)
class SmallProject(Copy):
    """A project that is published and built; one that a test asks for as `small_project` may be spoiled."""

    @property
    def published(self) -> Path:
        return self.folder / "build" / "data"

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def copy(self, folder: Path) -> "SmallProject":
        return SmallProject(shutil.copytree(self.folder, folder, symlinks=True))

    def alter(self, file: str, old: str, new: str) -> Path:
        """Change a text where it first stands in a file, and give the file."""
        before, found, after = (self.folder / file).read_text("utf-8").partition(old)
        assert found, f"{file} does not hold {old!r}"
        self.write(file, before + new + after)
        return self.folder / file

    def append(self, file: str, text: str) -> None:
        self.write(file, (self.folder / file).read_text("utf-8") + text)

    def lines(self, file: str) -> int:
        return len((self.folder / file).read_text("utf-8").splitlines())

    def read_published(self) -> Package:
        return read_package(self.published / "latest" / "datapackage.json")

    def build(self) -> int:
        """Build the site of what is published, in the place of the one that is there."""
        return build_site(self.read_published(), self.folder, self.public)


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file in a folder, by its name, but of those that nothing depends on."""
    return {name: sha256(path) for name, path in files_below(folder).items() if ".kept/" not in name}


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Give the small project, built once for all; no test may change it."""
    return SmallProject(made_once(tmp_path_factory, "small", _make) / "project")


@pytest.fixture
def small_project(small_site: SmallProject, tmp_path: Path) -> SmallProject:
    """Give a small project of its own, built already, to be spoiled."""
    return small_site.copy(tmp_path / "project")


def _make(folder: Path) -> None:
    project = SmallProject(shutil.copytree(MINIATURE, folder / "project"))
    _release(project, folder / "released")
    shutil.copytree(PAGES, project.folder, dirs_exist_ok=True)
    dress(project.folder)
    for name, menu in MENUS.items():
        settings, nav, _ = (PROJECT / name).read_text("utf-8").partition("\nnav:\n")
        project.write(name, settings + nav + menu)
    project.publish(project.published)
    project.build()


def dress(folder: Path) -> None:
    """Give a project what the real one has beside its data and its pages: theme, blocks, words and scripts."""
    scripts = (path.relative_to(PROJECT).as_posix() for path in (PROJECT / "scripts").glob("*.py"))
    for name in (*REAL, "package.json", *scripts):
        (folder / name).parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, folder / name)
    for name in ("node_modules", "scripts/vierdepijler"):
        (folder / name).symlink_to(PROJECT / name)


def _release(project: SmallProject, workshop: Path) -> None:
    """Keep a release from before the last row and the table of units; what came since may still be changed.

    Its workbooks, databases and zips are of other versions of the libraries that make them.
    """
    now = project.descriptor.read_text("utf-8")
    project.replace("data/counts.csv", LAST_ROW, "").change(_before_units)
    published = project.publish(workshop)
    for path in published.iterdir():
        if is_binary(path.name):
            path.write_bytes(OTHER_LIBRARY)
    sums = published / "SHA256SUMS"
    write_checksums({name: path for name, path in files_below(published).items() if path != sums}, sums)
    keep_release(published, RELEASED, "1.0.0", project.folder)
    project.append("data/counts.csv", LAST_ROW)
    project.write("data/releases.csv", RELEASES).write("datapackage.json", now).change(_with_releases)


def _before_units(descriptor: Any) -> None:
    descriptor["resources"] = [table for table in descriptor["resources"] if table["name"] != "units"]
    descriptor["version"] = "1.0.0"


def _with_releases(descriptor: Any) -> None:
    texts = dict.fromkeys(("title", "title_en", "description", "description_en"), "Uitgaven.")
    fields = [{"name": name, "type": "string", **texts} for name in RELEASES.partition("\n")[0].split(",")]
    resource = {"name": "releases", "role": "releases", "path": "data/releases.csv", "bookkeeping": True, **texts}
    descriptor["resources"].append({**resource, "schema": {"fields": fields, "primaryKey": "version"}})
    descriptor["version"] = "1.1.0"
