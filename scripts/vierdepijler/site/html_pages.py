"""The HTML of pages, each made by itself: what is HTML already stays as it is, the rest is Markdown in our frame.

MkDocs builds all pages or none. What it does for one of them is the same here, step by step (`build` in
`mkdocs.commands.build`): the other pages are only names, to which this one can lead.
"""

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product, takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml.etree import strip_elements, strip_tags
from lxml.html import HtmlElement, fragment_fromstring, tostring
from lxml.html.builder import CLASS, DETAILS, DIV, SUMMARY
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.text import direction
from vierdepijler.core.text_files import WRITTEN, read_text
from vierdepijler.core.yaml_texts import check_nesting

from .hosting_rules import POLICY
from .libraries import library_path
from .page_model import Page
from .site_context import Site, page_head
from .sources import error_place, line_of_yaml, relative
from .templates import COMPILED
from .vocabulary import GLOSSARY_PAGE

SETTINGS = "mkdocs.yml"  # of all languages; those of another begin with them
SEARCH = "material/search"  # the plugin of the theme that makes the index
SEARCH_PAGES = ("search", "data", GLOSSARY_PAGE)

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's notice about its future, which we know


def settings(site: Site, language: str) -> MkDocsConfig:
    """Give the settings with which MkDocs makes the HTML of a language."""
    file = _file(site, language)
    check_nesting(read_text(site.project / file, file, most=WRITTEN))
    without_search: dict[str, Any] = {"plugins": []} if language in site.sources.labels else {}
    config = load_config(
        str(site.project / file),
        docs_dir=str(site.sources.folder / language),
        **without_search,
        site_url=site.url + site.sources.root(language),
    )
    config.extra["policy"] = POLICY
    if language in site.sources.labels:
        _speak(config, site, language)
    if SEARCH in config.plugins:
        config.extra["search_library"] = relative(library_path(site.project, "minisearch"), site.sources.root(language))
    if site.catalogue.licence_address:
        config.extra["licence"] = {"name": site.catalogue.licence_name, "address": site.catalogue.licence_address}
    config.extra["search_pages"] = search_pages(site, language)
    return config


def _speak(config: MkDocsConfig, site: Site, language: str) -> None:
    """Let the frame speak a language that only pages have: its words, a menu of those pages, and no search."""
    sources = site.sources
    words, pages, root = sources.words[language], sources.pages[language], sources.root(language)
    menu = (pages[name] for name in words["menu_pages"].split())
    config.theme["language"] = language
    config.nav = [{page.meta.get("menu", page.meta["title"]): page.path} for page in menu]
    config.validation.links.not_found = logging.DEBUG  # most lead to pages of others; ours are refused before this
    schemes = {name: words[f"scheme_{name}"] for name in config.extra["words"]["schemes"]}
    config.extra["words"] = {**config.extra["words"], **words, "schemes": schemes}
    config.extra["direction"] = direction(language)
    config.extra["whole_sites"] = [
        (one, sources.words[one]["language_name"], relative(f"{sources.root(one)}index.html", root))
        for one in sources.passports
    ]


def search_pages(site: Site, language: str) -> dict[str, str]:
    """Give the addresses of the page of all that is found, and of the lists in which to look where nothing is."""
    pages = site.sources.pages[language]
    return {name: pages[name].address for name in SEARCH_PAGES if name in pages}


