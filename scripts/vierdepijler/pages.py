"""Pages: from their sources to Markdown, every number through a bound cell.

What a page shows between `{{` and `}}` is a cell, a value of the descriptor, or text without a digit; anything
else is refused, and so is a name that does not exist. The pages of tables are made from one pattern.
"""

import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from .cells import AddressError, Cell
from .figures import Presenter, Property, relative, table_page
from .package import Package, Table
from .problems import ContentError, Problem
from .sources import FRONT_MATTER, Sources
from .vocabulary import Vocabulary, columns

TABLE_PATTERN = "data/_table.md"
ROWS_SHOWN = 200
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
    """Renders the pages of one language from one package."""

    package: Package
    sources: Sources
    language: str
    led_to: set[tuple[str, int]] = field(default_factory=set)

    def render(self) -> Iterator[Page]:
        """Render every page, those of the tables last; raises `ContentError` for a page that fails."""
        for identifier, source in self.sources.pages[self.language].items():
            markdown = self._fill(source.path, self._vocabulary(source.address).names())
            yield Page(identifier, source.path, source.meta["title"], source.meta["description"], markdown)
        for table in self.package.tables.values():
            yield self._table_page(table)

    def _table_page(self, table: Table) -> Page:
        path = f"data/{table.name}.md"
        vocabulary = self._vocabulary(f"data/{table.name}.html")
        # A long table is shown in part, but never without the rows that figures on other pages lead to.
        rows = vocabulary.rows(table.name)
        shown = [row for row in rows if row.number_ < ROWS_SHOWN or (table.name, row.number_) in self.led_to]
        names = {
            **vocabulary.names(),
            "table": table,
            "columns": columns(vocabulary, table),
            "shown": shown,
            "is_part": len(shown) < len(rows),
        }
        title = self.package.text(table.descriptor, "title", self.language) or table.name
        description = self.package.text(table.descriptor, "description", self.language) or title
        return Page(table_page(table), path, title, description, self._fill(TABLE_PATTERN, names))

    def _vocabulary(self, address: str) -> Vocabulary:
        presenter = Presenter(
            self.package,
            self.language,
            self.sources.words[self.language],
            lambda target: self._address(target, address),
            self.led_to,
        )
        return Vocabulary(self.package, presenter)

    def _address(self, target: str, address: str) -> str:
        """Give the address of a page, of the page of a table (`table:name`) or of a file (`file:name`)."""
        kind, _, name = target.rpartition(":")
        if kind == "file":
            return relative(f"data/{name}", self.sources.root(self.language) + address)
        if kind == "table":
            return relative(f"data/{name}.html", address)
        pages = self.sources.pages[self.language]
        if name not in pages:
            raise AddressError(f"there is no page '{name}' (there are: {', '.join(pages)})")
        return relative(pages[name].address, address)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader([self.sources.folder / self.language, self.sources.folder / "blocks"]),
            undefined=jinja2.StrictUndefined,
            finalize=_finalize,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def _fill(self, path: str, names: dict[str, Any]) -> str:
        try:
            template = self._environment.get_template(path)
            return FRONT_MATTER.sub("", template.render(names), count=1)
        except jinja2.TemplateNotFound as error:
            raise self._refusal(
                path, 0, f"the file '{error.name}' is not there", "write it or correct its name"
            ) from error
        except jinja2.TemplateSyntaxError as error:
            place = self._relative(error.filename) or path
            raise self._refusal(
                place, error.lineno, str(error.message), "mend what stands between the braces"
            ) from error
        except (jinja2.TemplateError, AddressError, BareValueError, TypeError, ValueError, KeyError) as error:
            place, line = self._place(error, path)
            todo = "use row(…), rows(…) and the other words that CONTRIBUTING.md lists"
            raise self._refusal(place, line, str(error), todo) from error

    def _refusal(self, path: str, line: int, what: str, todo: str) -> ContentError:
        folder = self.sources.folder
        file = f"{folder.name}/{path}" if (folder / path).exists() else f"{folder.name}/{self.language}/{path}"
        return ContentError([Problem(file, line, "", what, todo)], folder.parent)

    def _place(self, error: Exception, path: str) -> tuple[str, int]:
        """Find the line of the page, or of the block it uses, where an error arose."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if (place := self._relative(frame.filename)) is not None:
                return place, frame.lineno or 0
        return path, 0

    def _relative(self, file: str | None) -> str | None:
        if file is None or not Path(file).is_relative_to(self.sources.folder):
            return None
        return Path(file).relative_to(self.sources.folder).as_posix()


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
            raise BareValueError(f"{value!r} would be shown, but it comes from no cell")
