"""A rehearsal of the build: all that would stop it, asked of what builds the site, with nothing written."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.problems import each_of

from .building import assets_of, render_site
from .drafts import Page
from .linked_data import OVERVIEWS
from .pages import Renderer
from .sheet_tables import sheet_tables
from .single_pages import SinglePages
from .sites import Site


def rehearse(package: Package, project: Path) -> None:
    """Raise `ContentError` with all that would stop the build of a site: its pages, blocks, charts and settings.

    The package is one that is published, as for `build_site`, of which this is the first half.
    """
    site, renderers = render_site(package, project)
    tasks: list[Callable[[], object]] = [partial(assets_of, site)]
    each_of([*tasks, *(task for renderer in renderers.values() for task in _tasks(site, renderer))])


def _tasks(site: Site, renderer: Renderer) -> Iterator[Callable[[], object]]:
    """Give what is tried in one language: the HTML of each written page, and of one made from each pattern."""
    language, package = renderer.language, renderer.package
    pages, makers = site.pages[language], SinglePages(site, language)
    written = site.sources.pages[language]
    patterned = {_pattern(page): page for page in pages if page.identifier not in written}
    for page in (*(page for page in pages if page.identifier in written), *patterned.values()):
        yield partial(makers.html, page)
    for source in written.values():
        yield partial(sheet_tables, package, site.sources, language, source)
    yield lambda: list(renderer.drawings())
    yield lambda: list(renderer.render_embeds(last=OVERVIEWS))


def _pattern(page: Page) -> str:
    return page.identifier.partition(":")[0]
