"""Draft rows for a new document: values, items and prints filled in, what a person must decide left empty.

Nothing is drafted that the document does not print. A figure that no slot fits goes to `unplaced.csv`, with the
words around it; an empty cell stops validation until somebody has filled it in.
"""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vierdepijler.checks.schemas import too_slow
from vierdepijler.core.cells import ITEM, SOURCE, Cell
from vierdepijler.core.columnar import SlowPatternError, is_match
from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import unreadable
from vierdepijler.core.staging import staged
from vierdepijler.core.tables import Role, Table, cell_text, plain

from .alignments import sentences_of
from .documents import HEAD, Document
from .figure_records import first_records
from .quotations import PRINTED, DocumentFigure, ItemText, items_of
from .slots import Slot, best_slot, context_of, is_code, slots_of

UNPLACED = "unplaced.csv"
UNPLACED_FIELDS = ("value", ITEM, "line", PRINTED, "occurrence", "held_in", "words")
QUESTION = re.compile(r"vraag\s+nr\.?\s+(?P<number>\d+)\s+van\s+(?P<date>\d{1,2}\s\w+\s\d{4})", re.IGNORECASE)
REFERENCE = re.compile(r"(?:deel)?(?:vraag|vragen|punt|punten)\s+$", re.IGNORECASE)
REFERENCE_REASON, REPETITION_REASON = "cross_reference", "repetition"
WORDS_SHOWN = 60  # characters on either side of a figure that no slot fits
LONGEST_PRINT = 60
Row = dict[str, str]


@dataclass(frozen=True)
class Proposal:
    """The drafts for a new source: rows by table, the figures without a place, and where all this was written.

    `not_data` names the table of figures that are no data.
    """

    folder: Path
    rows: tuple[tuple[Table, list[Row]], ...]
    unplaced: tuple[Row, ...]
    not_data: str

    @property
    def placed(self) -> int:
        """How many rows hold a figure."""
        return sum(PRINTED in row and row[PRINTED] != "" for _, rows in self.rows for row in rows)


@dataclass
class _Drafts:
    package: Package
    source: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    unplaced: list[Row] = field(default_factory=list)

    def add(self, role: Role, **cells: str) -> Row | None:
        """Draft a row of the table with a role; None where the package has none such."""
        if (table := self.package.table_of(role)) is None:
            return None
        row = dict.fromkeys(table.field_names, "")
        row.update({name: text for name, text in ({SOURCE: self.source} | cells).items() if name in row})
        self.rows.setdefault(table.name, []).append(row)
        return row

    def key(self, table: Table, row: Row) -> tuple[str, ...]:
        return tuple(row[name] for name in table.primary_key)


def propose(package: Package, document: Document, source: str | None, folder: Path) -> Proposal:
    """Draft the rows of a new document in `folder`, which is replaced whole.

    Raises `UnreadableError` where no new source is named, or where the folder holds files of somebody else.
    """
    drafts = _Drafts(package, _new_source(package, document, source))
    _draft_source(drafts, document)
    slots = slots_of(package)
    for item, text in items_of(document).items():
        _draft_item(drafts, slots, item, text)
    for sentence in sentences_of(document):
        drafts.add(
            Role.SENTENCES, source_item=sentence.item, sentence=str(sentence.number),
            characters=str(sentence.characters), fingerprint=sentence.fingerprint,
        )  # fmt: skip
    records = [row for name in drafts.rows for row in first_records(package, package.tables[name], drafts.rows[name])]
    if records and (history := package.table_of(Role.HISTORY)):
        drafts.rows[history.name] = records
    tables = tuple((package.tables[name], rows) for name, rows in drafts.rows.items())
    with staged(folder) as stage:
        for table, rows in tables:
            _write(stage / Path(table.file).name, table.field_names, rows)
        _write(stage / UNPLACED, UNPLACED_FIELDS, drafts.unplaced)
    not_data = package.table_of(Role.NOT_DATA)
    return Proposal(folder, tables, tuple(drafts.unplaced), not_data.name if not_data else Role.NOT_DATA)


