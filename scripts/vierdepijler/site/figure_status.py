"""How every figure stands: a list in which a reader looks one up by hand, and the same for the script of the page."""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import Cell, figure_fields, is_figure
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.core.times import before_and_after
from vierdepijler.figures.figure_records import figure_index, lost_name
from vierdepijler.releases.archives import former_cell
from vierdepijler.writers.formats.publication import Publication

from .page_values import Row
from .passports import full_name
from .vocabulary import Vocabulary, as_written


@dataclass(frozen=True)
class FigureStatus:
    """A figure, ready to be shown: its value (the last one, of what is gone), and what it is about.

    `release` is the one that gave it this value, or that withdrew it; empty where that is not kept. `newer` is the
    same of a later time, empty without one. What is gone has the `address` of its cell too, and the `reason`.
    """

    table: Markup
    value: Markup
    names: tuple[Markup, ...]
    release: Markup
    is_there: bool
    is_revised: bool
    address: Markup
    reason: Markup
    newer: Markup


def figure_statuses(vocabulary: Vocabulary) -> list[FigureStatus]:
    """Give every figure that is published, table by table, and after them those that were withdrawn."""
    history = entries(vocabulary.package)
    there = list(_there(vocabulary, history))
    known = {cell.address for cell, _ in there}
    gone = [rows for address, rows in history.items() if address not in known]
    return [*(standing for _, standing in there), *(_gone(vocabulary, rows) for rows in gone)]


def index_for_script(publication: Publication, passports: Mapping[str, str], language: str) -> Markup:
    """Give the index of figures as JSON that can stand in a page, where no text in it can end the element.

    Of each figure the page has the texts in its own language, and a value that is shown as it is stored once; of tables
    in all languages, for a header may be in any.
    """
    languages = set(publication.package.languages)
    content = {
        name: _spoken(part, languages, language) if name in ("figures", "corrected") else part
        for name, part in figure_index(publication, passports).items()
    }
    return Markup(json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _spoken(content: Any, languages: AbstractSet[str], language: str) -> Any:
    match content:
        case dict() if content and content.keys() <= languages:
            return {language: content.get(language)}
        case dict():
            spoken = {name: _spoken(part, languages, language) for name, part in content.items()}
            if spoken.get("shown") == {language: spoken.get("value")}:
                del spoken["shown"]
            return spoken
        case list():
            return [_spoken(part, languages, language) for part in content]
    return content


def _there(vocabulary: Vocabulary, history: Mapping[str, list[int]]) -> Iterator[tuple[Cell, FigureStatus]]:
    for table in vocabulary.package.tables.values():
        for row in vocabulary.rows(table.name) if figure_fields(table) else ():
            for field in figure_fields(table):
                cell = row.cell_(field.name)
                if cell.value is not None:
                    yield cell, _standing(vocabulary, row, cell, history.get(cell.address, []))


def _standing(vocabulary: Vocabulary, row: Row, cell: Cell, records: list[int]) -> FigureStatus:
    return FigureStatus(
        Markup.escape(cell.table.name),
        _linked(vocabulary, cell),
        tuple(_names(vocabulary, row, cell)),
        _release(vocabulary, records),
        is_there=True,
        is_revised=len(records) > 1,
        address=Markup(),
        reason=Markup(),
        newer=_newer(vocabulary, cell),
    )


def _newer(vocabulary: Vocabulary, cell: Cell) -> Markup:
    _, newer = before_and_after(vocabulary.package, cell)
    word = Markup.escape(vocabulary.presenter.words["newer"])
    return Markup() if newer is None else Markup("{}: {}").format(word, _linked(vocabulary, newer))


def _names(vocabulary: Vocabulary, row: Row, cell: Cell) -> Iterator[Markup]:
    """Name a figure as its passport does; a day in its name that is a figure itself leads to its own passport."""
    keys = [row.cell_(field) for field in cell.table.primary_key]
    linked = {str(vocabulary.presenter.value(key)): _linked(vocabulary, key) for key in keys if is_figure(key)}
    yield from (linked.get(str(name), name) for name in full_name(vocabulary, row, cell))


def _linked(vocabulary: Vocabulary, cell: Cell) -> Markup:
    """Show a figure that leads to its passport and its source; no passport says that it appears in this list."""
    shown, address = vocabulary.presenter.measured(cell), vocabulary.presenter.passport_address(cell)
    inside = f'<a class="figure__cell" href="{address}">{shown}</a>'
    return Markup(f'<span class="figure">{inside}{vocabulary.presenter.mark(cell)}</span>')


def _gone(vocabulary: Vocabulary, records: list[int]) -> FigureStatus:
    """Show a figure that was withdrawn: what it was about, its last value, and why it went."""
    table = vocabulary.package.by_role[Role.HISTORY]
    rows = [Row(table, number, vocabulary.language) for number in records]
    last = next((row for row in reversed(rows) if row.cell_("value").value is not None), rows[-1])
    address = cell_text(last.cell_("cell").value)
    former = former_cell(vocabulary.package, address)
    unit = vocabulary.presenter.unit(former[1]) if former else ""
    return FigureStatus(
        Markup.escape(table.name),
        Markup(" ".join(filter(None, (vocabulary.presenter.value(last.cell_("value")), unit)))),
        (as_written(lost_name(vocabulary.package, address, vocabulary.language)),),
        _release(vocabulary, records),
        is_there=False,
        is_revised=False,
        address=Markup(vocabulary.presenter.value(last.cell_("cell"))),
        reason=Markup(vocabulary.presenter.value(rows[-1].cell_("reason"))),
        newer=Markup(),
    )


def _release(vocabulary: Vocabulary, records: list[int]) -> Markup:
    if not records:
        return Markup()
    row = Row(vocabulary.package.by_role[Role.HISTORY], records[-1], vocabulary.language)
    return Markup(vocabulary.presenter.linked(row.cell_("version")))
