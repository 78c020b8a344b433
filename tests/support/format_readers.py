"""What reads each format back, independently of what wrote it: the header and the typed rows of one table."""

import csv
import datetime
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value
from vierdepijler.writers.formats.dictionary import labels, titles
from vierdepijler.writers.formats.file_formats import PACKAGE_FORMATS, TABLE_FORMATS
from vierdepijler.writers.formats.publication import Publication

Grid = tuple[tuple[str, ...], list[tuple[Value, ...]]]


def write_format(name: str, publication: Publication, folder: Path) -> None:
    """Write a package in one format: a file for each table, or one for all."""
    for form in (form for form in TABLE_FORMATS if form.name == name):
        for table in publication.package.tables.values():
            form.write(publication, table, folder / form.file(table))
    for whole in (whole for whole in PACKAGE_FORMATS if f"package-{whole.name}" == name):
        whole.write(publication, folder / whole.file(publication.package))


def typed(field: Field, value: Any) -> Value:
    """Give a value as its field means it, from how a format that has no such type holds it."""
    if value is None or value == "":
        return None
    match field.type:
        case "integer" | "year":
            return int(value)
        case "number":
            return Decimal(repr(value) if isinstance(value, float) else str(value))
        case "boolean":
            return {"true": True, "false": False}[value] if isinstance(value, str) else bool(value)
        case "date":
            is_moment = isinstance(value, datetime.datetime)
            return value.date() if is_moment else datetime.date.fromisoformat(value)
        case _:
            assert isinstance(value, str)
            return value


def as_grid(table: Table, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Grid:
    return tuple(header), [tuple(map(typed, table.fields, row)) for row in rows]


def read_csv(folder: Path, _: Package, table: Table) -> Grid:
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return as_grid(table, header, rows)


def read_excel_csv(folder: Path, package: Package, table: Table) -> Grid:
    content = (folder / f"{table.name}.nl.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    with (folder / f"{table.name}.nl.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    back = dict(zip(titles(package, table, "nl"), table.field_names, strict=True))
    assert len(back) == len(header)
    return as_grid(table, [back[title] for title in header], [list(_codes(package, table, row)) for row in rows])


def _codes(package: Package, table: Table, row: Sequence[str]) -> Iterator[str]:
    for field, text in zip(table.fields, row, strict=True):
        codes = {label: code for code, label in labels(package, table, field, "nl").items()}
        shown = {"ja": "true", "nee": "false"}.get(text, text) if field.type == "boolean" else text
        yield shown.replace(",", ".") if field.type == "number" else str(codes.get(shown, shown))


def read_json(folder: Path, _: Package, table: Table) -> Grid:
    found = json.loads((folder / f"{table.name}.json").read_text("utf-8"), parse_float=Decimal)
    rows = [list(record.values()) for record in found["records"]]
    assert all(tuple(record) == table.field_names for record in found["records"])
    for field, values in zip(table.fields, zip(*rows, strict=True), strict=False):
        numeric = field.type in ("integer", "year", "number")
        assert all(isinstance(value, int | Decimal) for value in values if value is not None) or not numeric
    return as_grid(table, table.field_names, rows)


def read_parquet(folder: Path, _: Package, table: Table) -> Grid:
    found = pq.read_table(folder / f"{table.name}.parquet")
    rows = [list(row.values()) for row in found.to_pylist()]
    return tuple(found.column_names), [tuple(map(exact, row)) for row in rows]


def exact(value: Any) -> Value:
    return value if not isinstance(value, Decimal) else Decimal(format(value.normalize(), "f"))


@cache
def opened(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def read_xlsx(folder: Path, _: Package, table: Table) -> Grid:
    book = openpyxl.load_workbook(folder / f"{table.name}.xlsx")
    about = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True)}
    return read_sheet(book.worksheets[-2], table, int(str(about["rows"])))


def read_workbook(folder: Path, package: Package, table: Table) -> Grid:
    book = opened(next(folder.glob("*.xlsx")))
    place = 4 + list(package.tables).index(table.name)
    counted = {row[0]: row[-1] for row in book.worksheets[1].iter_rows(values_only=True)}
    return read_sheet(book.worksheets[place], table, int(str(counted[book.sheetnames[place]])))


def read_sheet(sheet: Any, table: Table, count: int) -> Grid:
    (real,) = sheet.tables.values()
    header, *rows = [[cell.value for cell in row] for row in sheet[real.ref]]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert (len(rows), any(map(any, rows))) == (max(count, 1), any(map(any, rows)) and count > 0)
    return as_grid(table, header, [[unescaped(value) for value in row] for row in rows[:count]])


def unescaped(value: Any) -> Any:
    """Read the one escape (ECMA-376, ST_Xstring) that openpyxl leaves as it is: a return within a cell."""
    return value.replace("_x000D_", "\r") if isinstance(value, str) else value


def read_sqlite(folder: Path, _: Package, table: Table) -> Grid:
    with closing(sqlite3.connect(next(folder.glob("*.sqlite")))) as connection:
        found = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')
        return as_grid(table, [column[0] for column in found.description], found.fetchall())


READERS: dict[str, Callable[[Path, Package, Table], Grid]] = {
    "csv": read_csv,
    "excel-csv": read_excel_csv,
    "json": read_json,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
    "package-xlsx": read_workbook,
    "package-sqlite": read_sqlite,
}
