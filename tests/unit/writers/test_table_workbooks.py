from pathlib import Path
from typing import Any

import openpyxl

from conftest import Copy
from vierdepijler.writers.formats.publication import publication_of
from vierdepijler.writers.formats.workbooks import write_table_workbook


def written(copy: Copy, name: str, folder: Path) -> Any:
    package = copy.read()
    write_table_workbook(publication_of(package, {}), package.tables[name], folder / "x.xlsx")
    return openpyxl.load_workbook(folder / "x.xlsx")


def test_each_language_has_a_sheet_in_its_own_words(miniature: Copy, tmp_path: Path) -> None:
    book = written(miniature, "counts", tmp_path)
    dutch, english = (list(book[name].iter_rows(values_only=True)) for name in ("Gegevens", "Data"))
    assert (dutch[0][:3], english[0][:3]) == (("Dag", "Groep", "Personen"), ("Day", "Group", "People"))
    assert (dutch[1][1], english[1][1]) == ("Groep één", "Group one")
    assert dutch[1][2] == english[1][2] == 3290
    words = list(written(miniature, "groups", tmp_path)["Data"].iter_rows(values_only=True))
    assert words[0] == ("Code", "Label (English)")


def test_the_table_follows_with_the_names_of_its_fields_and_its_codes(miniature: Copy, tmp_path: Path) -> None:
    book = written(miniature, "counts", tmp_path)
    assert book.sheetnames == ["Gegevens", "Data", "counts", "Uitleg"]
    header = [cell.value for cell in book["counts"][1]]
    assert header == ["day", "group", "persons", "unknown_id", "as_printed"]
    assert book["counts"].freeze_panes == "A2"


def test_the_last_sheet_explains_it_in_both_languages(miniature: Copy, tmp_path: Path) -> None:
    sheet = written(miniature, "counts", tmp_path)["Uitleg"]
    assert sheet["A1"].value == "Tellingen"
    rows = {(row[0], row[1]): row[2:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    both = ("Tellingen", "Counts", "Hoeveel mensen er waren.", "How many people there were.")
    assert rows["table", "counts"][:4] == both
    assert rows["field", "persons"][:6] == ("Personen", "People", "Hoeveel.", "How many.", "integer", "persons")
    facts = {("licence", "CC0-1.0"), ("version", "1.2.3"), ("rows", "3")}
    assert facts <= set(rows)
    assert ("retrieved_from", "https://miniature.example/data/latest/counts.xlsx") in rows


def test_a_column_that_is_kept_as_text_says_so(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "3290", "12345678901234567")
    rows = written(miniature, "counts", tmp_path)["Uitleg"].iter_rows(values_only=True)
    told = {row[1]: row[-1] for row in rows if row[0] == "field"}
    assert told["persons"].startswith("tekst: Excel zou cijfers")
    assert told["day"] is None


def test_a_table_named_like_the_other_sheet_has_its_own(miniature: Copy, tmp_path: Path) -> None:
    miniature.change(lambda d: (d["resources"][3].update(name="uitleg"), d["resources"].__delitem__(2)))
    assert written(miniature, "uitleg", tmp_path).sheetnames == ["Gegevens", "Data", "uitleg", "Uitleg~2"]
