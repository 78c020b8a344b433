"""Changed sentences of a document in words: where each stands, and which cells of the package stand on it.

A cell stands on a sentence that holds its print. Of a sentence that is no longer there nobody has the text: on it
stand the cells of its item that no sentence of that item which is still there holds the print of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from vierdepijler.core.messages import Message, say

from .alignments import Alignment, Gap, Match
from .quotations import Claim, ItemText


@dataclass(frozen=True)
class DocumentChange:
    """What a document says otherwise than its source does, and on which line."""

    line: int
    what: Message


def changes_of(alignment: Alignment, claims: Sequence[Claim]) -> Iterator[DocumentChange]:
    """Tell every change of a document; all that was moved is one."""
    lines = [alignment.line_of(match) for match in alignment.found]
    items = {line.item: ItemText(tuple(each for each in lines if each.item == line.item)) for line in lines}
    lost = [claim for claim in claims if claim.item not in items or not claim.stands_in(items[claim.item])]
    for gap in alignment.gaps():
        yield DocumentChange(gap.line, _told(alignment, gap, lost))
    for match in alignment.doubled:
        pattern = "{place}: once more on line {line}; {carried}"
        yield _found_elsewhere(alignment, claims, [match], pattern)
    if runs := _runs(alignment.displaced):
        moves = [_found_elsewhere(alignment, claims, run, "{place}, now on line {line} ({carried})") for run in runs]
        told = reduce(lambda one, other: say("{one}; {other}", one=one, other=other), (move.what for move in moves))
        what = say("in another order or under another number: {moves}", moves=told)
        yield DocumentChange(min(move.line for move in moves), what)


def _told(alignment: Alignment, gap: Gap, lost: Sequence[Claim]) -> Message:
    if not gap.missing:
        if gap.before < 0:
            return say("before the first sentence: words added")
        return say("after {place}: words added", place=_place(alignment, [gap.before]))
    items = {alignment.sentences[index].item for index in gap.missing}
    cells = [claim.cell.address for claim in lost if claim.item in items]
    pattern = "{place}: changed; {carried}" if gap.has_words else "{place}: gone; {carried}"
    return say(pattern, place=_place(alignment, gap.missing), carried=_carried(alignment, gap.missing, cells))


def _found_elsewhere(
    alignment: Alignment, claims: Sequence[Claim], run: Sequence[Match], pattern: str
) -> DocumentChange:
    indexes = [match.index for match in run]
    lines = [alignment.line_of(match) for match in run]
    cells = [
        claim.cell.address
        for claim in claims
        if any(line.item == claim.item and claim.stands_in(ItemText((line,))) for line in lines)
    ]
    place, carried = _place(alignment, indexes), _carried(alignment, indexes, cells)
    return DocumentChange(lines[0].number, say(pattern, place=place, line=lines[0].number, carried=carried))


def _runs(matches: Iterable[Match]) -> list[list[Match]]:
    """Put together what is recorded one after the other and stands so."""
    runs: list[list[Match]] = []
    for match in matches:
        if runs and runs[-1][-1].index + 1 == match.index and runs[-1][-1].end <= match.start:
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _place(alignment: Alignment, indexes: Sequence[int]) -> Message:
    first, last = (alignment.sentences[index] for index in (indexes[0], indexes[-1]))
    if first.item != last.item:
        one, other = (_place(alignment, [index]) for index in (indexes[0], indexes[-1]))
        return say("{first} to {last}", first=one, last=other)
    if first is last:
        return say("item {item}, sentence {number}", item=first.item, number=first.number)
    return say("item {item}, sentences {first} to {last}", item=first.item, first=first.number, last=last.number)


def _carried(alignment: Alignment, indexes: Sequence[int], cells: Iterable[str]) -> Message:
    """Name the cells that stand on sentences, those of one column together."""
    columns: dict[str, list[str]] = {}
    for address in (*cells, *(declared for index in indexes for declared in alignment.sentences[index].carries)):
        column, bracket, key = address.partition("[")
        columns.setdefault(column, []).append(bracket + key)
    named = ", ".join(
        column + ("" if "" in keys else ", ".join(dict.fromkeys(keys))) for column, keys in columns.items()
    )
    return say("cells: {cells}", cells=named) if named else say("no cells")
