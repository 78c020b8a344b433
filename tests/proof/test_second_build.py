"""The whole site once more, on a second path, and its pages as the successor of the theme makes them."""

import shutil
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT
from small_projects import digests
from vierdepijler.checking import check_package
from vierdepijler.metadata.describing import catalogue_of
from vierdepijler.package import Package
from vierdepijler.publishing import publish_package
from vierdepijler.reading import read_package
from vierdepijler.site.building import build_site, write_documents
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sites import Site
from vierdepijler.site.sources import read_sources

URL = "https://vierde-pijler.example/"


def test_a_second_build_on_another_path_gives_the_same_files(
    published: Package, site: Path, project_copy: Path, tmp_path: Path
) -> None:
    package = read_package(project_copy / "datapackage.json")
    publish_package(package, check_package(package, project_copy / "site"), tmp_path / "data")
    assert digests(tmp_path / "data") == digests(published.root.parent)
    build_site(read_package(tmp_path / "data" / "latest" / "datapackage.json"), project_copy, tmp_path / "public")
    assert digests(tmp_path / "public") == digests(site)


def test_the_successor_of_the_theme_builds_the_same_sources(published: Package, tmp_path: Path) -> None:
    """Material for MkDocs ends on 5 May 2027; Zensical reads the same configuration, pages and theme."""
    sources = read_sources(PROJECT / "site", published.languages)
    pages = {name: list(Renderer(published, sources, name, URL).render()) for name in published.languages}
    site = Site(PROJECT, sources, URL, pages, catalogue_of(published.descriptor, published.root))
    documents = tmp_path / "build" / "pages" / "nl"
    documents.mkdir(parents=True)
    write_documents(site, "nl", documents)
    shutil.copytree(PROJECT / "site" / "theme", tmp_path / "site" / "theme")
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    built = (tmp_path / "build" / "site" / "nl" / "resultaten.html").read_text("utf-8")
    assert 'data-cell="completions.persons[2025-02-25,obliged]">3.290</data>' in built
    assert 'class="wordmark"' in built
