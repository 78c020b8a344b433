"""What the search finds besides pages: tables, fields, terms and figures, each leading to its place on the site.

It comes into the index that MkDocs wrote from the pages. Those of tables and of passports are left out of that: each of
their columns and figures is an entry of its own, and the cells of sixty tables would drown the rest.
"""

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.core.cells import Cell, figure_fields, row_anchor
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import shown_text, value_text
from vierdepijler.figures.figure_records import BETWEEN, figure_name

from .links import column_anchor, passport_page, table_page
from .vocabulary import GLOSSARY_PAGE

INDEX = "search/search_index.json"
AddressOf = Callable[[str], str]  # gives the address of a page, by its identifier, from the root of a language
IsShown = Callable[[Table, int], bool]  # tells whether a row of a table stands on the pages of the site


@dataclass(frozen=True)
class SearchEntry:
    """Something to find, with bare texts; `keys` are names by which it is meant exactly, in small letters."""

    kind: str
    location: str
    title: str
    text: str
    note: str
    keys: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """Give it as the search of the theme reads it: texts are HTML, and what it does not know is left alone.

        A note that says what the text says is not written twice: whoever searches loads all of it.
        """
        texts = {"title": html.escape(self.title, quote=False), "text": html.escape(self.text, quote=False)}
        note = {} if self.note == self.text else {"note": self.note}
        return {"location": self.location, **texts, "kind": self.kind, **note, "keys": list(self.keys)}


@dataclass(frozen=True)
class Index:
    """Gives the entries of one language of a package."""

    package: Package
    language: str
    address_of: AddressOf
    is_shown: IsShown

    def entries(self) -> Iterator[SearchEntry]:
        """Give every table with its fields, every term and every figure that has a passport."""
        for table in self.package.tables.values():
            yield self._table(table)
            yield from self._fields(table)
        if glossary := self.package.table_of(Role.TERMS):
            yield from self._terms(glossary)
        for table in self.package.tables.values():
            yield from self._figures(table)

    def _table(self, table: Table) -> SearchEntry:
        description = self.package.text(table.descriptor, "description", self.language)
        page, title = self.address_of(table_page(table)), self.package.title(table, self.language)
        return SearchEntry("table", page, title, f"{table.name} {description}", description, (table.name,))

    def _fields(self, table: Table) -> Iterator[SearchEntry]:
        page, titled = self.address_of(table_page(table)), self.package.title(table, self.language)
        for field in table.fields:
            description = self.package.text(field.descriptor, "description", self.language)
            note = BETWEEN.join(filter(None, (field.name, titled, description)))
            place = f"{page}#{column_anchor(field.name)}"
            title = self.package.title(field, self.language)
            yield SearchEntry("field", place, title, note, note, (field.name.lower(),))

    def _terms(self, table: Table) -> Iterator[SearchEntry]:
        page = self.address_of(GLOSSARY_PAGE)
        for row, key in enumerate(table.row_keys):
            labels = {language: cell_text(table.value(row, f"label_{language}")) for language in self.package.languages}
            description = cell_text(table.value(row, f"description_{self.language}"))
            others = tuple(label.lower() for label in labels.values())
            place = f"{page}#{row_anchor(key)}"
            yield SearchEntry(
                "term", place, labels[self.language], f"{description} {' '.join(others)}", description, others
            )

    def _figures(self, table: Table) -> Iterator[SearchEntry]:
        fields = figure_fields(table)
        shown = (row for row in range(table.rows) if fields and self.is_shown(table, row))
        cells = (Cell(table, row, field) for row in shown for field in fields)
        return (self._figure(cell) for cell in cells if cell.value is not None)

    def _figure(self, cell: Cell) -> SearchEntry:
        """Describe a figure: found by its name, and by its value as readers and programs write it."""
        shown = shown_text(self.package, cell, self.language)
        writings = {value_text(cell.value, cell.unit, language) for language in self.package.languages}
        note, bare = self.package.title(cell.table, self.language), cell_text(cell.value)
        place = f"{self.address_of(passport_page(cell.table))}#{cell.anchor}"
        title = f"{shown}{BETWEEN}{figure_name(self.package, cell, self.language)}"
        keys = tuple(dict.fromkeys((bare.lower(), *sorted(writing.lower() for writing in writings))))
        return SearchEntry("figure", place, title, f"{' '.join(sorted({bare, *writings}))} {note}", note, keys)


def complete_index(folder: Path, entries: Iterable[SearchEntry], asked: Mapping[str, str]) -> None:
    """Add entries to the index in the folder of a language, and to each page what readers ask who want it.

    A page that is made from a pattern is found as a whole: its headings are those of all others.
    """
    path = folder / INDEX
    if not path.is_file():
        return  # the site has no search
    index = json.loads(path.read_text("utf-8"))
    parts = ((document, *document["location"].partition("#")[:2]) for document in index["docs"])
    index["docs"] = [document for document, page, mark in parts if page in asked or not mark]
    for document in index["docs"]:
        if questions := asked.get(document["location"]):
            document["asked"] = questions
    index["docs"] += [entry.document() for entry in entries]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
