"""Material for MkDocs ends on 5 May 2027: its successor, Zensical, reads the same configuration, pages and theme."""

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.site.page_model import Page
from vierdepijler.site.pages import Renderer
from vierdepijler.site.site_context import Site, page_head
from vierdepijler.site.sources import read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

ADDRESS = "https://vierde-pijler.example/"
TABLE = ":completions"


def pages_of(renderer: Renderer) -> list[Page]:
    """Give every page that somebody wrote, and of those from one pattern the ones of a table; the others are empty."""
    written = {page.identifier: page for page in renderer.render_written()}
    return [
        written.get(draft.identifier)
        or (draft.render() if draft.identifier.endswith(TABLE) else Page(draft.identifier, draft.path, "", "", ""))
        for draft in renderer.drafts()
    ]


def test_the_successor_of_the_theme_builds_the_same_sources(published: Package, tmp_path: Path) -> None:
    sources = read_sources(PROJECT / "site", published.languages)
    pages = {name: pages_of(Renderer(published, sources, name, ADDRESS)) for name in published.languages}
    catalogue = catalogue_of(published.descriptor, published.root)
    documents = tmp_path / "build" / "pages" / "nl"
    documents.mkdir(parents=True)
    context = Site(PROJECT, sources, ADDRESS, pages, catalogue)
    for page in pages["nl"]:
        (documents / page.path).parent.mkdir(parents=True, exist_ok=True)
        head = yaml.safe_dump(page_head(context, "nl", page), allow_unicode=True)
        (documents / page.path).write_text(f"---\n{head}---\n{page.markdown}", "utf-8")
    shutil.copytree(PROJECT / "site" / "assets", documents / "assets")
    shutil.copytree(PROJECT / "site" / "theme", tmp_path / "site" / "theme")
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "build" / "site" / "nl"
    built = (site / "resultaten.html").read_text("utf-8")
    assert 'data-cell="completions.persons[2025-02-25,obliged]">3.290</data>' in built
    assert 'class="wordmark"' in built
    assert (site / "data" / "completions.html").is_file()
    assert (site / "paspoort" / "completions.html").is_file()
