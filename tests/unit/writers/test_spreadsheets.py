import datetime
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from vierdepijler.writers.formats.workbooks import Grid, Heading, Properties, Sheet, write_workbook

DOCUMENT = Properties("Titel", "Maker", "nl", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))
GRID = Grid(
    "table_t",
    ("=code", "n", "d", "b"),
    [("=1+1", Decimal("0.5"), datetime.date(2025, 2, 25), True), (None, None, None, None), ("0012", 3, None, False)],
)


def written(folder: Path, *sheets: Sheet) -> Any:
    write_workbook(DOCUMENT, sheets, folder / "x.xlsx")
    return openpyxl.load_workbook(folder / "x.xlsx")


def test_a_table_is_a_real_one_with_a_frozen_header_and_a_filter(tmp_path: Path) -> None:
    sheet = written(tmp_path, Sheet("blad", (Heading("Titel"),), GRID))["blad"]
    (real,) = sheet.tables.values()
    assert (real.name, real.ref, real.autoFilter.ref) == ("table_t", "A2:D5", "A2:D5")
    assert sheet.freeze_panes == "A3"
    assert not sheet.merged_cells.ranges


def test_values_are_what_they_are_and_nothing_is_a_formula(tmp_path: Path) -> None:
    sheet = written(tmp_path, Sheet("blad", (), GRID))["blad"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "d", "b"]
    assert [cell.value for cell in sheet[4]][:2] == ["0012", 3]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=code", "s")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_table_without_rows_has_an_empty_one(tmp_path: Path) -> None:
    sheet = written(tmp_path, Sheet("blad", (), Grid("t_", ("a",), [])))["blad"]
    (real,) = sheet.tables.values()
    assert (real.ref, sheet["A2"].value) == ("A1:A2", None)


def test_links_lead_to_sheets_and_pages(tmp_path: Path) -> None:
    grid = Grid("t_", ("blad",), [("l'eau",)], ("l'eau",))
    lines = (Heading("Titel"), Heading("terug", leads_to="l'eau"), Heading("site", address="https://x.example/"))
    sheet = written(tmp_path, Sheet("een", lines, grid), Sheet("l'eau"))["een"]
    assert sheet["A2"].hyperlink.location == "'l''eau'!A1"
    assert sheet["A3"].hyperlink.target == "https://x.example/"
    assert (sheet["A5"].value, sheet["A5"].hyperlink.location) == ("l'eau", "'l''eau'!A1")


def test_the_document_says_its_title_maker_language_and_moment(tmp_path: Path) -> None:
    book = written(tmp_path, Sheet("een"))
    said = book.properties
    assert (said.title, said.creator, said.created) == ("Titel", "Maker", datetime.datetime(2026, 1, 2))  # noqa: DTZ001 - openpyxl gives no zone
    assert book.custom_doc_props["Language"].value == "nl"


def test_columns_are_as_wide_as_what_stands_in_them_up_to_a_limit(tmp_path: Path) -> None:
    grid = Grid("t_", ("a", "b"), [("x" * 20, "y" * 500)])
    sheet = written(tmp_path, Sheet("een", (), grid))["een"]
    assert 20 < sheet.column_dimensions["A"].width < 23
    assert 60 < sheet.column_dimensions["B"].width < 62
    assert sheet["B2"].alignment.wrap_text
