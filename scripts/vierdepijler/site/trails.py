"""What leads to the figures of a package: the pages that show them, the sums that use them, and their releases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import DERIVED, inputs_of
from vierdepijler.core.package import Package

from .appearances import Appearances
from .sources import Source


@dataclass(frozen=True)
class Trails:
    """What leads to the figures of one package in one language; `written` are its pages, by identifier."""

    package: Package
    appearances: Appearances
    written: Mapping[str, Source]

    @cached_property
    def history(self) -> Mapping[str, Sequence[int]]:
        """The rows of the table of histories, by the cell that they are about."""
        return entries(self.package)

    @cached_property
    def users(self) -> Mapping[str, Sequence[int]]:
        """The rows of derived figures, by the address of the cell or the column that they are computed from."""
        found: dict[str, list[int]] = {}
        table = self.package.tables.get(DERIVED)
        for row in range(0 if table is None else table.rows):
            for address, _ in inputs_of(self.package, row):
                found.setdefault(address, []).append(row)
        return found
