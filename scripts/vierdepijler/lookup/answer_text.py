"""A judgement in plain words, in the language of who asked."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from vierdepijler.messages import Message, in_language, say
from vierdepijler.text import date_text

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
)
from .link_check import histories

STATES = {
    UNCHANGED: say("unchanged"),
    REVISED: say("revised"),
    WITHDRAWN: say("withdrawn"),
    DIFFERS: say("differs, and nothing we wrote down explains it"),
    UNKNOWN: say("unknown"),
    UNREADABLE: say("not judged"),
}
WHY = {
    "": say("None of our figures has or had this value. Check how it is written, look in the table, or write to us."),
    "empty": say("There is nothing to look up. Give a figure, a link, an address of a cell or a CSV file."),
    "no-number": say("There is no number, date or link to us in this text."),
    "no-such-page": say("This link leads to no table or figure of ours. Give the link of a figure or a download."),
    "no-such-cell": say("The table has no such row or column, and we know of none that was there before."),
    "no-such-release": say("We know of no such release. Check the number in the link."),
    "no-such-table": say(
        "No table of ours has these columns. Is the first line the one with the names of the columns?"
    ),
    "no-rows": say("There is only a line with names of columns here. Paste the rows too."),
    "no-table": say("The table could not be opened, so there is nothing to compare with. Publish it, or try again."),
    "no-key": say("A column that tells the rows apart is missing, so they cannot be compared one by one."),
}


@dataclass(frozen=True)
class Words:
    """Says things in one language about the figures of one index."""

    index: Document
    language: str

    def say(self, pattern: str, **values: object) -> str:
        """Say a message in the language."""
        return in_language(say(pattern, **values), self.language)

    def known(self, message: Message) -> str:
        """Say a message that was made before."""
        return in_language(message, self.language)

    def cell(self, address: str) -> Document | None:
        """Find what the index tells of a cell."""
        found = histories(self.index, address.partition(".")[0])
        return next((cell for cell in found if cell["cell"] == address), None)

    def day(self, text: str) -> str:
        """Write the day of a release; where it is not written down, say so."""
        return date_text(datetime.date.fromisoformat(text), self.language) if text else self.say("day not known")

    def shown(self, address: str, value: str | None) -> str:
        """Write a value as readers of the language do, where the index has it so."""
        cell = self.cell(address)
        if cell is None or value is None:
            return value or self.known(say("nothing"))
        if value == cell["value"]:
            return str(cell["shown"][self.language])
        texts = (record["shown"][self.language] for record in cell["records"] if record["value"] == value)
        return str(next(texts, value))


def render_judgement(judgement: Judgement, index: Document, language: str) -> str:
    """Write a judgement as lines of text; a language that the package does not have is its first one."""
    words = Words(index, language if language in index["languages"] else index["languages"][0])
    lines = [words.say("Answer: {state}.", state=STATES[judgement.state])]
    if judgement.why:
        lines.append(words.known(WHY[judgement.why]))
    if judgement.comparison:
        lines.extend(_comparison(words, judgement.comparison, is_done=not judgement.why))
    for answer in judgement.answers:
        lines.extend(_answer(words, judgement, answer))
    return "\n".join(lines)


def _answer(words: Words, judgement: Judgement, answer: Answer) -> Iterator[str]:
    if judgement.kind != "table":
        yield ""
        yield f"{answer.text}: {words.known(STATES[answer.state])}"
        if answer.state in (UNKNOWN, UNREADABLE):
            yield f"  {words.known(WHY[answer.why])}"
        elif judgement.kind == "value" and len(answer.findings) > 1:
            yield "  " + words.say("This can be one of several figures; choose yours.")
        elif judgement.kind == "link" and not answer.findings:
            yield "  " + words.say("Nothing that this leads to was revised or withdrawn.")
    for finding in answer.findings:
        yield from _finding(words, finding)


def _finding(words: Words, finding: Finding) -> Iterator[str]:
    cell = words.cell(finding.cell)
    name = cell["about"][words.language] if cell else finding.cell
    yield f"- {name}: {_what(words, finding)}"
    if finding.state != UNCHANGED:
        yield f"  {_why(words, finding)}"
    if cell and (page := cell["page"].get(words.language)):
        yield f"  {words.index['homepage']}{page}"


def _what(words: Words, finding: Finding) -> str:
    old, new = words.shown(finding.cell, finding.old), words.shown(finding.cell, finding.new)
    release = {"version": finding.version, "released": words.day(finding.released)}
    match finding.state:
        case state if state == UNCHANGED and finding.version:
            return words.say("{new}, the same since release {version} ({released})", new=new, **release)
        case state if state == UNCHANGED:
            return words.say("{new}, as far as we know never changed", new=new)
        case state if state == REVISED and finding.version:
            return words.say("was {old}, is {new} since release {version} ({released})", old=old, new=new, **release)
        case state if state == WITHDRAWN and finding.version:
            return words.say("was {old}, withdrawn in release {version} ({released})", old=old, **release)
        case state if state == WITHDRAWN:
            return words.say("was {old}, is withdrawn", old=old)
        case state if state == REVISED:
            return words.say("was {old}, is {new} now", old=old, new=new)
        case _:
            return words.say("you have {old}, we have {new}", old=old, new=new)


def _why(words: Words, finding: Finding) -> str:
    if finding.state == DIFFERS:
        return words.say("We know no explanation: we may never have published this, or not written down why.")
    reason = (finding.reason or {}).get(words.language, "")
    return words.say("Why: {reason}", reason=reason) if reason else words.say("No explanation is known.")


def _comparison(words: Words, compared: Comparison, *, is_done: bool) -> Iterator[str]:
    if compared.table:
        title = words.index["tables"][compared.table]["title"][words.language]
        yield words.say("Table: {title} ({name}).", title=title, name=compared.table)
    lists = (
        ("Columns that we do not know: {names}.", compared.unknown_columns),
        ("Columns of ours that are not in it: {names}.", compared.missing_columns),
        ("Rows that we do not know: {names}.", compared.unknown_rows),
        ("Rows of ours that are not in it, new since or left out: {names}.", compared.absent_rows),
    )
    if is_done:
        yield words.say(
            "{rows} rows: {unchanged} unchanged, {changed} changed, {withdrawn} withdrawn, {unknown} unknown.",
            rows=compared.rows,
            unchanged=compared.unchanged,
            changed=compared.changed,
            withdrawn=compared.withdrawn,
            unknown=len(compared.unknown_rows),
        )
    for pattern, names in lists:
        if names:
            yield words.say(pattern, names=", ".join(names))
