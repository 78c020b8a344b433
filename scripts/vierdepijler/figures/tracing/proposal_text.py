"""A proposal in words, for a terminal: what was drafted, and what a person has to do next."""

from collections.abc import Iterator
from pathlib import Path

from vierdepijler.core.messages import Message, in_language, say
from vierdepijler.core.tables import Table

from .claims import NOT_DATA
from .proposals import UNPLACED, Proposal, Row


def render_proposal(proposal: Proposal, language: str) -> str:
    """Say what was drafted, and what a person has to do next."""
    return "\n".join(in_language(line, language) for line in _steps(proposal))


def _steps(proposal: Proposal) -> Iterator[Message]:
    yield say("{folder}: {rows} rows with a figure, {open} figures without a place",
              folder=proposal.folder, rows=proposal.placed, open=len(proposal.unplaced))  # fmt: skip
    yield say("1. fill in what is empty:")
    for table, rows in proposal.rows:
        file, empty = Path(table.file).name, ", ".join(_to_fill(table, rows)) or "-"
        yield say("{file}: {rows} rows; empty: {fields}", file=file, rows=len(rows), fields=empty)
    yield say("2. give each figure in {file} a row of a table, or one of {table} with the reason",
              file=UNPLACED, table=NOT_DATA)  # fmt: skip
    yield say(
        "3. add the rows to the files of the package, the source to 'sources' in its descriptor, and run validate.py"
    )
    yield say("4. run trace.py on the document until nothing is open")


def _to_fill(table: Table, rows: list[Row]) -> list[str]:
    """Name the fields that a person must fill in, and those of reasons for what is empty."""
    needed: dict[str, None] = {}
    for field in table.fields:
        if any(row[field.name] == "" for row in rows):
            reason = field.property("reasonIn")
            if field.descriptor.get("constraints", {}).get("required"):
                needed[field.name] = None
            elif reason:
                needed[f"{field.name} / {reason}"] = None
    return list(needed)
