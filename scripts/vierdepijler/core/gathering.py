"""Tables that are in no plain CSV file: in another dialect, in several, compressed, in the descriptor, in another form.

They are gathered as CSV, cells and all, so that what checks a table need know nothing of where it came from. Text of
any dialect is cut into records as Frictionless does: the header, the rows, and where each stands.
"""

import csv
import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from vierdepijler.core.columnar import frictionless, records_of

from .descriptors import line_of, read_json
from .problems import Problem, UnreadableError, heard, quoted, say, unreadable
from .references import SUFFIXES, files_of, is_tabular, passed_over, resource_error
from .tables import Descriptor, Part
from .text_files import MEGABYTE, csv_error, csv_text, read_text

PACKED = frozenset({".gz", ".zip"})
OTHER_FORMS = frozenset({".json", ".xlsx", ".parquet"})
Cells = tuple[str, ...]
MOST = 128 * MEGABYTE
FIRST_ROW = 2  # the line of the first row, of a table whose rows are counted
PLAIN = {"header": True, "skipInitialSpace": False}
DIALECT = {
    "delimiter": "delimiter",
    "quoteChar": "quotechar",
    "escapeChar": "escapechar",
    "skipInitialSpace": "skipinitialspace",
}
MOST_CELLS, ROW = 8_000_000, 4  # cells that fit in memory one by one, and how many a row takes the place of


@dataclass(frozen=True)
class CsvRows:
    """The header of a table and its rows, with the line on which each starts and its number among all in the file."""

    header: Cells
    rows: Sequence[Cells]
    lines: Sequence[int]
    numbers: tuple[int, ...]

    def line(self, row: int) -> int:
        """Give the line on which a row starts, counted from 0."""
        return self.lines[row]


def read_records(text: str, dialect: Descriptor, names: Sequence[str], file: str) -> CsvRows:
    """Cut a text as Frictionless does in this dialect; raises `UnreadableError` for text that is no CSV.

    `names` are those of the fields, for a file without a header.
    """
    cut = list(_cut(text, dialect, file))
    comments = {number for number, (_, cells) in enumerate(cut, 1) if _is_comment(number, cells, dialect)}
    places = _header_places(dialect, next((n for n in range(1, len(cut) + 1) if n not in comments), 1))
    header = _joined([cut[n - 1][1] for n in places if n <= len(cut) and n not in comments], dialect)
    rows = [
        (number, line, cells)
        for number, (line, cells) in enumerate(cut, 1)
        if number > max(places, default=0)
        and number not in comments
        and not (dialect.get("skipBlankRows") and not any(cells))
    ]
    if not places:
        header = tuple(names) or tuple(f"field{place}" for place in range(1, 1 + len(rows[0][2] if rows else ())))
    return CsvRows(header, [cells for *_, cells in rows], tuple(r[1] for r in rows), tuple(r[0] for r in rows))


def _cut(text: str, dialect: Descriptor, file: str) -> Iterator[tuple[int, Cells]]:
    """Split CSV text into records, each with the line on which it starts."""
    options = {DIALECT[name]: value for name, value in dialect.items() if name in DIALECT}
    doubles = dialect.get("doubleQuote", True) or "escapeChar" not in dialect  # else a quote could not be written
    left = MOST_CELLS
    try:
        # A quote that is never closed would otherwise take in the rest of the file without a word.
        for line, record in records_of(io.StringIO(text, newline=""), strict=True, doublequote=doubles, **options):
            left -= ROW + len(record)
            if left < 0:
                what = say("this table is too large for the way it is written")
                todo = "write it with commas and double quotes, no empty lines, and each row as wide as the header"
                raise unreadable(file, what, todo, line=line)
            yield line, tuple(record)
    except (csv.Error, TypeError, ValueError) as error:
        raise csv_error(file, error) from error


def _header_places(dialect: Descriptor, first: int) -> list[int]:
    """Give the numbers of the records that the header is made of: the `first` that is no comment, or none."""
    return list(dialect.get("headerRows", [first])) if dialect.get("header", True) else []


def _is_comment(number: int, cells: Cells, dialect: Descriptor) -> bool:
    mark = dialect.get("commentChar")
    return number in dialect.get("commentRows", ()) or bool(mark and cells and cells[0].startswith(mark))


def _joined(records: Sequence[Cells], dialect: Descriptor) -> Cells:
    """Make one header of several records: their labels joined, each said once where it stays the same."""
    if len(records) == 1:
        return records[0]
    labels: list[list[str]] = []
    for cells in records:
        for place, cell in enumerate(map(str.strip, cells)):
            if place == len(labels):
                labels.append([cell])
            elif labels[place][-1] != cell:
                labels[place].append(cell)
    return tuple(str(dialect.get("headerJoin", " ")).join(parts) for parts in labels)


@dataclass(frozen=True)
class Gathered:
    """A table as one text of CSV; its resource, without what was said of how the files are written; and its parts."""

    text: str
    resource: Descriptor
    parts: tuple[Part, ...]
    told: tuple[Problem, ...] = ()


def is_gathered(resource: Descriptor) -> bool:
    """Tell whether a table lies in no single CSV file."""
    return "data" in resource or len(files_of(resource)) > 1 or _suffix(files_of(resource)[0]) in PACKED | OTHER_FORMS


