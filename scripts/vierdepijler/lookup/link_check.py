"""What became of what a link leads to: a figure, the figures of a row, or all that changed in a table."""

from collections.abc import Callable, Iterator

from .figure_names import WHOLE_ROW
from .findings import (
    REVISED,
    UNCHANGED,
    UNKNOWN,
    UNREADABLE,
    WITHDRAWN,
    Answer,
    Document,
    Finding,
    Judgement,
    judged_cell,
    judged_value,
    overall,
)
from .links import Lead
from .table_addresses import cell_of, field_place, row_place, text_of

Tables = Callable[[str], Document | None]  # the document of a table, None where it cannot be had


def check_links(found: list[Lead], index: Document, tables: Tables) -> Judgement:
    """Say of each link what became of what it leads to."""
    answers = tuple(_answer(lead, index, tables) for lead in found)
    return Judgement("link", overall(answer.state for answer in answers), answers)


def histories(index: Document, table: str) -> list[Document]:
    """Give every cell of a table of which we know what it was: its figures, and other cells that were corrected."""
    return [cell for cell in (*index["figures"], *index["corrected"]) if cell["table"] == table]


def _answer(lead: Lead, index: Document, tables: Tables) -> Answer:
    known = histories(index, lead.table)
    if not lead.key:
        return _about_table(lead, index, known)
    own = [
        cell
        for cell in known
        if tuple(cell["key"]) == lead.key and (lead.field in ("", cell["field"]) or cell["field"] == WHOLE_ROW)
    ]
    if own:
        findings = tuple(judged_cell(cell) for cell in own)
        return Answer(lead.text, overall(finding.state for finding in findings), findings)
    return _about_row(lead, tables(lead.table))


def _about_row(lead: Lead, table: Document | None) -> Answer:
    """Look for a cell that has no history in the table itself."""
    if table is None:
        return Answer(lead.text, UNREADABLE, why="no-table")
    row = row_place(table, lead.key)
    if row is None or (lead.field and field_place(table, lead.field) is None):
        return Answer(lead.text, UNKNOWN, why="no-such-cell")
    if not lead.field:
        return Answer(lead.text, UNCHANGED)
    value = text_of(table, row, lead.field) or None
    return Answer(lead.text, UNCHANGED, (Finding(cell_of(lead.table, lead.field, lead.key), UNCHANGED, value, value),))


def _about_table(lead: Lead, index: Document, known: list[Document]) -> Answer:
    """Give what changed in a table since the release in the link; since its first one where none is named."""
    versions = [release["version"] for release in index["releases"]]
    if lead.version and lead.version not in versions:
        return Answer(lead.text, UNKNOWN, why="no-such-release")
    findings = tuple(_since(known, lead.version, versions) if lead.version else _ever(known))
    return Answer(lead.text, overall(finding.state for finding in findings) if findings else UNCHANGED, findings)


def _ever(known: list[Document]) -> Iterator[Finding]:
    found = (judged_cell(cell) for cell in known)
    yield from (finding for finding in found if finding.state in (REVISED, WITHDRAWN))


def _since(known: list[Document], version: str, versions: list[str]) -> Iterator[Finding]:
    """Compare what each cell was in a release with what it is now; a cell that came later did not change."""
    until = versions.index(version)
    for cell in known:
        held = [record for record in cell["records"] if _place(record["version"], versions) <= until]
        if held and held[-1]["value"] is not None:
            finding = judged_value(cell, held[-1]["value"])
            if finding and finding.state != UNCHANGED:
                yield finding


def _place(version: str, versions: list[str]) -> int:
    """Give the place of a release in their order; what was before the first record of a cell was there at first."""
    return versions.index(version) if version in versions else -1
