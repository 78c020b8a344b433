"""What stands beside a chart or a table for who writes about it: address, citation, quote, downloads, frame."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote as percent

from markupsafe import Markup

from vierdepijler.cells import AddressError
from vierdepijler.messages import say
from vierdepijler.metadata.catalogues import Catalogue, Dataset
from vierdepijler.metadata.citations import render_bibtex, render_plain
from vierdepijler.tables import Table

from .embeds import Embed, Embeds
from .quotes import Quote, quote_of_table, sources_of
from .vocabulary import Row, Vocabulary

# What lets the frame grow to the height that the page in it tells (see assets/embed.js); it is safe to have it twice.
GROW = (
    '<script>addEventListener("message",e=>{for(const f of document.querySelectorAll("iframe"))'
    "if(e.source===f.contentWindow&&e.data.vierdePijlerHeight)f.height=e.data.vierdePijlerHeight})</script>"
)


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
    embeds: Embeds
    root: str
    path: str
    seen: set[str] = field(default_factory=set)

    def names(self) -> dict[str, Callable[..., Share]]:
        """Give the words that a page has for this."""
        return {"share_table": self.table, "share_chart": self.chart}

    def table(self, rows: Sequence[Row], title: str, shown: Markup, identifier: str = "") -> Share:
        """Share a table that shows some rows; raises `AddressError` where its name is taken."""
        embed = self._embed("table", identifier or f"table-{rows[0].table_.name}", rows, title, shown)
        return self._share(embed, rows[0].table_, self._quotes(rows))

    def chart(self, rows: Sequence[Row], title: str, drawing: Markup) -> Share:
        """Share a chart, whose table shows some rows; raises `AddressError` where its name is taken."""
        embed = self._embed("chart", f"chart-{rows[0].table_.name}", rows, title, drawing)
        return self._share(embed, rows[0].table_, self._quotes(rows))

    def _quotes(self, rows: Sequence[Row]) -> tuple[Quote, ...]:
        """Quote a table in each language, in the order of the package."""
        speakers = {said.language: said for said in self.speakers}
        numbers = [row.number_ for row in rows]
        return tuple(
            quote_of_table(speakers[language], rows[0].table_, numbers) for language in self.catalogue.languages
        )

    def _embed(self, kind: str, name: str, rows: Sequence[Row], title: str, shown: Markup) -> Embed:
        if name in self.seen:
            raise AddressError(say("two things on this page are called '{name}'; give one another id", name=name))
        table, said = rows[0].table_, self.speakers[0]
        source = sources_of(said, table, [row.number_ for row in rows])
        plain = str(Markup(title).striptags())
        embed = Embed(name, kind, table.name, plain, said.presenter.page, self.path, shown, source)
        self.embeds.add(embed)
        self.seen.add(name)
        return embed

    def _share(
        self,
        embed: Embed,
        table: Table,
        quotes: tuple[Quote, ...],
        drawings: Sequence[tuple[Markup, Markup]] = (),
    ) -> Share:
        cited, language = self._cited(embed), self.speakers[0].language
        return Share(
            anchor=Markup.escape(embed.identifier),
            title=Markup.escape(embed.title),
            address=Markup.escape(self.catalogue.address(cited.page)),
            citation=Markup.escape(render_plain(self.catalogue, cited, language)),
            bibtex=Markup.escape(render_bibtex(self.catalogue, cited, language).strip()),
            quotes=quotes,
            downloads=(*drawings, *self._files(table)),
            frame=Markup.escape(self._frame(embed)),
            is_first=len(self.seen) == 1,
        )

    def _cited(self, embed: Embed) -> Dataset:
        """Give a chart or table as what can be cited: the data as a whole, under its own title and address."""
        page = percent(self.root + self.path.removesuffix("index.html"))
        title: Mapping[str, str] = dict.fromkeys(self.catalogue.languages, embed.title)
        return replace(self.catalogue.whole, name=embed.identifier, title=title, page=f"{page}#{embed.identifier}")

    def _files(self, table: Table) -> list[tuple[Markup, Markup]]:
        said = self.speakers[0]
        return [
            (Markup.escape(name), said.download(f"{table.name}.{extension}"))
            for name, extension in (("CSV", "csv"), ("XLSX", "xlsx"))
        ]

    def _frame(self, embed: Embed) -> str:
        """Write the code to show it on another site; without its script the frame keeps a height that mostly fits."""
        address = self.catalogue.address(percent(self.root + embed.path))
        return (
            f'<iframe src="{address}" title="{html.escape(embed.title)}" width="100%" height="{embed.height}"'
            f' style="border:0" loading="lazy"></iframe>{GROW}'
        )
