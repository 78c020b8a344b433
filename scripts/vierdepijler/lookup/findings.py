"""What is found out about pasted text: the states of a figure, and the judgement as a whole.

A document is JSON as it is published: the index of figures, and one of each table. `check-figure.js` gives the same
judgements in the browser, as the same JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

Document = Mapping[str, Any]

UNCHANGED, REVISED, WITHDRAWN = "unchanged", "revised", "withdrawn"
DIFFERS = "differs"  # it is not what our table says, and nothing explains that
UNKNOWN, UNREADABLE = "unknown", "unreadable"
WEIGHT = (REVISED, WITHDRAWN, DIFFERS, UNREADABLE, UNKNOWN, UNCHANGED)  # of several, the first is said of the whole


@dataclass(frozen=True)
class Finding:
    """What became of one value: `old` as it was asked about, `new` as it is now, and the release that made it so.

    `cell` is the address of a cell, or that of a row (`table[key]`). The release is one in which the value came to
    be what it is, or, of a value that is gone, the one that replaced it. Empty is what is not known; None no value.
    """

    cell: str
    state: str
    old: str | None = None
    new: str | None = None
    version: str = ""
    released: str = ""
    kind: str = ""
    reason: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Answer:
    """What is found about one number, date or link in the text."""

    text: str
    state: str
    findings: tuple[Finding, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Comparison:
    """How a pasted table stands beside ours: its columns, and how many of its rows are what they are with us."""

    table: str
    rows: int = 0
    unchanged: int = 0
    changed: int = 0
    withdrawn: int = 0
    unknown_rows: tuple[str, ...] = ()
    absent_rows: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """The whole answer; `kind` tells what was pasted: `value`, `link`, `table`, or `nothing` that can be judged.

    `why` says in a word why something could not be judged: see the answers in words.
    """

    kind: str
    state: str
    answers: tuple[Answer, ...] = ()
    comparison: Comparison | None = None
    why: str = ""

    @property
    def as_json(self) -> dict[str, Any]:
        """The judgement as JSON."""
        return asdict(self)


def overall(states: Iterable[str]) -> str:
    """Give the state of a whole whose parts have these: what changed weighs more than what did not."""
    found = set(states)
    return next((state for state in WEIGHT if state in found), UNKNOWN)


def judged_value(history: Document, value: str | None) -> Finding | None:
    """Say what became of a value of a cell, or None where the cell never had it."""
    records, now = history["records"], history["value"]
    places = [place for place, record in enumerate(records) if record["value"] == value]
    finding = Finding(history["cell"], UNCHANGED, value, now)
    if value == now:
        return _dated(finding, records[-1] if records and records[-1]["value"] == now else None)
    if not places:
        return None
    if now is None:
        return _dated(replace(finding, state=WITHDRAWN), records[-1] if records[-1]["value"] is None else None)
    following = records[places[-1] + 1 : places[-1] + 2]
    return _dated(replace(finding, state=REVISED), following[0] if following else None)


def judged_cell(history: Document) -> Finding:
    """Say how a cell stands whose value nobody named: whether it ever changed, and what it is now."""
    records, now = history["records"], history["value"]
    last = records[-1] if records else None
    if last is None or last["value"] != now:
        state = UNCHANGED if last is None else DIFFERS
        return Finding(history["cell"], state, last and last["value"], now)
    before = records[-2]["value"] if len(records) > 1 else now
    state = WITHDRAWN if now is None else REVISED if len(records) > 1 else UNCHANGED
    return _dated(Finding(history["cell"], state, before, now), last)


def _dated(finding: Finding, record: Document | None) -> Finding:
    """Add when and why, where a release wrote that down."""
    if record is None:
        return finding
    return replace(
        finding,
        version=record["version"],
        released=record["released"],
        kind=record["kind"],
        reason=record["reason"] or None,
    )
