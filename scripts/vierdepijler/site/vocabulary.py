"""The words an author of a page can use in `{{ … }}`: rows, cells, charts, links to pages and downloads.

    {{ row("counts", group="a", day="2025-02-25").persons }}

gives the number in the reader's notation, bound to its cell and leading to its passport and its source.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import (
    ORIGIN,
    SOURCE,
    AddressError,
    Cell,
    find_field,
    find_rows,
    find_table,
    put_forward,
    row_anchor,
)
from vierdepijler.core.package import Package
from vierdepijler.core.problems import say
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.times import unknown_said_by

from .figures import Presenter
from .links import linked_address, named_paths
from .page_values import Property, Row, descriptor_value, escape, localised, rows_of
from .time_words import TimeWords

GLOSSARY_PAGE = "glossary"
PATTERN = Markup(
    '<span class="term"><button class="term__word" type="button" popovertarget="{id}">{word}</button>'
    '<small class="term__note" id="{id}" popover role="group" aria-labelledby="{id}-name" data-search-exclude>'
    '<strong class="term__name" id="{id}-name">{name}</strong> <span class="term__text">{text}</span>'
    '<span class="term__more"> <a href="{address}">{more}</a></span></small></span>'
)


@lru_cache(maxsize=8)  # of each language, for hundreds of pages
def _marked(words: tuple[tuple[str, str], ...]) -> Mapping[str, Markup]:
    return {name: Markup(text) for name, text in words}


class Vocabulary:
    """What the pages of one language can say about one package."""

    def __init__(self, package: Package, presenter: Presenter) -> None:
        """Speak about `package` through `presenter`, which knows the language and the page."""
        self.package = package
        self.presenter = presenter
        self.language = presenter.language
        self.times = TimeWords(presenter)

    def names(self) -> dict[str, Any]:
        """Give the names that templates can use."""
        return {
            "row": self.row,
            "rows": self.rows,
            **self.times.names(),
            "value": lambda cell: Markup(self.presenter.value(cell)),
            "original": lambda cell: Markup(self.presenter.original(cell)),
            "measured": lambda cell: Markup(self.presenter.measured(cell)),
            "unit": lambda cell: Markup(self.presenter.unit(cell)),
            "title_of": lambda cell: Markup(self.presenter.title(cell)),
            "plain": lambda cell: Markup.escape(cell_text(cell.value)),
            "linked": lambda cell: Markup(self.presenter.linked(cell)),
            "number": self.number,
            "said": self.said,
            "passport": lambda cell: Markup(self.presenter.passport_address(cell)),
            "place": lambda cell: Markup(self.presenter.cell_address(cell)),
            "anchor": lambda cell: Markup.escape(cell.anchor),
            "mark": lambda cell: Markup(self.presenter.mark(cell)),
            "published": self.published,
            "published_text": lambda path: Markup.escape(str(self.published(path).value)),
            "linked_address": linked_address,
            "evidence": lambda cell: named_paths(cell, self.presenter.address_of),
            "heading": self.heading,
            "page": self.page,
            "has_page": self.has_page,
            "address": lambda page: Markup(self.presenter.address_of(page)),
            "archive": Markup.escape(self.package.archive),
            "download": self.download,
            "library": lambda name: Markup.escape(self.presenter.address_of(f"library:{name}")),
            "full_address": lambda file: Markup.escape(self.presenter.address_of(f"full:{file}")),
            "as_written": as_written,
            "term": Terms(self.presenter).term,
            "tables": lambda group=None: [Markup.escape(table.name) for table in self.tables(group)],
            "table_title": self.table_title,
            "plain_title": self.plain_title,
            "table_description": self.table_description,
            "observed": self.observed,
            "noted": self.noted,
            "cited": lambda cell: Markup("" if cell.value is None else self.presenter.source_mark(cell)),
            "about": self.about,
            "groups": self.groups,
            "words": _marked(tuple(self.presenter.words.items())),
            "language": self.language,
            "_presenter": self.presenter,
        }

    def row(self, table: str, **criteria: object) -> Row:
        """Find the one row whose cells read as given; raises `AddressError` for none or several."""
        found = self.rows(table, **criteria)
        if len(found) != 1:
            asked = ", ".join(f"{name}={wanted}" for name, wanted in criteria.items()) or "no condition"
            raise AddressError(f"{len(found)} rows of the table '{table}' fit ({asked}), and one must")
        return found[0]

    def rows(self, table: str, **criteria: object) -> list[Row]:
        """Find every row whose cells read as given (a text, or another cell), in the order of the table."""
        return rows_of(find_table(self.package, table), self.language, criteria)

    def rows_of(self, role: Role, **criteria: object) -> list[Row]:
        """Find the same in the table with a role; none where the package has no such table."""
        table = self.package.table_of(role)
        return [] if table is None else rows_of(table, self.language, criteria)

    def number(self, cell: Cell) -> Markup:
        """Show a number that leads to its passport; raises `AddressError` where a caveat forbids to put it forward."""
        return Markup(self.presenter.number(put_forward(self.package, cell)))

    def said(self, cell: Cell) -> Markup:
        """Say a text of a source with the mark of that source; raises `AddressError` where it has none.

        So it does where the text says that something is not known, and a later source does say it.
        """
        if cell.value is None or not (mark := self.presenter.mark(cell)):
            raise AddressError(say("{address} says nothing of a source", address=cell.address))
        if (entry := unknown_said_by(self.package, cell)) is not None:
            self.times.refuse_answered(entry)
        return Markup(f"{self.presenter.value(cell)} {mark}")

    def published(self, path: str) -> Property:
        """Give a value of the descriptor by its path, names in lists included: `resources/counts/bytes`."""
        return Property(path, descriptor_value(self.package.descriptor, path))

    def heading(self, table: str, field: str) -> Markup:
        """Give the title of a field, for the head of a column; for one that is there per language, without that."""
        name = localised(find_table(self.package, table), field, self.language)
        found = find_field(find_table(self.package, table), name)
        title = self.text(found.descriptor, f"resources/{table}/schema/fields/{found.name}", "title", found.name)
        return Markup.escape(str(title.value).partition(" (")[0]) if name != field else self.shown(title)

    def page(self, name: str) -> Markup:
        """Give the source of a page, for a link in Markdown; in HTML, `address` gives the page itself.

        From a page in a language that only pages have, most are sources of another, and the page itself is given.
        """
        address = self.presenter.address_of(name)
        return Markup.escape(address if self.presenter.labels else address.removesuffix(".html") + ".md")

    def has_page(self, name: str) -> bool:
        """Tell whether the site has a page of that name, so that a link to it can be left out."""
        try:
            self.presenter.address_of(name)
        except AddressError:
            return False
        return True

    def download(self, file: str) -> Markup:
        """Give the address of a published file, seen from this page."""
        return Markup.escape(self.presenter.address_of(f"file:{file}"))

    def tables(self, group: str | None = None) -> list[Table]:
        """Give the tables of a group, or those of no group for an empty name; all of them for None."""
        names = {known["name"] for known in self.package.descriptor.get("groups", ())}
        return [
            table
            for table in self.package.tables.values()
            if group is None or group == (g if (g := table.descriptor.get("group", "")) in names else "")
        ]

    def groups(self) -> Iterator[tuple[str, Markup]]:
        """Give the groups of tables, name and title; last, with an empty name, what belongs to none."""
        for group in self.package.descriptor.get("groups", ()):
            yield group["name"], Markup.escape(self.package.text(group, "title", self.language))
        if self.tables(""):
            yield "", Markup.escape(self.presenter.words["other_tables"])

    def table_title(self, name: str) -> Markup:
        """Give the title of a table."""
        return self._table_text(name, "title")

    def plain_title(self, name: str) -> Markup:
        """Give the title of a table as bare text, for the attributes of an element."""
        return Markup.escape(self.package.title(find_table(self.package, name), self.language))

    def table_description(self, name: str) -> Markup:
        """Give the description of a table; nothing for one that has none."""
        has_text = self.package.text(find_table(self.package, name).descriptor, "description", self.language)
        return self._table_text(name, "description") if has_text else Markup("")

    def observed(self, source_id: str, source_item: str) -> list[Cell]:
        """Give every cell that holds a figure printed at an item of a source: the way back from the source."""
        return [
            row.cell_(field.name)
            for table in self.package.tables.values()
            if {*ORIGIN} <= set(table.field_names)
            for row in self.rows(table.name, source_id=source_id, source_item=source_item)
            for field in table.fields
            if field.property("printedIn") and row.cell_(field.name).value is not None
        ]

    def noted(self, source_id: str) -> list[Cell]:
        """Give every cell that holds a figure of a source that we hold no copy of, or no items of."""
        return [
            row.cell_(field.name)
            for table in self.package.tables.values()
            if SOURCE in table.field_names
            for row in self.rows(table.name, source_id=source_id)
            for field in table.fields
            if (note := field.property("notedIn")) and row.cell_(note).value is not None
            if row.cell_(field.name).value is not None
        ]

    def about(self, cell: Cell) -> list[Markup]:
        """Say what the row of a cell is about: the label of the row, or the names of the codes in its key."""
        row = Row(cell.table, cell.row, self.language)
        if f"label_{self.language}" in cell.table.field_names:
            return [Markup(self.presenter.value(row.label))]
        keys = [row.cell_(name) for name in cell.table.primary_key if name != cell.field.name]
        return [Markup(self.presenter.value(key)) for key in keys if self.presenter.named(key) != key]

    def _table_text(self, name: str, which: str) -> Markup:
        descriptor = find_table(self.package, name).descriptor
        return self.shown(self.text(descriptor, f"resources/{name}", which, name))

    def shown(self, prop: Property) -> Markup:
        """Show a value of the descriptor, bound to it."""
        return Markup(self.presenter.property(prop))

    def text(self, descriptor: Mapping[str, Any], path: str, name: str, otherwise: str) -> Property:
        """Give a text of the descriptor in the language of the page, with the path to it."""
        own = name if self.language == self.package.languages[0] else f"{name}_{self.language}"
        found = own if descriptor.get(own) else name
        return Property(f"{path}/{found if descriptor.get(found) else 'name'}", descriptor.get(found) or otherwise)


def as_written(text: str) -> Markup:
    """Show a number that is not data: the article of a decree, the version of a standard."""
    if not isinstance(text, str):
        raise AddressError("as_written(…) takes a text between quotes")
    return Markup('<span class="as-written">{}</span>').format(text)


@dataclass(frozen=True)
class Terms:
    """Explains the terms of one page; `shown` gathers the codes of those that it explained already."""

    presenter: Presenter
    shown: set[str] = field(default_factory=set)

    def term(self, code: str, word: str = "") -> Markup:
        """Show a term of the glossary with its explanation, the first time on the page; later just the word.

        `word` is how the text has it: `term("call", "oproepen")`. Raises `AddressError` for a code that the glossary
        does not have, and for a word with a digit in it.
        """
        label = self._cell(code, "label")
        written = word or as_in_a_sentence(str(label.value))
        if re.search(r"\d", written):
            raise AddressError(f"the word '{written}' for the term '{code}' has a number in it")
        if code in self.shown:
            return Markup(escape(written))
        self.shown.add(code)
        return PATTERN.format(
            id=f"term-{label.anchor.rpartition('.')[0]}",
            word=Markup(escape(written)),
            name=Markup(self.presenter.value(label)),
            text=Markup(self.presenter.value(self._cell(code, "description"))),
            address=Markup(f"{self.presenter.address_of(GLOSSARY_PAGE)}#{row_anchor(label.key)}"),
            more=Markup(escape(self.presenter.words["all_terms"])),
        )

    def _cell(self, code: str, name: str) -> Cell:
        table = self._glossary()
        rows = find_rows(table, {"code": code})
        if not rows:
            known = ", ".join(key[0] for key in table.row_keys)
            raise AddressError(f"the glossary has no term '{code}' (there are: {known})")
        return Cell(table, rows[0], find_field(table, f"{name}_{self.presenter.language}"))

    def _glossary(self) -> Table:
        if (table := self.presenter.package.table_of(Role.TERMS)) is None:
            raise AddressError(say("no table has the role '{role}'", role=Role.TERMS))
        return table


def as_in_a_sentence(label: str) -> str:
    """Write a label as it stands within a sentence: with a small letter, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
