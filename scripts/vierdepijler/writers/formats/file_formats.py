"""The formats that every table, and the whole package, are published in, and what these cannot hold.

The other formats are distributions of the first. They hold no names that are none of files, no cells that fit on no
sheet, no texts that would run. What Windows takes as a name is in "Naming Files, Paths, and Namespaces" of its manual;
255 bytes is the limit of ext4 and NTFS. What a sheet holds is in "Excel specifications and limits". A rule of the check
tells of formulas too; a package may lower the severity of that rule, but what is published never runs.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vierdepijler.core.notations import CUTS, FORMULA, SIGNS, runs_as_formula
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, quoted, say
from vierdepijler.core.tables import Descriptor, Field, Table

from .csv_files import write_csv, write_excel_csv, write_json
from .databases import sql_folded, write_database
from .publication import KEPT, Publication, origin_of
from .workbooks import LINES_ABOVE, write_package_workbook, write_table_workbook

TOLD = ("title", "description", "unit", "unitIn")  # the properties of a field that go along, in every language


def write_parquet(publication: Publication, table: Table, path: Path) -> None:
    """Write the table: int64, decimal128, date32, bool and string, each of which may be null."""
    columns = [table.column(name) for name in table.field_names]
    origin = {**origin_of(publication, table, path.name), "name": table.name}
    schema = pa.schema(
        [
            pa.field(field.name, column.type, metadata=_parquet_told(field))
            for field, column in zip(table.fields, columns, strict=True)
        ],
        metadata=_as_texts(origin),
    )
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), path, compression="snappy", version="2.6")


def _parquet_told(field: Field) -> dict[str, str]:
    described = {"type": field.type, **field.descriptor}
    names = [name for name in described if name == "type" or name.partition("_")[0] in TOLD]
    return {name: str(described[name]) for name in names}


def _as_texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in content.items()
    }


@dataclass(frozen=True)
class Format:
    """A format of tables or packages: its name, what its files end in, the titles people know it by, its writer."""

    name: str
    suffix: str
    title: str
    title_en: str
    write: Callable[..., None]

    def file(self, of: Table | Package) -> str:
        """Name the file of a table or a package; a table that is called as its package keeps that name for itself."""
        if isinstance(of, Table):
            return of.name + self.suffix
        name = str(of.descriptor.get("name", "package"))
        of_tables = {f"{table}{form.suffix}".casefold() for table in of.tables for form in TABLE_FORMATS}
        return f"{name}{WHOLE if f'{name}{self.suffix}'.casefold() in of_tables else ''}{self.suffix}"


TABLE_FORMATS: tuple[Format, ...] = (
    Format("csv", ".csv", "CSV", "CSV", write_csv),
    Format("xlsx", ".xlsx", "Excel", "Excel", write_table_workbook),
    Format("excel-csv", ".nl.csv", "CSV voor Excel (België)", "CSV for Excel (Belgium)", write_excel_csv),
    Format("json", ".json", "JSON", "JSON", write_json),
    Format("parquet", ".parquet", "Parquet", "Parquet", write_parquet),
)
PACKAGE_FORMATS: tuple[Format, ...] = (
    Format("xlsx", ".xlsx", "Excel-werkmap", "Excel workbook", write_package_workbook),
    Format("sqlite", ".sqlite", "SQLite-databank", "SQLite database", write_database),
)

WHOLE = "-whole"  # behind the name of a package that is that of a table
MOST_BYTES = 255
UNNAMEABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *", re.IGNORECASE)
# What else is made from each table: its metadata, and its page on the site.
SUFFIXES = (*(form.suffix for form in TABLE_FORMATS), ".csv-metadata.json", ".bib", ".ris", ".html")
OWN_FILES = (
    *("datapackage.json", "validation.json", "validation.schema.json", "SHA256SUMS", "verify.py", "README.md"),
    *("LEESMIJ.md", "dictionary.csv", "metadata.json", "croissant.json", "CITATION.cff", "citation.bib"),
    *("citation.ris", "subsets", "index.html", KEPT),
)
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767  # in a cell, counted as Excel does: a character beyond U+FFFF counts for two
LONGEST_HEADER = 255  # of a column of a real table
BEYOND_XML = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"  # XML 1.0, 2.2: not even as a reference
SUSPECT = f"{FORMULA}|{CUTS}[{SIGNS}]"
SHOWN = ("name", "title", "description", "unit", "unitIn")  # in headers, dictionaries and sheets that explain
MOST_COLUMNS = 2000  # SQLITE_MAX_COLUMN, unless a library was built with another (https://sqlite.org/limits.html)
SQLITE_KEEPS = "sqlite_"  # what begins so is SQLite's own
ADVICE = say("begin the text with a letter, or leave the sign out")


def check_file_names(package: Package) -> Iterator[Problem]:
    """Find names of tables, and that of the package, that cannot be names of files, or of which two would be one."""
    name = str(package.descriptor.get("name", "package"))
    if flaw := _flaw(name):
        yield package.problem(("name",), "name", *flaw)
    taken = {_folded(file): say("a file of the package itself") for file in own_files(package)}
    for table in package.tables:
        if flaw := _flaw(table):
            yield package.problem(("resources", table), table, *flaw)
            continue
        files = [table + suffix for suffix in SUFFIXES]
        clash = next((file for file in files if _folded(file) in taken), None)
        if clash is not None:
            other = taken[_folded(clash)]
            what = say("the file {file} would be {other} too", file=quoted(clash), other=other)
            todo = say("give the table a name that differs in more than capitals")
            yield package.problem(("resources", table), table, what, todo)
        taken |= {_folded(file): say("a file of the table '{name}'", name=table) for file in files}


def own_files(package: Package) -> tuple[str, ...]:
    """Name the files that are there whatever tables a package has."""
    return (*OWN_FILES, package.archive, *(form.file(package) for form in PACKAGE_FORMATS))


def _flaw(name: str) -> tuple[Message, Message] | None:
    """Say what is wrong with a name, and what to do; None for a good one."""
    shown, longest = quoted(name), max(len(suffix) for suffix in SUFFIXES)
    if found := UNNAMEABLE.search(name):
        what = say("no file can have {sign} in its name: {name}", sign=quoted(found[0]), name=shown)
        return what, say("use letters, digits, - and _")
    if DEVICES.fullmatch(name.partition(".")[0]):
        return say("Windows takes {name} for a device, not for a file", name=shown), say("choose another name")
    if name != name.strip(" .") or not name:
        what = say("a name of a file cannot begin or end with a dot or a space: {name}", name=shown)
        return what, say("leave it out")
    if len(name.encode()) + longest > MOST_BYTES:
        return say("the names of the files would be longer than {most} bytes", most=MOST_BYTES), say("shorten the name")
    return None


def _folded(file: str) -> str:
    return unicodedata.normalize("NFKC", file).casefold()


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
        yield package.problem(("resources", table.name), table.name, what, say("divide it over several tables"))


def _check_header(package: Package, table: Table, field: Field) -> Iterator[Problem]:
    if len(field.name) > LONGEST_HEADER:
        what = say("a header in Excel has at most {most} characters", most=LONGEST_HEADER)
        yield package.field_problem(table, field, what, say("shorten the name"))
    if pc.match_substring_regex(pa.array([field.name]), BEYOND_XML)[0].as_py():
        what = say("a name with a control character cannot be written in XLSX: {name}", name=quoted(field.name))
        yield package.field_problem(table, field, what, say("leave the character out"))


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


def check_formulas(package: Package) -> Iterator[Problem]:
    """Find texts that a spreadsheet would run as a formula, whatever the package says of the rule about them."""
    yield from _check_words(package, package.descriptor, (), str(package.descriptor.get("name", "")))
    for table in package.tables.values():
        place = ("resources", table.name)
        yield from _check_words(package, table.descriptor, place, table.name)
        for field in table.fields:
            steps = (*place, "schema", "fields", field.name)
            yield from _check_words(package, field.descriptor, steps, f"{table.name}.{field.name}")
        yield from _check_cells(table)


def _check_words(package: Package, descriptor: Descriptor, steps: tuple[str, ...], column: str) -> Iterator[Problem]:
    for name, text in descriptor.items():
        if isinstance(text, str) and name.partition("_")[0] in SHOWN and runs_as_formula(text):
            yield package.problem((*steps, name), f"{column}.{name}", _told(text), ADVICE)


def _check_cells(table: Table) -> Iterator[Problem]:
    for field in table.fields:
        column = table.column(field.name)
        if not pa.types.is_string(column.type):
            continue
        suspect = pc.fill_null(pc.match_substring_regex(column, SUSPECT), fill_value=False)
        for row in pc.indices_nonzero(suspect).to_pylist():
            if runs_as_formula(text := column[row].as_py()):
                yield Problem(table.file, table.lines[row], field.name, _told(text), ADVICE)


def _told(text: str) -> Message:
    return say("{cell} would be run as a formula by a spreadsheet", cell=quoted(text))


def check_database(package: Package) -> Iterator[Problem]:
    """Find what no SQLite database can hold: names that it takes for the same, and more columns than it has."""
    seen: dict[str, str] = {}
    for table in package.tables.values():
        place = ("resources", table.name)
        if sql_folded(table.name).startswith(SQLITE_KEEPS):
            what = say("SQLite keeps names that begin with 'sqlite_' for itself")
            yield package.problem(place, table.name, what, say("give the table another name"))
        yield from _clash(package, place, table.name, table.name, seen)
        yield from _check_columns(package, table)


def _check_columns(package: Package, table: Table) -> Iterator[Problem]:
    if len(table.fields) > MOST_COLUMNS:
        what = say("a table of SQLite has at most {most} columns", most=MOST_COLUMNS)
        place = ("resources", table.name, "schema", "fields")
        yield package.problem(place, table.name, what, say("divide it over several tables"))
    seen: dict[str, str] = {}
    for name in table.field_names:
        steps = ("resources", table.name, "schema", "fields", name)
        yield from _clash(package, steps, f"{table.name}.{name}", name, seen)


def _clash(package: Package, place: tuple[str, ...], column: str, name: str, seen: dict[str, str]) -> Iterator[Problem]:
    """Tell of a name that cannot be, or that is one of those before it; `seen` remembers it."""
    if "\0" in name:
        what = say("{name} cannot be a name in a SQLite database", name=quoted(name))
        yield package.problem(place, column, what, say("write it without the NUL character"))
    if (other := seen.setdefault(sql_folded(name), name)) != name:
        what = say("a SQLite database cannot tell {name} from {other}", name=quoted(name), other=quoted(other))
        yield package.problem(place, column, what, say("make them differ in more than capitals"))
