"""What is recorded of a new answer beside its figures: the document, the question, its items and its sentences.

The heading gives the number and the date of the question, who asked, who answers and when. What the answers before say
in the same words is described in the same words; what a person must write has a mark.
"""

import datetime
import re
from dataclasses import dataclass

from vierdepijler.checks.rules.unseen_texts import mark
from vierdepijler.checks.schemas import too_slow
from vierdepijler.core.cells import SOURCE, cell_address
from vierdepijler.core.columnar import SlowPatternError, is_match
from vierdepijler.core.package import Package
from vierdepijler.core.problems import say, unreadable
from vierdepijler.core.tables import Role

from .documents import HEAD, Document
from .patterns import Beside, Phrase, Row
from .quotations import DocumentFigure, ItemText, items_of, quoted_figure, shown, text_in

QUESTION = re.compile(r"vraag\s+nr\.?\s+(?P<number>\d+)\s+van\s+(?P<date>\d{1,2}\s\w+\s\d{4})", re.IGNORECASE)
ASKER = re.compile(r"^\W*van\s+(?P<name>[^\d]+?)\W*$", re.IGNORECASE)
OFFICE = "minister"
LONGEST = 120  # characters of who published


@dataclass(frozen=True)
class Heading:
    """What the heading says; empty where it does not."""

    question: str
    number: DocumentFigure
    date: DocumentFigure
    asked_by: str
    answered_by: str
    role: str
    answered: DocumentFigure | None

    @property
    def figures(self) -> set[DocumentFigure]:
        """The figures in it."""
        return {self.number, self.date, *([self.answered] if self.answered else [])}

    @property
    def carries(self) -> dict[str, tuple[str, ...]]:
        """The fields of the row about the answer that stand on a line of the heading without quoting it."""
        lines = {self.answered_by: ("answered_by",), self.role: ("role_nl", "role_en"), self.asked_by: ("asked_by",)}
        return {line.casefold(): fields for line, fields in lines.items() if line}


def heading_of(document: Document) -> Heading | None:
    """Read the heading; None where it names no question."""
    text = items_of(document).get(HEAD, ItemText(()))
    if (found := QUESTION.search(text.text)) is None:
        return None
    figures = [figure for figure in text.figures if found.start() <= figure.start < found.end()]
    if len(figures) != 2:  # the number and the date
        return None
    above, below = (part.splitlines() for part in (text.text[: found.start()], text.text[found.end() :]))
    filled = [line.strip(" *_#") for line in above if line.strip()]
    office = next((place for place in range(len(filled) - 1, 0, -1) if OFFICE in filled[place].casefold()), None)
    asker = next((match["name"].strip(" *_") for line in below if (match := ASKER.match(line))), "")
    later = [figure for figure in text.figures if _is_after(figure, figures[1])]
    return Heading(
        " ".join(found[0].split()),
        figures[0],
        figures[1],
        _as_name(asker),
        _as_name(filled[office - 1]) if office else "",
        filled[office].capitalize() if office else "",
        later[0] if len(later) == 1 else None,
    )


def _is_after(figure: DocumentFigure, asked: DocumentFigure) -> bool:
    days = (figure.value, asked.value)
    return all(isinstance(day, datetime.date) for day in days) and str(days[0]) > str(days[1])


def _as_name(text: str) -> str:
    """Write a name in capitals as names are written."""
    return text.title() if text.isupper() else text


def new_source(package: Package, document: Document, source: str) -> str:
    """Give the name of a new source; raises `UnreadableError` where it is none."""
    table = package.table_of(Role.SOURCES)
    if table is None:
        raise unreadable(
            package.path.name, say("the package has no table '{table}'", table=Role.SOURCES), say("add it")
        )
    if (source,) in table.keys:
        what = say("the source '{source}' is in the package already", source=source)
        raise unreadable(document.name, what, say("choose another name"))
    pattern = str(table.field(SOURCE).descriptor.get("constraints", {}).get("pattern", ""))
    try:
        has_form = not pattern or is_match(re.compile(f"^{pattern}$"), source)
    except SlowPatternError as failure:
        raise too_slow(package, failure) from failure
    if not has_form:
        what = say("'{source}' cannot be the name of a source", source=source)
        raise unreadable(document.name, what, say("write it in the form {form}", form=pattern))
    return source


