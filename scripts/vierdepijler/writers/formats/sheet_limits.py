"""What no sheet of a spreadsheet can hold ("Excel specifications and limits"), and what XML cannot write."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted
from vierdepijler.core.tables import Field, Table

from .package_workbooks import LINES_ABOVE

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767  # in a cell, counted as Excel does: a character beyond U+FFFF counts for two
LONGEST_HEADER = 255  # of a column of a real table
BEYOND_XML = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"  # XML 1.0, 2.2: not even as a reference


def check_sheets(package: Package) -> Iterator[Problem]:
    """Find tables with too many rows for a sheet, and cells that none can hold."""
    for table in package.tables.values():
        yield from _check_size(package, table)
        for field in table.fields:
            yield from _check_header(package, table, field)
            column = table.column(field.name)
            if pa.types.is_string(column.type):
                yield from _check_texts(table, field, column)


def _check_size(package: Package, table: Table) -> Iterator[Problem]:
    fitting = MOST_ROWS - 1 - LINES_ABOVE  # the sheet in the workbook of the package has lines above its header
    if table.rows > fitting:
        what = say("{count} rows do not fit on a sheet of Excel, which takes {most}", count=table.rows, most=fitting)
        place = ("resources", table.name)
        yield package.problem(place, table.name, what, say("divide it over several tables"))


def _check_header(package: Package, table: Table, field: Field) -> Iterator[Problem]:
    if len(field.name) > LONGEST_HEADER:
        what = say("a header in Excel has at most {most} characters", most=LONGEST_HEADER)
        yield _of_field(package, table, field, what, say("shorten the name"))
    if pc.match_substring_regex(pa.array([field.name]), BEYOND_XML)[0].as_py():
        what = say("a name with a control character cannot be written in XLSX: {name}", name=quoted(field.name))
        yield _of_field(package, table, field, what, say("leave the character out"))


def _of_field(package: Package, table: Table, field: Field, what: Message, todo: Message) -> Problem:
    place = ("resources", table.name, "schema", "fields", field.name)
    return package.problem(place, f"{table.name}.{field.name}", what, todo)


def _check_texts(table: Table, field: Field, column: pa.StringArray) -> Iterator[Problem]:
    for row in _rows(pc.greater(pc.utf8_length(column), MOST_CHARACTERS // 2)):
        count = len(column[row].as_py().encode("utf-16-le")) // 2
        if count > MOST_CHARACTERS:
            what = say(
                "{count} characters do not fit in a cell of Excel, which takes {most}",
                count=count,
                most=MOST_CHARACTERS,
            )
            yield Problem(table.file, table.lines[row], field.name, what, say("shorten it"))
    for row in _rows(pc.match_substring_regex(column, BEYOND_XML)):
        what = say("{cell} has a control character, which XLSX cannot hold", cell=quoted(column[row].as_py()))
        yield Problem(table.file, table.lines[row], field.name, what, say("leave the character out"))


def _rows(mask: pa.Array) -> list[int]:
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, fill_value=False)).to_pylist()
    return found
