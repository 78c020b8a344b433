"""A rehearsal of the build: all that would stop it, asked of what builds the site, with nothing written."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, each_of
from vierdepijler.core.processes import side_by_side

from .building import assets_of, open_site
from .page_model import Page
from .pages import Renderer
from .previews import SinglePages
from .sheet_parts import sheet_tables
from .site_context import OVERVIEWS, Site


def rehearse(package: Package, project: Path) -> None:
    """Raise `ContentError` with all that would stop the build of a site: its pages, blocks, charts and settings.

    The package is one that is published, as for `build_site`.
    """
    site, renderers = open_site(package, project)
    assets_of(site)
    found = side_by_side([partial(_rehearse_language, site, renderer) for renderer in renderers.values()])
    if problems := dict.fromkeys(chain.from_iterable(found)):
        raise ContentError(problems, project)


def _rehearse_language(site: Site, renderer: Renderer) -> tuple[Problem, ...]:
    """Give what would stop the build of one language."""
    try:
        pages = list(renderer.render())
        each_of(_tasks(replace(site, pages={**site.pages, renderer.language: pages}), renderer))
    except ContentError as error:
        return error.problems
    return ()


def _tasks(site: Site, renderer: Renderer) -> Iterator[Callable[[], object]]:
    """Give what is tried of rendered pages: the HTML of each written one, and of one made from each pattern."""
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
