"""What can be cited, quoted and embedded by itself: the charts and tables that written pages show.

Gathered while pages are made; a page of its own at `embed/<identifier>.html` shows each in the frame of another site.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.core.cells import AddressError
from vierdepijler.core.messages import say
from vierdepijler.writers.hosting_rules import POLICY

from .quotes import publisher_of
from .sources import relative
from .templates import Templates
from .vocabulary import Vocabulary

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


@dataclass(frozen=True)
class EmbedPages:
    """Makes the pages of one language; `speaker` gives who speaks at an address, `home` is that of the first page."""

    templates: Templates
    speaker: Callable[[str], Vocabulary]
    home: str

    def render(self, embeds: Embeds, last: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Make the page of each chart and table: its path, from the root of its language, and its HTML.

        Each leads to the page that shows it, and to one of the pages `last` only where no other does.
        """
        for embed in embeds.once(last):
            yield embed.path, self._page(embed)

    def _page(self, embed: Embed) -> str:
        vocabulary = self.speaker(embed.path)
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
            "canonical": Markup.escape(self.home + quote(embed.address.removesuffix("index.html"))),
            "page_address": Markup.escape(f"{relative(embed.address, embed.path)}#{embed.identifier}"),
        }
        return self.templates.fill(PATTERN, names).lstrip()
