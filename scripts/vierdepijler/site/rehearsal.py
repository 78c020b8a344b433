"""A rehearsal of the build: all that would stop it, asked of what builds the site, with nothing written."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, Severity, each_of
from vierdepijler.core.processes import dealt, side_by_side

from .building import open_site
from .html_pages import HtmlPages
from .page_model import Draft, Page
from .pages import Renderer
from .sheet_parts import sheet_tables
from .site_context import OVERVIEWS, Site
from .sources import LABELS


def rehearse(package: Package, project: Path) -> list[Problem]:
    """Raise `ContentError` with all that would stop the build of a site: its pages, blocks, charts and settings.

    Gives what would not: what pages show in another language than their own. The package is one that is published, as
    for `build_site`.
    """
    site, renderers = open_site(package, project)
    found = side_by_side([partial(_rehearse_languages, site, some) for some in dealt(renderers.values())])
    problems = list(dict.fromkeys(chain.from_iterable(found)))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems, project)
    return problems


def _rehearse_languages(site: Site, renderers: Iterable[Renderer]) -> list[Problem]:
    return [problem for renderer in renderers for problem in _rehearse_language(site, renderer)]


def _rehearse_language(site: Site, renderer: Renderer) -> tuple[Problem, ...]:
    """Give what would stop the build of one language: of each written page, and of one page made from each pattern."""
    try:
        drafts = {_pattern(draft, site, renderer.language): draft for draft in reversed([*renderer.drafts()])}
        pages = each_of(draft.render for draft in reversed(drafts.values()))
        each_of(_tasks(site, renderer, pages))
    except ContentError as error:
        return error.problems
    return tuple(_unlabelled(renderer))


def _unlabelled(renderer: Renderer) -> Iterator[Problem]:
    """Name each cell that the pages of a language show untranslated, or that says something else since."""
    for address in sorted(renderer.unlabelled):
        what = say("'{cell}' is not translated, or says something else since", cell=address)
        todo = say("write in its row what it says now, and the translation; until then pages show it as it is")
        yield Problem(f"site/{LABELS}", 0, renderer.language, what, todo, severity=Severity.WARNING)


def _tasks(site: Site, renderer: Renderer, pages: Iterable[Page]) -> Iterator[Callable[[], object]]:
    """Give what is tried of rendered pages, and of the drawings, sheets and embeds of a language."""
    makers = HtmlPages(site, renderer.language)
    for page in pages:
        yield partial(makers.html, page)
    for source in site.sources.pages[renderer.language].values():
        yield partial(sheet_tables, renderer.package, site.sources, renderer.language, source)
    yield lambda: list(renderer.drawings())
    yield lambda: list(renderer.render_embeds(last=OVERVIEWS))


def _pattern(draft: Draft, site: Site, language: str) -> str:
    """Name what a page is written in: its own source, or the pattern of many."""
    is_written = draft.identifier in site.sources.pages[language]
    return draft.identifier if is_written else draft.identifier.partition(":")[0] + ":"
