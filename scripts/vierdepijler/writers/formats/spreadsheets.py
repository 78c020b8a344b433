"""Excel workbooks (Office Open XML) through XlsxWriter: real tables, frozen headers, and nothing that runs.

The same sheets give the same bytes: the file knows no moment but the one that it is given. Excel keeps fifteen digits
of a number, and knows no day before 1900 (and one too many in that year). A column that holds more is text throughout:
nothing is lost, and no column is half the one and half the other.
"""

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vierdepijler.core.staging import kept
from vierdepijler.core.tables import Field, Table, Value, cell_text, plain

MOST_DIGITS = 15
FIRST_DAY = datetime.date(1900, 3, 1)  # Excel takes 1900 for a leap year: before this day programs do not agree
LONGEST_NAME = 31  # of a sheet, in characters
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
TAKEN = "history"  # the name of a sheet that Excel keeps for itself
NARROWEST, WIDEST = 9, 60  # of a column, in characters
BESIDE_HEADER = 4  # the arrow of the filter takes the place of some letters
STYLE = "Table Style Medium 2"
DATE = "yyyy-mm-dd"
SETTINGS = {
    "constant_memory": False,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Heading:
    """A line of text above a table; `leads_to` names a sheet, `address` a page, to which it is a link."""

    text: str
    leads_to: str = ""
    address: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a sheet: its name in the workbook, its header and its rows, in which text alone is text.

    `leads_to` names, for each row, the sheet to which its first cell is a link.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the lines at its top, the first of which is its title, and one table below them."""

    name: str
    lines: tuple[Heading, ...] = ()
    grid: Grid | None = None


def fits(table: Table, field: Field) -> bool:
    """Tell whether a column can be written as what it is; it is text where a spreadsheet would lose something."""
    values = (plain(value) for value in table.column(field.name).to_pylist() if value is not None)
    match field.type:
        case "integer" | "number" | "year":
            return all(map(_is_short, values))
        case "date":
            return all(isinstance(day, datetime.date) and day >= FIRST_DAY for day in values)
        case _:
            return field.type == "boolean"


def _is_short(value: Value) -> bool:
    return isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Give each name as Excel takes it for a sheet: 31 characters, none forbidden, and no two the same."""
    given: list[str] = []
    used = {TAKEN, *(name.casefold() for name in taken)}
    for name in names:
        bare = FORBIDDEN.sub("_", name).strip("' ") or "_"
        given.append(_unused(bare, used))
        used.add(given[-1].casefold())
    return tuple(given)


def _unused(name: str, used: set[str]) -> str:
    ends = ("", *(f"~{number}" for number in range(2, len(used) + 3)))
    shortened = (name[: LONGEST_NAME - len(end)].strip("' ") + end for end in ends)
    return next(short for short in shortened if short.casefold() not in used)


def grid_names(names: Iterable[str]) -> tuple[str, ...]:
    """Name tables in a workbook: letters, digits and lines, no cell's name such as `A1`, and no two the same."""
    given: list[str] = []
    for name in names:
        safe = "table_" + re.sub(r"[^A-Za-z0-9_]", "_", name)[:200]
        is_used = safe.casefold() in {other.casefold() for other in given}
        given.append(f"{safe}.{len(given)}" if is_used else safe)
    return tuple(given)


@dataclass(frozen=True)
class Properties:
    """What a workbook says of itself: its title, who made it, its language, and when it was made."""

    title: str
    author: str
    language: str
    created: datetime.datetime


def write_workbook(properties: Properties, sheets: Sequence[Sheet], path: Path) -> None:
    """Write a workbook of the sheets, in their order."""
    path.write_bytes(kept(partial(_workbook, properties, sheets), "workbook", repr((properties, sheets))))


def _workbook(properties: Properties, sheets: Sequence[Sheet]) -> bytes:
    content = io.BytesIO()
    with Workbook(content, SETTINGS) as book:
        # XlsxWriter writes a moment without its zone as UTC, and so it is.
        created = properties.created.replace(tzinfo=None)
        book.set_properties({"title": properties.title, "author": properties.author, "created": created})
        book.set_custom_property("Language", properties.language)
        styles = _styles(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    return content.getvalue()


def _styles(book: Workbook) -> Mapping[str, Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"valign": "top"}),
        "link": book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
        "date": book.add_format({"num_format": DATE, "align": "left", "valign": "top"}),
        "header": book.add_format({"bold": True, "valign": "top"}),
    }


def _write_sheet(worksheet: Worksheet, sheet: Sheet, styles: Mapping[str, Format]) -> None:
    for row, line in enumerate(sheet.lines):
        _write_line(worksheet, row, line, styles["title" if row == 0 else "cell" if sheet.grid else "line"])
    if sheet.grid is None:
        worksheet.set_column(0, 0, WIDEST + BESIDE_HEADER * 5)
    else:
        _write_grid(worksheet, len(sheet.lines), sheet.grid, styles)


def _write_line(worksheet: Worksheet, row: int, line: Heading, style: Format) -> None:
    if line.leads_to or line.address:
        worksheet.write_url(row, 0, line.address or _place(line.leads_to), None, line.text)
    else:
        worksheet.write_string(row, 0, line.text, style)


def _place(sheet: str) -> str:
    name = sheet.replace("'", "''")
    return f"internal:'{name}'!A1"


def _write_grid(worksheet: Worksheet, top: int, grid: Grid, styles: Mapping[str, Format]) -> None:
    """Write a table below its header, which stands in row `top`; Excel wants a row in it, even an empty one."""
    columns = [{"header": name, "header_format": styles["header"]} for name in grid.header]
    last_row, last_column = top + max(len(grid.rows), 1), len(grid.header) - 1
    options = {"name": grid.name, "columns": columns, "style": STYLE, "autofilter": True}
    worksheet.add_table(top, 0, last_row, last_column, options)
    worksheet.freeze_panes(top + 1, 0)
    for column, name in enumerate(grid.header):
        values = [row[column] for row in grid.rows]
        width = _width(name, [cell_text(value) for value in values])
        worksheet.set_column(column, column, width)
        is_date = any(isinstance(value, datetime.date) for value in values)
        style = styles["date" if is_date else "line" if width == WIDEST else "cell"]
        for row, value in enumerate(values, start=top + 1):
            if value is not None:
                worksheet.write(row, column, value, style)
    for row, sheet in enumerate(grid.leads_to, start=top + 1):
        worksheet.write_url(row, 0, _place(sheet), styles["link"], cell_text(grid.rows[row - top - 1][0]))


def _width(header: str, texts: Sequence[str]) -> int:
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 1, len(header) + BESIDE_HEADER, NARROWEST), WIDEST)
