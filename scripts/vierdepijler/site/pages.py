"""Pages: from their sources to Markdown, every number through a bound cell.

The pages of tables, of passports, of releases and of the rows of a table are made from one pattern each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import chain
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import Cell, has_figures
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, each_of
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import Labels
from vierdepijler.releases.corrections import Correction
from vierdepijler.site.api.endpoint import ROWS_SHOWN
from vierdepijler.writers.formats.publication import Publication
from vierdepijler.writers.metadata.catalogues import Catalogue
from vierdepijler.writers.metadata.describing import catalogue_of

from .api.endpoints import ShownEndpoint, api_of, shown_endpoints
from .chart_view import Gallery
from .charts import Drawing
from .figure_status import figure_statuses, index_for_script
from .figures import Presenter
from .links import Backlinks, Links, Usage, passport_page, release_page, release_path, row_page, row_path, table_page
from .page_model import Draft, Page, key_figures, table_figure
from .page_values import Row, localised
from .passports import passports
from .quotes import caveat
from .sharing import Embeds, Sharing, citation_file, render_embed
from .shown_corrections import corrections_in, corrections_on, last_corrections, shown_corrections, with_notice
from .shown_releases import listed_releases, shown_releases
from .sources import ROWS_OF, PageSource, Sources, refuse_taken, relative
from .table_view import Explored, described_columns, divisions, table_rows
from .templates import Templates
from .vocabulary import Vocabulary

TABLE_PATTERN = "data/_table.md"
PASSPORT_PATTERN = "data/_passport.md"
RELEASE_PATTERN = "data/_release.md"
NOTICE_PATTERN = "_revised.md"
NOTES_PATTERN = "_notes.md"


@dataclass(frozen=True)
class Renderer:
    """Renders the pages of one language from one package; `url` is the address of the whole site."""

    package: Package
    sources: Sources
    language: str
    url: str
    led_to: set[tuple[str, int]] = field(default_factory=set)
    unlabelled: set[str] = field(default_factory=set)  # cells that pages show in another language than their own
    usage: Usage = field(default_factory=Usage)
    embeds: Embeds = field(default_factory=Embeds)

    def render(self) -> list[Page]:
        """Render every page, those of tables and passports last; raises `ContentError` with all pages that fail."""
        self._refuse_taken()
        return list(chain.from_iterable(each_of((self.render_written, self._render_patterned))))

    def render_written(self) -> list[Page]:
        """Render the pages that people wrote; `usage` then tells which figures they show."""
        return each_of(draft.render for draft in self._written())

    def render_embeds(self, last: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Render what other sites can embed of the pages that were made: the path of each, and its HTML.

        Each leads to the page that shows it, and to one of the pages `last` only where no other does.
        """
        root = self.url + self.sources.root(self.language)
        for embed in self.embeds.once(last):
            yield embed.path, render_embed(embed, self._templates, self._vocabulary(embed.path), root)

    def drafts(self) -> Iterator[Draft]:
        """Give every page, in the order in which they are made, before it is made."""
        self._refuse_taken()
        yield from self._written()
        yield from self._patterned()

    def _written(self) -> Iterator[Draft]:
        for identifier, source in self.sources.pages[self.language].items():
            head = partial(self._written_head, identifier, source)
            text, beside = (partial(made, identifier, source) for made in (self._written_text, self._translated_text))
            yield Draft(identifier, source.path, head, text, beside=beside)

    def _patterned(self) -> Iterator[Draft]:
        """Give the pages of tables, of passports, of releases and of rows; none in a language that only pages have."""
        if self._is_of_pages_only:
            return
        for table in self.package.tables.values():
            part_of = table.name if table.rows > ROWS_SHOWN else ""
            title = self.package.title(table, self.language)
            name, path, words = table_page(table), f"data/{table.name}.md", self.sources.words[self.language]
            description = self.package.text(table.descriptor, "description", self.language) or title
            shown = table_figure(self.package, table, self.language, words)
            head = partial(Page, name, path, title, description, "", (shown,))
            yield Draft(name, path, head, partial(self._table_text, table), part_of)
            if has_figures(table):
                name, path = passport_page(table), f"{self._passport_folder}/{table.name}.md"
                title, description = f"{words['passport_title']}: {title}", f"{words['passport_description']}: {title}"
                head = partial(Page, name, path, title, description, "")
                yield Draft(name, path, head, partial(self._passport_text, table), part_of, needs_all=True)
        for version in (str(release["version"]) for release in listed_releases(self.package.root) if release["sealed"]):
            name, path = release_page(version), release_path(version).removesuffix(".html") + ".md"
            words = self.sources.words[self.language]
            title, description = f"{words['release_title']} {version}", f"{words['release_description']} {version}"
            head = partial(Page, name, path, title, description, "")
            yield Draft(name, path, head, partial(self._release_text, version))
        for table_name, pattern in self.sources.patterns.get(self.language, {}).items():
            table = self._table_of(table_name, pattern)
            yield from (self._row_draft(pattern, row) for row in self._vocabulary("").rows(table.name))

    def _written_head(self, identifier: str, source: PageSource) -> Page:
        figures = key_figures(self.package, self.sources, self.language, source)
        title, description = source.meta["title"], source.meta["description"]
        sheet = self.sources.sheet(self.language, identifier)
        return Page(identifier, source.path, title, description, "", figures, sheet)

    def _translated_text(self, identifier: str, source: PageSource) -> str:
        """Give the text that a page was translated from, with links as they are on that page; empty for none."""
        if not self._is_of_pages_only:
            return ""
        language, address = self.sources.base, source.address
        names = self._written_names(self._vocabulary(address, language=language), address)
        return Templates(self.sources.folder, language).fill(self.sources.pages[language][identifier].path, names)

    def _written_text(self, identifier: str, source: PageSource) -> str:
        vocabulary = self._vocabulary(source.address, identifier)
        markdown = self._templates.fill(source.path, self._written_names(vocabulary, source.address))
        return self._with_notice(markdown, source.address, identifier) + self._notes(vocabulary, source.address)

    def _written_names(self, vocabulary: Vocabulary, address: str) -> dict[str, Any]:
        return {
            **vocabulary.names(),
            "sheet": self.sources.sheet_link(self.language, vocabulary.presenter.page),
            "translations": lambda name: list(self._translations(name, address)),
            **self._sharing(vocabulary, address).names(),
            "endpoints": cache(lambda: self._endpoints(address)),
            "standings": cache(lambda: figure_statuses(vocabulary)),
            "releases": cache(lambda: shown_releases(vocabulary)),
            "corrections": cache(lambda: shown_corrections(vocabulary)),
            "figures_index": lambda: index_for_script(
                Publication(self.package, self.url), self.sources.passports, self.language
            ),
        }

    def _translations(self, name: str, address: str) -> Iterator[tuple[str, Markup, Markup]]:
        """Give the other languages that a page is there in, with their names and its address."""
        for language, pages in self.sources.pages.items():
            if name in pages and language != self.language:
                path = self.sources.root(language) + pages[name].address
                place = relative(path, self.sources.root(self.language) + address)
                yield language, Markup.escape(self.sources.words[language]["language_name"]), Markup.escape(place)

    def _sharing(self, vocabulary: Vocabulary, address: str) -> Sharing:
        others = (self._vocabulary(address, language=one) for one in self.package.languages if one != self.language)
        own = self.sources.root(self.language)
        return Sharing([vocabulary, *others], self._catalogue, self._gallery, self.embeds, own, address)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return catalogue_of(self.package.descriptor, self.package.root)

    def drawings(self) -> Iterator[Drawing]:
        """Draw every chart that is declared, for its files."""
        if self._is_of_pages_only:
            return iter(())
        return self._gallery.drawings(self._vocabulary("index.html"))

    def _with_notice(self, markdown: str, address: str, identifier: str) -> str:
        """Tell on a page of each figure it shows that was revised: what it was, when and why."""
        vocabulary = self._vocabulary(address)
        revised = corrections_on(vocabulary, self._of_sources, identifier, self.usage)
        if not revised or self._is_of_pages_only:  # there the figure is marked as such, and leads to its passport
            return markdown
        return with_notice(markdown, self._templates.fill(NOTICE_PATTERN, {**vocabulary.names(), "revised": revised}))

    def _notes(self, written: Vocabulary, address: str) -> str:
        """Tell once what stands at each place in a source that marks on a page lead to; nothing without marks."""
        vocabulary, pattern = self._vocabulary(address), self.sources.folder / self.language / NOTES_PATTERN
        notes = list(source_notes(vocabulary, written.presenter.noted)) if pattern.is_file() else []
        return "\n" + self._templates.fill(NOTES_PATTERN, {**vocabulary.names(), "notes": notes}) if notes else ""

    def _endpoints(self, address: str) -> list[ShownEndpoint]:
        api = api_of(self.package, self.sources, self.url)
        return list(shown_endpoints(api, self.language, self.sources.root(self.language) + address))

    def _render_patterned(self) -> list[Page]:
        """Make the pages that are patterned; of a table in part again where others led to more rows."""
        drafts = list(self._patterned())
        pages: dict[str, Page] = {}
        shown: dict[str, set[int]] = {}

        def render(draft: Draft) -> Page:
            shown[draft.identifier] = self._led_to_in(draft.part_of)
            return draft.render()

        while due := [one for one in drafts if shown.get(one.identifier) != self._led_to_in(one.part_of)]:
            pages |= {page.identifier: page for page in each_of(partial(render, draft) for draft in due)}
        return list(pages.values())

    def _led_to_in(self, table: str) -> set[int]:
        return {number for name, number in self.led_to if name == table}

    def _refuse_taken(self) -> None:
        """Refuse page sources that stand where the page of a table or its passports come."""
        folders = () if self._is_of_pages_only else ("data", self._passport_folder)
        refuse_taken(self.sources, self.language, folders, self.package.tables)

    def _table_text(self, table: Table) -> str:
        vocabulary = self._vocabulary(f"data/{table.name}.html")
        shown = self._shown(vocabulary, table)
        names = {
            **vocabulary.names(),
            **self._sharing(vocabulary, f"data/{table.name}.html").names(),
            "table": table,
            "name": Markup.escape(table.name),
            "columns": described_columns(vocabulary, table),
            "rows_shown": table_rows(vocabulary, table, shown),
            "is_part": len(shown) < table.rows,
            "charts": self._gallery.on_no_page(table.name),
            "has_figures": has_figures(table),
            "caveat": caveat(vocabulary, table),
            "divisions": divisions(vocabulary, table),
            "explored": Explored(vocabulary, table, shown, self.url + self.sources.root(self.language)),
            "citation": citation_file(self.package.root, table.name),
        }
        return self._templates.fill(TABLE_PATTERN, names)

    def _passport_text(self, table: Table) -> str:
        address = f"{self._passport_folder}/{table.name}.html"
        vocabulary = self._vocabulary(address)
        shown = self._shown(vocabulary, table)
        names = {
            **vocabulary.names(),
            "name": Markup.escape(table.name),
            "revised": corrections_in(vocabulary, self._corrections, table.name),
            "passports": lambda: list(passports(vocabulary, table, shown, self._backlinks)),
            "is_part": len(shown) < table.rows,
            "full_page": Markup.escape(self.url + self.sources.root(self.language) + address),
        }
        return self._templates.fill(PASSPORT_PATTERN, names)

    def _release_text(self, version: str) -> str:
        """Fill the page of a release, in the folder with its files."""
        vocabulary = self._vocabulary(release_path(version))
        shown = next((one for one in shown_releases(vocabulary) if one.version == version), None)
        return self._templates.fill(RELEASE_PATTERN, {**vocabulary.names(), "release": shown})

    def _table_of(self, name: str, pattern: PageSource) -> Table:
        """Give the table whose rows have pages; raises `ContentError`, with the line, where there is none."""
        if name not in self.package.tables:
            what = f"there is no table '{name}' (there are: {', '.join(self.package.tables)})"
            problem = self.sources.problem_in(self.language, pattern, ROWS_OF, what, "correct the name")
            raise ContentError([problem], self.sources.folder.parent)
        return self.package.tables[name]

    def _row_draft(self, pattern: PageSource, row: Row) -> Draft:
        """Say what the page of a row is; `{label}` in its title and description is its label, or its title."""
        name = row_page(row.table_, row.number_)
        path = row_path(pattern, name.partition(":")[2]).removesuffix(".html") + ".md"
        is_labelled = localised(row.table_, "label", self.language) in row.table_.field_names
        label = cell_text((row.label if is_labelled else row.title).value)
        title, description = (pattern.meta[text].replace("{label}", label) for text in ("title", "description"))
        head = partial(Page, name, path, title, description, "")
        return Draft(name, path, head, partial(self._row_text, pattern, path.removesuffix(".md") + ".html", row))

    def _row_text(self, pattern: PageSource, address: str, row: Row) -> str:
        return self._templates.fill(pattern.path, {**self._vocabulary(address).names(), "this": row})

    def _shown(self, vocabulary: Vocabulary, table: Table) -> list[Row]:
        """Give the rows to show: of a long table a part, but never without those that other pages lead to."""
        rows = vocabulary.rows(table.name)
        return [row for row in rows if self.is_shown(table, row.number_)]

    def is_shown(self, table: Table, number: int) -> bool:
        """Tell whether a row stands on the pages of its table; asked after rendering, which tells what leads to it."""
        return number < ROWS_SHOWN or (table.name, number) in self.led_to

    @property
    def _passport_folder(self) -> str:
        return self.sources.passports[self.language]

    @cached_property
    def _corrections(self) -> list[Correction]:
        return last_corrections(self.package)

    @cached_property
    def _of_sources(self) -> list[Correction]:
        """The last corrections of figures of sources: what we count ourselves is no news."""
        own = self.package.table_of(Role.DERIVED)
        return [one for one in self._corrections if own is None or one.revision.table != own.name]

    @property
    def _is_of_pages_only(self) -> bool:
        return self.language in self.sources.labels

    @cached_property
    def _gallery(self) -> Gallery:
        return Gallery(self.package, self._templates)

    @cached_property
    def _backlinks(self) -> Backlinks:
        return Backlinks(self.package, self.usage, self.sources.pages[self.language])

    @cached_property
    def _links(self) -> Links:
        return Links(self.package, self.sources, self.language, self.url)

    def _vocabulary(self, address: str, page: str = "", language: str = "") -> Vocabulary:
        """Say what a page says, in its language or another; links lead to pages in its own."""
        spoken = language or self.language
        missing = self.unlabelled if spoken == self.language else set()
        labels = (
            Labels(spoken, self.sources.base, self.sources.labels.get(spoken, {}), missing)
            if self._is_of_pages_only
            else None
        )
        presenter = Presenter(
            self.package,
            self.sources.data_language(spoken),
            self.sources.words[spoken],
            lambda target: self._links.to(target, address),
            self.led_to,
            "" if self._is_of_pages_only else page,  # what it shows is told in the language that it was translated from
            self.usage,
            revised={one.address for one in self._of_sources} if page else (),
            labels=labels,
        )
        return Vocabulary(self.package, presenter)

    @cached_property
    def _templates(self) -> Templates:
        return Templates(self.sources.folder, self.language)


@dataclass(frozen=True)
class SourceNote:
    """What a mark leads to: a source, and the item of it where one is named; `name` names it on a page."""

    name: Markup
    source: Row
    item: Row | None


def source_notes(vocabulary: Vocabulary, noted: Mapping[str, tuple[Cell, ...]]) -> Iterator[SourceNote]:
    """Find what the marks on a page lead to, by the name of each place; the package may not tell of its sources."""
    for name, (source, *items) in noted.items():
        found = vocabulary.rows_of(Role.ITEMS, source_id=source, source_item=items[0]) if items else []
        for row in vocabulary.rows_of(Role.SOURCES, source_id=source):
            yield SourceNote(Markup.escape(name), row, found[0] if found else None)
