"""How every figure stands: a list in which a reader looks one up by hand, and the same for the script of the page."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import HISTORY, Cell, figure_fields, is_figure
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.figures.lookup.figure_index import figure_index
from vierdepijler.figures.lookup.figure_names import lost_name
from vierdepijler.releases.archives import former_cell
from vierdepijler.writers.formats.publication import Publication

from .passports import full_name
from .vocabulary import Row, Vocabulary, as_written


@dataclass(frozen=True)
class Standing:
    """A figure, ready to be shown: its value (the last one, of what is gone), and what it is about.

    `release` is the one that gave it this value, or that withdrew it; empty where that is
    not kept. What is gone has the `address` of its cell too, and the `reason`.
    """

    table: Markup
    value: Markup
    names: tuple[Markup, ...]
    release: Markup
    is_there: bool
    is_revised: bool
    address: Markup
    reason: Markup


def standings(said: Vocabulary) -> list[Standing]:
    """Give every figure that is published, table by table, and after them those that were withdrawn."""
    history = entries(said.package)
    there = list(_there(said, history))
    known = {cell.address for cell, _ in there}
    gone = [rows for address, rows in history.items() if address not in known]
    return [*(standing for _, standing in there), *(_gone(said, rows) for rows in gone)]


def index_for_script(package: Package, url: str) -> Markup:
    """Give the index of figures as JSON that can stand in a page, where no text in it can end the element."""
    content = json.dumps(figure_index(Publication(package, url)), ensure_ascii=False, separators=(",", ":"))
    return Markup(content.replace("<", "\\u003c"))


def _there(said: Vocabulary, history: Mapping[str, list[int]]) -> Iterator[tuple[Cell, Standing]]:
    for table in said.package.tables.values():
        for row in said.rows(table.name) if figure_fields(table) else ():
            for field in figure_fields(table):
                cell = row.cell_(field.name)
                if cell.value is not None:
                    yield cell, _standing(said, row, cell, history.get(cell.address, []))


def _standing(said: Vocabulary, row: Row, cell: Cell, records: list[int]) -> Standing:
    return Standing(
        Markup.escape(cell.table.name),
        _linked(said, cell),
        tuple(_names(said, row, cell)),
        _release(said, records),
        is_there=True,
        is_revised=len(records) > 1,
        address=Markup(),
        reason=Markup(),
    )


def _names(said: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name a figure as its passport does; a day in its name that is a figure itself leads to its own passport."""
    keys = [row.cell_(field) for field in cell.table.primary_key]
    linked = {str(said.presenter.value(key)): _linked(said, key) for key in keys if is_figure(key)}
    yield from (linked.get(str(name), name) for name in full_name(said, row, cell))


def _linked(said: Vocabulary, cell: Cell) -> Markup:
    """Show a figure that leads to its passport and its source; no passport says that it appears in this list."""
    shown, address = said.presenter.measured(cell), said.presenter.passport_address(cell)
    inside = f'<a class="figure__cell" href="{address}">{shown}</a>'
    return Markup(f'<span class="figure">{inside}{said.presenter.mark(cell)}</span>')


def _gone(said: Vocabulary, records: list[int]) -> Standing:
    """Show a figure that was withdrawn: what it was about, its last value, and why it went."""
    table = said.package.tables[HISTORY]
    rows = [Row(table, number, said.language) for number in records]
    last = next((row for row in reversed(rows) if row.cell_("value").value is not None), rows[-1])
    address = cell_text(last.cell_("cell").value)
    former = former_cell(said.package, address)
    unit = said.presenter.unit(former[1]) if former else ""
    return Standing(
        Markup.escape(HISTORY),
        Markup(" ".join(filter(None, (said.presenter.value(last.cell_("value")), unit)))),
        (as_written(lost_name(said.package, address, said.language)),),
        _release(said, records),
        is_there=False,
        is_revised=False,
        address=Markup(said.presenter.value(last.cell_("cell"))),
        reason=Markup(said.presenter.value(rows[-1].cell_("reason"))),
    )


def _release(said: Vocabulary, records: list[int]) -> Markup:
    if not records:
        return Markup()
    row = Row(said.package.tables[HISTORY], records[-1], said.language)
    return Markup(said.presenter.linked(row.cell_("version")))
