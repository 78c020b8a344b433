"""Figures beside their prints, whole columns at once: which of them are certainly what their print says.

Most prints are one figure and nothing more, so it is quicker to write each value the way a document would and compare
texts than to read each print. What is not proven here may be right all the same: `provenance` reads it with care.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .rule import MOST_DECIMALS, Mask, Rows

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
