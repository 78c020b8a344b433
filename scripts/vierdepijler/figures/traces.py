"""Figures traced both ways: each figure of a document to what accounts for it, and each cell to its place there.

A figure is accounted for by a cell that quotes it, by the row of an item whose number it is, or by a row that says
why it is no data. A cell is found where its print stands at its item.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from vierdepijler.checks.rules.provenance import comparable
from vierdepijler.core.cells import ITEM, SOURCE, AddressError, Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, quoted, say, unreadable
from vierdepijler.core.tables import Role, Table, cell_text

from .alignments import Alignment, Gap, Match, align, recorded
from .documents import Document
from .quotations import (
    PRINTED,
    Claim,
    DocumentFigure,
    ItemText,
    Quotation,
    claims,
    items_of,
    rows_from,
    text_in,
)


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


SHA256, BYTES = "document_sha256", "document_bytes"
REPETITION = "repetition"
CHANGED = (
    "this is not the document of {source}, which has {size} bytes and SHA-256 {sha256}: "
    "it was changed, or it is another file"
)
SAME_WORDS = "this is another file than that of {source} ({size} bytes, SHA-256 {sha256}), with the same words"


@dataclass(frozen=True)
class TracedFigure:
    """A figure of the document, the cells that hold it, and otherwise the code of the reason why none does."""

    figure: DocumentFigure
    holders: tuple[str, ...]
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing accounts for it."""
        return not self.holders and not self.reason


@dataclass(frozen=True)
class TracedCell:
    """A cell that claims the source, the line where it was found (0 for none), and what is wrong otherwise."""

    address: str
    item: str
    printed: str
    line: int
    problem: Message | None = None


