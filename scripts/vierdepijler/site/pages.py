"""Pages: from their sources to Markdown, every number through a bound cell.

What a page shows between `{{` and `}}` is a cell, a value of the descriptor, or text without a digit; anything
else is refused, and so is a name that does not exist. The pages of tables are made from one pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from vierdepijler.cells import AddressError, Cell, has_figures
from vierdepijler.package import Package
from vierdepijler.problems import ContentError, Problem
from vierdepijler.tables import Table

from .addresses import passport_page, table_page
from .api_examples import ShownEndpoint, api_of, shown_endpoints
from .appearances import Appearances
from .columns import columns
from .divisions import divisions
from .figures import Presenter, Property
from .link_targets import Links
from .passports import passports
from .sources import FRONT_MATTER, Sources, place_of
from .trails import Trails
from .vocabulary import Row, Vocabulary

TABLE_PATTERN = "data/_table.md"
PASSPORT_PATTERN = "data/_passport.md"
ROWS_SHOWN = 200
TAKEN = "a table has its page here"
PRESENTER = "_presenter"


class BareValueError(ValueError):
    """A value in a page that comes from no cell."""


@dataclass(frozen=True)
class Page:
    """A rendered page; `path` and `address` (of the HTML) count from the root of its language."""

    identifier: str
    path: str
    title: str
    description: str
    markdown: str

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"


@dataclass(frozen=True)
class Renderer:
    """Renders the pages of one language from one package; `url` is the address of the whole site."""

    package: Package
    sources: Sources
    language: str
    url: str
    led_to: set[tuple[str, int]] = field(default_factory=set)
    appearances: Appearances = field(default_factory=Appearances)

    def render(self) -> Iterator[Page]:
        """Render every page, those of tables and passports last; raises `ContentError` for a page that fails."""
        self._refuse_taken()
        yield from self.render_written()
        self._gather_rows()
        for table in self.package.tables.values():
            yield self._table_page(table)
            if has_figures(table):
                yield self._passport_page(table)

    def render_written(self) -> Iterator[Page]:
        """Render the pages that people wrote; `appearances` then tells which figures they show."""
        for identifier, source in self.sources.pages[self.language].items():
            names = self._vocabulary(source.address, identifier).names()
            names["endpoints"] = lambda address=source.address: self._endpoints(address)
            markdown = self._fill(source.path, names)
            yield Page(identifier, source.path, source.meta["title"], source.meta["description"], markdown)

    def _endpoints(self, address: str) -> list[ShownEndpoint]:
        api = api_of(self.package, self.sources, self.url)
        return list(shown_endpoints(api, self.language, self.sources.root(self.language) + address))

    def _gather_rows(self) -> None:
        """Find the rows that the pages of tables lead to, where a table is shown in part; one may lead to another."""
        tables = self.package.tables.values()
        known = -1
        while known < len(self.led_to) and any(len(table.frame) > ROWS_SHOWN for table in tables):
            known = len(self.led_to)
            for table in tables:
                self._table_page(table)
                self._passport_page(table)

    def _refuse_taken(self) -> None:
        """Refuse page sources that stand where the page of a table or its passports come."""
        places = {f"{place}/{name}.md" for name in self.package.tables for place in ("data", self._passport_folder)}
        folder = self.sources.folder
        found = (source.path for source in self.sources.pages[self.language].values() if source.path in places)
        language = f"{folder.name}/{self.language}"
        problems = [Problem(f"{language}/{path}", 1, "", TAKEN, "rename the page") for path in found]
        if problems:
            raise ContentError(problems, folder.parent)

    def _table_page(self, table: Table) -> Page:
        path = f"data/{table.name}.md"
        vocabulary = self._vocabulary(f"data/{table.name}.html")
        shown = self._shown(vocabulary, table)
        names = {
            **vocabulary.names(),
            "table": table,
            "name": Markup.escape(table.name),
            "columns": columns(vocabulary, table),
            "shown": shown,
            "is_part": len(shown) < len(table.frame),
            "has_figures": has_figures(table),
            "divisions": divisions(vocabulary, table),
            "citation": self._citation(table),
        }
        title = self.package.text(table.descriptor, "title", self.language) or table.name
        description = self.package.text(table.descriptor, "description", self.language) or title
        return Page(table_page(table), path, title, description, self._fill(TABLE_PATTERN, names))

    def _citation(self, table: Table) -> Markup:
        """Name the files that say how to cite a table, without what they end in; most are cited as the whole."""
        own = (self.package.root / f"{table.name}.bib").is_file()
        return Markup.escape(table.name if own else "citation")

    def _passport_page(self, table: Table) -> Page:
        address = f"{self._passport_folder}/{table.name}.html"
        vocabulary = self._vocabulary(address)
        shown = self._shown(vocabulary, table)
        names = {
            **vocabulary.names(),
            "name": Markup.escape(table.name),
            "passports": lambda: list(passports(vocabulary, table, shown, self._trails)),
            "is_part": len(shown) < len(table.frame),
            "full_page": Markup.escape(self.url + self.sources.root(self.language) + address),
        }
        words = self.sources.words[self.language]
        title = self.package.text(table.descriptor, "title", self.language) or table.name
        return Page(
            passport_page(table),
            f"{self._passport_folder}/{table.name}.md",
            f"{words['passport_title']}: {title}",
            f"{words['passport_description']}: {title}",
            self._fill(PASSPORT_PATTERN, names),
        )

    def _shown(self, vocabulary: Vocabulary, table: Table) -> list[Row]:
        """Give the rows to show: of a long table a part, but never without those that other pages lead to."""
        rows = vocabulary.rows(table.name)
        return [row for row in rows if row.number_ < ROWS_SHOWN or (table.name, row.number_) in self.led_to]

    @property
    def _passport_folder(self) -> str:
        return self.sources.words[self.language]["passport_folder"]

    @cached_property
    def _trails(self) -> Trails:
        return Trails(self.package, self.appearances, self.sources.pages[self.language])

    @cached_property
    def _links(self) -> Links:
        return Links(self.package, self.sources, self.language, self.url)

    def _vocabulary(self, address: str, page: str = "") -> Vocabulary:
        presenter = Presenter(
            self.package,
            self.language,
            self.sources.words[self.language],
            lambda target: self._links.to(target, address),
            self.led_to,
            page,
            self.appearances,
        )
        return Vocabulary(self.package, presenter)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([self.sources.folder / self.language, self.sources.folder / "blocks"]),
            undefined=jinja2.StrictUndefined,
            finalize=_finalize,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # These would pass any text off as markup that comes from a cell; what a page shows is escaped anyway.
        for name in ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr"):
            environment.filters[name] = lambda value: value
        return environment

    def _fill(self, path: str, names: dict[str, Any]) -> str:
        try:
            text = self._environment.get_template(path).render(names)
        except Exception as error:  # what an author writes can fail in any way, and none of it is ours to mend
            raise self._refusal(error, path) from error
        return FRONT_MATTER.sub("", text.removeprefix("\ufeff"), count=1)

    def _refusal(self, error: Exception, path: str) -> ContentError:
        """Say in which file and line a page failed, and why."""
        folder = self.sources.folder
        file, line = place_of(error, folder) or (folder / self.language / path, 0)
        problem = Problem(f"{folder.name}/{file.relative_to(folder).as_posix()}", line, "", *_explain(error))
        return ContentError([problem], folder.parent)


def _explain(error: Exception) -> tuple[str, str]:
    """Say what is wrong with a page and what to do, in plain words."""
    match error:
        case jinja2.TemplateNotFound():
            return f"the file '{error.name}' is not there", "write it, or correct its name"
        case jinja2.TemplateSyntaxError():
            return f"the page cannot be understood: {error.message}", "mend what is between the braces"
        case TypeError() if "Cell" in str(error):
            return "nothing can be calculated with a cell", "make it a derived figure, with its formula"
        case AddressError() | BareValueError() | jinja2.UndefinedError():
            return str(error), "use the words that CONTRIBUTING.md lists"
        case _:
            return f"the page fails: {str(error) or type(error).__name__}", "use the words that CONTRIBUTING.md lists"


@jinja2.pass_context
def _finalize(context: Context, value: Any) -> Any:
    """Show what a page may show; a number that is in no cell may not."""
    presenter: Presenter = context[PRESENTER]
    match value:
        case Markup():
            return value
        case Cell():
            return Markup(presenter.figure(value))
        case Property():
            return Markup(presenter.property(value))
        case jinja2.Undefined():
            return value
        case str() if not re.search(r"\d", value):
            return value
        case _:
            shown = repr(value) if isinstance(value, int | float | str | None) else f"a {type(value).__name__}"
            raise BareValueError(f"{shown} would be shown, but it comes from no cell")
