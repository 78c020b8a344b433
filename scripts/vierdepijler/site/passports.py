"""The passports of figures: what each published figure means, where it comes from, and where it appears."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.checks.rules.history import recorded_value
from vierdepijler.checks.rules.sentences import sentence_of
from vierdepijler.core.cells import ITEM, SOURCE, Cell, days_beside, figure_fields, inputs_of, is_figure, select
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import shown_text, value_text
from vierdepijler.core.times import EARLIER, LATER_CELL, before_and_after, statements

from .links import Backlinks, table_page
from .page_values import Row, escape, localised
from .quotes import caveats_of, filled_sentence
from .vocabulary import Vocabulary

PERIOD = "reference_period"  # a year, a quarter, a month or a day, as precise as the source is
SINCE = "valid_from"  # as precise; from then on a rule holds
Link = tuple[Markup, Markup]  # an address, and the text that leads there


@dataclass(frozen=True)
class CitedSource:
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


def cited_source(vocabulary: Vocabulary, cell: Cell) -> CitedSource | None:
    """Tell where a source says a figure; None where the row names no source."""
    source, item = cell.beside(SOURCE), cell.beside(ITEM)
    if source is None or source.value is None:
        return None
    sources = vocabulary.rows_of(Role.SOURCES, source_id=source.value)
    title = Markup(vocabulary.presenter.title(sources[0].title)) if sources else value_of(vocabulary, source)
    kind = shown_of(vocabulary, sources[0], "document_kind") if sources else Markup()
    noted, confidence = (
        _beside(vocabulary, cell, name) for name in (cell.field.property("notedIn") or "", "confidence")
    )
    if item is None or item.value is None:
        title = _link(vocabulary.presenter.whole_source_address(source), title)
        return CitedSource(title, kind, Markup(), Markup(), Markup(), noted, confidence)
    printed = cell.beside(cell.field.property("printedIn") or "")
    shown = Markup() if printed is None else value_of(vocabulary, printed)
    return CitedSource(title, kind, *_item(vocabulary, source, item), shown, noted, confidence)


def _item(vocabulary: Vocabulary, source: Cell, item: Cell) -> tuple[Markup, Markup]:
    """Give the link to an item of a source, and its number, which the heading of a document does not have."""
    items = vocabulary.rows_of(Role.ITEMS, source_id=source.value, source_item=item.value)
    word = Markup(vocabulary.presenter.words.get(f"item_{item.value}", ""))
    names = [word or value_of(vocabulary, item)]
    names.extend(shown_of(vocabulary, found, "label") for found in items)
    link = _link(vocabulary.presenter.source_address(source, item), Markup(" · ").join(filter(None, names)))
    return link, Markup() if word else value_of(vocabulary, item)


def _link(address: str, text: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(Markup(address), text)


def value_of(vocabulary: Vocabulary, cell: Cell) -> Markup:
    """Show a cell, without links."""
    return Markup(vocabulary.presenter.value(cell))


def shown_of(vocabulary: Vocabulary, row: Row, field: str) -> Markup:
    """Show the cell of a field in the language of the page, where the table has it."""
    if localised(row.table_, field, row.language_) not in row.table_.field_names:
        return Markup()
    return value_of(vocabulary, row.cell_(field))


@dataclass(frozen=True)
class Record:
    """What a figure was from a release on, and why."""

    release: Markup
    value: Markup
    reason: Markup


@dataclass(frozen=True)
class Statement:
    """What a later source says of an earlier figure, on the passport of either: in words, with the other and why."""

    relation: Markup
    figures: tuple[Link, ...]
    source: CitedSource | None
    note: Markup


@dataclass(frozen=True)
class Passport:
    """All that is known about one figure, ready to be shown; what is not there is empty."""

    cell: Cell
    anchor: Markup
    bare_address: Markup
    address: Markup
    names: tuple[Markup, ...]
    unit: Markup
    is_date: bool
    date: Markup
    since: Markup
    definition: Markup
    caveat: Markup
    meanings: tuple[tuple[Markup, Markup], ...]
    source: CitedSource | None
    formula: Markup
    calculation: Markup
    inputs: tuple[Link, ...]
    used_in: tuple[Link, ...]
    pages: tuple[Link, ...]
    charts: tuple[Link, ...]
    sentence: Markup
    history: tuple[Record, ...]
    query: Markup
    newer: tuple[Link, ...]
    statements: tuple[Statement, ...]


def passports(vocabulary: Vocabulary, table: Table, rows: Sequence[Row], backlinks: Backlinks) -> Iterator[Passport]:
    """Give the passport of every figure in some rows of a table, in the language of the page."""
    for row in rows:
        for field in sorted(figure_fields(table), key=lambda field: field.type == "date"):
            cell = row.cell_(field.name)
            if cell.value is not None:
                yield _passport(vocabulary, row, cell, backlinks)


def _passport(vocabulary: Vocabulary, row: Row, cell: Cell, backlinks: Backlinks) -> Passport:
    table, path = cell.table, f"resources/{cell.table.name}/schema/fields/{cell.field.name}"
    is_derived = table.role == Role.DERIVED
    return Passport(
        cell=cell,
        anchor=Markup.escape(cell.anchor),
        bare_address=Markup.escape(cell.address),
        address=_address(cell.address),
        names=tuple(full_name(vocabulary, row, cell)),
        unit=_unit(vocabulary, cell),
        is_date=isinstance(cell.value, datetime.date),
        date=_date(vocabulary, cell),
        since=_beside(vocabulary, cell, SINCE),
        definition=Markup()
        if is_derived
        else vocabulary.shown(vocabulary.text(cell.field.descriptor, path, "description", "")),
        caveat=caveats_of(vocabulary, cell),
        meanings=tuple(_meanings(vocabulary, row, cell)),
        source=None if is_derived else cited_source(vocabulary, cell),
        formula=shown_of(vocabulary, row, "formula") if is_derived else Markup(),
        calculation=shown_of(vocabulary, row, "calculation") if is_derived else Markup(),
        inputs=tuple(_input_links(vocabulary, cell)) if is_derived else (),
        used_in=tuple(_used_in(vocabulary, cell, backlinks)),
        pages=tuple(
            (Markup(vocabulary.presenter.address_of(page)), Markup.escape(backlinks.written[page].meta["title"]))
            for page in backlinks.usage.pages.get(cell.address, ())
        ),
        charts=tuple(
            (Markup(f"{vocabulary.presenter.address_of(chart.page)}#{chart.anchor}"), Markup.escape(chart.title))
            for chart in backlinks.usage.charts.get(cell.address, ())
        ),
        sentence=_sentence(vocabulary, cell),
        history=tuple(_records(vocabulary, cell, backlinks)),
        query=Markup.escape(quote(cell.address, safe="")),
        newer=tuple(_newer(vocabulary, cell)),
        statements=tuple(_statements(vocabulary, cell)),
    )


def _address(address: str) -> Markup:
    """Write the address of a cell, a column or a table, bound to itself."""
    return Markup('<code data-address="{}">{}</code>').format(address, Markup(escape(address)))


def full_name(vocabulary: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name a figure: by the title of its field, unless that differs by row and only the row tells what it is.

    One that is said of other times too is named by its own as well.
    """
    names = list(_names(vocabulary, row, cell))
    if any(before_and_after(vocabulary.package, cell)):
        time = vocabulary.times.when(cell)
        names += [] if any(time.striptags() in name.striptags() for name in names) else [time]
    if not names or cell.field.property("unitIn") is None:
        path = f"resources/{cell.table.name}/schema/fields/{cell.field.name}"
        yield vocabulary.shown(vocabulary.text(cell.field.descriptor, path, "title", cell.field.name))
    yield from names


