"""What stands beside a chart or a table for who writes about it: address, citation, quote, downloads, frame.

What can be embedded is gathered while pages are made; a page of its own at `embed/<identifier>.html` shows each in the
frame of another site.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.problems import say
from vierdepijler.writers.metadata.catalogues import Catalogue, Dataset
from vierdepijler.writers.metadata.citations import render_bibtex, render_plain

from .chart_view import ChartView, Gallery
from .hosting_rules import POLICY
from .page_values import Row
from .quotes import (
    Quote,
    caveats,
    origin,
    publisher_of,
    quote_from,
    quote_of_table,
    source_links,
    sources_of,
    without_links,
)
from .sources import relative
from .templates import Templates
from .vocabulary import Vocabulary

CHARTS = "charts"  # the folder of their files, in that of a language
# What lets the frame grow to the height that the page in it tells (see assets/embed.js); it is safe to have it twice.
GROW = (
    '<script>addEventListener("message",e=>{for(const f of document.querySelectorAll("iframe"))'
    "if(e.source===f.contentWindow&&e.data.vierdePijlerHeight)f.height=e.data.vierdePijlerHeight})</script>"
)
FOLDER = "embed"
LINK = re.compile(r'(<a\b[^>]*? href=")([^"]*)"')
# A table needs none of them, and the W3C's checker refuses them; on pages they help older readers of screens.
TABLE_ROLES = re.compile(r' role="(?:table|rowgroup|row|columnheader|rowheader|cell)"')
FRAME, LINE = 260, 44  # the height, in pixels, that a frame has until it tells how high it is; and that of one row
HIGHEST = 900
PATTERN = "embed.html"


@dataclass(frozen=True)
class Embed:
    """A chart or a table on a page; `page` is its identifier, `address` counts from the root of its language.

    `kind` is `chart` or `table`, `table` the name of the table it shows, `shown` its HTML as it stands on that page.
    """

    identifier: str
    kind: str
    table: str
    title: str
    page: str
    address: str
    shown: Markup
    source: Markup

    @property
    def path(self) -> str:
        """The page with nothing else, counted from the root of its language."""
        return f"{FOLDER}/{self.identifier}.html"

    @property
    def height(self) -> int:
        """The height of a frame in pixels, for a site that does not ask the page how high it is."""
        return min(HIGHEST, FRAME + LINE * self.shown.count("<tr"))

    def apart(self, content: Markup) -> Markup:
        """Make HTML of its page fit to stand alone: links lead on from there, in a window of their own."""
        return Markup(TABLE_ROLES.sub("", LINK.sub(self._link, content)))

    def _link(self, found: re.Match[str]) -> str:
        path, sign, fragment = found[2].partition("#")
        is_elsewhere = re.match(r"[a-z][a-z0-9+.-]*:", path)
        target = path if is_elsewhere else relative(_joined(self.address, path), self.path)
        return f'{found[1]}{target}{sign}{fragment}" target="_blank"'


def _joined(page: str, path: str) -> str:
    """Give the path that a link on a page leads to, counted from the root of its language, above it or not."""
    return f"{page.rpartition('/')[0]}/{path}".lstrip("/") if path else page


@dataclass
class Embeds:
    """The charts and tables of one language, by identifier: on each page, by its own, that shows them."""

    found: dict[str, dict[str, Embed]] = field(default_factory=dict)

    def add(self, embed: Embed) -> None:
        """Note a chart or table; raises `AddressError` where another page calls something else so."""
        known = self.found.setdefault(embed.identifier, {})
        for page, other in known.items():
            if page != embed.page and (other.kind, other.table, other.title) != (embed.kind, embed.table, embed.title):
                pattern = "'{title}' and '{other}' are both called '{name}'; give one of them another id"
                raise AddressError(say(pattern, title=embed.title, other=other.title, name=embed.identifier))
        known[embed.page] = embed

    def once(self, last: tuple[str, ...] = ()) -> Iterator[Embed]:
        """Give each once: as on the first page that shows it, and as on the pages `last` only where no other does."""
        for pages in self.found.values():
            yield min(pages.values(), key=lambda embed: embed.page in last)


def render_embed(embed: Embed, templates: Templates, vocabulary: Vocabulary, home: str) -> str:
    """Make the page of a chart or table; `vocabulary` speaks there, `home` is the address of the first page."""
    publisher = publisher_of(vocabulary)
    names = {
        **vocabulary.names(),
        "title": Markup.escape(embed.title),
        "policy": POLICY,
        "kind": embed.kind,
        "publisher": publisher,
        "publisher_name": Markup.escape(publisher.value),
        "source": embed.apart(embed.source),
        "content": embed.apart(embed.shown),
        "canonical": Markup.escape(home + percent(embed.address.removesuffix("index.html"))),
        "page_address": Markup.escape(f"{relative(embed.address, embed.path)}#{embed.identifier}"),
    }
    return templates.fill(PATTERN, names).lstrip()


def citation_file(published: Path, table: str) -> Markup:
    """Name the files that say how to cite a table, without what they end in; most are cited as the whole."""
    return Markup.escape(table if (published / f"{table}.bib").is_file() else "citation")


@dataclass(frozen=True)
class Share:
    """All that stands beside one embed; texts are to be taken as they are, `downloads` are names and addresses."""

    anchor: Markup
    title: Markup
    address: Markup
    citation: Markup
    bibtex: Markup
    quotes: tuple[Quote, ...]
    downloads: tuple[tuple[Markup, Markup], ...]
    frame: Markup
    is_first: bool


@dataclass(frozen=True)
class Sharing:
    """Knows the charts and tables of one page; `speakers` speak each language, that of the page first.

    `root` is the full address of the first page in this language, `path` that of the page, counted from there.
    """

    speakers: Sequence[Vocabulary]
    catalogue: Catalogue
    gallery: Gallery
    embeds: Embeds
    root: str
    path: str
    seen: set[str] = field(default_factory=set)

    def names(self) -> dict[str, Callable[..., Any]]:
        """Give the words that a page has for charts, and for what stands beside them and beside tables."""
        vocabulary = self.speakers[0]
        return {
            "exhibit": lambda name: self.gallery.chart(name, vocabulary),
            "plain_citation": self.citation,
            "chart_files": self.chart_files,
            "share_table": self.table,
            "share_chart": self.chart,
            "caveats": lambda rows: caveats(vocabulary, rows),
            "source_links": lambda rows: source_links(vocabulary, rows),
        }

    def citation(self) -> Markup:
        """Give the citation of the data as a whole, under the title and the address of this language."""
        whole = self.catalogue.whole
        here = replace(whole, page=self.root + whole.page.removesuffix("index.html"))
        return Markup.escape(render_plain(self.catalogue, here, self.speakers[0].language))

    def chart_files(self) -> list[tuple[Markup, list[tuple[Markup, Markup]]]]:
        """Give the title of each chart, and the name and the address of each of its files."""
        language = self.speakers[0].language
        specs = self.gallery.specs.values()
        return [(Markup.escape(spec.titles[language]), list(self._drawings(spec.identifier))) for spec in specs]

    def table(self, rows: Sequence[Row], title: str, shown: Markup, identifier: str = "") -> Share:
        """Share a table that shows some rows; raises `AddressError` where its name is taken."""
        embed = self._embed(identifier or f"table-{rows[0].table_.name}", "table", rows, title, shown)
        return self._share(embed, rows, [quote_of_table(vocabulary, rows) for vocabulary in self._by_language()])

    def chart(self, view: ChartView, drawing: Markup) -> Share:
        """Share a chart, with its drawings as files; raises `AddressError` where it stands on the page already."""
        rows = [row for table in view.beneath for row in table.rows]
        embed = self._embed(str(view.anchor), "chart", rows, str(view.title), drawing)
        embed = replace(embed, source=sources_of(self.speakers[0], rows, view.spec.source))
        quotes = [self._quote(view, vocabulary, rows) for vocabulary in self._by_language()]
        return self._share(embed, rows, quotes, view.spec.identifier)

    def _quote(self, view: ChartView, vocabulary: Vocabulary, rows: Sequence[Row]) -> Quote:
        """Quote what was written about a chart, with the sources of the rows it speaks of, or else of all it shows."""
        text = Markup(self.gallery.view(view.spec, without_links(vocabulary)).fill("quote"))
        told = [row for row in rows if _tells_of(text, row)] or rows
        return quote_from(vocabulary, [text, origin(vocabulary, told, view.spec.source)])

    def _by_language(self) -> list[Vocabulary]:
        """Give who speaks each language, in the order of the package."""
        return sorted(self.speakers, key=lambda vocabulary: self.catalogue.languages.index(vocabulary.language))

    def _embed(self, name: str, kind: str, rows: Sequence[Row], title: str, shown: Markup) -> Embed:
        if name in self.seen:
            raise AddressError(say("two things on this page are called '{name}'; give one another id", name=name))
        vocabulary = self.speakers[0]
        plain = html.unescape(Markup(title).striptags())
        self.seen.add(name)
        page, source = vocabulary.presenter.page, sources_of(vocabulary, rows)
        return Embed(name, kind, rows[0].table_.name, plain, page, self.path, shown, source)

    def _share(self, embed: Embed, rows: Sequence[Row], quotes: Sequence[Quote], drawing: str = "") -> Share:
        self.embeds.add(embed)
        cited, language = self._cited(embed), self.speakers[0].language
        return Share(
            anchor=Markup.escape(embed.identifier),
            title=Markup.escape(embed.title),
            address=Markup.escape(self.catalogue.address(cited.page)),
            citation=Markup.escape(render_plain(self.catalogue, cited, language)),
            bibtex=Markup.escape(render_bibtex(self.catalogue, cited, language).strip()),
            quotes=tuple(quotes),
            downloads=tuple(self._downloads(rows, drawing)),
            frame=Markup.escape(self._frame(embed)),
            is_first=len(self.seen) == 1,
        )

    def _cited(self, embed: Embed) -> Dataset:
        """Give a chart or table as what can be cited: the data as a whole, under its own title and address."""
        page = percent(self.root + self.path.removesuffix("index.html"))
        title: Mapping[str, str] = dict.fromkeys(self.catalogue.languages, embed.title)
        return replace(self.catalogue.whole, name=embed.identifier, title=title, page=f"{page}#{embed.identifier}")

    def _downloads(self, rows: Sequence[Row], drawing: str) -> Iterator[tuple[Markup, Markup]]:
        """Give the name and the address of each file: the drawing, if any, and every table, by its title if several."""
        vocabulary = self.speakers[0]
        yield from self._drawings(drawing) if drawing else ()
        names = dict.fromkeys(row.table_.name for row in rows)
        for name in names:
            of = Markup(": {}").format(vocabulary.plain_title(name)) if len(names) > 1 else Markup()
            for extension in ("csv", "xlsx"):
                yield Markup.escape(extension.upper()) + of, vocabulary.download(f"{name}.{extension}")

    def _drawings(self, chart: str) -> Iterator[tuple[Markup, Markup]]:
        for extension in ("png", "svg"):
            address = self.speakers[0].presenter.address_of(f"site:{self.root}{CHARTS}/{chart}.{extension}")
            yield Markup.escape(extension.upper()), Markup.escape(address)

    def _frame(self, embed: Embed) -> str:
        """Write the code to show it on another site; without its script the frame keeps a height that mostly fits."""
        address = self.catalogue.address(percent(self.root + embed.path))
        return (
            f'<iframe src="{address}" title="{html.escape(embed.title)}" width="100%" height="{embed.height}"'
            f' style="border:0" loading="lazy"></iframe>{GROW}'
        )


def _tells_of(text: Markup, row: Row) -> bool:
    """Ask whether a value in a text is bound to a cell of a row."""
    cells = (Cell(row.table_, row.number_, field) for field in row.table_.fields)
    return any(f'data-cell="{html.escape(cell.address)}"' in text for cell in cells)
