"""What stands in the workbooks: one of each table with its explanation, and one of the whole package.

The first is for people: a sheet in each language with titles and labels, then the table with its codes, as programs
have it. The second has a cover, contents, notes, a dictionary, and a sheet for each table. It follows the guidance of
the UK's Government Analysis Function for accessible spreadsheets ("Releasing statistics in spreadsheets"): the title
of each sheet is in A1, a sheet has one table and that is a real one, no cells are merged, no rows or columns are
empty, and links lead from the contents to each sheet and back.
"""

import datetime
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vierdepijler.core.package import Package
from vierdepijler.core.staging import kept
from vierdepijler.core.tables import Descriptor, Field, Table, Value, cell_text, plain

from .dictionary import dictionary_header, dictionary_rows, labels, text_columns, texts_in, titles
from .publication import Publication, licences, made, origin_of, publisher, records, sources

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


FRONT = ("cover", "contents", "notes", "dictionary")
LINES_ABOVE = 3  # on the sheet of a table: its title, what it holds, and the way back
WORDS: Mapping[str, Mapping[str, str]] = json.loads(Path(__file__).with_name("workbook_words.json").read_text("utf-8"))
NOTES = ("note_empty", "note_dates", "note_text", "note_codes", "note_header")


def write_table_workbook(publication: Publication, table: Table, path: Path) -> None:
    """Write the table in the words of each language, with its codes and field names, and with what these mean."""
    package = publication.package
    words = [words_in(language) for language in package.languages]
    names = sheet_names([*(known["data"] for known in words), table.name, words[0]["about"]])
    grids = grid_names([*(f"{table.name}_{language}" for language in package.languages), table.name])
    readable = [
        _labelled(package, table, language, grid) for language, grid in zip(package.languages, grids, strict=False)
    ]
    sheets = [Sheet(name, grid=grid) for name, grid in zip(names, [*readable, _grid(table, grids[-1])], strict=False)]
    sheets.append(_about(publication, table, names[-1]))
    write_workbook(_properties(package, _title(package, table.descriptor)), sheets, path)


def _properties(package: Package, title: str) -> Properties:
    """Say what a workbook of the package says of itself."""
    return Properties(title, publisher(package), package.languages[0], made(package))


def _title(package: Package, descriptor: Descriptor) -> str:
    """Give the title of the package or a table in the first language; its name where it has none."""
    return package.text(descriptor, "title", package.languages[0]) or str(descriptor.get("name", ""))


def _grid(table: Table, name: str) -> Grid:
    """Give the rows of a table as they stand on a sheet: numbers, dates, truth values and texts as what they are."""
    fitting = [fits(table, field) for field in table.fields]
    rows = [
        tuple(
            value if is_fit or value is None else cell_text(value) for value, is_fit in zip(row, fitting, strict=True)
        )
        for row in records(table)
    ]
    return Grid(name, table.field_names, rows)


def _labelled(package: Package, table: Table, language: str, name: str) -> Grid:
    """Give a table as a reader of a language has it: titles, labels for codes, and no column in another language."""
    foreign = tuple(f"_{other}" for other in package.languages if other != language)
    kept = [place for place, field in enumerate(table.fields) if not (foreign and field.name.endswith(foreign))]
    known = [labels(package, table, field, language) for field in table.fields]
    header = titles(package, table, language)
    rows = [tuple(known[place].get(row[place], row[place]) for place in kept) for row in _grid(table, name).rows]
    return Grid(name, tuple(header[place] for place in kept), rows)


