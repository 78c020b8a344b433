"""Sentences to take over beside a chart or a table, in every language, whichever language the page has.

Each says the figure, the day or the period that it holds for, what it does not say, and whose figure it is. Every
value in it is bound to its cell, or to the descriptor.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.checks.rules.sentences import SentencePart, sentence_of
from vierdepijler.core.cells import SOURCE, Cell, days_beside, figure_fields, put_forward, tables_behind
from vierdepijler.core.tables import Role, Table, cell_text

from .figures import Presenter
from .page_values import Property, Row, escape
from .vocabulary import Vocabulary

PERIOD = "reference_period"
SOURCES_NAMED = 2  # of more sources a sentence says only that there are several
SOURCES_LINKED = 4  # of more sources a line below a table says only who published them
CAVEAT = "caveat"


@dataclass(frozen=True)
class Quote:
    """A sentence to take over, and the language that it is in: its code and its name."""

    language: str
    name: str
    text: Markup


class Unlinked(Presenter):
    """Shows values without links: what is taken over elsewhere leads nowhere from there."""

    def figure(self, cell: Cell) -> str:
        """Show a cell, bound to itself; raises `AddressError` where a caveat forbids to quote it."""
        return self.value(put_forward(self.package, cell))

    def number(self, cell: Cell) -> str:
        """Show a number, bound to its cell."""
        return self.value(cell)


def without_links(vocabulary: Vocabulary) -> Vocabulary:
    """Let someone say the same without links, and without being counted among the pages that show a figure."""
    shown = vocabulary.presenter
    presenter = Unlinked(shown.package, shown.language, shown.words, shown.address_of, shown.led_to)
    return Vocabulary(vocabulary.package, presenter)


def quote_from(vocabulary: Vocabulary, pieces: Sequence[Markup]) -> Quote:
    """Join pieces, where there is something in them, to a quote in the language that `vocabulary` speaks."""
    return Quote(
        vocabulary.language, vocabulary.presenter.words["language_name"], Markup(" ").join(filter(None, pieces))
    )


def quote_of_table(vocabulary: Vocabulary, rows: Sequence[Row]) -> Quote:
    """Quote the first of some rows of a table that has a sentence about a figure; without one, say what the table is.

    The sentences are those of the fields of the table; what the figures do not say is the `caveat` of the resource.
    """
    table = rows[0].table_
    found = next(_sentences(vocabulary, rows), None)
    warning = caveat(vocabulary, table) or _word(vocabulary, "quote_caveat")
    if found is None:
        return quote_from(vocabulary, [_description(vocabulary, table), warning, origin(vocabulary, rows)])
    row, cell, parts = found
    return quote_from(
        vocabulary,
        [filled_sentence(vocabulary, cell, parts), *_day(vocabulary, cell, parts), warning, origin(vocabulary, [row])],
    )


def _sentences(vocabulary: Vocabulary, rows: Sequence[Row]) -> Iterator[tuple[Row, Cell, Sequence[SentencePart]]]:
    for row in rows:
        for field in sorted(figure_fields(row.table_), key=lambda field: field.type == "date"):
            cell = Cell(row.table_, row.number_, field)
            if cell.value is not None and (parts := sentence_of(vocabulary.package, cell, vocabulary.language)):
                yield row, cell, parts


def filled_sentence(vocabulary: Vocabulary, cell: Cell, parts: Sequence[SentencePart]) -> Markup:
    """Fill in a sentence, every value in it bound to its cell."""
    text = Markup()
    for part in parts:
        text += Markup(escape(part.text))
        if part.field:
            shown = vocabulary.presenter.value(Cell(cell.table, cell.row, cell.table.field(part.field)))
            before, _, after = shown.partition(">") if part.is_lower else ("", "", shown)
            text += Markup(f"{before}>{after[:1].lower()}{after[1:]}") if before else Markup(after)
    return text


def _day(vocabulary: Vocabulary, cell: Cell, parts: Sequence[SentencePart]) -> Iterator[Markup]:
    """Say which day or period a figure holds for, unless the sentence says so."""
    period = cell.beside(PERIOD)
    beside = [*days_beside(cell), *([] if period is None else [period])]
    found = next((day for day in beside if day.value is not None), None)
    if found is None:
        yield _word(vocabulary, "quote_no_day")
    elif cell_text(found.value) not in _values(cell, parts):
        yield Markup("{} {}.").format(_word(vocabulary, "quote_day"), Markup(vocabulary.presenter.value(found)))


def _values(cell: Cell, parts: Sequence[SentencePart]) -> set[str]:
    """Give what a sentence fills in: a year in it says the same as a period of that year beside it."""
    return {cell_text(cell.table.value(cell.row, part.field)) for part in parts if part.field}


def caveat(vocabulary: Vocabulary, table: Table) -> Markup:
    """Say what the figures of a table do not, in the words of its resource; empty where it has none."""
    if not table.descriptor.get(CAVEAT):
        return Markup()
    return vocabulary.shown(vocabulary.text(table.descriptor, f"resources/{table.name}", CAVEAT, ""))


def caveats(vocabulary: Vocabulary, rows: Sequence[Row]) -> Markup:
    """Say what the figures of some rows do not, once for each table that they are of."""
    return _together(vocabulary, {row.table_.name: row.table_ for row in rows}.values())


def caveats_of(vocabulary: Vocabulary, cell: Cell) -> Markup:
    """Say what a figure does not: in the words of its table, and of those that it is computed from."""
    return _together(vocabulary, tables_behind(vocabulary.package, cell))


def _together(vocabulary: Vocabulary, tables: Iterable[Table]) -> Markup:
    return Markup(" ").join(filter(None, (caveat(vocabulary, table) for table in tables)))


def _description(vocabulary: Vocabulary, table: Table) -> Markup:
    return vocabulary.shown(vocabulary.text(table.descriptor, f"resources/{table.name}", "description", table.name))


def origin(vocabulary: Vocabulary, rows: Sequence[Row], field: str = SOURCE) -> Markup:
    """Say whose figures these are and of when they are: the source, this site and the day of its release."""
    source = sources_of(vocabulary, rows, field, named=True)
    whose = [Markup("{}: {}").format(_word(vocabulary, "quote_source"), source)] if source else []
    whose.append(
        Markup("{}, {}").format(
            vocabulary.shown(publisher_of(vocabulary)), vocabulary.shown(vocabulary.published("created"))
        )
    )
    return Markup("({})").format(Markup("; ").join(whose))


def publisher_of(vocabulary: Vocabulary) -> Property:
    """Give the name of who publishes: the first of the contributors, or the package where it names none."""
    names = [who["title"] for who in vocabulary.package.descriptor.get("contributors", ()) if who.get("title")]
    return Property(f"contributors/{names[0]}/title", names[0]) if names else vocabulary.published("title")


def sources_of(vocabulary: Vocabulary, rows: Sequence[Row], field: str = SOURCE, *, named: bool = False) -> Markup:
    """Name the sources of some rows, each in its own language; that there are several; or nothing, without any.

    `named` asks who published each too, and where: `said_` with the kind of the document is the word for that.
    """
    found = {cell_text(cell.value): cell for cell in source_cells(rows, field) if cell.value is not None}
    if len(found) > SOURCES_NAMED:
        return _word(vocabulary, "quote_sources")
    return Markup("; ").join(_source(vocabulary, cell, named=named) for cell in found.values())


def source_links(vocabulary: Vocabulary, rows: Sequence[Row], field: str = SOURCE) -> Markup:
    """Lead to the source of each of some rows, named once; of many sources, name who published them."""
    if any(row.table_.role == Role.DERIVED for row in rows):
        return _word(vocabulary, "own_figure")
    cells = {cell_text(cell.value): cell for cell in source_cells(rows, field) if cell.value is not None}
    found = {code: vocabulary.rows_of(Role.SOURCES, source_id=cell) for code, cell in cells.items()}
    shown = vocabulary.presenter
    if len(cells) > SOURCES_LINKED:
        publishers = {cell_text(row.publisher.value): row.publisher for rows in found.values() for row in rows}
        return Markup("; ").join(Markup(shown.value(one)) for one in publishers.values())
    pattern = Markup('<a href="{}">{}</a>')
    links = ((shown.whole_source_address(cell), _source(vocabulary, cell, named=False)) for cell in cells.values())
    return Markup("; ").join(pattern.format(Markup(address), name) for address, name in links)


def source_cells(rows: Sequence[Row], field: str) -> list[Cell]:
    """Give the cells with the source of what is shown of rows: those of `field`, or else of the rows as a whole."""
    named = ((row, field if field in row.table_.field_names else SOURCE) for row in rows)
    return [row.cell_(name) for row, name in named if name in row.table_.field_names]


def _source(vocabulary: Vocabulary, cell: Cell, *, named: bool) -> Markup:
    found = vocabulary.rows_of(Role.SOURCES, source_id=cell)
    if not found:
        return Markup(vocabulary.presenter.value(cell))
    row: Row = found[0]
    parts = [Markup(vocabulary.presenter.title(row.title))]
    if named:
        parts.append(Markup(vocabulary.presenter.value(row.publisher)))
        parts.append(Markup.escape(vocabulary.presenter.words.get(f"said_{row.document_kind.value}", "")))
    return Markup(", ").join(filter(None, parts))


def _word(vocabulary: Vocabulary, name: str) -> Markup:
    return Markup.escape(vocabulary.presenter.words[name])
