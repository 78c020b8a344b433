"""Slots: where in the tables a figure of a new document could go, told from the words around it.

What to look for is learned from the package: the units of its fields, the names, prints and descriptions of its
codes, and which codes its tables use already. A guess is a draft for a person, and no guess is better than a
wrong one: a figure that fits two slots equally well fits neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vierdepijler.core.cells import ITEM, SOURCE
from vierdepijler.core.columnar import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Role, Table

from .quotations import PRINTED, DocumentFigure, ItemText, stands_on, text_in

NO_QUANTITIES = {"identifier", "position", "year", "decimals", "bytes"}
EVERYTHING = "all"  # the code of a total, beside the codes of its parts
NEAR = 4  # words after a figure that say what it counts
SHORT_LINE = 80  # characters: a row of a table, not a sentence
TELLING = 5  # letters of a word that can tell one code from another
SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")


@dataclass(frozen=True)
class Slot:
    """A field of a table for the rows with one code (or with none), and the words that tell it."""

    table: Table
    field: Field
    codes: tuple[tuple[str, str], ...]
    template: int | None
    unit: str
    unit_name: str
    names: tuple[str, ...] = ()
    hints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What stands around a figure: in its sentence, after it and before it, up to the figures next to it."""

    figure: DocumentFigure
    after: str
    before: str
    sentence: str
    alone: bool

    @property
    def near(self) -> list[str]:
        """The words right after the figure, in small letters."""
        return _words(self.after)[:NEAR]


def context_of(text: ItemText, figure: DocumentFigure) -> Context:
    """Find what stands around a figure of an item."""
    ends = [match.start() for match in SENTENCE_END.finditer(text.text)]
    start = max((end + 1 for end in ends if end < figure.start), default=0)
    end = min((end for end in ends if end >= figure.end), default=len(text.text))
    others = [other for other in text.figures if other is not figure and not other.is_marker]
    after = min((other.start for other in others if other.start >= figure.end), default=end)
    before = max((other.end for other in others if other.end <= figure.start), default=start)
    alone = not any(other.line is figure.line for other in others) and len(figure.line.text) < SHORT_LINE
    return Context(
        figure,
        text.text[figure.end : min(after, end)],
        text.text[max(before, start) : figure.start],
        text.text[start:end],
        alone,
    )


def best_slot(slots: list[Slot], context: Context) -> Slot | None:
    """Give the slot that fits a figure best, None where none fits or two fit equally well."""
    scored = sorted(((score, at) for at, slot in enumerate(slots) if (score := _score(slot, context))), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return slots[scored[0][1]]


def _score(slot: Slot, context: Context) -> int:
    """Tell how well a slot fits, 0 for not at all; a name beside the figure weighs more than a word around it."""
    unit = _unit_fit(slot, context)
    near = " ".join(context.near)
    named = any(_words(name) and near.startswith(" ".join(_words(name))) for name in slot.names)
    in_row = context.alone and any(stands_on(context.figure.line, name) for name in slot.names)
    counts = slot.unit not in ("percent", "eur")
    told = 2 * _hinted(slot, _words(context.after)[: 2 * NEAR])
    told += 0 if counts else 2 * _hinted(slot, _words(context.before))  # else they are about the one before
    if not unit and not (named and counts):
        return 0
    if not slot.codes:
        return unit if unit > 1 else 0
    if dict(slot.codes).get(slot.codes[0][0]) == EVERYTHING and unit > 1:
        return unit
    evidence = 6 * in_row + 5 * named + told
    return unit + evidence if evidence else 0


def _hinted(slot: Slot, words: list[str]) -> int:
    """Count the telling words of a slot among others, in the plural or in a compound too."""
    return sum(any(word.startswith(hint) for word in words) for hint in slot.hints)


def _unit_fit(slot: Slot, context: Context) -> int:
    """Tell whether a figure is in the unit of a slot: 2 where that stands beside it, 1 for in its sentence."""
    match slot.unit:
        case "percent":
            return 2 * (context.figure.text.endswith("%") or context.near[:1] == ["procent"])
        case "eur":
            return 2 * (context.near[:1] == ["euro"] or context.before.rstrip().endswith("€"))
    if "%" in context.figure.text or context.near[:1] == ["euro"]:
        return 0
    pattern = rf"{re.escape(slot.unit_name.lower())}\b"
    if re.search(pattern, " ".join(context.near)):
        return 2
    return int(re.search(pattern, context.sentence.lower()) is not None)


def slots_of(package: Package) -> list[Slot]:
    """Find every slot: number fields with a print, in tables whose rows are told apart by source, date and a code."""
    return [
        slot
        for table in package.tables.values()
        if {SOURCE, ITEM, PRINTED} <= set(table.field_names)
        for field in table.fields
        if field.is_number and field.property("printedIn") == PRINTED
        and field.property("unit") not in (None, *NO_QUANTITIES)
        for slot in _slots(package, table, field)
    ]  # fmt: skip


def _slots(package: Package, table: Table, field: Field) -> Iterator[Slot]:
    keys = [key for key in table.foreign_keys if is_code(package, key)]
    codes = [key for key in keys if key.fields[0] in table.primary_key]
    given = {SOURCE, ITEM, *(key.fields[0] for key in codes)}
    others = [name for name in table.primary_key if name not in given and table.field(name).type != "date"]
    if others or len(codes) > 1:
        return
    unit = str(field.property("unit"))
    name = _unit_name(package, unit)
    if not codes:
        yield Slot(table, field, (), table.rows - 1 if table.rows else None, unit, name)
        return
    column = codes[0].fields[0]
    latest = {text_in(table, row, column): row for row in range(table.rows)}
    for code, row in latest.items():
        names, hints = _telling(package.tables[codes[0].table], code)
        yield Slot(table, field, ((column, code),), row, unit, name, names, hints)


def is_code(package: Package, key: ForeignKey) -> bool:
    """Tell whether a foreign key leads to a list of codes with names."""
    table = package.tables.get(key.table)
    return (
        len(key.fields) == 1
        and table is not None
        and table.primary_key == ("code",)
        and "label_nl" in table.field_names
    )


def _unit_name(package: Package, code: str) -> str:
    codes = package.table_of(Role.UNITS)
    return text_in(codes, codes.keys[code,], "label_nl") if codes and (code,) in codes.keys else code


def _telling(codes: Table, code: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the names of a code, and the words in its description that no other code of its list has."""
    own = codes.keys.get((code,))
    if own is None:
        return (), frozenset()
    words = {
        row: {
            word
            for name in ("label_nl", "description_nl")
            for word in _words(text_in(codes, row, name))
            if len(word) >= TELLING
        }
        for row in range(codes.rows)
    }
    others = set().union(*(found for row, found in words.items() if row != own))
    spellings = [word.strip() for word in text_in(codes, own, PRINTED).split(";") if word.strip()]
    label = text_in(codes, own, "label_nl")
    firsts = [text_in(codes, row, "label_nl").partition(" ")[0] for row in range(codes.rows)]
    short = [first for first in firsts if label.startswith(f"{first} ") and firsts.count(first) == 1]
    names = {label, *spellings, *(first for first in short if len(first) >= TELLING)}
    return tuple(sorted(names)), frozenset(words[own] - others)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