def _new_source(package: Package, document: Document, source: str | None) -> str:
    table = package.table_of(Role.SOURCES)
    if source is None:
        raise unreadable(document.name, say("a new source has no name yet"), say("give it one with --source"))
    if table is None:
        raise unreadable(
            package.path.name, say("the package has no table '{table}'", table=Role.SOURCES), say("add it")
        )
    if (source,) in table.keys:
        what = say("the source '{source}' is in the package already", source=source)
        raise unreadable(document.name, what, say("choose another name, or trace it without --propose"))
    pattern = str(table.field(SOURCE).descriptor.get("constraints", {}).get("pattern", ""))
    try:
        has_form = not pattern or is_match(re.compile(f"^{pattern}$"), source)
    except SlowPatternError as failure:
        raise too_slow(package, failure) from failure
    if not has_form:
        what = say("'{source}' cannot be the name of a source", source=source)
        raise unreadable(document.name, what, say("write it in the form {form}", form=pattern))
    return source


def _draft_source(drafts: _Drafts, document: Document) -> None:
    question = QUESTION.search("\n".join(line.text for line in document.lines))
    title = f"Antwoord op {' '.join(question[0].split())}" if question else ""
    drafts.add(
        Role.SOURCES, document_kind="written_answer" if question else "", title=title, language="nl",
        document_sha256=document.sha256, document_bytes=str(document.size),
    )  # fmt: skip


def _draft_item(drafts: _Drafts, slots: list[Slot], item: str, text: ItemText) -> None:
    drafts.add(Role.ITEMS, source_item=item)
    done = _draft_question(drafts, text) if item == HEAD else set()
    day = next((figure for figure in text.figures if isinstance(figure.value, datetime.date)), None)
    for figure in text.figures:
        if figure.is_marker or figure in done:
            continue
        context = context_of(text, figure)
        slot = None if isinstance(figure.value, datetime.date) else best_slot(slots, context)
        if slot is not None and _draft_figure(drafts, slot, text, figure, day):
            done |= {figure, *([day] if day and _date_fields(slot.table) else [])}
        elif REFERENCE.search(context.before):
            _set_aside(drafts, text, figure, REFERENCE_REASON)
        else:
            _leave(drafts, text, figure)
    drafts.unplaced[:] = [row for row in drafts.unplaced if not (day in done and _is_row_of(row, day))]


def _draft_question(drafts: _Drafts, text: ItemText) -> set[DocumentFigure]:
    """Draft the row about the question itself, from the heading."""
    if not (found := QUESTION.search(text.text)):
        return set()
    figures = [f for f in text.figures if f.start >= found.start() and f.end <= found.end()]
    if len(figures) != 2 or drafts.add(
        Role.ANSWERS, source_item=HEAD, question_number=_shown(figures[0]), question_date=_shown(figures[1]),
        as_printed=_print(text, figures[0]), question_date_as_printed=_print(text, figures[1]),
    ) is None:  # fmt: skip
        return set()
    return set(figures)


def _draft_figure(
    drafts: _Drafts, slot: Slot, text: ItemText, figure: DocumentFigure, day: DocumentFigure | None
) -> bool:
    """Draft the row of a figure, or its repetition; False where its place holds another figure already."""
    table = slot.table
    cells = dict(slot.codes) | {slot.field.name: _shown(figure), ITEM: figure.line.item} | _like(drafts, slot)
    cells[PRINTED] = figure.text if slot.unit == "percent" else _print(text, figure)
    for name, printed in _date_fields(table) if day else ():
        cells[name] = _shown(day) if day else ""
        if printed and day:
            cells[printed] = _print(text, day)
    row = dict.fromkeys(table.field_names, "") | {SOURCE: drafts.source} | cells
    for earlier in drafts.rows.get(table.name, ()):
        if drafts.key(table, earlier) == drafts.key(table, row):
            if earlier[slot.field.name] != row[slot.field.name]:
                return False
            address = f"{table.name}.{slot.field.name}[{','.join(drafts.key(table, row))}]"
            _set_aside(drafts, text, figure, REPETITION_REASON, held_in=address)
            return True
    drafts.rows.setdefault(table.name, []).append(row)
    return True