def gather(package: Path, resource: Descriptor) -> Gathered:
    """Give such a table as CSV; raises `UnreadableError` where it cannot be read."""
    left_out = ("dialect", "encoding", "bytes", "hash", "data", "path")
    plain = {name: value for name, value in resource.items() if name not in left_out}
    if "data" in resource:
        steps = ("resources", resource["name"], "data")
        first = int(bool(resource["data"]) and not isinstance(resource["data"][0], dict))
        part = Part(package.name, 0, lambda row: line_of(package, *steps, row + first))
        named = {**plain, "path": f"{package.name}#{resource['name']}", "dialect": PLAIN}
        return Gathered(csv_text(_rows(resource["data"])), named, (part,))
    files = files_of(resource)
    tables = [_read(package, resource, file) for file in files]
    header = tables[0].header
    told = [_without_header(file, table) for file, table in zip(files, tables, strict=True) if table.header != header]
    starts = accumulate((len(table.rows) for table in tables), initial=0)
    parts = (Part(file, start, table.line) for file, start, table in zip(files, starts, tables, strict=False))
    rows = [header, *(row for table in tables for row in table.rows)]
    return Gathered(csv_text(rows), {**plain, "path": files[0], "dialect": PLAIN}, tuple(parts), tuple(told))


def _without_header(file: str, table: CsvRows) -> Problem:
    what = say(
        "this part of the table does not begin with the header of the first: {label}",
        label=quoted(", ".join(table.header)),
    )
    return Problem(file, 1, "", what, say("give each file the same header; else its first row is lost"), "header")


def _suffix(file: str) -> str:
    return PurePosixPath(file).suffix.lower()


def _read(package: Path, resource: Descriptor, file: str) -> CsvRows:
    path, encoding = package.parent / file, str(resource.get("encoding", "utf-8"))
    if _suffix(file) in OTHER_FORMS:
        header, *rows = list(_rows(_cells(package, resource, file))) or [()]
        return CsvRows(header, rows, range(FIRST_ROW, FIRST_ROW + len(rows)), ())
    is_packed = _suffix(file) in PACKED and path.is_file()  # one that is not there is told as any other
    text = _unpacked(path, file, encoding) if is_packed else read_text(path, file, encoding, MOST)
    names = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
    return read_records(text.removeprefix("\ufeff"), resource.get("dialect", {}), names, file)


def _unpacked(path: Path, file: str, encoding: str) -> str:
    """Give the text in a compressed file; in a zip that is its only table."""
    try:
        if _suffix(file) == ".gz":
            with gzip.open(path) as packed:
                content = packed.read(MOST + 1)
        else:
            with zipfile.ZipFile(path) as folder:
                tables = [name for name in folder.namelist() if _suffix(name) in SUFFIXES]
                if len(tables) != 1:
                    what = say("the zip holds {count} tables, and not one", count=len(tables))
                    raise unreadable(file, what, "give each table a zip of its own")
                with folder.open(tables[0]) as packed:
                    content = packed.read(MOST + 1)
        if len(content) > MOST:
            what = say("this file is larger than {size} MB", size=MOST // MEGABYTE)
            raise unreadable(file, what, "unpack it")
        return content.decode(encoding)
    except (OSError, EOFError, zipfile.BadZipFile, ValueError, LookupError) as error:
        what = say(
            "the file cannot be unpacked ({reason})", reason=heard(getattr(error, "strerror", None) or str(error))
        )
        raise unreadable(file, what, "pack it again, as text in UTF-8") from error


def _cells(package: Path, resource: Descriptor, file: str) -> list[Any]:
    """Read the rows of a table in a file of another form, by the reader of that form."""
    path, name = package.parent / file, resource["name"]
    try:
        match _suffix(file):
            case ".json":
                rows = read_json(path, file)
                return list(rows) if is_tabular(rows) else _refuse_rows(package, name)
            case ".parquet":
                from pyarrow import parquet  # noqa: PLC0415  # few packages hold any

                table = parquet.read_table(path)
                return [table.column_names, *zip(*(column.to_pylist() for column in table.columns), strict=True)]
            case _:
                return list(frictionless().cells_of(resource, file, package.parent))
    except UnreadableError:
        raise
    except Exception as error:
        what = say("the table '{name}' cannot be read ({reason})", name=name, reason=heard(str(error)))
        refuse = passed_over if "install" in str(error) else resource_error  # who has no reader cannot tell
        raise refuse(package, name, what, say("save it as CSV, or mend the file")) from error


def _refuse_rows(package: Path, name: str) -> NoReturn:
    what = say("the JSON of '{name}' is no list of rows", name=name)
    raise passed_over(package, name, what, "write a list of lists there, or of objects")


def _rows(data: Any) -> Iterator[Cells]:
    """Give the rows of values as texts, the header first: they are lists, or objects with the properties of the first.

    That is how Frictionless reads them.
    """
    if data and isinstance(data[0], dict):
        labels = list(data[0])
        yield tuple(labels)
        data = [[row.get(label) for label in labels] for row in data]
    for row in data:
        yield tuple(_cell(value) for value in row)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def placed(problem: Problem, parts: Sequence[Part]) -> Problem:
    """Say of a problem of a gathered table in which of its files it is, and where; the header is that of the first."""
    row = max(problem.line - FIRST_ROW, 0)
    part = next(part for part in reversed(parts) if part.start <= row)
    line = part.lines(row - part.start) if problem.line >= FIRST_ROW else problem.line
    return replace(problem, file=part.file, line=line)
