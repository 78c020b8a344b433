"""Sentences to take over beside a chart or a table, in every language, whichever language the page has.

Each says the figure, the day or the period that it holds for, what it does not say, and whose figure it is. Every
value in it is bound to its cell, or to the descriptor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.cells import Cell, days_beside, figure_fields
from vierdepijler.rules.sentences import Part, sentence_of
from vierdepijler.tables import Table, cell_text

from .escaping import escape
from .figures import SOURCE
from .published_values import Property
from .vocabulary import Row, Vocabulary, localised

PERIOD = "reference_period"
CAVEAT = "caveat"


@dataclass(frozen=True)
class Quote:
    """A sentence to take over, and the language that it is in: its code and its name."""

    language: str
    name: str
    text: Markup


def quoted(said: Vocabulary, text: Markup) -> Quote:
    """Give a text as a quote in the language that `said` speaks."""
    return Quote(said.language, said.presenter.words["language_name"], text)


def quote_of_table(said: Vocabulary, table: Table, rows: Sequence[int]) -> Quote:
    """Quote the first of some rows of a table that has a sentence about a figure; without one, say what the table is.

    The sentences are those of the fields of the table; what the figures do not say is the `caveat` of the resource.
    """
    found = next(_sentences(said, table, rows), None)
    cell, parts = found or (None, ())
    pieces = [filled(said, cell, parts), *_day(said, cell, parts)] if cell else [_description(said, table)]
    pieces += [caveat(said, table), origin(said, table, [cell.row] if cell else rows)]
    return quoted(said, Markup(" ").join(filter(None, pieces)))


def _sentences(said: Vocabulary, table: Table, rows: Sequence[int]) -> Iterator[tuple[Cell, Sequence[Part]]]:
    for row in rows:
        for field in sorted(figure_fields(table), key=lambda field: field.type == "date"):
            cell = Cell(table, row, field)
            if cell.value is not None and (parts := sentence_of(said.package, cell, said.language)):
                yield cell, parts


def filled(said: Vocabulary, cell: Cell, parts: Sequence[Part]) -> Markup:
    """Fill in a sentence, every value in it bound to its cell."""
    text = Markup()
    for part in parts:
        text += Markup(escape(part.text))
        if part.field:
            shown = said.presenter.value(Cell(cell.table, cell.row, cell.table.field(part.field)))
            before, _, after = shown.partition(">") if part.is_lower else ("", "", shown)
            text += Markup(f"{before}>{after[:1].lower()}{after[1:]}") if before else Markup(after)
    return text


def _day(said: Vocabulary, cell: Cell, parts: Sequence[Part]) -> Iterator[Markup]:
    """Say which day or period a figure holds for, unless the sentence says so."""
    period = cell.beside(PERIOD)
    beside = [*days_beside(cell), *([] if period is None else [period])]
    found = next((day for day in beside if day.value is not None), None)
    if found is None:
        yield _word(said, "quote_no_day")
    elif found.field.name not in {part.field for part in parts}:
        yield Markup("{} {}.").format(_word(said, "quote_day"), Markup(said.presenter.value(found)))


def caveat(said: Vocabulary, table: Table) -> Markup:
    """Say what the figures of a table do not: in the words of its resource, or that its page tells."""
    if table.descriptor.get(CAVEAT):
        return said.shown(said.text(table.descriptor, f"resources/{table.name}", CAVEAT, ""))
    return _word(said, "quote_caveat")


def _description(said: Vocabulary, table: Table) -> Markup:
    return said.shown(said.text(table.descriptor, f"resources/{table.name}", "description", table.name))


def origin(said: Vocabulary, table: Table, rows: Sequence[int]) -> Markup:
    """Say whose figures these are and of when they are: the source, this site and the day of its release."""
    source = sources_of(said, table, rows)
    word = said.presenter.words["quote_source"]
    whose = [Markup("{}: {}").format(word, source)] if source else []
    whose.append(Markup("{}, {}").format(said.shown(publisher_of(said)), said.shown(said.published("created"))))
    return Markup("({})").format(Markup("; ").join(whose))


def publisher_of(said: Vocabulary) -> Property:
    """Give the name of who publishes: the first of the contributors, or the package where it names none."""
    names = [who["title"] for who in said.package.descriptor.get("contributors", ()) if who.get("title")]
    return Property(f"contributors/{names[0]}/title", names[0]) if names else said.published("title")


def sources_of(said: Vocabulary, table: Table, rows: Sequence[int]) -> Markup:
    """Name the one source of some rows, in its own language; that there are several; or nothing, without any."""
    if SOURCE not in table.field_names:
        return Markup()
    cells = {cell_text(table.value(row, SOURCE)): Cell(table, row, table.field(SOURCE)) for row in rows}
    cells.pop("", None)
    if len(cells) != 1:
        return _word(said, "quote_sources") if cells else Markup()
    return _source(said, *cells.values())


def _source(said: Vocabulary, cell: Cell) -> Markup:
    found = said.rows("sources", source_id=cell) if "sources" in said.package.tables else []
    if not found:
        return Markup(said.presenter.value(cell))
    row: Row = found[0]
    shown = Markup(said.presenter.value(row.title))
    if localised(row.table_, "language", said.language) not in row.table_.field_names or row.language.value is None:
        return shown
    return Markup('<span lang="{}">{}</span>').format(cell_text(row.language.value), shown)


def _word(said: Vocabulary, name: str) -> Markup:
    return Markup.escape(said.presenter.words[name])
