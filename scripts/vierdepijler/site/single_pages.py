"""Single pages as HTML: what MkDocs makes of a page in a whole build, for a reader who waits for that one.

MkDocs builds all pages or none. What it does for one of them is the same here, step by step (`build` in
`mkdocs.commands.build`): the other pages are only names, to which this one can lead.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation

from .drafts import Page
from .mkdocs_settings import refusing, settings
from .sites import Site, document
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
            file.content_string = document(self.site, self.language, page)
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
