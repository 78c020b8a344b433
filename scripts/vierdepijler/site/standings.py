"""How every figure stands: a list in which a reader looks one up by hand, and the same for the script of the page."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.cells import HISTORY, Cell, figure_fields
from vierdepijler.formats.publication import Publication
from vierdepijler.lookup.figure_index import figure_index
from vierdepijler.package import Package
from vierdepijler.rules.history import entries

from .passports import full_name
from .vocabulary import Row, Vocabulary


@dataclass(frozen=True)
class Standing:
    """A figure, ready to be shown: its value (the last one, of what is gone), what it is about, and its passport.

    `mark` leads to its source. `release` is the one that gave it this value, or that withdrew it; empty where that is
    not kept.
    """

    table: Markup
    value: Markup
    mark: Markup
    names: tuple[Markup, ...]
    passport: Markup
    release: Markup
    is_there: bool
    is_revised: bool


def standings(said: Vocabulary) -> list[Standing]:
    """Give every figure that is published, table by table, and after them those that were withdrawn."""
    history = entries(said.package)
    there = list(_there(said, history))
    gone = [rows for address, rows in history.items() if address not in {cell.address for cell, _ in there}]
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
        Markup(said.presenter.value(cell)),
        Markup(said.presenter.mark(cell)),
        tuple(full_name(said, row, cell)),
        Markup(said.presenter.passport_address(cell)),
        _release(said, records),
        is_there=True,
        is_revised=len(records) > 1,
    )


def _gone(said: Vocabulary, records: list[int]) -> Standing:
    """Show a figure that was withdrawn by its last value and the address of its cell."""
    table = said.package.tables[HISTORY]
    rows = [Row(table, number, said.language) for number in records]
    last = next((row for row in reversed(rows) if row.cell_("value").value is not None), rows[-1])
    return Standing(
        Markup.escape(HISTORY),
        Markup(said.presenter.value(last.cell_("value"))),
        Markup(),
        (Markup(said.presenter.value(last.cell_("cell"))),),
        Markup(),
        _release(said, records),
        is_there=False,
        is_revised=False,
    )


def _release(said: Vocabulary, records: list[int]) -> Markup:
    if not records:
        return Markup()
    row = Row(said.package.tables[HISTORY], records[-1], said.language)
    return Markup(said.presenter.linked(row.cell_("version")))
