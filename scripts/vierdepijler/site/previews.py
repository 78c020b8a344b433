"""Pages made without a build: one when somebody who works on it asks for it, and all of them tried in the check."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from threading import RLock

from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, Severity, each_of, say
from vierdepijler.core.processes import dealt, side_by_side
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, publication_of
from vierdepijler.writers.metadata.describing import catalogue_of

from .building import open_site
from .html_pages import HtmlPages
from .page_model import Draft, Page
from .pages import Renderer
from .sheet_parts import sheet_tables
from .site_context import OVERVIEWS, Site
from .sources import LABELS, Sources, read_sources


@dataclass(frozen=True)
class Preview:
    """The pages of one state of the sources and of the package, made one by one, and each once.

    A page is the same, byte for byte, as in a whole build of that state.
    """

    package: Package
    project: Path
    _made: dict[str, bytes | ContentError] = field(default_factory=dict)
    _after_written: dict[str, Mapping[str, Draft]] = field(default_factory=dict)
    _whole: dict[str, Mapping[str, Page]] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)  # MkDocs makes one page at a time

    def page(self, path: str) -> bytes | None:
        """Give the HTML of the page at a path of the site, None where no page is; raises `ContentError`."""
        with self._lock:
            if path not in self._made and path in self._places:
                try:
                    self._made[path] = self._make(*self._places[path])
                except ContentError as error:
                    self._made[path] = error
        made = self._made.get(path)
        if isinstance(made, ContentError):
            raise made
        return made

    def _make(self, language: str, draft: Draft) -> bytes:
        page = self._rendered(language, draft)
        return self._makers[language].html(page).encode("utf-8", "xmlcharrefreplace")

    def _rendered(self, language: str, draft: Draft) -> Page:
        """Render a page after those of which it must know; a part of a table has the rows that any other leads to."""
        if draft.part_of:
            if language not in self._whole:
                self._whole[language] = {page.path: page for page in self._renderer(language).render()}
            return self._whole[language][draft.path]
        if not draft.needs_all:
            return draft.render()
        if language not in self._after_written:
            renderer = self._renderer(language)
            list(renderer.render_written())
            self._after_written[language] = {one.path: one for one in renderer.drafts()}
        return self._after_written[language][draft.path].render()

    @property
    def paths(self) -> frozenset[str]:
        """Every page, by its path from the root of the site."""
        return frozenset(self._places)

    def paths_of(self, source: Path) -> list[str]:
        """Give the paths of the pages that are written in a file, or in its translations."""
        pages = self.sources.pages
        named = {
            identifier
            for language, sources in pages.items()
            for identifier, one in sources.items()
            if self.sources.folder / language / one.path == source
        }
        return [path for path, (_, draft) in self._places.items() if draft.identifier in named]

    def files(self, path: str) -> Iterator[Path]:
        """Give where the file at a path of the site may lie: one of our assets, or of the package."""
        kind, _, name = path.partition("assets/")
        if kind in {self.sources.root(language) for language in self.sources.pages}:
            yield self.sources.folder / "assets" / name
        folder = f"{DOWNLOADS}/{LATEST}/"
        if path.startswith(folder):
            yield self.package.root / path.removeprefix(folder)

    @cached_property
    def sources(self) -> Sources:
        """The page sources as they are now."""
        return read_sources(self.project / "site", self.package.languages)

    def _renderer(self, language: str) -> Renderer:
        return Renderer(self.package, self.sources, language, publication_of(self.package, {}).url)

    @cached_property
    def _drafts(self) -> Mapping[str, list[Draft]]:
        return {language: list(self._renderer(language).drafts()) for language in self.sources.pages}

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, Draft]]:
        """Where each page stands in the site: its language, and what makes it."""
        return {
            self._site.path(page, language): (language, draft)
            for language, drafts in self._drafts.items()
            for page, draft in zip(self._site.pages[language], drafts, strict=True)
        }

    @cached_property
    def _site(self) -> Site:
        named = {language: [draft.place for draft in drafts] for language, drafts in self._drafts.items()}
        url = publication_of(self.package, {}).url
        return Site(self.project, self.sources, url, named, catalogue_of(self.package.descriptor, self.package.root))

    @cached_property
    def _makers(self) -> Mapping[str, HtmlPages]:
        return {language: HtmlPages(self._site, language) for language in self.sources.pages}


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
