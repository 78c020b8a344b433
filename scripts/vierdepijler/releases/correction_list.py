"""The corrections of a package: what was wrong, what it is now, since which release, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from vierdepijler.core.cells import AddressError, Cell, figure_fields, holds_figures, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, cell_text
from vierdepijler.core.text import value_text

from .revisions import WHOLE_ROW, Revision

CORRECTIONS, KIND = "corrections", "revision_kind"
FIELDS = ("version", "table", "key", "field", "old", "new")


@dataclass(frozen=True)
class Correction:
    """A row of the table of corrections: the release that brought it, what it revised, of which kind, and why."""

    version: str
    row: int
    revision: Revision
    kind: str
    reasons: Mapping[str, str]

    @property
    def address(self) -> str:
        """The address of the cell that was corrected."""
        return f"{self.revision.table}.{self.revision.field}[{self.revision.key}]"


def corrections_of(package: Package) -> tuple[Correction, ...]:
    """Read the table of corrections, in its order; nothing where there is no such table, or not as we know it."""
    table = package.tables.get(CORRECTIONS)
    if table is None or not set(FIELDS) <= set(table.field_names):
        return ()
    return tuple(_correction(package, table, row) for row in range(table.rows))


def _correction(package: Package, table: Table, row: int) -> Correction:
    version, *parts = (cell_text(table.value(row, name)) for name in FIELDS)
    names = {language: f"reason_{language}" for language in package.languages}
    reasons = {
        language: cell_text(table.value(row, name)) for language, name in names.items() if name in table.field_names
    }
    kind = cell_text(table.value(row, KIND)) if KIND in table.field_names else ""
    return Correction(version, row, Revision(*parts), kind, reasons)


def corrected_cell(package: Package, correction: Correction) -> Cell | None:
    """Find the cell that was corrected; None where it is gone, or where a whole row went."""
    try:
        found = select(package, correction.address).cells
    except AddressError:
        return None
    return found[0] if len(found) == 1 else None


def is_of_figure(package: Package, correction: Correction) -> bool:
    """Tell whether a published figure was corrected or withdrawn, and not only a text."""
    table, revised = package.tables.get(correction.revision.table), correction.revision.field
    if table is None:
        return False
    return bool(figure_fields(table)) if revised == WHOLE_ROW else _holds_figures(table, revised)


def _holds_figures(table: Table, name: str) -> bool:
    return name in table.field_names and holds_figures(table, table.field(name))


def by_cell(corrections: Sequence[Correction]) -> Mapping[str, list[Correction]]:
    """Give the corrections by the address of the cell that they are about, oldest first."""
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.address, []).append(correction)
    return found


def shown_value(cell: Cell, text: str, language: str) -> str:
    """Write a value that a cell once had, from the text of a data file, as a reader of a language expects it."""
    return value_text(typed(text, cell.field), cell.unit, language)


def typed(text: str, field: Field) -> Decimal | str:
    """Read a number from the text of a data file; any other text stays what it is."""
    try:
        return Decimal(text) if field.is_number and Decimal(text).is_finite() else text
    except InvalidOperation:
        return text
