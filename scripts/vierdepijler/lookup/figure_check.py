"""What became of the numbers and dates in a text: every figure that has, or had, such a value."""

from collections.abc import Iterator

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
    judged_value,
    overall,
)
from .readings import Mention, mentions

NUMBERS, DATE = ("integer", "number", "year"), "date"
ORDER = (UNCHANGED, REVISED, WITHDRAWN)


def check_values(text: str, index: Document) -> Judgement:
    """Look up every number and date in a text; a bare year that is no figure is passed over beside other numbers."""
    found = [(mention, _answer(mention, index)) for mention in mentions(text)]
    if not found:
        return Judgement("nothing", UNREADABLE, why="no-number")
    telling = [answer for mention, answer in found if answer.findings or not mention.may_be_a_year]
    answers = tuple(telling or [answer for _, answer in found])
    return Judgement("value", overall(answer.state for answer in answers), answers)


def _answer(mention: Mention, index: Document) -> Answer:
    """Give every figure with one of the values that a number can stand for: those that still have it first."""
    findings = sorted(_findings(mention, index), key=lambda finding: ORDER.index(finding.state))
    state = overall(finding.state for finding in findings) if findings else UNKNOWN
    return Answer(mention.text, state, tuple(findings))


def _findings(mention: Mention, index: Document) -> Iterator[Finding]:
    for figure in index["figures"]:
        if fits(mention, figure):
            found = (judged_value(figure, value) for value in mention.values)
            yield from [finding for finding in found if finding]


def fits(mention: Mention, figure: Document) -> bool:
    """Tell whether a number or date in a text is of the kind and unit of a figure."""
    if mention.is_date:
        return bool(figure["type"] == DATE)
    return figure["type"] in NUMBERS and figure["unit"].startswith(mention.unit)
