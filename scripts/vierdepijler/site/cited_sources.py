"""Where a source says a figure, as its passport tells it."""

from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.core.cells import Cell

from .figures import ITEM, SOURCE
from .vocabulary import Row, Vocabulary, localised


@dataclass(frozen=True)
class Source:
    """Where a source says a figure: the source, its kind, the item (a link, and its number), and its print.

    Of a source that we hold no copy of there is no item and no print, but `note`, the number of what we noted when we
    read it, and how sure we are that it says so.
    """

    title: Markup
    kind: Markup
    item: Markup
    number: Markup
    printed: Markup
    note: Markup
    confidence: Markup


def source_of(said: Vocabulary, cell: Cell) -> Source | None:
    """Tell where a source says a figure; None where the row names no source."""
    source, item = cell.beside(SOURCE), cell.beside(ITEM)
    if source is None or source.value is None:
        return None
    sources = said.rows("sources", source_id=source.value) if "sources" in said.package.tables else []
    title = Markup(said.presenter.title(sources[0].title)) if sources else value_of(said, source)
    kind = shown_of(said, sources[0], "document_kind") if sources else Markup()
    noted, confidence = (
        Markup() if found is None or found.value is None else value_of(said, found)
        for found in (cell.beside(cell.field.property("notedIn") or ""), cell.beside("confidence"))
    )
    if item is None or item.value is None:
        title = _link(said.presenter.whole_source_address(source), title)
        return Source(title, kind, Markup(), Markup(), Markup(), noted, confidence)
    printed = cell.beside(cell.field.property("printedIn") or "")
    shown = Markup() if printed is None else value_of(said, printed)
    return Source(title, kind, *_item(said, source, item), shown, noted, confidence)


def _item(said: Vocabulary, source: Cell, item: Cell) -> tuple[Markup, Markup]:
    """Give the link to an item of a source, and its number, which the heading of a document does not have."""
    tables = said.package.tables
    items = (
        said.rows("source_items", source_id=source.value, source_item=item.value) if "source_items" in tables else []
    )
    word = Markup(said.presenter.words.get(f"item_{item.value}", ""))
    names = [word or value_of(said, item)]
    names.extend(shown_of(said, found, "label") for found in items)
    link = _link(said.presenter.source_address(source, item), Markup(" · ").join(filter(None, names)))
    return link, Markup() if word else value_of(said, item)


def _link(address: str, text: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(Markup(address), text)


def value_of(said: Vocabulary, cell: Cell) -> Markup:
    """Show a cell, without links."""
    return Markup(said.presenter.value(cell))


def shown_of(said: Vocabulary, row: Row, field: str) -> Markup:
    """Show the cell of a field in the language of the page, where the table has it."""
    if localised(row.table_, field, row.language_) not in row.table_.field_names:
        return Markup()
    return value_of(said, row.cell_(field))
