"""What the marks on a page lead to: the places in sources that the notes on that page tell of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.core.cells import Cell
from vierdepijler.core.tables import Role

from .page_values import Row
from .vocabulary import Vocabulary


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
