"""How others take the text of a cell: a person types a number or a date otherwise, a spreadsheet runs a formula.

`86,3`, `3.290`, `45%` and `25/2/2025` are good Dutch and bad CSV. Whoever types them knows what they mean, so the
advice names the value to write; where a notation can be read in two ways, it names both and leaves the choice. Of
formulas: OWASP, "CSV Injection".
"""

import datetime
import re

from .problems import Message, say

BLANKS = " \t\u00a0\u2009\u202f"
NUMBER = re.compile(
    rf"(?P<sign>[-+\u2212]?)[{BLANKS}]*"
    rf"(?:(?P<grouped>\d{{1,3}}(?P<mark>[.,'\u2019{BLANKS}])\d{{3}}(?:(?P=mark)\d{{3}})*)|(?P<whole>\d+))"
    rf"(?:(?P<point>[.,])(?P<part>\d+))?(?P<percent>[{BLANKS}]*%)?"
)
DATE = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/. ])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/. ]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")


def number_advice(text: str, *, whole: bool) -> Message | None:
    """Say how to write a number that stands in another notation; None where it cannot be read as one.

    `whole` tells that the field takes whole numbers only.
    """
    found = NUMBER.fullmatch(text.strip(BLANKS))
    if not found or found["mark"] == found["point"] is not None:
        return None
    sign = "-" if found["sign"] in {"-", "\u2212"} else ""
    number = sign + re.sub(r"\D", "", found["grouped"] or found["whole"])
    if found["part"]:
        number = f"{number}.{found['part']}"
        return _whole_only(found["part"]) if whole else _write(number, found)
    if found["mark"] == "," and not whole and found["grouped"].count(",") == 1:
        point = sign + found["grouped"].replace(",", ".")
        return say(
            "write {point} where the comma is a decimal one, {number} where it groups", point=point, number=number
        )
    return _write(number, found)


def _whole_only(part: str) -> Message:
    if part.strip("0"):
        return say("write a whole number, or make the type of the field 'number'")
    return say("leave the decimals out")


def _write(number: str, found: re.Match[str]) -> Message:
    marks = (found["grouped"], found["point"] == ",", found["percent"])
    match [bool(mark) for mark in marks]:
        case [True, False, False]:
            return say("write {number}, with nothing between the thousands", number=number)
        case [False, True, False]:
            return say("write {number}, with a decimal point", number=number)
        case [False, False, True]:
            return say("write {number}, without the percent sign", number=number)
        case _:
            return say("write {number}", number=number)


def date_advice(text: str) -> Message | None:
    """Say how to write a date that stands in another notation; None where it cannot be read as one."""
    text = text.strip(BLANKS)
    if found := YEAR_FIRST.fullmatch(text):
        day_first = month_first = _day(found["year"], found["month"], found["day"])
    elif found := DATE.fullmatch(text):
        day_first = _day(found["year"], found["second"], found["first"])
        month_first = _day(found["year"], found["first"], found["second"])
    else:
        return None
    if day_first and month_first and day_first != month_first:
        return say(
            "write year-month-day: {day_first} where the day stands first, {month_first} where the month does",
            day_first=day_first,
            month_first=month_first,
        )
    day = day_first or month_first
    return say("write year-month-day: {date}", date=day) if day else say("check the day: the calendar does not have it")


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


SIGNS = "=+@＝＋－＠-"
FORMULA = rf"^[\t\r ]*[{SIGNS}]+[^{SIGNS}]"
SIGNED_NUMBER = r"^[+-]?[0-9][0-9., ]*%?$"
# Opened with other settings, a file is cut at these too, and then what stands behind one begins a cell.
CUTS = r"[;,\t\r\n]"
CUT_FORMULA = rf"^[{SIGNS}][^\s{SIGNS}]"


def runs_as_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text, or a piece of it where it cuts the text at another separator."""
    whole = re.search(FORMULA, text) is not None and not re.search(SIGNED_NUMBER, text)
    return whole or any(
        re.search(CUT_FORMULA, piece) and not re.search(SIGNED_NUMBER, piece) for piece in re.split(CUTS, text)[1:]
    )
