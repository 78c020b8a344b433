"""The pages for the frames of other sites: one chart or table each, its source, and the way to the page about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.writers.hosting_rules import POLICY

from .addresses import relative
from .embeds import Embed, Embeds
from .quotes import publisher_of
from .templates import Templates
from .vocabulary import Vocabulary

PATTERN = "embed.html"


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
        said = self.speaker(embed.path)
        publisher = publisher_of(said)
        names = {
            **said.names(),
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