def _names(vocabulary: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name what a figure is about: as other pages do, by the dates in its key, and its source if it repeats."""
    yield from vocabulary.about(cell)
    for field in cell.table.primary_key:
        if field != cell.field.name and isinstance(row.cell_(field).value, datetime.date):
            yield value_of(vocabulary, row.cell_(field))
    if cell.is_repeat and (source := cell.beside(SOURCE)):
        yield vocabulary.times.source_title(source)


def _unit(vocabulary: Vocabulary, cell: Cell) -> Markup:
    if cell.unit is None:
        return Markup.escape(vocabulary.presenter.words.get(f"type_{cell.field.type}", cell.field.type))
    found = vocabulary.rows_of(Role.UNITS, code=cell.unit)
    return value_of(vocabulary, found[0].label) if found else Markup.escape(cell.unit)


def _date(vocabulary: Vocabulary, cell: Cell) -> Markup:
    """Give the day that a figure holds for: that of its row or of all it is computed from, or why there is none."""
    if cell.table.role == Role.DERIVED:
        days = [
            day
            for _, found in inputs_of(vocabulary.package, cell.row)
            for used in found.cells
            for day in days_beside(used)
        ]
        values = {day.value for day in days}
        return _day(vocabulary, days[0]) if len(values) == 1 else Markup()
    return next((_day(vocabulary, day) for day in days_beside(cell)), _beside(vocabulary, cell, PERIOD))


def _beside(vocabulary: Vocabulary, cell: Cell, field: str) -> Markup:
    """Give what a field of the row of a figure says; empty where there is none, or it is empty."""
    found = cell.beside(field)
    return Markup() if found is None or found.value is None else value_of(vocabulary, found)


def _day(vocabulary: Vocabulary, day: Cell) -> Markup:
    """Let a day lead to its own passport, or to the reason why it is not there."""
    return Markup(vocabulary.presenter.figure(day) if day.value is None else vocabulary.presenter.number(day))


def _meanings(vocabulary: Vocabulary, row: Row, cell: Cell) -> Iterator[tuple[Markup, Markup]]:
    """Explain what the row of a figure stands for: its own name, and the codes in its key."""
    if localised(cell.table, "label", vocabulary.language) in cell.table.field_names:
        yield shown_of(vocabulary, row, "label"), shown_of(vocabulary, row, "description")
    for field in cell.table.primary_key:
        named = vocabulary.presenter.named(row.cell_(field))
        if named.table is not cell.table:
            meant = Row(named.table, named.row, vocabulary.language)
            yield value_of(vocabulary, named), shown_of(vocabulary, meant, "description")


def _input_links(vocabulary: Vocabulary, cell: Cell) -> Iterator[Link]:
    for address, found in inputs_of(vocabulary.package, cell.row):
        if "[" in address and is_figure(found.cells[0]):
            yield from (_figure_link(vocabulary, used) for used in found.cells)
        else:
            yield Markup(vocabulary.presenter.address_of(table_page(found.table))), _address(address)


def _newer(vocabulary: Vocabulary, cell: Cell) -> Iterator[Link]:
    """Lead to the same figure of a later time, and say of when it is."""
    _, newer = before_and_after(vocabulary.package, cell)
    if newer is not None:
        address, shown = _figure_link(vocabulary, newer)
        day = vocabulary.times.when(newer)
        yield address, shown if day in shown else Markup(" · ").join((shown, day))


def _statements(vocabulary: Vocabulary, cell: Cell) -> Iterator[Statement]:
    """Tell what a later source says of a figure, and what its own source says of earlier ones."""
    for own, other, words in ((EARLIER, LATER_CELL, "later"), (LATER_CELL, EARLIER, "earlier")):
        for number in statements(vocabulary.package, cell, own):
            row = Row(vocabulary.package.by_role[Role.LATER], number, vocabulary.language)
            address = cell_text(row.cell_(other).value)
            found = select(vocabulary.package, address).cells if address else ()
            relation = vocabulary.presenter.words[f"{words}_{cell_text(row.relation.value)}"]
            links = tuple(_figure_link(vocabulary, one) for one in found)
            yield Statement(
                Markup.escape(relation),
                links,
                cited_source(vocabulary, row.relation),
                shown_of(vocabulary, row, "note"),
            )


def _figure_link(vocabulary: Vocabulary, cell: Cell) -> Link:
    """Lead to the passport of a figure, by its value and what it is about."""
    names = _names(vocabulary, Row(cell.table, cell.row, vocabulary.language), cell)
    shown = Markup(" · ").join((Markup(vocabulary.presenter.measured(cell)), *names))
    return Markup(vocabulary.presenter.passport_address(cell)), shown


def _used_in(vocabulary: Vocabulary, cell: Cell, backlinks: Backlinks) -> Iterator[Link]:
    users = [*backlinks.users.get(cell.address, ()), *backlinks.users.get(f"{cell.table.name}.{cell.field.name}", ())]
    for number in users:
        row = Row(vocabulary.package.by_role[Role.DERIVED], number, vocabulary.language)
        label = shown_of(vocabulary, row, "label") or value_of(vocabulary, row.cell_(row.table_.fields[0].name))
        yield Markup(vocabulary.presenter.passport_address(row.cell_("value"))), label


def _sentence(vocabulary: Vocabulary, cell: Cell) -> Markup:
    """Write the sentence about a figure; empty where nobody wrote one."""
    return filled_sentence(vocabulary, cell, sentence_of(vocabulary.package, cell, vocabulary.language) or ())


def _records(vocabulary: Vocabulary, cell: Cell, backlinks: Backlinks) -> Iterator[Record]:
    """Tell what a figure was in each release, in the reader's notation."""
    for number in backlinks.history.get(cell.address, ()):
        row = Row(vocabulary.package.by_role[Role.HISTORY], number, vocabulary.language)
        value = row.cell_("value")
        read = recorded_value(cell_text(value.value), cell.value)
        text = value_text(read, cell.unit, vocabulary.language)
        if read == cell.value:  # and then it is said no more strongly than today
            text = shown_text(vocabulary.package, cell, vocabulary.language)
        shown = Markup(escape(text))
        yield Record(
            Markup(vocabulary.presenter.linked(row.cell_("version"))),
            Markup('<span class="recorded" data-cell="{}">{}</span>').format(value.address, shown)
            if value.value is not None
            else Markup.escape(vocabulary.presenter.words["withdrawn"]),
            shown_of(vocabulary, row, "reason"),
        )
