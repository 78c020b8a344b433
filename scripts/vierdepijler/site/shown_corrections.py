"""Corrections as pages show them: on the page of corrections, and where a figure that was revised is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Role, cell_text
from vierdepijler.figures.figure_records import figure_name, lost_name
from vierdepijler.releases.corrections import (
    KIND,
    WHOLE_ROW,
    Correction,
    Revision,
    corrected_cell,
    corrections_of,
    is_of_figure,
)
from vierdepijler.releases.feeds import shown_value

from .links import Usage
from .page_values import Row, escape
from .passports import full_name
from .vocabulary import Vocabulary, as_written

PART = "\n## "  # how the first part of a page begins, below its answer and its key figures


@dataclass(frozen=True)
class ShownCorrection:
    """A correction, ready to be shown; what a page does not show of it is not made."""

    _vocabulary: Vocabulary
    _correction: Correction

    @property
    def anchor(self) -> Markup:
        """Its place on the page of corrections."""
        return self._row.anchor_

    @property
    def cell(self) -> str:
        """The address of the cell that was corrected."""
        return self._correction.address

    @property
    def is_figure(self) -> bool:
        """Whether it is about a published figure."""
        return is_of_figure(self._vocabulary.package, self._correction)

    @property
    def is_own(self) -> bool:
        """Whether it is about a figure that we computed or counted ourselves."""
        derived = self._vocabulary.package.table_of(Role.DERIVED)
        return derived is not None and self._revision.table == derived.name

    @property
    def is_withdrawn(self) -> bool:
        """Whether a whole row went."""
        return self._revision.field == WHOLE_ROW

    @cached_property
    def address(self) -> Markup:
        """The passport of a figure, the place of another cell on the page of its table, or that page alone."""
        presenter, table = self._vocabulary.presenter, self._revision.table
        if self._cell is not None:
            return Markup(presenter.passport_address(self._cell))
        return Markup(presenter.address_of(f"table:{table}")) if table in self._vocabulary.package.tables else Markup()

    @cached_property
    def name(self) -> Markup:
        """What was corrected: a figure as its passport names it; another cell in words, and by its address."""
        if self._cell is not None and self.is_figure:
            row = Row(self._cell.table, self._cell.row, self._vocabulary.language)
            return Markup(" · ").join(full_name(self._vocabulary, row, self._cell))
        fields = ("table", "key") if self.is_withdrawn else ("table", "field", "key")
        parts = (Markup("<code>{}</code>").format(self._text(name)) for name in fields)
        return Markup("{} <small>{}</small>").format(self._words, Markup(" ").join(parts))

    @property
    def _words(self) -> Markup:
        """Name a cell that is no figure, or is gone: what it is, after the title of its table but for a figure."""
        vocabulary, table = self._vocabulary, self._revision.table
        if self._cell is None:
            name = lost_name(vocabulary.package, self._correction.address, vocabulary.language)
        else:
            name = figure_name(vocabulary.package, self._cell, vocabulary.language)
        titled = table in vocabulary.package.tables and not self.is_figure
        return Markup(" · ").join([*([vocabulary.table_title(table)] if titled else []), as_written(name)])

    @cached_property
    def old(self) -> Markup:
        """What the cell was."""
        return self._value("old")

    @cached_property
    def new(self) -> Markup:
        """What the cell is since."""
        return self._value("new")

    @cached_property
    def release(self) -> Markup:
        """The release that brought it."""
        return self._text("version")

    @cached_property
    def day(self) -> Markup:
        """The day of that release; empty where the table of releases does not have it."""
        rows = self._vocabulary.rows_of(Role.RELEASES, version=self._correction.version)
        return Markup(self._vocabulary.presenter.value(rows[0].cell_("released"))) if rows else Markup()

    @cached_property
    def kind(self) -> Markup:
        """Of which kind it is; empty where that is not kept."""
        return self._optional(KIND)

    @cached_property
    def reason(self) -> Markup:
        """Why, in the language of the page; empty where that is not kept."""
        return self._optional("reason")

    @property
    def _revision(self) -> Revision:
        return self._correction.revision

    @cached_property
    def _row(self) -> Row:
        return Row(self._vocabulary.package.by_role[Role.CORRECTIONS], self._correction.row, self._vocabulary.language)

    @cached_property
    def _cell(self) -> Cell | None:
        return corrected_cell(self._vocabulary.package, self._correction)

    def _text(self, field: str) -> Markup:
        return Markup(self._vocabulary.presenter.value(self._row.cell_(field)))

    def _optional(self, field: str) -> Markup:
        try:
            return self._text(field)
        except AddressError:
            return Markup()

    def _value(self, name: str) -> Markup:
        """Show what a cell was or is, in the reader's notation or its own language, bound to where that is kept."""
        recorded, languages = self._row.cell_(name), self._vocabulary.package.languages
        if recorded.value is None:
            return self._text(name)
        text = cell_text(recorded.value)
        shown = text if self._cell is None else shown_value(self._cell, text, self._vocabulary.language)
        language = self._revision.field.rpartition("_")[2]
        is_other = language != self._vocabulary.language and language in languages
        bound = '<span class="recorded" data-cell="{}"{}>{}</span>'
        other = Markup(' lang="{}"').format(language) if is_other else ""
        return Markup(bound).format(recorded.address, other, Markup(escape(shown)))


def shown_corrections(vocabulary: Vocabulary) -> list[ShownCorrection]:
    """Give every correction, the newest release first."""
    return [ShownCorrection(vocabulary, correction) for correction in reversed(corrections_of(vocabulary.package))]


def last_corrections(package: Package) -> list[Correction]:
    """Give the last correction of each figure that was corrected."""
    figures = [one for one in corrections_of(package) if is_of_figure(package, one)]
    return list({one.address: one for one in figures}.values())


def corrections_on(
    vocabulary: Vocabulary, last: Sequence[Correction], page: str, usage: Usage
) -> list[ShownCorrection]:
    """Give the last corrections of the figures that a written page shows or draws."""
    return [
        ShownCorrection(vocabulary, one)
        for one in last
        if page in usage.pages.get(one.address, ())
        or page in (chart.page for chart in usage.charts.get(one.address, ()))
    ]


def corrections_in(vocabulary: Vocabulary, last: Sequence[Correction], table: str) -> dict[str, ShownCorrection]:
    """Give the last corrections of the figures in a table, by the address of the figure."""
    return {one.address: ShownCorrection(vocabulary, one) for one in last if one.revision.table == table}


def with_notice(markdown: str, notice: str) -> str:
    """Put a notice above the first part of a page, below its answer; at the end of a page without parts."""
    before, part, after = markdown.partition(PART)
    return f"{before}\n{notice}\n{part}{after}"