class _Gatherer(logging.Handler):
    """Keeps the messages that are logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.gathered: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.gathered.append(record.getMessage())


@contextmanager
def refusing(site: Site, language: str) -> Iterator[None]:
    """Let every failure of MkDocs, and all that it warns of, be a `ContentError`."""
    handler, logger = _Gatherer(logging.WARNING), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    except ContentError:
        raise
    except Exception as error:  # MkDocs, its theme and its plugins fail each in their own way
        told = [*_told(site, language, handler.gathered)]
        raise ContentError(told or [_failure(site.project, _file(site, language), error)], site.project) from error
    finally:
        logger.removeHandler(handler)
    if handler.gathered:
        raise ContentError(_told(site, language, handler.gathered), site.project)


def _file(site: Site, language: str) -> str:
    is_first = language == site.main_language or language in site.sources.labels
    return SETTINGS if is_first else f"mkdocs.{language}.yml"


def _told(site: Site, language: str, warnings: Sequence[str]) -> Iterator[Problem]:
    """Say which page, or which setting, MkDocs warns of."""
    for warning in warnings:
        place = _place_of_link(site.project, language, warning)
        file, line = place or _place_of_setting(site.project, _file(site, language), warning)
        yield Problem(file, line, "", warning.replace("\n", " "), "correct the link or what it leads to")


def _failure(project: Path, name: str, error: Exception) -> Problem:
    """Say where a file of the theme fails, or where the settings cannot be read."""
    cause = error.__cause__ or error.__context__ or error  # YAML says no path of this machine
    reason = getattr(cause, "problem", None) or str(error) or type(error).__name__
    place, line = error_place(error, project / "site") or (project / name, line_of_yaml(cause))
    return Problem(place.relative_to(project).as_posix(), line, "", f"MkDocs fails: {reason}", "mend it there")


def _place_of_setting(project: Path, name: str, warning: str) -> tuple[str, int]:
    """Find the settings, those of a language or of all, and the line with what stands between quotes in a warning.

    A value tells more than the name of the setting that it belongs to; the line is 0 where neither is found.
    """
    named = [re.escape(quoted) for quoted in re.findall(r"'([^']+)'", warning)]
    values, keys = ([form % one for one in named] for form in (r"(?:^|[\s'\"])%s['\"]?$", r"^\s*%s:"))
    for file, pattern in (*product((name, SETTINGS), values), *product((name,), keys)):
        lines = (project / file).read_text("utf-8").splitlines() if (project / file).is_file() else []
        if line := next((number for number, text in enumerate(lines, 1) if re.search(pattern, text)), 0):
            return file, line
    return name, 0


def _place_of_link(project: Path, language: str, warning: str) -> tuple[str, int] | None:
    """Find the page, and the line of it, that has the link MkDocs warns of."""
    found = re.search(r"Doc file '(?P<page>[^']+)' contains a link '(?P<link>[^'#]*)", warning)
    path = project / "site" / language / found["page"] if found else None
    if found is None or path is None or not path.is_file():
        return None
    before, link, _ = path.read_text("utf-8").partition(found["link"])
    return path.relative_to(project).as_posix(), before.count("\n") + 1 if link else 0


HEADINGS = ("h1", "h2", "h3")
LEFT_OUT = ("sup", "small", "script", "nav")  # marks, explanations, and what works on the page itself
KEPT = {"data-cell", "data-property", "value", "datetime"}


def with_beside(own: str, other: str, language: str, word: str, roots: Mapping[str, str]) -> str:
    """Put the parts of the page in another language beside those of a page, under a word that unfolds them.

    `roots` are the addresses of the folders of languages as the page sees them, the nearest first; a link that leads
    to another one says which language is there.
    """
    page, twin = (fragment_fromstring(text, create_parent="div") for text in (own, other))
    known = dict(_parts(twin))
    for name, part in [*_parts(page)]:
        if len(known.get(name, ())) > 1:  # of a heading alone there is nothing to compare
            _put_beside(part, [deepcopy(one) for one in known[name]], language, word)
    for link in page.iter("a"):
        place = link.get("href", "")
        there = next((one for one, root in roots.items() if place.startswith(root)), "") if ".html" in place else ""
        if there:
            link.set("hreflang", there)
    return "".join(tostring(child, encoding="unicode") for child in page)


def _parts(page: HtmlElement) -> Iterator[tuple[str, list[HtmlElement]]]:
    """Give each part of a page by its name; the first has none, for its heading has no identifier of its author."""
    for heading in page.iter(*HEADINGS):
        rest = takewhile(lambda one: not _has_heading(one) and one.tag != "section", heading.itersiblings())
        yield "" if heading.tag == "h1" else heading.get("id", ""), [heading, *rest]


def _has_heading(element: HtmlElement) -> bool:
    return next(element.iter(*HEADINGS), None) is not None or "path__trail" in element.classes


def _put_beside(part: list[HtmlElement], copied: list[HtmlElement], language: str, word: str) -> None:
    """Put a part in a box, and the copy of its other half beside it: a text, that leads nowhere."""
    box, own, other = DIV(CLASS("beside")), DIV(), DIV(*copied, lang=language, dir="ltr")
    part[0].addprevious(box)
    own.extend(part)
    strip_elements(other, *LEFT_OUT, with_tail=False)
    strip_tags(other, "a", "button")
    for element in other.iterdescendants():
        for name in set(element.attrib) - KEPT:
            del element.attrib[name]
        if element.tag in HEADINGS:
            element.tag = "p"
            element.set("class", "beside__title")
    box.extend([own, DETAILS(CLASS("beside__other"), SUMMARY(word), other)])


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
        beside = self._content(made, page.beside) if page.beside else ""
        made.content = self._content(made, page.markdown)
        if beside:
            made.content = self._with_beside(page, made.content, beside)
        made.active = True
        context = get_context(navigation, NO_FILES, config, made)
        framed = self._environment.get_template("main.html").render(context)
        made.active = False
        return str(framed)

    def _content(self, made: MkDocsPage, markdown: str) -> str:
        """Give the HTML of a text, and let the page know which places are in it."""
        made.markdown, blocks = keep_out(markdown)
        content = markdown.strip()
        if made.markdown.replace(STAND_IN, "").strip():
            made.render(self._config, self._files)
            content = put_back(made.content or "", blocks)
        made.present_anchor_ids = {*(made.present_anchor_ids or ()), *IDENTIFIER.findall("".join(blocks))}
        return content

    def _with_beside(self, page: Page, own: str, other: str) -> str:
        """Put beside each part of a page what it was translated from."""
        sources, path = self.site.sources, self.site.path(page, self.language)
        roots = {one: relative(sources.root(one) or ".", path) + "/" for one in sources.pages if one != self.language}
        nearest = dict(sorted(roots.items(), key=lambda one: -len(one[1])))
        return with_beside(own, other, sources.base, sources.words[self.language]["beside"], nearest)

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
