from typing import Any

import openpyxl
import pytest

from vierdepijler.core.package import Package
from vierdepijler.writers.formats.publication import publication_of
from vierdepijler.writers.formats.workbooks import write_package_workbook

FRONT = ["Voorblad", "Inhoud", "Notities", "Woordenboek"]


@pytest.fixture(scope="module")
def book(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("workbook") / "x.xlsx"
    write_package_workbook(publication_of(package, {}), path)
    return openpyxl.load_workbook(path)


def test_front_and_tables_are_sheets_in_order(book: Any, package: Package) -> None:
    assert book.sheetnames == [*FRONT, *package.tables]


def test_every_sheet_has_its_title_in_the_first_cell_and_at_most_one_table(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet["A1"].value, sheet.title
        assert len(sheet.tables) == (sheet.title != "Voorblad"), sheet.title
        assert not sheet.merged_cells.ranges, sheet.title


def test_no_row_or_column_above_or_in_a_table_is_empty(book: Any) -> None:
    for sheet in book.worksheets:
        rows = [[cell.value is not None for cell in row] for row in sheet.iter_rows()]
        assert all(map(any, rows)), sheet.title
        headers = [row for real in sheet.tables.values() for row in sheet[real.ref][:1]]
        assert all(cell.value for row in headers for cell in row), sheet.title


def test_the_contents_lead_to_every_sheet_and_every_sheet_leads_back(book: Any) -> None:
    contents = book["Inhoud"]
    links = {row[0].value: row[0].hyperlink.location for row in contents.iter_rows(min_row=4)}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames if name != "Inhoud"}
    for sheet in book.worksheets:
        back = [cell.hyperlink.location for row in sheet.iter_rows(max_col=1) for cell in row if cell.hyperlink]
        assert sheet is contents or "'Inhoud'!A1" in back, sheet.title


def test_the_header_of_every_table_stays_in_view(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        (real,) = sheet.tables.values()
        top = sheet[real.ref][0][0].row
        assert sheet.freeze_panes == f"A{top + 1}", sheet.title


def test_the_dictionary_has_every_field(book: Any, package: Package) -> None:
    rows = {(row[0], row[2]) for row in book["Woordenboek"].iter_rows(min_row=5, values_only=True)}
    assert rows == {(table.name, field.name) for table in package.tables.values() for field in table.fields}


def test_the_cover_says_what_it_is_and_how_it_may_be_used(book: Any, package: Package) -> None:
    lines = [row[0] for row in book["Voorblad"].iter_rows(values_only=True)]
    assert lines[0] == package.descriptor["title"]
    assert package.descriptor["title_en"] in lines
    assert f"Versie: {package.descriptor['version']}" in lines
    assert any(line.startswith("Licentie: CC0-1.0") for line in lines)


def test_the_document_has_a_title_a_maker_and_a_language(book: Any, package: Package) -> None:
    assert book.properties.title == package.descriptor["title"]
    assert book.properties.creator == "Vierde Pijler"
    assert book.custom_doc_props["Language"].value == "nl"
