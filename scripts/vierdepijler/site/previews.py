"""The site while it is worked on: each page is made when somebody asks for it.

MkDocs builds all pages or none. What it does for one of them is the same here, step by step (`build` in
`mkdocs.commands.build`): the other pages are only names, to which this one can lead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation

from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, publication_of
from vierdepijler.writers.metadata.describing import catalogue_of

from .mkdocs_settings import refusing, settings
from .page_model import Draft, Page
from .pages import Renderer
from .site_context import Site, markdown_document
from .sources import Sources, read_sources
from .templates import COMPILED


@dataclass(frozen=True)
class SinglePages:
    """Makes the HTML of pages of one language; of those in `site`, only their names and places are looked at."""

    site: Site
    language: str

    def html(self, page: Page) -> str:
        """Give the HTML of a rendered page; raises `ContentError` for what MkDocs fails at or warns of."""
        with refusing(self.site, self.language) as warnings:
            file = self._files.src_uris[page.path]
            file.content_string = markdown_document(self.site, self.language, page)
            made = self._made(file)
            if warnings:
                raise RuntimeError(warnings[0])
        return made

    def _made(self, file: File) -> str:
        config, navigation, page = self._config, self._navigation, file.page  # in this order: it makes the pages
        if page is None:
            raise RuntimeError(f"{file.src_uri} is no page")
        page.read_source(config)
        page.render(config, self._files)
        page.active = True
        context = get_context(navigation, self._files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=navigation)
        made = self._template.render(context)
        page.active = False
        return str(made)

    @cached_property
    def _config(self) -> MkDocsConfig:
        folder = self.site.sources.folder / self.language
        config = settings(self.site, self.language, folder, self.site.project / "public")
        return config.plugins.on_config(config)

    @cached_property
    def _files(self) -> Files:
        files = [File.generated(self._config, page.path, content="") for page in self.site.pages[self.language]]
        assets = self.site.sources.folder / "assets"
        names = (path.relative_to(assets.parent).as_posix() for path in assets.rglob("*") if path.is_file())
        return Files([*files, *(File.generated(self._config, name, content="") for name in names)])

    @cached_property
    def _navigation(self) -> Navigation:
        return get_navigation(self._files, self._config)

    @cached_property
    def _template(self) -> Any:
        environment = self._config.theme.get_env()
        environment.bytecode_cache = COMPILED
        return environment.get_template("main.html")


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
        return {language: list(self._renderer(language).drafts()) for language in self.package.languages}

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
    def _makers(self) -> Mapping[str, SinglePages]:
        return {language: SinglePages(self._site, language) for language in self.package.languages}
