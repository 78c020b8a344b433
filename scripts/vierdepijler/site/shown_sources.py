"""Sources as pages show them: each on a page of its own, and in the notes that the marks on a page lead to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.core.cells import Cell
from vierdepijler.core.tables import Role, cell_text

from .links import source_page
from .page_values import Row
from .sources import Sources
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class ShownSource:
    """A source that has a page: the identifier of that, its path from the root of its language, and its row."""

    identifier: str
    path: str
    row: Row


def shown_sources(vocabulary: Vocabulary, sources: Sources) -> list[ShownSource]:
    """Give every source of the package; none where it has no table of them."""
    named = ((cell_text(row.source_id.value), row) for row in vocabulary.rows_of(Role.SOURCES))
    return [ShownSource(source_page(name), sources.source_path(vocabulary.language, name), row) for name, row in named]


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
