"""Figures against the document: whether a value is the one that the source prints.

A field that has `printedIn` is observed, not computed: beside it stands the figure exactly as the document
writes it. Reading that again, in Dutch notation and in Dutch words (`drie`, `tweeduizend`), must give the value.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Table, Value, cell_text, plain

from .rule import MOST_DECIMALS, Mask, Rows, in_rows, truth_mask

MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
]  # fmt: skip
THOUSANDS = ". \u00a0\u202f"  # a point, or one of the spaces
DIGITS = "0123456789"
FIGURE = rf"[0-9]{{1,3}}(?:[{THOUSANDS}][0-9]{{3}})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
ONE_FIGURE = rf"\A(?P<before>[^0-9]*)(?P<figure>{FIGURE})(?P<after>[^0-9]*)\z"
SAMPLE = "7"  # stands for the figure where only the words round it are looked at
FIRST_YEAR = 1000  # a year of four digits
Read = Callable[[str], Sequence[object]]
Check = Callable[[pa.Array, pa.Array], Iterator[pa.Array]]


def proven(values: pa.Array, prints: pa.Array, read: Read) -> Mask:
    """Tell of each row whether its print is certainly one figure, the value; `read` finds the figures in a text.

    Whether other rows share the print does not matter then: they share one figure.
    """
    found = np.zeros(len(values), dtype=bool)
    if not pa.types.is_string(prints.type) or not (checks := _checks(values.type, read)):
        return found
    rows = np.flatnonzero(pc.and_(_can_be_printed(values), pc.is_valid(prints)).to_numpy(zero_copy_only=False))
    values, prints = _written(_at(values, rows)), _at(prints, rows)
    for check in checks if len(rows) else ():
        # Each check is dearer than the one before, so it looks only at what is left.
        hit = np.zeros(len(rows), dtype=bool)
        for same in check(values, prints):
            hit |= same.fill_null(fill_value=False).to_numpy(zero_copy_only=False)
            if hit.all():
                break
        found[rows[hit]] = True
        left = np.flatnonzero(~hit)
        rows, values, prints = rows[left], _at(values, left), _at(prints, left)
    return found


def _at(column: pa.Array, rows: Rows) -> pa.Array:
    return column if len(rows) == len(column) else column.take(pa.array(rows))


def _checks(kind: pa.DataType, read: Read) -> tuple[Check, ...]:
    """Give the checks for a type of values, the cheapest first; none where every print must be read."""
    if pa.types.is_date32(kind):
        return tuple(_date_check(form) for form in (_short_date, _padded_date, _date_in_words))
    if not (pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and 0 <= kind.scale <= MOST_DECIMALS)):
        return ()
    decimals = kind.scale if pa.types.is_decimal(kind) else 0
    return (
        *(_alone_check(separator, decimals) for separator in ("", ".")),
        lambda texts, prints: _words_behind(texts, prints, decimals, read),
        *(_alone_check(separator, decimals) for separator in THOUSANDS[1:]),
        lambda texts, prints: _words_around(texts, prints, decimals, read),
    )


def _can_be_printed(values: pa.Array) -> pa.Array:
    """Leave out empty cells, and what no print says: a minus sign is not read."""
    if pa.types.is_date(values.type):
        return pc.is_valid(values)
    return pc.fill_null(pc.greater_equal(values, pa.scalar(0, pa.int64()).cast(values.type)), fill_value=False)


def _written(values: pa.Array) -> pa.Array:
    """Write numbers with a decimal comma; a date has more than one notation, and stays as it is."""
    if pa.types.is_date(values.type):
        return values
    texts = values.cast(pa.string())
    return pc.replace_substring(texts, ".", ",") if pa.types.is_decimal(values.type) else texts


def _alone_check(separator: str, decimals: int) -> Check:
    """Compare with the value in Dutch notation, its thousands parted by `separator`."""
    return lambda texts, prints: (pc.equal(form, prints) for form in _forms(texts, separator, decimals))


def _forms(texts: pa.Array, separator: str, decimals: int) -> Iterator[pa.Array]:
    """Part the thousands of numbers: with the decimals that the column has, and without those that are zero."""
    written = _grouped(texts, decimals, separator)
    yield written
    if decimals:
        yield pc.ascii_rtrim(pc.ascii_rtrim(written, "0"), ",")


def _grouped(texts: pa.Array, decimals: int, separator: str) -> pa.Array:
    """Put a separator before every three digits, from the end of the whole part."""
    if not separator:
        return texts
    tail = decimals + 1 if decimals else 0
    digits = pc.subtract(pc.binary_length(texts), tail)
    longest, width = pc.max(digits).as_py() or 0, len(separator.encode())
    written = texts
    for group in range(1, (longest - 1) // 3 + 1):
        place = -(tail + 3 * group + width * (group - 1))
        longer = pc.binary_replace_slice(written, place, place, separator.encode())
        written = pc.if_else(pc.greater(digits, 3 * group), longer, written)
    return written


def _words_behind(texts: pa.Array, prints: pa.Array, decimals: int, read: Read) -> Iterator[pa.Array]:
    """Compare where words or a sign follow the figure: `34%`, `3.811 mensen`."""
    behind = pc.ascii_ltrim(prints, f"{DIGITS}.,")
    behind = pc.if_else(pc.match_substring_regex(behind, "[0-9]"), None, behind)
    is_safe = _is_one_figure(pc.binary_join_element_wise(SAMPLE, behind, ""), read)
    for separator in ("", "."):
        for form in _forms(texts, separator, decimals):
            yield pc.and_(is_safe, pc.equal(pc.binary_join_element_wise(form, behind, ""), prints))


def _words_around(texts: pa.Array, prints: pa.Array, decimals: int, read: Read) -> Iterator[pa.Array]:
    """Compare with the one figure that stands somewhere in the print."""
    parts = pc.extract_regex(prints, ONE_FIGURE)
    before, figures, after = (pc.struct_field(parts, name) for name in ("before", "figure", "after"))
    is_safe = _is_one_figure(pc.binary_join_element_wise(before, SAMPLE, after, ""), read)
    for separator in THOUSANDS:
        figures = pc.replace_substring(figures, separator, "")
    for form in _forms(texts, "", decimals):
        yield pc.and_(is_safe, pc.equal(form, figures))


def _is_one_figure(wordings: pa.Array, read: Read) -> pa.Array:
    """Tell of each wording with a sample in it whether nothing else in it is read as a figure, or makes it larger.

    No digit may stand in the words: another figure than the sample could become part of a date or a longer number.
    """
    encoded = wordings.dictionary_encode()
    safe = [len(re.findall(r"\d", text)) == 1 and list(read(text)) == [int(SAMPLE)] for text in _texts(encoded)]
    return pa.array(safe, pa.bool_()).take(encoded.indices)


def _texts(encoded: Any) -> list[str]:
    texts: list[str] = encoded.dictionary.to_pylist()
    return texts


def _date_check(form: Callable[[datetime.date, str], str]) -> Check:
    """Compare with the dates in a notation; each date is written once, however many rows have it."""

    def check(values: pa.Array, prints: pa.Array) -> Iterator[pa.Array]:
        encoded = values.dictionary_encode()
        days: list[datetime.date] = encoded.dictionary.to_pylist()
        for mark in "/-" if form is not _date_in_words else " ":
            written = [form(day, mark) if day.year >= FIRST_YEAR else None for day in days]
            yield pc.equal(pa.array(written, pa.string()).take(encoded.indices), prints)

    return check


def _short_date(day: datetime.date, mark: str) -> str:
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def _padded_date(day: datetime.date, mark: str) -> str:
    return f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"


def _date_in_words(day: datetime.date, mark: str) -> str:
    return f"{day.day}{mark}{MONTHS[day.month - 1]}{mark}{day.year}"


ONES = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
TEENS = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
SCALES = {"duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
ALONE = {
    "geen": Decimal(0), "nul": Decimal(0), "één": Decimal(1), "eerste": Decimal(1), "anderhalf": Decimal("1.5"),
    "miljoen": Decimal(10**6), "miljard": Decimal(10**9),
}  # fmt: skip
BELOW_HUNDRED = {
    **{word: number for number, word in enumerate(ONES, 1)},
    **{word: number for number, word in enumerate(TEENS, 10)},
    **{word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)},
}
MULTIPLIERS = (("duizend", 1000), ("honderd", 100))
PARTS = "|".join(
    sorted({*ONES, *TEENS, *TENS, *ALONE, "derde", "honderd", "duizend", "en", "ën"}, key=len, reverse=True)
)
WORD = rf"\b(?:{PARTS})+(?:ste|de|tal)?\b"  # what may be a number; `number_in_words` tells whether it is


def number_in_words(word: str) -> Decimal | None:
    """Read a word as a number; None where it is none, such as `en`, or `een`, which is mostly an article."""
    word = word.lower()
    if word in ALONE or word == "een":
        return ALONE.get(word)
    number = _cardinal(_without_ending(word))
    return None if number is None else Decimal(number)


def _without_ending(word: str) -> str:
    for ordinal, cardinal in (("eerste", "een"), ("derde", "drie")):
        if word.endswith(ordinal):
            return word.removesuffix(ordinal) + cardinal
    return re.sub("(?<=.)(?:ste|de|tal)$", "", word)


def _cardinal(word: str) -> int | None:
    for name, multiplier in MULTIPLIERS:
        head, found, tail = word.partition(name)
        if found:
            times = _cardinal(head) if head else 1
            rest = _cardinal(tail.removeprefix("en")) if tail else 0
            fits = times is not None and rest is not None and times < 1000 and rest < multiplier
            return times * multiplier + rest if fits and times is not None and rest is not None else None
    return _below_hundred(word.replace("één", "een").replace("ën", "en"))


def _below_hundred(word: str) -> int | None:
    if word in BELOW_HUNDRED:
        return BELOW_HUNDRED[word]
    for number, one in enumerate(ONES, 1):
        ten = word.removeprefix(f"{one}en")
        if ten != word and ten in TENS:
            return BELOW_HUNDRED[ten] + number
    return None


SCALE = rf"(?:\s+(?:{'|'.join(SCALES)})\b)"
TOKEN = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<mark>[/-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<wday>\d{{1,2}})(?:ste|de|e)?\s(?P<wmonth>{'|'.join(MONTHS)})\s(?P<wyear>\d{{4}})(?!\d)"
    rf"|(?P<number>\d{{1,3}}(?:[{THOUSANDS}]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?)"
    rf"(?P<scale>{SCALE})?(?:\s?[%‰]|(?:ste|de|e)\b)?"
    rf"|(?P<half>\bhalf)(?P<hscale>{SCALE})"
    rf"|(?P<word>{WORD})(?P<wscale>{SCALE})?",
    re.IGNORECASE,
)
Figure = Decimal | datetime.date
FACTORS = {
    Decimal(10): "ten times what the source prints",
    Decimal(100): "a hundred times what the source prints",
    Decimal(1000): "a thousand times what the source prints",
    Decimal("0.1"): "a tenth of what the source prints",
    Decimal("0.01"): "a hundredth of what the source prints",
    Decimal("0.001"): "a thousandth of what the source prints",
}


@dataclass(frozen=True)
class Token:
    """A figure in a text: where it stands, as it is printed, and what it says; None for a date that is none."""

    start: int
    end: int
    text: str
    value: Figure | None


def tokens(text: str) -> list[Token]:
    """Find every number and date in a piece of Dutch text, in order, with its place."""
    found = (Token(match.start(), match.end(), match[0], _read(match)) for match in TOKEN.finditer(text))
    return [token for token in found if token.value is not None or token.text[0].isdigit()]


def printed_values(text: str) -> list[Figure]:
    """Read the numbers and dates in a piece of Dutch text, in order: `3.811`, `34%`, `25/2/2025`, `drie`."""
    return [token.value for token in tokens(text) if token.value is not None]


def _read(token: re.Match[str]) -> Figure | None:
    if token["number"]:
        number = Decimal(re.sub(f"[{THOUSANDS}]", "", token["number"]).replace(",", "."))
        return number * _scale(token["scale"])
    if token["half"]:
        return _scale(token["hscale"]) / 2
    if token["word"]:
        in_words = number_in_words(token["word"])
        return None if in_words is None else in_words * _scale(token["wscale"])
    month = int(token["month"]) if token["month"] else MONTHS.index(token["wmonth"].lower()) + 1
    try:
        return datetime.date(int(token["year"] or token["wyear"]), month, int(token["day"] or token["wday"]))
    except ValueError:
        return None


def _scale(text: str | None) -> Decimal:
    return Decimal(SCALES[text.strip().lower()] if text else 1)


def check_printed(package: Package) -> Iterator[Problem]:
    """Find every observed value that differs from the figure as its source prints it."""
    for table in package.tables.values():
        for field in table.fields:
            if (printed := field.property("printedIn")) and printed in table.field_names:
                todo = say("look in the source, and correct the value or the field '{field}'", field=printed)
                what = partial(_mismatch, table, field.name, printed)
                yield from in_rows(table, field.name, mismatches(table, field.name, printed), what, todo)


def mismatches(table: Table, field: str, printed: str) -> list[int]:
    """Find the rows whose value in `field` is not what the field `printed` says; empty cells say nothing.

    Only what cannot be told from the columns as they are is read, print by print.
    """
    values, prints = table.column(field), table.column(printed)
    is_right = proven(values, prints, printed_values)
    # What was noted of a source that we hold no copy of has no print; whether it has its note, the rule `origin` tells.
    is_noted = any(own.name == field and own.property("notedIn") for own in table.fields)
    is_empty = truth_mask(pc.is_null(prints) if is_noted else pc.and_(pc.is_null(values), pc.is_null(prints)))
    return misread(table, field, printed, np.flatnonzero(~(is_right | is_empty)))


def misread(table: Table, field: str, printed: str, rows: Rows) -> list[int]:
    """Find which of some rows have another value than their print says, by reading the prints.

    Where as many rows share a print as it has figures, each row has its own, in order: the first and the last year
    of `2023-2028`; so `rows` holds all rows of a print, or its one figure is all that it says. Each combination of a
    value and a print is read once, however many rows have it.
    """
    if not len(rows):
        return []
    values = table.column(field).take(pa.array(rows))
    value_codes = _codes(values.dictionary_encode())
    prints = pc.fill_null(table.column(printed).take(pa.array(rows)).cast(pa.string()), "").dictionary_encode()
    print_codes = _codes(prints)
    read = [printed_values(text) for text in prints.dictionary.to_pylist()]
    figures = np.array([len(found) for found in read])
    rows_of = np.bincount(print_codes, minlength=len(read))
    in_order = np.empty(len(rows), dtype=np.int64)  # of the rows with the same print, the first is 0
    in_order[np.argsort(print_codes, kind="stable")] = np.arange(len(rows)) - np.repeat(
        np.cumsum(rows_of) - rows_of, rows_of
    )
    place = np.where((rows_of == figures)[print_codes], in_order, -1)
    combined = (value_codes * len(read) + print_codes) * (place.max() + 2) + place + 1
    _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
    differs = np.zeros(len(first), dtype=bool)
    for group, row in enumerate(first):
        expected = read[print_codes[row]]
        expected = expected if place[row] < 0 else [expected[place[row]]]
        differs[group] = value_codes[row] >= 0 and comparable(plain(values[row].as_py())) not in expected
    return [int(row) for row in rows[np.flatnonzero(differs[inverse])]]


def _codes(encoded: pa.Array) -> Rows:
    """Give the numbers of the values in a dictionary, -1 for an empty cell."""
    return np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)


def comparable(value: Value) -> Value:
    """Make a number of a cell one that can be compared with a number as read in a text."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _mismatch(table: Table, field: str, printed: str, row: int) -> Message:
    """Say how the value of a row differs from its print."""
    value, source = table.value(row, field), cell_text(table.value(row, printed))
    shown, text = cell_text(value), quoted(source)
    if factor := _factor(value, printed_values(source)):
        return say("the value is {value}, {factor}: {source}", value=shown, factor=factor, source=text)
    return say("the value is {value}, but the source prints {source}", value=shown, source=text)


def _factor(value: Value, figures: Sequence[Figure]) -> Message | None:
    """Say that a value is so many times what is printed: a point or a zero went wrong."""
    number = comparable(value)
    for figure in figures:
        if isinstance(number, Decimal) and isinstance(figure, Decimal) and figure and number / figure in FACTORS:
            return say(FACTORS[number / figure])
    return None
