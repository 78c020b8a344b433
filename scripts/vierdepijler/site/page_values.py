"""What a page can show: a row of a table, a value of the published descriptor, a text that is read as no markup."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell, find_field, find_rows, row_anchor
from vierdepijler.core.tables import Table, cell_text

MARKDOWN = re.compile(r"[\\`*_\[\]{}~^=!|#]")


@dataclass(frozen=True)
class Property:
    """A value of the published descriptor, with the path that leads to it: `resources/counts/bytes`."""

    path: str
    value: Any


def descriptor_value(descriptor: Mapping[str, Any], path: str) -> Any:
    """Follow a path into a descriptor; raises `AddressError` where it leads nowhere."""
    value: Any = descriptor
    for step in path.split("/"):
        value = _part(value, step)
        if value is None:
            raise AddressError(f"the published descriptor has nothing at '{path}'")
    return value


def _part(value: Any, step: str) -> Any:
    """Give a property of an object, or the item of a list by one of its names or its place from 0; None for others."""
    if not isinstance(value, list):
        return value.get(step) if isinstance(value, dict) else None
    named = next((item for item in value if isinstance(item, dict) and step in _identity(item)), None)
    return value[int(step)] if named is None and step.isdecimal() and int(step) < len(value) else named


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return item.get("name"), item.get("format"), item.get("title")


def escape(text: str) -> str:
    """Write a text so that neither HTML nor Markdown reads anything into it."""
    return MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", html.escape(text, quote=False))


@dataclass(frozen=True)
class Row:
    """A row of a table, for a page: its fields are its attributes, each a cell.

    `label`, and every other field that stands in the table once per language, gives the cell in the
    language of the page. What is not a field ends in `_`, so that no field is hidden by it.
    """

    table_: Table
    number_: int
    language_: str

    def __getattr__(self, field: str) -> Cell:
        """Give the cell of a field; raises `AddressError` where there is no such field."""
        if field.startswith("__"):
            raise AttributeError(field)
        return self.cell_(field)

    def cell_(self, field: str) -> Cell:
        """Give the cell of a field, in the language of the page where there is one per language."""
        name = localised(self.table_, field, self.language_)
        return Cell(self.table_, self.number_, find_field(self.table_, name))

    @property
    def anchor_(self) -> Markup:
        """The place of this row on a page, fit for an `id`."""
        return Markup(row_anchor(self.table_.row_keys[self.number_]))  # which has no sign to escape


def rows_of(table: Table, language: str, criteria: Mapping[str, object]) -> list[Row]:
    """Find every row whose cells read as given (a text, or another cell), in the order of the table."""
    texts = {name: cell_text(asked.value) if isinstance(asked, Cell) else asked for name, asked in criteria.items()}
    return [Row(table, number, language) for number in find_rows(table, texts)]


def localised(table: Table, field: str, language: str) -> str:
    """Give the name of the field that a page means: `label_nl` for `label`, where the table has it per language."""
    own = f"{field}_{language}"
    return own if field not in table.field_names and own in table.field_names else field
