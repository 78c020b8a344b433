"""What changed between two releases, as a document for programs; `changes.schema.json` describes it (JSON Schema)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vierdepijler.core.cells import cell_address
from .differences import CellChange, TableChange, TextChange, descriptions
from vierdepijler.writers.formats.json_files import json_value

from .correction_list import Correction, by_cell
from .release_list import Release
from .revisions import WHOLE_ROW, differences_of, step_of
from .versions import Step

LEVELS: Mapping[Step, str] = {Step.NONE: "none", Step.PATCH: "patch", Step.MINOR: "minor", Step.MAJOR: "major"}


@dataclass(frozen=True)
class Diff:
    """Two releases, the older one first, and the corrections that the newer one brought since."""

    old: Release
    new: Release
    corrections: Mapping[str, Sequence[Correction]]

    @property
    def document(self) -> dict[str, Any]:
        """The whole difference: tables, columns, rows and cells, and the texts that describe them."""
        found = differences_of(self.old.package, self.new.package)
        return {
            "old": {"version": self.old.version, "released": self.old.released or None},
            "new": {"version": self.new.version, "released": self.new.released or None},
            "level": LEVELS[step_of(found)],
            "tables_added": list(found.tables_added),
            "tables_removed": list(found.tables_removed),
            "tables": [self._table(change) for change in found.tables],
            "texts": [text for change in found.texts for text in self._texts(change)],
        }

    def _table(self, change: TableChange) -> dict[str, Any]:
        key = list(change.table.primary_key)
        return {
            "table": change.table.name,
            "columns_added": list(change.columns_added),
            "columns_removed": list(change.columns_removed),
            "key_changed": change.is_rekeyed,
            "key": key,
            "rows_added": [list(row) for row in change.rows_added],
            "rows_removed": [
                {
                    "key": list(row),
                    "explained": self._explained(cell_address(change.table.name, WHOLE_ROW, row)),
                }
                for row in change.rows_removed
            ],
            "cells": [self._cell(cell) for cell in change.cells],
        }

    def _cell(self, change: CellChange) -> dict[str, Any]:
        cell = change.cell
        return {
            "cell": cell.address,
            "key": list(cell.key),
            "field": cell.field.name,
            "old": json_value(change.old),
            "new": json_value(cell.value),
            "old_unit": change.old_unit,
            "new_unit": cell.unit,
            "explained": self._explained(cell.address),
        }

    def _explained(self, address: str) -> list[dict[str, Any]]:
        """Give the corrections on the way from the one release to the other, oldest first."""
        return [
            {
                "version": correction.version,
                "old": correction.revision.old or None,
                "new": correction.revision.new or None,
                "kind": correction.kind or None,
                "reason": dict(correction.reasons),
            }
            for correction in self.corrections.get(address, ())
        ]

    def _texts(self, change: TextChange) -> Iterator[dict[str, Any]]:
        before = descriptions(self.old.package, self.new.package, change.table)
        after = descriptions(self.new.package, self.old.package, change.table)
        for name in change.names:
            yield {
                "table": change.table or None,
                "property": name,
                "old": before.get(name),
                "new": after.get(name),
            }


def diffs_of(releases: Sequence[Release], corrections: Sequence[Correction]) -> Iterator[Diff]:
    """Give every pair of releases, each once, the older one first."""
    places = {release.version: place for place, release in enumerate(releases)}
    for place, old in enumerate(releases):
        for new in releases[place + 1 :]:
            between = range(place + 1, places[new.version] + 1)
            yield Diff(old, new, by_cell([one for one in corrections if places.get(one.version) in between]))
