"""Numbers, dates and sizes as a reader of a language expects them (Unicode CLDR, through Babel)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from .cells import UNSAID, Cell, named
from .package import Package
from .tables import Value, cell_text
from .times import PERIOD

LOCALES = {"nl": "nl_BE", "en": "en_GB"}
CURRENCY_PATTERNS = {"en": "¤¤ {}"}  # elsewhere its name stands behind the amount
WHOLE, CENTS = "#,##0", "#,##0.00"
UNGROUPED = {"year", "identifier", "decimals"}
SHARE, CHANGE = "percent", "percent_change"  # a change always bears its sign
TOLD = {*UNGROUPED, SHARE, CHANGE, "eur", "period", "position"}  # no word need stand behind a value in such a unit
BYTES_IN_KILOBYTE = 1000
KEPT = 10_000  # texts of numbers and dates, which come again and again on the pages of a site


@cache
def locale(language: str) -> Locale:
    """Give the conventions that readers of `language` in Belgium, or else anywhere, are used to."""
    return Locale.parse(LOCALES.get(language, language))


def is_language(code: str) -> bool:
    """Tell whether a code is that of a language whose conventions are known."""
    try:
        return bool(locale(code))
    except (UnknownLocaleError, ValueError):
        return False


def direction(language: str) -> str:
    """Give the direction in which a language is written: `ltr` or `rtl`."""
    return str(locale(language).text_direction)


def number_text(value: int | Decimal, unit: str | None, language: str) -> str:
    """Write a quantity: `3.811` or `3,811`; `86,3%`; `+22%`; `5.873.400 euro` or `EUR 5,873,400`; `2028`."""
    if unit == "eur":
        amount = WHOLE if value == int(value) else CENTS
        pattern = CURRENCY_PATTERNS.get(language, "{} ¤¤¤").format(amount)
        text = format_currency(
            value, "EUR", pattern, locale(language), currency_digits=False, decimal_quantization=False
        )
        return text.replace(" ", "\u00a0")
    if unit in UNGROUPED:
        return cell_text(value)
    # Babel's percent format would multiply by 100; a share is stored as it is shown.
    text = _decimal(cell_text(value), language)
    sign = "+" if unit == CHANGE and value > 0 else ""
    return f"{sign}{text}{'%' if unit in (SHARE, CHANGE) else ''}"


@lru_cache(maxsize=KEPT)
def _decimal(value: str, language: str) -> str:
    return str(format_decimal(Decimal(value), locale=locale(language), decimal_quantization=False))


@lru_cache(maxsize=KEPT)
def date_text(value: datetime.date, language: str) -> str:
    """Write a date in full: `25 februari 2025`, `25 February 2025`."""
    return str(format_date(value, format="long", locale=locale(language)))


def period_text(value: str, language: str) -> str:
    """Write a day, month, quarter, year or span of years (`2023-12`, `2020-Q1`, `2014-2020`); another text as it is."""
    if not (found := PERIOD.fullmatch(value)):
        return value
    year = int(found["year"])
    if found["last"]:
        return f"{year}\u2013{found['last']}"
    if found["quarter"]:
        first = datetime.date(year, 3 * int(found["quarter"]) - 2, 1)
        return str(format_date(first, format="QQQQ y", locale=locale(language)))
    try:
        if found["day"]:
            return date_text(datetime.date(year, int(found["month"]), int(found["day"])), language)
        if found["month"]:
            month = datetime.date(year, int(found["month"]), 1)
            return str(format_date(month, format="MMMM y", locale=locale(language)))
    except ValueError:  # a thirteenth month: other rules tell
        return value
    return value


def bytes_text(size: int, language: str) -> str:
    """Write the size of a file: `412 bytes`, `1,4 kB`."""
    if size < BYTES_IN_KILOBYTE:
        return f"{size}\u00a0bytes"
    return f"{format_decimal(Decimal(size) / BYTES_IN_KILOBYTE, format='#,##0.#', locale=locale(language))}\u00a0kB"


def value_text(value: Value, unit: str | None, language: str) -> str:
    """Write any value for a reader; empty for None, and a text as it is."""
    match value:
        case bool():
            return YES_NO.get(language, YES_NO["en"])[value]
        case int() | Decimal():
            return number_text(value, unit, language)
        case datetime.date():
            return date_text(value, language)
        case str() if unit == "period":
            return period_text(value, language)
        case _:
            return cell_text(value)


def title_text(title: Cell, language: str) -> str:
    """Write the title of a document for a reader, and in which language it is where that is another one."""
    return f"{cell_text(title.value)}{language_note(title, language)}"


def language_note(title: Cell, language: str) -> str:
    """Say in which language a title is, by the field `language` of its row: ` [in Dutch]`; empty for one's own."""
    of = title.beside("language")
    if of is None or of.value in (None, language):
        return ""
    name = Locale.parse(cell_text(of.value)).get_display_name(language)
    pattern = IN_LANGUAGE.get(language, "{}")
    return f" [{pattern.format(name)}]"


@dataclass(frozen=True)
class Labels:
    """What cells say in a language that only pages have: by their addresses, what was translated, and into what.

    They say it in `base` else. A translation of what a cell says no longer is none; `missing` gathers those that were
    asked for and are not there.
    """

    language: str
    base: str
    texts: Mapping[str, tuple[str, str]]
    missing: set[str] = field(default_factory=set)

    def label(self, cell: Cell) -> str:
        """Give the translation of a cell, empty for none."""
        translated, text = self.texts.get(cell.address, ("", ""))
        return text if translated == cell.value else ""

    def text(self, cell: Cell) -> str:
        """Write a cell for a reader of this language."""
        if label := self.label(cell):
            return label
        if cell.field.name.endswith(f"_{self.base}") and cell.value is not None:
            self.missing.add(cell.address)
        return value_text(cell.value, cell.unit, self.language)


def shown_text(
    package: Package, cell: Cell, language: str, meant: Cell | None = None, labels: Labels | None = None
) -> str:
    """Write a cell for a reader, a code by its name, and never more strongly than its source: `minstens 20`.

    What is not as sure as what we read in a text has that behind it: `DVV Midwest (afgeleid)`. `meant` is the cell
    with the name, for who found it already.
    """
    meant = meant or named(package, cell, language)
    text = labels.text(meant) if labels else value_text(meant.value, meant.unit, language)
    if "upperIn" in meant.field.descriptor and meant.upper:
        text = range_pattern(language).format(text, value_text(meant.upper.value, meant.unit, language))
    if UNSAID.keys().isdisjoint(cell.field.descriptor) and UNSAID.keys().isdisjoint(meant.field.descriptor):
        return text
    strength, doubt = (
        ""
        if found is None
        else (labels or Labels(language, language, {})).text(named(package, found, language)).lower()
        for found in (
            cell.qualified(pointer) or (None if meant is cell else meant.qualified(pointer)) for pointer in UNSAID
        )
    )
    return " ".join(filter(None, (strength, text, doubt and f"({doubt})")))


def range_pattern(language: str) -> str:
    """Say how a range is written: `100 tot 120`."""
    return RANGES.get(language, "{}–{}")


RANGES = {"nl": "{} tot {}", "en": "{} to {}"}
IN_LANGUAGE = {"nl": "in het {}", "en": "in {}"}
YES_NO = {"nl": ("nee", "ja"), "en": ("no", "yes")}
