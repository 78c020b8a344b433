"""Corrections as pages show them: on the page of corrections, and where a figure that was revised is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vierdepijler.cells import DERIVED, AddressError, Cell
from vierdepijler.package import Package
from vierdepijler.releases.correction_list import (
    CORRECTIONS,
    KIND,
    Correction,
    corrected_cell,
    corrections_of,
    is_of_figure,
    shown_value,
)
from vierdepijler.releases.revisions import WHOLE_ROW
from vierdepijler.tables import cell_text

from .appearances import Appearances
from .escaping import escape
from .passports import full_name
from .vocabulary import Row, Vocabulary

LEDE = "{: .lede }\n"


@dataclass(frozen=True)
class ShownCorrection:
    """A correction, ready to be shown: what it is about and where that stands, what it was and is, when, and why.

    `is_own` tells that it is about a figure that we computed or counted ourselves.
    """

    anchor: Markup
    cell: str
    address: Markup
    name: Markup
    old: Markup
    new: Markup
    release: Markup
    day: Markup
    kind: Markup
    reason: Markup
    is_figure: bool
    is_own: bool
    is_withdrawn: bool


def shown_corrections(said: Vocabulary) -> list[ShownCorrection]:
    """Give every correction, the newest release first."""
    return [_shown(said, correction) for correction in reversed(corrections_of(said.package))]


def last_corrections(package: Package) -> list[Correction]:
    """Give the last correction of each figure that was corrected."""
    figures = [one for one in corrections_of(package) if is_of_figure(package, one)]
    return list({one.address: one for one in figures}.values())


def corrections_on(
    said: Vocabulary, last: Sequence[Correction], page: str, appearances: Appearances
) -> list[ShownCorrection]:
    """Give the last corrections of the figures that a written page shows or draws."""
    return [
        _shown(said, one)
        for one in last
        if page in appearances.pages.get(one.address, ())
        or page in (chart.page for chart in appearances.charts.get(one.address, ()))
    ]


def corrections_in(said: Vocabulary, last: Sequence[Correction], table: str) -> dict[str, ShownCorrection]:
    """Give the last corrections of the figures in a table, by the address of the figure."""
    return {one.address: _shown(said, one) for one in last if one.revision.table == table}


def with_notice(markdown: str, notice: str) -> str:
    """Put a notice right below the opening sentence of a page; above everything where it has none."""
    before, lede, after = markdown.partition(LEDE)
    return f"{before}{lede}\n{notice}\n{after}" if lede else f"{notice}\n\n{markdown}"


def _shown(said: Vocabulary, one: Correction) -> ShownCorrection:
    row = Row(said.package.tables[CORRECTIONS], one.row, said.language)
    cell = corrected_cell(said.package, one)
    return ShownCorrection(
        row.anchor_,
        one.address,
        _address(said, one, cell),
        _name(said, one, row, cell),
        _value(said, row.cell_("old"), cell, one.revision.field),
        _value(said, row.cell_("new"), cell, one.revision.field),
        Markup(said.presenter.value(row.cell_("version"))),
        Markup().join(_days(said, one)),
        _optional(said, row, KIND),
        _optional(said, row, "reason"),
        is_of_figure(said.package, one),
        one.revision.table == DERIVED,
        one.revision.field == WHOLE_ROW,
    )


def _address(said: Vocabulary, one: Correction, cell: Cell | None) -> Markup:
    """Lead to the passport of a figure, to another cell on the page of its table, or to that page alone."""
    if cell is not None:
        return Markup(said.presenter.passport_address(cell))
    is_there = one.revision.table in said.package.tables
    return Markup(said.presenter.address_of(f"table:{one.revision.table}")) if is_there else Markup()


def _name(said: Vocabulary, one: Correction, row: Row, cell: Cell | None) -> Markup:
    """Name what was corrected: a figure as its passport does, another cell by its table, field and key."""
    if cell is not None and is_of_figure(said.package, one):
        return Markup(" · ").join(full_name(said, Row(cell.table, cell.row, said.language), cell))
    fields = ("table", "key") if one.revision.field == WHOLE_ROW else ("table", "field", "key")
    parts = (Markup("<code>{}</code>").format(Markup(said.presenter.value(row.cell_(name)))) for name in fields)
    return Markup(" ").join(parts)


def _value(said: Vocabulary, recorded: Cell, cell: Cell | None, field: str) -> Markup:
    """Show what a cell was, in the reader's notation or else in its own language, bound to where it is written down."""
    if recorded.value is None:
        return Markup(said.presenter.value(recorded))
    text = cell_text(recorded.value)
    shown = text if cell is None else shown_value(cell, text, said.language)
    language = field.rpartition("_")[2]
    is_other = language != said.language and language in said.package.languages
    bound = '<span class="recorded" data-cell="{}"{}>{}</span>'
    other = Markup(' lang="{}"').format(language) if is_other else ""
    return Markup(bound).format(recorded.address, other, Markup(escape(shown)))


def _days(said: Vocabulary, one: Correction) -> Iterator[Markup]:
    """Give the day of the release, where the table of releases has it."""
    try:
        yield Markup(said.presenter.value(said.row("releases", version=one.version).cell_("released")))
    except AddressError:
        return


def _optional(said: Vocabulary, row: Row, field: str) -> Markup:
    try:
        return Markup(said.presenter.value(row.cell_(field)))
    except AddressError:
        return Markup()
