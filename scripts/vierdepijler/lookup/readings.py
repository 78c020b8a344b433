"""Numbers and dates in what somebody pastes, each with every value that its notation can stand for.

`3.811` is 3811 to a Dutch reader and 3.811 to an English one; both are readings of it. Values are written as our data
files write them: a decimal point, no marks between thousands, dates as year-month-day. `check-figure.js` does the same
in the browser; the cases in `tests/lookup_cases.json` hold the two together.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK = "[ \u00a0\u2009\u202f]"
NUMBER = re.compile(
    r"[0-9]{1,3}([ \u00a0\u2009\u202f'\u2019])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
)
BETWEEN_THOUSANDS = re.compile("[ \u00a0\u2009\u202f'\u2019]")
DATE = re.compile(
    r"(?P<y1>[0-9]{4})-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})(?![0-9])"
    r"|(?P<d2>[0-9]{1,2})(?P<mark>[-/.])(?P<m2>[0-9]{1,2})(?P=mark)(?P<y2>[0-9]{4})(?![0-9])"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th|ste|de|e)?{BLANK}+(?:of{BLANK}+)?(?P<m3>[a-z]{{3,9}})\.?{BLANK}+"
    r"(?P<y3>[0-9]{4})(?![0-9])"
    rf"|(?P<m4>[a-z]{{3,9}})\.?{BLANK}+(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,?{BLANK}+(?P<y4>[0-9]{{4}})(?![0-9])",
    re.IGNORECASE,
)
MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maart", "march", "mrt", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augustus", "august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
EURO_BEFORE = re.compile(rf"(?:€|(?:^|[\W\d_])(?:EUR|euro)){BLANK}*\Z", re.IGNORECASE)
EURO_AFTER = re.compile(rf"{BLANK}*(?:€|(?:EUR|euro)(?![^\W\d_]))", re.IGNORECASE)
PERCENT_AFTER = re.compile(rf"{BLANK}*(?:%|(?:procent|percent|per cent)(?![^\W\d_]))", re.IGNORECASE)
SCALE_AFTER = re.compile(
    rf"{BLANK}*(?:(duizend|thousand)|(miljoen|mln|million)|(miljard|billion))(?![^\W\d_])\.?", re.IGNORECASE
)
PLACES_IN_SCALE = 3
YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Mention:
    """A number or date in a text: its words, every value it can stand for, and the unit beside it, if any."""

    text: str
    is_date: bool
    values: tuple[str, ...]
    unit: str = ""

    @property
    def may_be_a_year(self) -> bool:
        """Whether it may only say in which year something was: four bare digits."""
        return not self.unit and re.fullmatch("[0-9]{4}", self.text) is not None and int(self.text) in YEARS


def mentions(text: str) -> list[Mention]:
    """Find the numbers and dates in a text, in the order in which they stand; each value once."""
    found = list(_dates(text))
    rest = text
    for start, mention in found:
        rest = rest[:start] + "#" * len(mention.text) + rest[start + len(mention.text) :]
    found += _numbers(rest)
    unique: dict[tuple[bool, tuple[str, ...], str], Mention] = {}
    for _, mention in sorted(found, key=lambda place: place[0]):
        unique.setdefault((mention.is_date, mention.values, mention.unit), mention)
    return list(unique.values())


def canonical(number: str) -> str:
    """Write a number (a sign, digits, a decimal point) without needless zeros: `0086.30` is `86.3`."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, part = digits.partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    written = f"{whole}.{part}" if part else whole
    return written if written == "0" else sign + written


def number_values(digits: str) -> tuple[str, ...]:
    """Give each number that digits with marks between them can stand for; none for what is no number (`0.2.0`)."""
    if BETWEEN_THOUSANDS.search(digits):
        return (BETWEEN_THOUSANDS.sub("", digits).replace(",", "."),)
    groups, marks = re.split("[.,]", digits), re.findall("[.,]", digits)
    if not marks:
        return (digits,)
    *front, last = groups
    if len(marks) == 1:
        decimal = f"{front[0]}.{last}"
        return (front[0] + last, decimal) if _are_thousands(groups) else (decimal,)
    if len(set(marks[:-1])) > 1 or not _are_thousands(front):
        return ()
    if marks[-1] != marks[0]:
        return (f"{''.join(front)}.{last}",)
    return ("".join(groups),) if _are_thousands(groups) else ()


def _are_thousands(groups: list[str]) -> bool:
    """Tell whether groups of digits can be one number, its thousands apart."""
    size = 3
    return 1 <= len(groups[0]) <= size and groups[0][0] != "0" and all(len(group) == size for group in groups[1:])


def date_values(text: str) -> tuple[str, ...]:
    """Give each day that a date can stand for, as year-month-day; none for what is no date."""
    found = DATE.fullmatch(text)
    return _days(found) if found else ()


def _dates(text: str) -> Iterator[tuple[int, Mention]]:
    for found in DATE.finditer(text):
        before = text[found.start() - 1 : found.start()]
        if (values := _days(found)) and not before.isalnum():
            yield found.start(), Mention(found[0], is_date=True, values=values)


def _days(found: re.Match[str]) -> tuple[str, ...]:
    if found["y2"]:
        orders = ((found["m2"], found["d2"]), (found["d2"], found["m2"]))
        days = [_day(found["y2"], int(month), day) for month, day in orders]
        return tuple(dict.fromkeys(filter(None, days)))
    if found["y1"]:
        return tuple(filter(None, [_day(found["y1"], int(found["m1"]), found["d1"])]))
    year, name, day = found["y3"] or found["y4"], found["m3"] or found["m4"], found["d3"] or found["d4"]
    return tuple(filter(None, [_day(year, MONTH.get(name.lower(), 0), day)]))


def _day(year: str, month: int, day: str) -> str:
    try:
        return datetime.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _numbers(text: str) -> Iterator[tuple[int, Mention]]:
    for found in NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        is_euro = EURO_BEFORE.search(before) is not None
        scale = SCALE_AFTER.match(after)
        rest = after[scale.end() :] if scale else after
        unit = "eur" if is_euro or EURO_AFTER.match(rest) else "percent" if PERCENT_AFTER.match(rest) else ""
        is_word = (before[-1:].isalpha() and not is_euro) or (after[:1].isalpha() and not scale and not unit)
        if is_word or before.endswith("_") or after.startswith("_"):
            continue
        places = PLACES_IN_SCALE * scale.lastindex if scale and scale.lastindex else 0
        sign = "-" if re.search(r"(?:^|[\s(])[-\u2212]\Z", before) else ""
        values = tuple(dict.fromkeys(canonical(sign + _shifted(value, places)) for value in number_values(found[0])))
        if values:
            yield found.start(), Mention(sign + found[0], is_date=False, values=values, unit=unit)


def _shifted(number: str, places: int) -> str:
    """Move the decimal point of a number to the right: `5.87 million` is 5870000."""
    whole, _, part = number.partition(".")
    part = part.ljust(places, "0")
    return f"{whole}{part[:places]}.{part[places:]}"
