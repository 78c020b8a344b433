"""What each figure and each corrected cell was, release by release: from the tables of histories and corrections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vierdepijler.core.cells import HISTORY
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, cell_text

from .figure_names import WHOLE_ROW  # as the value of a record: that there was a row

CORRECTIONS, RELEASES, KINDS = "corrections", "releases", "revision_kinds"
SAME = "same_meaning"
CORRECTION = ("table", "key", "field", "old", "new", "version")
Row = Mapping[str, str]


@dataclass
class Records:
    """The records of each cell by its address; a record gives a value from a release on, and why it came.

    `figures` has the addresses of those that are, or were, published figures.
    """

    package: Package
    of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)

    def add(self, cell: str, row: Row, value: str) -> None:
        """Add what a row of one of the tables tells about a cell."""
        reason = {language: text for language in self.package.languages if (text := row.get(f"reason_{language}"))}
        version = row.get("version", "")
        record = {
            "version": version,
            "released": released(self.package).get(version, ""),
            "value": value or None,
            "kind": row.get("revision_kind", ""),
            "reason": reason,
        }
        self.of.setdefault(cell, []).append(record)


def records_of(package: Package) -> Records:
    """Gather what each cell was; a correction tells of what kind a change is, and explains it in its own words.

    One that only says the same in other words is left out: nobody who took the cell over needs to know.
    """
    reworded = {row["code"] for row in texts(package.tables.get(KINDS), "code", SAME) if row[SAME] == "true"}
    records = Records(package)
    for row in texts(package.tables.get(HISTORY), "cell", "version", "value"):
        records.figures.add(row["cell"])
        records.add(row["cell"], row, row["value"])
    for row in texts(package.tables.get(CORRECTIONS), *CORRECTION):
        if row.get("revision_kind") in reworded:
            continue
        _correct(records, f"{row['table']}.{row['field']}[{row['key']}]", row)
    return records


def _correct(records: Records, cell: str, row: Row) -> None:
    """Let a correction explain the record that it is about, or be a record where the cell has no history."""
    for record in records.of.get(cell, ()):
        if record["version"] == row["version"]:
            reason = {language: row.get(f"reason_{language}", "") for language in records.package.languages}
            record.update(kind=row.get("revision_kind", ""), reason={**record["reason"], **reason})
            return
    if cell not in records.of:
        records.add(cell, {}, WHOLE_ROW if row["field"] == WHOLE_ROW else row["old"])
    records.add(cell, row, row["new"])


def released(package: Package) -> dict[str, str]:
    """Give the day of each release, in the order of the table; empty where it is not written down."""
    return {row["version"]: row.get("released", "") for row in texts(package.tables.get(RELEASES), "version")}


def texts(table: Table | None, *needed: str) -> list[Row]:
    """Give the rows of a table as our files write them; none where there is no such table, or not with these fields."""
    if table is None or not set(needed) <= set(table.field_names):
        return []
    columns = {name: table.column(name).to_pylist() for name in table.field_names}
    return [{name: cell_text(table.value(row, name)) for name in columns} for row in range(table.rows)]
