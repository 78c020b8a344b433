"""A pasted table beside ours: row by row, by the key, what is the same and what became of the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .findings import (
    DIFFERS,
    REVISED,
    UNCHANGED,
    UNKNOWN,
    UNREADABLE,
    WITHDRAWN,
    Answer,
    Comparison,
    Document,
    Finding,
    Judgement,
    judged_cell,
    judged_value,
    overall,
)
from .link_check import Tables, histories
from .pasted_tables import Pasted, columns
from .readings import BETWEEN_THOUSANDS, canonical, date_values, number_values
from .table_addresses import cell_of, key_of, row_of

YES_NO = {"ja": "true", "waar": "true", "yes": "true", "nee": "false", "onwaar": "false", "no": "false"}


@dataclass(frozen=True)
class Beside:
    """A pasted table and ours; `places` has the column of the pasted one for each field that it has."""

    pasted: Pasted
    table: Document
    places: dict[str, int]
    known: dict[str, Document]

    @property
    def name(self) -> str:
        """The name of our table."""
        return str(self.table["table"])

    @property
    def has_key(self) -> bool:
        """Whether the pasted table has every column of our key."""
        return bool(self.table["key"]) and set(self.table["key"]) <= set(self.places)

    @property
    def shared(self) -> int:
        """How many pasted rows have a key of ours: of tables with the same columns, that tells which is meant."""
        ours = {key_of(self.table, row) for row in self.table["rows"]} if self.has_key else set()
        return sum(self.key(self.texts(row)) in ours for row in self.pasted.rows) if ours else 0

    def key(self, texts: dict[str, str]) -> tuple[str, ...]:
        """Give the key of a pasted row."""
        return tuple(texts[name] for name in self.table["key"])

    def texts(self, row: Sequence[str]) -> dict[str, str]:
        """Give the cells of a pasted row by field, each as our files write it."""
        fields = {field["name"]: field for field in self.table["fields"]}
        return {
            name: normal(row[place] if place < len(row) else "", fields[name], is_local=self.pasted.is_local)
            for name, place in self.places.items()
        }


def check_table(pasted: Pasted, index: Document, tables: Tables) -> Judgement:
    """Compare a pasted table with ours; `why` says where that cannot be done."""
    if not pasted.tables:
        return Judgement("table", UNKNOWN, why="no-such-table")
    if not pasted.rows:
        return Judgement("table", UNREADABLE, why="no-rows")
    found = [_beside(pasted, index, table) for name in pasted.tables if (table := tables(name)) is not None]
    if not found:
        return Judgement("table", UNREADABLE, comparison=_columns(pasted, index, pasted.tables[0]), why="no-table")
    beside = max(found, key=lambda one: one.shared)
    comparison = _columns(pasted, index, beside.name)
    if not beside.has_key:
        return Judgement("table", UNREADABLE, comparison=comparison, why="no-key")
    return _compared(beside, comparison)


def _beside(pasted: Pasted, index: Document, table: Document) -> Beside:
    known = {cell["cell"]: cell for cell in histories(index, table["table"])}
    return Beside(pasted, table, columns(index, table["table"], pasted.header), known)


def normal(text: str, field: Document, *, is_local: bool) -> str:
    """Write a pasted cell as our files do: a code for its label, a decimal point, a date as year-month-day."""
    text = text.strip().replace("\r\n", "\n")
    if text in field["labels"]:
        return str(field["labels"][text])
    match field["type"]:
        case "integer" | "number" | "year":
            return _number(text, is_local=is_local)
        case "date":
            return next(iter(date_values(text)), text)
        case "boolean":
            return YES_NO.get(text.lower(), text.lower())
        case _:
            return text


def _number(text: str, *, is_local: bool) -> str:
    """Read a number; in the notation of Belgium a comma is a decimal one, and thousands may stand apart."""
    sign, digits = ("-", text[1:]) if text.startswith(("-", "\u2212")) else ("", text)
    if not digits or any(sign not in "0123456789.,'" and not BETWEEN_THOUSANDS.match(sign) for sign in digits):
        return text
    if not is_local or "," in digits:
        digits = digits if not is_local else BETWEEN_THOUSANDS.sub("", digits).replace(".", "").replace(",", ".")
        return canonical(sign + digits) if digits.replace(".", "", 1).isdigit() else text
    values = number_values(digits)
    return canonical(sign + values[0]) if values else text


def _columns(pasted: Pasted, index: Document, name: str) -> Comparison:
    places = columns(index, name, pasted.header)
    used = set(places.values())
    return Comparison(
        name,
        len(pasted.rows),
        unknown_columns=tuple(title for place, title in enumerate(pasted.header) if place not in used),
        missing_columns=tuple(
            field["name"] for field in index["tables"][name]["fields"] if field["name"] not in places
        ),
    )


def _compared(beside: Beside, comparison: Comparison) -> Judgement:
    ours = {key_of(beside.table, row): row for row in beside.table["rows"]}
    names = [field["name"] for field in beside.table["fields"]]
    findings: list[Finding] = []
    unknown: list[str] = []
    seen: set[tuple[str, ...]] = set()
    counts = {UNCHANGED: 0, "changed": 0, WITHDRAWN: 0}
    for row in beside.pasted.rows:
        texts = beside.texts(row)
        key = beside.key(texts)
        seen.add(key)
        if key not in ours:
            gone = list(_gone(beside, key))
            findings += gone
            counts[WITHDRAWN] += bool(gone)
            unknown += [] if gone else [row_of(beside.name, key)]
            continue
        own = list(_changed(beside, key, texts, dict(zip(names, ours[key], strict=True))))
        findings += own
        counts["changed" if own else UNCHANGED] += 1
    state = overall([finding.state for finding in findings] + [UNKNOWN] * bool(unknown) + [UNCHANGED])
    compared = replace(
        comparison,
        unchanged=counts[UNCHANGED],
        changed=counts["changed"],
        withdrawn=counts[WITHDRAWN],
        unknown_rows=tuple(unknown),
        absent_rows=tuple(row_of(beside.name, key) for key in ours if key not in seen),
    )
    return Judgement("table", state, (Answer(beside.name, state, tuple(findings)),), compared)


def _changed(beside: Beside, key: tuple[str, ...], texts: dict[str, str], ours: dict[str, str]) -> Iterator[Finding]:
    """Give the cells of a row that are not what they are with us, each with what became of it, if we know."""
    for name, text in texts.items():
        if text != ours[name]:
            cell = cell_of(beside.name, name, key)
            found = judged_value(beside.known[cell], text or None) if cell in beside.known else None
            is_known = found is not None and found.state in (REVISED, WITHDRAWN)
            yield found if found and is_known else Finding(cell, DIFFERS, text or None, ours[name] or None)


def _gone(beside: Beside, key: tuple[str, ...]) -> Iterator[Finding]:
    """Give the cells of a row that we once had, and have no more."""
    own = (cell for cell in beside.known.values() if tuple(cell["key"]) == key and cell["value"] is None)
    yield from (judged_cell(cell) for cell in own)
