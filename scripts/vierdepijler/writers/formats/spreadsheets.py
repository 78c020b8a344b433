"""Excel workbooks (Office Open XML) through XlsxWriter: real tables, frozen headers, and nothing that runs.

The same sheets give the same bytes: the file knows no moment but the one that it is given.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vierdepijler.core.tables import Value, cell_text

from .sheets import Grid, Kind, Line, Sheet

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
class Document:
    """What a workbook says of itself: its title, who made it, its language, and when it was made."""

    title: str
    author: str
    language: str
    created: datetime.datetime


def write_workbook(document: Document, sheets: Sequence[Sheet], path: Path) -> None:
    """Write a workbook of the sheets, in their order."""
    with Workbook(path, SETTINGS) as book:
        # XlsxWriter writes a moment without its zone as UTC, and so it is.
        created = document.created.replace(tzinfo=None)
        book.set_properties({"title": document.title, "author": document.author, "created": created})
        book.set_custom_property("Language", document.language)
        styles = _styles(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, styles)


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


def _write_line(worksheet: Worksheet, row: int, line: Line, style: Format) -> None:
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
    for column, kind in enumerate(grid.kinds):
        texts = [cell_text(row[column]) for row in grid.rows]
        width = _width(grid.header[column], texts)
        worksheet.set_column(column, column, width)
        style = styles["date" if kind is Kind.DATE else "line" if width == WIDEST else "cell"]
        for row, values in enumerate(grid.rows, start=top + 1):
            if values[column] is not None:
                _WRITERS[kind](worksheet, row, column, values[column], style)
    for row, sheet in enumerate(grid.leads_to, start=top + 1):
        worksheet.write_url(row, 0, _place(sheet), styles["link"], cell_text(grid.rows[row - top - 1][0]))


def _width(header: str, texts: Sequence[str]) -> int:
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 1, len(header) + BESIDE_HEADER, NARROWEST), WIDEST)


Writer = Callable[[Worksheet, int, int, Value, Format], object]


def _write_text(worksheet: Worksheet, row: int, column: int, value: Value, style: Format) -> object:
    return worksheet.write_string(row, column, cell_text(value), style)


_WRITERS: Mapping[Kind, Writer] = {
    Kind.NUMBER: Worksheet.write_number,
    Kind.DATE: Worksheet.write_datetime,
    Kind.BOOLEAN: Worksheet.write_boolean,
    Kind.TEXT: _write_text,
}
