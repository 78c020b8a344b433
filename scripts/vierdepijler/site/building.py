"""The site: pages in every language and the published files, in one folder that is deployed as it is."""

import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, each_of
from vierdepijler.core.processes import at_once, dealt, side_by_side
from vierdepijler.core.progress import page_made, telling_pages
from vierdepijler.core.staging import staged
from vierdepijler.core.text_files import save_text
from vierdepijler.core.writing import share
from vierdepijler.releases.archives import read_archives
from vierdepijler.releases.feeds import feed_file
from vierdepijler.site.api.endpoints import write_api
from vierdepijler.writers.formats.publication import DOWNLOADS, files_below, publication_of
from vierdepijler.writers.metadata.describing import catalogue_of

from .api.endpoints import api_of
from .charts import Drawing, picture_files
from .hosting_rules import write_hosting
from .html_pages import NOT_FOUND, HtmlPages
from .libraries import copy_libraries, copy_typeface
from .links import Links
from .page_model import Page
from .pages import Renderer
from .search import Index, complete_index
from .sheet_parts import Content, sheet_contents, write_fact_sheets
from .shown_releases import write_tombstones
from .site_context import OVERVIEWS, Site
from .sources import read_sources
from .templates import fill_ours
from .typesetting import write_social_images

CHARTS = "charts"  # the folder of their files, in that of a language


def build_site(package: Package, project: Path, target: Path, made_of: str = "") -> int:
    """Build the site of a published package from the page sources in `project`, and put it in place of `target`.

    The package is that of the folder `latest` of what was published; the whole of that comes with the site. `made_of`
    is the fingerprint of all that it is made of.
    Gives the number of pages. Raises `ContentError` for a page or a setting that is wrong: `target` stays as it was.
    """
    site, renderers = open_site(package, project)
    sources, url = site.sources, site.url
    pages = {language: each_of(draft.head for draft in one.drafts()) for language, one in renderers.items()}
    site = replace(site, pages=pages)
    with staged(target, made_of) as stage, telling_pages(sum(map(len, pages.values())), sys.stderr):
        sheets = side_by_side(
            [
                partial(write_shared, site, package, stage),
                *(partial(build_languages, site, package, some, stage) for some in dealt(renderers.values())),
            ]
        )
        write_fact_sheets(site, package, dict(chain.from_iterable(sheets)), stage)
        save_text(stage / "sitemap.xml", fill_ours("sitemap.xml", site=site))
        write_hosting(stage, url)
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n"
        (stage / "robots.txt").write_text(robots, encoding="utf-8")
        # Last: whatever the site has by now is not gone.
        known = {address for archive in read_archives(project) for address in archive.addresses}
        write_tombstones(package, known, stage, url, site.stylesheet.relative_to(sources.folder).as_posix())
    return sum(len(written) for written in pages.values())


def open_site(package: Package, project: Path) -> tuple[Site, dict[str, Renderer]]:
    """Read what a site is made of: its pages, of which only the places are known, and who renders each language."""
    sources = read_sources(project / "site", package.languages)
    url = publication_of(package, {}).url
    renderers = {language: Renderer(package, sources, language, url) for language in sources.pages}
    places = {language: [draft.place for draft in renderer.drafts()] for language, renderer in renderers.items()}
    has_feed = any(package.root.parent.glob(feed_file("*")))
    site = Site(project, sources, url, places, catalogue_of(package.descriptor, package.root), has_feed)
    assets_of(site)
    return site, renderers


def build_languages(
    site: Site, package: Package, renderers: Iterable[Renderer], stage: Path
) -> list[tuple[str, Mapping[str, Content]]]:
    """Make languages one after the other; gives of each what can stand on its sheets."""
    return [(one.language, build_language(site, package, one, stage)) for one in renderers]


def build_language(site: Site, package: Package, renderer: Renderer, stage: Path) -> dict[str, Content]:
    """Make what a language has of its own in its folder of `stage`; gives what can stand on its sheets, by their page.

    Its charts are drawn where its pages are: what both need is made once, and no process holds the pictures of all.
    """
    language = renderer.language
    folder = stage / site.sources.root(language)
    own = replace(site, pages={**site.pages, language: list(renderer.render())})
    build_html(own, language, stage)
    complete_search(own, language, renderer, stage)
    write_embeds(renderer.render_embeds(last=OVERVIEWS), folder)
    write_charts(renderer.drawings(), folder)
    return sheet_contents(own, package, language, stage)


def write_shared(site: Site, package: Package, stage: Path) -> list[tuple[str, Mapping[str, Content]]]:
    """Write what needs no text of a page: images, downloads, libraries and the API; it has no sheets."""
    copy_libraries(site.project, stage)
    copy_typeface(site.project, [stage / site.sources.root(language) / "assets" for language in site.sources.pages])
    copy_downloads(package.root.parent, stage / DOWNLOADS)
    write_api(api_of(package, site.sources, site.url), stage)
    write_social_images(site, stage)
    return []


def build_html(site: Site, language: str, stage: Path) -> None:
    """Make the HTML of one language in its folder of `stage`, and what its pages ask for.

    Raises `ContentError` with all pages that fail.
    """
    root = site.sources.root(language)
    folder, made = stage / root, HtmlPages(site, language)
    each_of(partial(_write_page, made, page, folder) for page in site.pages[language])
    made.write_search(folder)
    shutil.copytree(assets_of(site), folder / "assets", dirs_exist_ok=True)
    if not root:  # a site has one page for what is not found
        _write_html(folder / NOT_FOUND, made.not_found())


def _write_page(made: HtmlPages, page: Page, folder: Path) -> None:
    _write_html(folder / page.address, made.html(page))
    page_made()


def _write_html(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "xmlcharrefreplace"))


def complete_search(site: Site, language: str, renderer: Renderer, stage: Path) -> None:
    """Let the search find tables, fields, terms and figures beside the pages."""
    asked = {source.address: source.meta.get("asked", "") for source in site.sources.pages[language].values()}
    links = Links(renderer.package, site.sources, language, site.url)
    index = Index(renderer.package, language, lambda target: links.to(target, ""), renderer.is_shown)
    complete_index(stage / site.sources.root(language), index.entries(), asked)


def assets_of(site: Site) -> Path:
    """Give the folder with the files that pages ask for; raises `ContentError` where it is not there."""
    assets = site.sources.folder / "assets"
    if not assets.is_dir():
        problem = Problem("site/assets", 0, "", "the folder with the stylesheet is not there", "put it back")
        raise ContentError([problem], site.project)
    return assets


def write_charts(drawings: Iterable[Drawing], folder: Path) -> None:
    """Write the files of charts, in the folder of a language."""
    at_once(partial(_write_chart, drawing, folder / CHARTS) for drawing in drawings)


def _write_chart(drawing: Drawing, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in picture_files(drawing):
        (folder / f"{drawing.identifier}{ending}").write_bytes(content)


def write_embeds(pages: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write the pages that other sites can embed, which need no frame of ours, in the folder of a language."""
    for path, text in pages:
        save_text(folder / path, text)


def copy_downloads(published: Path, folder: Path) -> None:
    """Put the published files beside the pages about them."""
    for name, file in files_below(published).items():
        if (folder / name).exists():
            raise RuntimeError(f"a page and a published file are both called {name}")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        share(file, folder / name)
