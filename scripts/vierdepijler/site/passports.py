"""The passports of figures: what each published figure means, where it comes from, and where it appears."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from vierdepijler.checks.rules.history import recorded_value
from vierdepijler.checks.rules.sentences import sentence_of
from vierdepijler.core.cells import DERIVED, HISTORY, Cell, days_beside, figure_fields, inputs_of, is_figure
from vierdepijler.core.tables import Table, cell_text
from vierdepijler.core.text import shown_text, value_text

from .addresses import table_page
from .cited_sources import Source, shown_of, source_of, value_of
from .escaping import escape
from .quotes import caveats_of, filled
from .trails import Trails
from .vocabulary import Row, Vocabulary, localised

PERIOD = "reference_period"  # a year, a quarter, a month or a day, as precise as the source is
SINCE = "valid_from"  # as precise; from then on a rule holds
Link = tuple[Markup, Markup]  # an address, and the text that leads there


@dataclass(frozen=True)
class Record:
    """What a figure was from a release on, and why."""

    release: Markup
    value: Markup
    reason: Markup


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
    source: Source | None
    formula: Markup
    calculation: Markup
    inputs: tuple[Link, ...]
    used_in: tuple[Link, ...]
    pages: tuple[Link, ...]
    charts: tuple[Link, ...]
    sentence: Markup
    history: tuple[Record, ...]
    query: Markup


def passports(vocabulary: Vocabulary, table: Table, rows: Sequence[Row], trails: Trails) -> Iterator[Passport]:
    """Give the passport of every figure in some rows of a table, in the language of the page."""
    for row in rows:
        for field in sorted(figure_fields(table), key=lambda field: field.type == "date"):
            cell = row.cell_(field.name)
            if cell.value is not None:
                yield _passport(vocabulary, row, cell, trails)


def _passport(said: Vocabulary, row: Row, cell: Cell, trails: Trails) -> Passport:
    table, path = cell.table, f"resources/{cell.table.name}/schema/fields/{cell.field.name}"
    is_derived = table.name == DERIVED
    return Passport(
        cell=cell,
        anchor=Markup.escape(cell.anchor),
        bare_address=Markup.escape(cell.address),
        address=_address(cell.address),
        names=tuple(full_name(said, row, cell)),
        unit=_unit(said, cell),
        is_date=isinstance(cell.value, datetime.date),
        date=_date(said, cell),
        since=_beside(said, cell, SINCE),
        definition=Markup() if is_derived else said.shown(said.text(cell.field.descriptor, path, "description", "")),
        caveat=caveats_of(said, cell),
        meanings=tuple(_meanings(said, row, cell)),
        source=None if is_derived else source_of(said, cell),
        formula=shown_of(said, row, "formula") if is_derived else Markup(),
        calculation=shown_of(said, row, "calculation") if is_derived else Markup(),
        inputs=tuple(_input_links(said, cell)) if is_derived else (),
        used_in=tuple(_used_in(said, cell, trails)),
        pages=tuple(
            (Markup(said.presenter.address_of(page)), Markup.escape(trails.written[page].meta["title"]))
            for page in trails.appearances.pages.get(cell.address, ())
        ),
        charts=tuple(
            (Markup(f"{said.presenter.address_of(chart.page)}#{chart.anchor}"), Markup.escape(chart.title))
            for chart in trails.appearances.charts.get(cell.address, ())
        ),
        sentence=_sentence(said, cell),
        history=tuple(_records(said, cell, trails)),
        query=Markup.escape(quote(cell.address, safe="")),
    )


def _address(address: str) -> Markup:
    """Write the address of a cell, a column or a table, bound to itself."""
    return Markup('<code data-address="{}">{}</code>').format(address, Markup(escape(address)))


def full_name(said: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name a figure: by the title of its field, unless that differs by row and only the row tells what it is."""
    names = list(_names(said, row, cell))
    if not names or cell.field.property("unitIn") is None:
        path = f"resources/{cell.table.name}/schema/fields/{cell.field.name}"
        yield said.shown(said.text(cell.field.descriptor, path, "title", cell.field.name))
    yield from names