def source_row(beside: Beside, heading: Heading | None) -> Row:
    """Draft the row about the document; its kind and language are those of the last answer."""
    table = beside.package.by_role[Role.SOURCES]
    last = next((table.keys[source,] for source in beside.pattern.sources if (source,) in table.keys), None)
    names = ("document_kind", "language", "confidence") if last is not None else ()
    return {name: text_in(table, last or 0, name) for name in names} | {
        "title": f"Antwoord op {heading.question}" if heading else "",
        "publisher": ", ".join(filter(None, (heading.answered_by, heading.role)))[:LONGEST] if heading else "",
        "document_sha256": beside.document.sha256, "document_bytes": str(beside.document.size),
    }  # fmt: skip


def question_row(beside: Beside, heading: Heading) -> Row:
    """Draft the row about the question; who answered the last one too has the same role."""
    table, head = beside.package.table_of(Role.ANSWERS), items_of(beside.document)[HEAD]
    last = {name: text_in(table, table.rows - 1, name) for name in table.field_names} if table and table.rows else {}
    roles = {"role_nl": heading.role, "role_en": mark("en")}
    if last.get("answered_by") == heading.answered_by:
        roles = {name: last[name] for name in roles}
    return roles | {
        "source_item": HEAD, "question_number": shown(heading.number), "question_date": shown(heading.date),
        "asked_by": heading.asked_by, "answered_by": heading.answered_by,
        "answer_date": shown(heading.answered) if heading.answered else "",
        "unknown_id": "" if heading.answered else last.get("unknown_id", ""),
        "as_printed": quoted_figure(head, heading.number),
        "question_date_as_printed": quoted_figure(head, heading.date),
    }  # fmt: skip


def item_row(beside: Beside, item: str) -> Row:
    """Describe an item as the one that says the same, and leave a mark where it says more or less."""
    table, texts = beside.package.table_of(Role.ITEMS), {"source_item": item}
    own = [phrase for phrase in beside.phrases if phrase.sentence.item == item]
    olds = [(old.source, old.sentence.item) for phrase in own if (old := beside.same.get(phrase))]
    nearest = max(olds, key=olds.count, default=("", ""))
    keys = {phrase.key for phrase in beside.pattern.phrases if (phrase.source, phrase.sentence.item) == nearest}
    is_same = item == HEAD or keys == {phrase.key for phrase in own}
    for name in ("label_nl", "label_en", "description_nl", "description_en"):
        known = text_in(table, table.keys[nearest], name) if table and nearest in table.keys else ""
        texts[name] = known if known and is_same else f"{known} {mark(name[-2:])}".strip()
    return texts


def sentence_row(beside: Beside, heading: Heading | None, phrase: Phrase) -> Row:
    """Record a sentence, with the cells that stand on it where it is the same as before, or a line of the heading."""
    sentence, old = phrase.sentence, beside.same.get(phrase)
    line = re.sub(r"^\W*van\s+|[*_]", "", phrase.text, flags=re.IGNORECASE).strip().casefold()
    names = heading.carries.get(line, ()) if heading and sentence.item == HEAD else ()
    answers = beside.package.table_of(Role.ANSWERS)
    carried = [cell_address(answers.name, name, (beside.source,)) for name in names if answers]
    for address in old.sentence.carries if old and not carried else ():
        moved = address.replace(f"[{old.source}]", f"[{beside.source}]") if old else address
        carried += [moved] if moved != address or "[" not in address else []
    return {
        "source_item": sentence.item, "sentence": str(sentence.number), "characters": str(sentence.characters),
        "fingerprint": sentence.fingerprint, "masked": sentence.masked, "carries": ";".join(carried),
    }  # fmt: skip