@dataclass(frozen=True)
class Trace:
    """Both directions, and what the document says otherwise; `note` tells where it is another file."""

    source: str
    document: Document
    figures: tuple[TracedFigure, ...]
    cells: tuple[TracedCell, ...]
    alignment: Alignment
    changes: tuple[DocumentChange, ...]
    note: Message | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is open, in a document that says what the recorded one says."""
        return self.is_recorded and self.accounted == len(self.figures) and self.found == len(self.cells)

    @property
    def is_recorded(self) -> bool:
        """Whether the document is the recorded one: word for word, or byte for byte where no sentence is recorded."""
        return not self.changes if self.alignment.sentences else self.note is None

    @property
    def same(self) -> int:
        """How many of the recorded sentences stand in their place."""
        return len(self.alignment.found) - len(self.alignment.displaced)

    @property
    def accounted(self) -> int:
        """How many figures are accounted for."""
        return sum(not figure.is_open for figure in self.figures)

    @property
    def found(self) -> int:
        """How many cells are found."""
        return sum(cell.problem is None for cell in self.cells)


Holders = dict[DocumentFigure, list[str]]


@dataclass(frozen=True)
class Accounts:
    """The cells of a source, each with its place, those that hold a figure, and the reasons why none holds another."""

    cells: tuple[TracedCell, ...]
    holders: Holders
    reasons: dict[DocumentFigure, str]


def find_source(package: Package, document: Document, given: str | None) -> str:
    """Give the source that a document is: the one given, or the one with its fingerprint.

    Raises `UnreadableError` with the sources there are, where it is none of these.
    """
    table = package.table_of(Role.SOURCES)
    rows = {} if table is None else {key[0]: row for key, row in table.keys.items()}
    if given in rows:
        return str(given)
    held = {name: sha256 for name, row in rows.items() if (sha256 := text_in(table, row, SHA256))}
    known = [name for name, sha256 in held.items() if sha256 == document.sha256]
    known = known or [name for name in held if align(recorded(package, name), document).is_alike]
    if given is None and known:
        return known[0]
    names = ", ".join(rows)
    todo = say("name one with --source ({names}), or add it with add_answer.py", names=names)
    if given is None:
        raise unreadable(document.name, say("no source in the package has this document"), todo)
    raise unreadable(document.name, say("the package has no source '{source}'", source=given), todo)


def trace_document(package: Package, document: Document, source: str) -> Trace:
    """Trace every figure of a document, and every cell of the package that claims it is from there."""
    every = list(claims(package, source))
    alignment = align(recorded(package, source), document)
    items = items_of(alignment.restored)
    held = account(package, source, items, every)
    # The cells that hold a figure as a value come before those that only quote it.
    holders = {
        figure: tuple(sorted(cells, key=lambda cell: f".{PRINTED}[" in cell)) for figure, cells in held.holders.items()
    }
    figures = tuple(
        TracedFigure(figure, holders.get(figure, ()), held.reasons.get(figure, ""))
        for text in items.values()
        for figure in text.figures
    )
    changes = tuple(changes_of(alignment, every))
    note = _note(package, document, source, SAME_WORDS if alignment.sentences and not changes else CHANGED)
    return Trace(source, document, figures, held.cells, alignment, changes, note)


def account(package: Package, source: str, items: Mapping[str, ItemText], every: list[Claim]) -> Accounts:
    """Find each cell that claims a source in its items, and what accounts for each figure of these."""
    holders: Holders = {}
    reasons: dict[DocumentFigure, str] = {}
    cells = (
        *_trace_items(package, source, items, holders),
        *_trace_claims(every, items, holders),
        *_trace_not_data(package, source, items, holders, reasons),
    )
    _hold_dates(package, source, items, holders)
    return Accounts(cells, holders, reasons)


def _hold_dates(package: Package, source: str, items: Mapping[str, ItemText], holders: Holders) -> None:
    """Let a date without a print of its own, such as that of a share, account for that date at the item of its row."""
    for table in package.tables.values():
        for field in table.fields if {SOURCE, ITEM} <= set(table.field_names) else ():
            for row in rows_from(table, source) if field.type == "date" and not field.property("printedIn") else ():
                day, item = table.value(row, field.name), items.get(text_in(table, row, ITEM))
                for figure in item.figures if item and day else ():
                    if figure.value == day:
                        holders.setdefault(figure, []).append(Cell(table, row, field).address)


def _note(package: Package, document: Document, source: str, pattern: str) -> Message | None:
    cell = select(package, f"{package.by_role[Role.SOURCES].name}.{SHA256}[{source}]").cells[0]
    if cell.value is None:
        return say("the package records no document for {source}", source=source)
    if cell.value != document.sha256:
        size = cell_text(cell.table.value(cell.row, BYTES))
        return say(pattern, source=source, size=size, sha256=cell.value)
    return None


def _trace_claims(every: list[Claim], items: Mapping[str, ItemText], holders: Holders) -> Iterator[TracedCell]:
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in every:
        groups.setdefault(claim.group, []).append(claim)
    for group in groups.values():
        places = items[group[0].item].quotations(group[0].printed) if group[0].item in items else []
        free = list(places)
        for claim in group:
            fitting = [place for place in places if claim.fits(place)]
            # Where more rows than places share a print, as with one date above three figures, they share the last.
            shared = fitting[-1] if fitting and not claim.beside else None
            place = next((each for each in fitting if each in free), shared)
            free = [other for other in free if other is not place]
            yield _traced(claim, place, places, items, holders)


def _traced(
    claim: Claim, place: Quotation | None, places: list[Quotation], items: Mapping[str, ItemText], holders: Holders
) -> TracedCell:
    problem = _missing(claim, places, items) if place is None else None
    if claim.differs:
        shown = cell_text(claim.cell.value)
        problem = say("the value is {value}, but the source prints {source}", value=shown, source=quoted(claim.printed))
    if place is not None and problem is None:
        value = comparable(claim.cell.value)
        for figure in place.figures:
            if claim.cell.field.property("printedIn") is None or figure.value == value:
                holders.setdefault(figure, []).append(claim.cell.address)
    return TracedCell(claim.cell.address, claim.item, claim.printed, place.line.number if place else 0, problem)


def _missing(claim: Claim, places: list[Quotation], items: Mapping[str, ItemText]) -> Message:
    if places and claim.beside:
        return say("not found beside '{word}'", word=claim.beside[0])
    if places:
        word = next(name for name in claim.others if any(place.goes_on_with(name) for place in places))
        return say("the document goes on with '{word}'", word=word)
    others = ", ".join(name for name, text in items.items() if text.quotations(claim.printed))
    if others:
        return say("not found at this item; it stands at item {items}", items=others)
    return say("not found in the document")


def _trace_items(
    package: Package, source: str, items: Mapping[str, ItemText], holders: Holders
) -> Iterator[TracedCell]:
    """Find each item that is described; its row accounts for its number."""
    table = package.table_of(Role.ITEMS)
    for row in rows_from(table, source) if table else ():
        cell = Cell(table, row, table.field(ITEM)) if table else None
        if cell is not None:
            text = items.get(name := cell_text(cell.value))
            for figure in text.figures if text else ():
                if figure.is_marker:
                    holders.setdefault(figure, []).append(cell.address)
            problem = None if text else say("the document has no such item")
            yield TracedCell(cell.address, name, name, text.lines[0].number if text else 0, problem)


def _trace_not_data(
    package: Package, source: str, items: Mapping[str, ItemText], holders: Holders, reasons: dict[DocumentFigure, str]
) -> Iterator[TracedCell]:
    table = package.table_of(Role.NOT_DATA)
    for row in rows_from(table, source) if table else ():
        if table is not None:
            item, printed, reason = (text_in(table, row, name) for name in (ITEM, PRINTED, "reason"))
            places = items[item].quotations(printed) if item in items else []
            which = int(text_in(table, row, "occurrence") or 1)
            figures = places[which - 1].figures if which <= len(places) else ()
            problem = _wrong_reason(package, table, row, figures, holders)
            reasons.update((figure, reason) for figure in figures if problem is None)
            address = Cell(table, row, table.field(PRINTED)).address
            yield TracedCell(address, item, printed, figures[0].line.number if figures else 0, problem)


def _wrong_reason(
    package: Package, table: Table, row: int, figures: Iterable[DocumentFigure], holders: Holders
) -> Message | None:
    figures = tuple(figures)
    held = text_in(table, row, "held_in")
    if not figures:
        return say("not found in the document as often as the row says")
    if taken := [address for figure in figures for address in holders.get(figure, ())]:
        return say("this is called no data, but {address} holds it", address=taken[0])
    if held or text_in(table, row, "reason") == REPETITION:
        try:
            values = [comparable(cell.value) for cell in select(package, held).cells]
        except AddressError as error:
            return say("the cell that holds it is not found: {reason}", reason=str(error))
        if any(figure.value not in values for figure in figures):
            return say("{address} holds another figure", address=held)
    return None