def _names(said: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name what a figure is about: as other pages do, and by the dates in the key of its row."""
    yield from said.about(cell)
    for field in cell.table.primary_key:
        if field != cell.field.name and isinstance(row.cell_(field).value, datetime.date):
            yield value_of(said, row.cell_(field))


def _unit(said: Vocabulary, cell: Cell) -> Markup:
    if cell.unit is None:
        return Markup.escape(said.presenter.words.get(f"type_{cell.field.type}", cell.field.type))
    found = said.rows("units", code=cell.unit) if "units" in said.package.tables else []
    return value_of(said, found[0].label) if found else Markup.escape(cell.unit)


def _date(said: Vocabulary, cell: Cell) -> Markup:
    """Give the day that a figure holds for: that of its row or of all it is computed from, or why there is none."""
    if cell.table.name == DERIVED:
        days = [
            day for _, found in inputs_of(said.package, cell.row) for used in found.cells for day in days_beside(used)
        ]
        values = {day.value for day in days}
        return _day(said, days[0]) if len(values) == 1 else Markup()
    return next((_day(said, day) for day in days_beside(cell)), _beside(said, cell, PERIOD))


def _beside(said: Vocabulary, cell: Cell, field: str) -> Markup:
    """Give what a field of the row of a figure says; empty where there is none, or it is empty."""
    found = cell.beside(field)
    return Markup() if found is None or found.value is None else value_of(said, found)


def _day(said: Vocabulary, day: Cell) -> Markup:
    """Let a day lead to its own passport, or to the reason why it is not there."""
    return Markup(said.presenter.figure(day) if day.value is None else said.presenter.number(day))


def _meanings(said: Vocabulary, row: Row, cell: Cell) -> Iterator[tuple[Markup, Markup]]:
    """Explain what the row of a figure stands for: its own name, and the codes in its key."""
    if localised(cell.table, "label", said.language) in cell.table.field_names:
        yield shown_of(said, row, "label"), shown_of(said, row, "description")
    for field in cell.table.primary_key:
        named = said.presenter.named(row.cell_(field))
        if named.table is not cell.table:
            meant = Row(named.table, named.row, said.language)
            yield value_of(said, named), shown_of(said, meant, "description")


def _input_links(said: Vocabulary, cell: Cell) -> Iterator[Link]:
    for address, found in inputs_of(said.package, cell.row):
        if "[" in address and is_figure(used := found.cells[0]):
            names = [
                Markup(said.presenter.measured(used)),
                *_names(said, Row(used.table, used.row, said.language), used),
            ]
            yield Markup(said.presenter.passport_address(used)), Markup(" · ").join(names)
        else:
            yield Markup(said.presenter.address_of(table_page(found.table))), _address(address)


def _used_in(said: Vocabulary, cell: Cell, trails: Trails) -> Iterator[Link]:
    users = [*trails.users.get(cell.address, ()), *trails.users.get(f"{cell.table.name}.{cell.field.name}", ())]
    for number in users:
        row = Row(said.package.tables[DERIVED], number, said.language)
        label = shown_of(said, row, "label") or value_of(said, row.cell_(row.table_.fields[0].name))
        yield Markup(said.presenter.passport_address(row.cell_("value"))), label


def _sentence(said: Vocabulary, cell: Cell) -> Markup:
    """Write the sentence about a figure; empty where nobody wrote one."""
    return filled(said, cell, sentence_of(said.package, cell, said.language) or ())


def _records(said: Vocabulary, cell: Cell, trails: Trails) -> Iterator[Record]:
    """Tell what a figure was in each release, in the reader's notation."""
    for number in trails.history.get(cell.address, ()):
        row = Row(said.package.tables[HISTORY], number, said.language)
        value = row.cell_("value")
        read = recorded_value(cell_text(value.value), cell.value)
        text = value_text(read, cell.unit, said.language)
        if read == cell.value:  # and then it is said no more strongly than today
            text = shown_text(said.package, cell, said.language)
        shown = Markup(escape(text))
        yield Record(
            Markup(said.presenter.linked(row.cell_("version"))),
            Markup('<span class="recorded" data-cell="{}">{}</span>').format(value.address, shown)
            if value.value is not None
            else Markup.escape(said.presenter.words["withdrawn"]),
            shown_of(said, row, "reason"),
        )