def _texts(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Grid:
    """Make a table of nothing but text."""
    return Grid(name, header, [tuple(text or None for text in row) for row in rows])


def _about(publication: Publication, table: Table, name: str) -> Sheet:
    """Explain the table in one table of its own: first the whole, then a row for each field."""
    package, words = publication.package, words_in(publication.package.languages[0])
    texts = text_columns(package)
    header = ("item", "name", *texts, "type", "unit", "written_as")
    whole = [("table", table.name, *texts_in(package, table.descriptor), "", "", "")]
    facts = [(item, fact, *[""] * (len(texts) + 3)) for item, fact in _facts(publication, table)]
    fields = [_about_field(package, table, field) for field in table.fields]
    lines = (Heading(_title(package, table.descriptor)), Heading(words["about_fields"]))
    return Sheet(name, lines, _texts("about_table", header, [*whole, *facts, *fields]))


def _facts(publication: Publication, table: Table) -> list[tuple[str, str]]:
    origin = origin_of(publication, table, f"{table.name}.xlsx")
    named = [(item, origin[item]) for item in ("licence", "version", "retrieved_from")]
    return [*named, *(("source", source) for source in origin["source"]), ("rows", str(table.rows))]


def _about_field(package: Package, table: Table, field: Field) -> tuple[str, ...]:
    is_kept = field.type in ("integer", "number", "year", "date") and not fits(table, field)
    unit = field.property("unit") or field.property("unitIn") or ""
    written = words_in(package.languages[0])["kept_as_text"] if is_kept else ""
    return "field", field.name, *texts_in(package, field.descriptor), field.type, unit, written


def write_package_workbook(publication: Publication, path: Path) -> None:
    """Write every table of the package in one workbook."""
    package, words = publication.package, words_in(publication.package.languages[0])
    cover, contents, notes, dictionary = fronts = [words[name] for name in FRONT]
    names = sheet_names(package.tables, fronts)
    back = Heading(words["back"], leads_to=contents)

    def lines(which: str) -> tuple[Heading, ...]:
        return Heading(words[which]), Heading(words[f"about_{which}"]), back

    rows = [
        (str(number), *(words_in(language)[note] for language in package.languages))
        for number, note in enumerate(NOTES, start=1)
    ]
    texts = ("note", *(f"text_{language}" for language in package.languages))
    fields = _texts("dictionary", dictionary_header(package), dictionary_rows(package))
    sheets = [
        Sheet(cover, (*_cover(publication, words), back)),
        Sheet(contents, lines("contents")[:2], _contents(package, [cover, notes, dictionary], names)),
        Sheet(notes, lines("notes"), _texts("notes", texts, rows)),
        Sheet(dictionary, lines("dictionary"), fields),
    ]
    for table, name, grid in zip(package.tables.values(), names, grid_names(package.tables), strict=True):
        described = package.text(table.descriptor, "description", package.languages[0]) or table.name
        above = (Heading(_title(package, table.descriptor)), Heading(described), back)
        sheets.append(Sheet(name, above, _grid(table, grid)))
    write_workbook(_properties(package, _title(package, package.descriptor)), sheets, path)


def _cover(publication: Publication, words: Mapping[str, str]) -> tuple[Heading, ...]:
    package = publication.package
    first, *texts = (
        package.text(package.descriptor, text, language)
        for language in package.languages
        for text in ("title", "description")
    )
    facts = [
        ("publisher", publisher(package)),
        ("version", str(package.descriptor.get("version", ""))),
        ("made", made(package).date().isoformat() if "created" in package.descriptor else ""),
        ("licence", licences(package)),
        *(("source", source) for source in sources(package)),
    ]
    below = [*filter(None, texts), *(f"{words[word]}: {fact}" for word, fact in facts if fact)]
    address = Heading(f"{words['address']}: {publication.url}", address=publication.url)
    return Heading(first or _title(package, package.descriptor)), *map(Heading, below), address


def _contents(package: Package, fronts: Sequence[str], names: Sequence[str]) -> Grid:
    languages = package.languages
    rows: list[tuple[Value, ...]] = [(name, *[None] * len(languages), None) for name in fronts]
    rows += [
        (name, *(package.text(table.descriptor, "title", language) or None for language in languages), table.rows)
        for table, name in zip(package.tables.values(), names, strict=True)
    ]
    header = ("sheet", *(f"title_{language}" for language in languages), "rows")
    return Grid("contents", header, rows, tuple(str(row[0]) for row in rows))


def words_in(language: str) -> Mapping[str, str]:
    """Give the words in a language; in English where we have none in it."""
    return WORDS.get(language, WORDS["en"])