def _like(drafts: _Drafts, slot: Slot) -> Row:
    """Take over the other codes of the latest row about the same thing, such as who receives the money."""
    if slot.template is None:
        return {}
    names = [key.fields[0] for key in slot.table.foreign_keys if is_code(drafts.package, key)]
    return {name: cell_text(slot.table.value(slot.template, name)) for name in names if name not in dict(slot.codes)}


def _date_fields(table: Table) -> list[tuple[str, str]]:
    return [
        (field.name, field.property("printedIn") or "")
        for field in table.fields
        if field.type == "date" and (field.property("printedIn") or field.property("reasonIn"))
    ]


def _set_aside(drafts: _Drafts, text: ItemText, figure: DocumentFigure, reason: str, held_in: str = "") -> None:
    before = context_of(text, figure).before if reason == REFERENCE_REASON else ""
    reference = REFERENCE.search(before)
    printed = text.text[figure.start - len(reference[0] if reference else "") : figure.end]
    drafts.add(
        Role.NOT_DATA, source_item=figure.line.item, as_printed=" ".join(printed.split()), reason=reason,
        held_in=held_in, occurrence=str(_occurrence(text, figure, printed)),
    )  # fmt: skip


def _leave(drafts: _Drafts, text: ItemText, figure: DocumentFigure) -> None:
    held = next((address for address, value in _known(drafts) if value == _shown(figure)), "")
    around = text.text[max(figure.start - WORDS_SHOWN, 0) : figure.end + WORDS_SHOWN]
    drafts.unplaced.append(
        {
            "value": _shown(figure), ITEM: figure.line.item, "line": str(figure.line.number), PRINTED: figure.text,
            "occurrence": str(_occurrence(text, figure, figure.text)), "held_in": held,
            "words": " ".join(around.split()),
        }
    )  # fmt: skip


def _known(drafts: _Drafts) -> Iterator[tuple[str, str]]:
    """Give cells that may hold a figure already: drafts of quantities, and numbers that point at something."""
    for slot in slots_of(drafts.package):
        for row in drafts.rows.get(slot.table.name, ()):
            yield f"{slot.table.name}.{slot.field.name}[{','.join(drafts.key(slot.table, row))}]", row[slot.field.name]
    for table in drafts.package.tables.values():
        for own in table.fields:
            if own.property("unit") == "identifier" and table.primary_key == (own.name,):
                for number in range(table.rows):
                    cell = Cell(table, number, own)
                    yield cell.address, cell_text(cell.value)


def _is_row_of(row: Row, day: DocumentFigure | None) -> bool:
    return day is not None and (row[ITEM], row[PRINTED], row["occurrence"]) == (day.line.item, day.text, "1")


def _occurrence(text: ItemText, figure: DocumentFigure, printed: str) -> int:
    places = [place.figures for place in text.quotations(printed)]
    return next((number for number, figures in enumerate(places, 1) if figure in figures), 1)


def _print(text: ItemText, figure: DocumentFigure) -> str:
    """Quote a figure so that it can be told from others in its item: with as many words as that takes."""
    after = context_of(text, figure).after
    ends = [figure.end, *(figure.end + word.end() for word in re.finditer(r"\s*[\w'’-]+", after))]
    for end in ends:
        printed = " ".join(text.text[figure.start : end].split())
        if len(printed) <= LONGEST_PRINT and len(text.quotations(printed)) == 1:
            return printed
    return figure.text


def _shown(figure: DocumentFigure) -> str:
    return cell_text(plain(figure.value))


def _write(path: Path, header: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(header), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
