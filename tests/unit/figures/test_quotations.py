from pathlib import Path

import pytest

from vierdepijler.core.package import Package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.quotations import ItemText, claims, items_of, rows_from, stands_on, text_in


def item(tmp_path: Path, text: str) -> ItemText:
    (tmp_path / "item.txt").write_text(text, encoding="utf-8")
    return items_of(read_document(tmp_path / "item.txt"))["3"]


@pytest.mark.parametrize(
    ("printed", "times"),
    [
        ("3", 1),  # the marker of the item is not counted, nor is a part of another figure
        ("13", 1),
        ("7", 0),
        ("7%", 2),
        ("2023-2028", 1),
        ("2023", 1),
        ("5 873", 0),
        ("5 873 400", 1),
        ("3 steden van de\nregio", 1),
        ("steden", 1),
        ("Steden", 0),
        ("sted", 0),
    ],
)
def test_a_print_is_found_as_it_stands(tmp_path: Path, printed: str, times: int) -> None:
    text = item(tmp_path, "3. In 13 regio's, 3 steden van de\nregio: 7%, 7%, 2023-2028, 5 873 400 euro")
    assert len(text.quotations(printed)) == times


def test_a_marker_is_a_figure_of_its_own(tmp_path: Path) -> None:
    figures = item(tmp_path, "3. Drie netwerken").figures
    assert [(figure.text, figure.is_marker) for figure in figures] == [("3", True), ("Drie", False)]


def test_figures_do_not_run_on_in_the_next_line(tmp_path: Path) -> None:
    figures = item(tmp_path, "3. Samen 18\n230 besturen").figures
    assert [figure.text for figure in figures if not figure.is_marker] == ["18", "230"]
    assert [figure.line.number for figure in figures] == [1, 1, 2]


def test_a_word_stands_on_a_line_as_a_whole(tmp_path: Path) -> None:
    line = item(tmp_path, "3. x\nSportclub\t6%").lines[1]
    assert stands_on(line, "Sportclub")
    assert not stands_on(line, "Sport")


def test_what_follows_a_print_is_told(tmp_path: Path) -> None:
    (place,) = item(tmp_path, "3. Er zijn 12  verplichte inburgeraars\nSport").quotations("12")
    assert place.goes_on_with("Verplichte inburgeraars")
    assert not place.goes_on_with("inburgeraars")
    assert not place.goes_on_with("verplichte inburgeraars Sport")


def test_a_value_claims_its_print_and_words_without_a_value_claim_themselves(package: Package) -> None:
    found = {claim.cell.address: (claim.item, claim.printed) for claim in claims(package, "S00")}
    assert found["completions.persons[2025-02-25,obliged]"] == ("5", "3.290")
    assert found["completions.reference_date[2025-02-25,obliged]"] == ("5", "25/2/2025")
    assert found["co_financing.as_printed[S00,amif]"] == ("2", "AMIF")
    assert "co_financing.amount_eur[S00,amif]" not in found


def test_a_share_stands_beside_the_name_of_its_code_and_a_date_need_not(package: Package) -> None:
    beside = {claim.cell.field.name: claim.beside for claim in claims(package, "S00")}
    assert beside["share_percent"] == ("Stage",)
    assert beside["reference_date"] == ()


def test_a_group_is_not_followed_by_the_name_of_another(package: Package) -> None:
    others = {claim.cell.address: claim.others for claim in claims(package, "S00")}
    found = others["completions.persons[2025-02-25,obliged]"]
    assert "Rechthebbende inburgeraars" in found
    assert "Verplichte inburgeraars" not in found


def test_only_rows_of_the_source_claim(package: Package) -> None:
    assert list(claims(package, "S99")) == []
    assert rows_from(package.tables["completions"], "S00") == [0, 1, 2]


def test_text_that_is_not_there_is_empty(package: Package) -> None:
    assert text_in(None, 0, "x") == ""
    assert text_in(package.tables["completions"], 0, "x") == ""
    assert text_in(package.tables["completions"], 0, "persons") == "3811"
