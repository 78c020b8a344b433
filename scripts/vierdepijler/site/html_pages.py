"""The HTML of pages, each made by itself: what is HTML already stays as it is, the rest is Markdown in our frame.

MkDocs builds all pages or none. What it does for one of them is the same here, step by step (`build` in
`mkdocs.commands.build`): the other pages are only names, to which this one can lead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation, get_navigation

from .mkdocs_settings import refusing, settings
from .page_model import Page
from .site_context import Site, page_head
from .templates import COMPILED

NOT_FOUND = "404.html"
NO_FILES: tuple[File, ...] = ()  # a page of ours asks for no list of all pages, which MkDocs would make for each
STAND_IN = "<table>kept-out</table>"
# A block of HTML that begins a line, or code between fences, in which none does.
BLOCK = re.compile(
    r"^(?:(?P<fence>`{3,}|~{3,}).*?^(?P=fence)"
    r"|<(?P<tag>aside|blockquote|details|div|dl|figure|form|h[1-6]|nav|ol|p|pre|script|section|table|ul)\b)",
    re.DOTALL | re.MULTILINE,
)
# What the search does not read of a page, which saves most of its time: marks of sources, and what is only form.
UNREAD = re.compile(
    r"<sup>.*?</sup>|</?(?:a|data|div|span|svg|g|rect|text|tspan|table|tbody|td|th|thead|time|tr)\b[^>]*>"
)
IDENTIFIER = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class HtmlPages:
    """Makes the HTML of pages of one language; of those in `site`, only their names and places are looked at."""

    site: Site
    language: str

    def html(self, page: Page) -> str:
        """Give the HTML of a rendered page; raises `ContentError` for what MkDocs fails at or warns of."""
        with refusing(self.site, self.language):
            return self._made(page)

    def write_search(self, folder: Path) -> None:
        """Write, in the folder of the language, what the search finds in the pages that were made.

        Refuses, now that every page is made, links to a place on one of them that is not there.
        """
        with refusing(self.site, self.language):
            for file in sorted(self._files.documentation_pages(), key=file_sort_key):
                if (page := file.page) is not None:
                    page.validate_anchor_links(files=self._files, log_level=self._config.validation.links.anchors)
                    is_unread = page.meta.get("search", {}).get("exclude")  # the plugin would go through it all
                    page.content = "" if is_unread else UNREAD.sub("", page.content or "")
                    context = get_context(self._navigation, NO_FILES, self._config, page)
                    self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._navigation)
            self._config.site_dir = str(folder)
            self._config.plugins.on_post_build(config=self._config)

    def not_found(self) -> str:
        """Give the HTML of the page for what is not found, which is shown at any address."""
        with refusing(self.site, self.language):
            base = urlsplit(self.site.url).path
            context = get_context(self._navigation, NO_FILES, self._config, base_url=base)
            return str(self._environment.get_template(NOT_FOUND).render(context))

    def _made(self, page: Page) -> str:
        config, navigation, made = self._config, self._navigation, self._files.src_uris[page.path].page  # in this order
        if made is None:
            raise RuntimeError(f"{page.path} is no page")
        made.meta = page_head(self.site, self.language, page)
        made.markdown, blocks = keep_out(page.markdown)
        if made.markdown.replace(STAND_IN, "").strip():
            made.render(config, self._files)
            made.content = put_back(made.content or "", blocks)
        else:
            made.content = page.markdown.strip()
        made.present_anchor_ids = {*(made.present_anchor_ids or ()), *IDENTIFIER.findall("".join(blocks))}
        made.active = True
        context = get_context(navigation, NO_FILES, config, made)
        framed = self._environment.get_template("main.html").render(context)
        made.active = False
        return str(framed)

    @cached_property
    def _config(self) -> MkDocsConfig:
        config = settings(self.site, self.language)
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
    def _environment(self) -> Any:
        environment = self._config.theme.get_env()
        environment.bytecode_cache = COMPILED
        return environment


def keep_out(text: str) -> tuple[str, list[str]]:
    """Keep out of Markdown what is HTML already, which it would read letter by letter to leave it as it is.

    Gives the text with something short in the place of each block, and the blocks.
    """
    left, blocks, place = "", [], 0
    for start, end in _blocks(text):
        left += text[place:start] + STAND_IN
        blocks.append(text[start:end])
        place = end
    return left + text[place:], blocks


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Find each block of HTML: where it starts, and where it ends."""
    place = 0
    while found := BLOCK.search(text, place):
        end = _end(text, found) if found["tag"] else 0
        if end:
            yield found.start(), end
        place = end or found.end()


def _end(text: str, start: re.Match[str]) -> int:
    """Find the end of a block of HTML; 0 for one that does not end with a line, which is left to Markdown."""
    depth = 0
    for tag in re.compile(rf"<(?P<ends>/?){start['tag']}\b[^>]*>").finditer(text, start.start()):
        depth += -1 if tag["ends"] else 1
        if depth == 0:
            return tag.end() if text[tag.end() : tag.end() + 1] in ("\n", "") else 0
    return 0


def put_back(content: str, blocks: Sequence[str]) -> str:
    """Put back what was kept out of Markdown, each block where it was."""
    return "".join(chain.from_iterable(zip(content.split(STAND_IN), [*blocks, ""], strict=True)))
