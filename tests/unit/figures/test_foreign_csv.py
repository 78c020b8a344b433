from pathlib import Path

import pytest

from vierdepijler.core.problems import ContentError, UnreadableError
from vierdepijler.figures.foreign_csv import ForeignSheet, read_sheet, snake_case


def sheet_of(folder: Path, text: str | bytes, *, is_renaming: bool = False) -> ForeignSheet:
    path = folder / "given.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sheet(path, "given.csv", is_renaming=is_renaming)


def test_a_file_of_ours_stays_as_it_is(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, 'code,label\nx,"één, twee"\n')
    assert (sheet.header, sheet.rows) == (("code", "label"), [("x", "één, twee")])


def test_a_file_of_belgian_excel_is_written_our_way(tmp_path: Path) -> None:
    text = (
        "\ufeffdag;bedrag;duizend;naam;as_printed\r\n1/3/2025;1,50;1.234.567;Gent ;1.234,5\r\n12/11/2024;-3;12;;1,5\r\n"
    )
    assert sheet_of(tmp_path, text).rows == [
        ("2025-03-01", "1.50", "1234567", "Gent", "1.234,5"),
        ("2024-11-12", "-3", "12", "", "1,5"),
    ]


def test_a_decimal_comma_elsewhere_in_the_file_tells_what_a_point_is(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, "prijs;aantal\n1,50;1.234\n").rows == [("1.50", "1234")]


def test_a_print_does_not_tell_how_the_others_write(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="can be read in two ways"):
        sheet_of(tmp_path, "as_printed;aantal\n1,50;1.234\n")


def test_a_comma_in_a_file_of_ours_is_no_decimal_and_a_slash_no_day(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, 'a,b\n"1,5",3/4/2025\n').rows == [("1,5", "3/4/2025")]


def test_a_row_of_nothing_is_passed_over(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "a,b\n1,2\n\n3,4\n")
    assert (sheet.rows, sheet.lines) == ([("1", "2"), ("3", "4")], (2, 4))


def test_headers_can_be_written_as_names(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Aantal bezoekers (2024),Één\n1,2\n", is_renaming=True)
    assert sheet.header == ("aantal_bezoekers_2024", "een")


@pytest.mark.parametrize(
    ("label", "name"), [("Bedrag in €", "bedrag_in"), ("ok_name", "ok_name"), ("Coëfficiënt", "coefficient"), ("€", "")]
)
def test_a_name_is_made_of_a_label(label: str, name: str) -> None:
    assert snake_case(label) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a,b\nx,1\n\xe9,1\n", "given.csv:3: the text is not UTF-8"),
        (b"", "given.csv: the file is empty"),
        (b" \n\n", "given.csv: the file is empty"),
        (b'a,b\nx,"1\n', "given.csv:2: this is not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        sheet_of(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2\n3,4\n", "given.csv:1: the first row holds no names"),
        ("a,\n1,2\n", "given.csv:1: column 2 has no name"),
        ("a,a\n1,2\n", "given.csv:1: a: two columns are called 'a'"),
        ("Mijn Kolom,b\n1,2\n", "given.csv:1: Mijn Kolom: .*; write 'mijn_kolom', or add --rename"),
        ("2de,b\n1,2\n", "given.csv:1: 2de: .*start with a letter"),
        ("a,b\n", "given.csv:1: there are no rows"),
        ("a,b\n1,2\n3\n", "given.csv:3: the number of cells in this row is 1, in the header 2"),
        ("a;b\nx;2\ny;1.234\n", "given.csv:3: b: '1.234' can be read in two ways"),
    ],
)
def test_a_file_that_is_no_table_of_ours_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContentError, match=said) as caught:
        sheet_of(tmp_path, text)
    assert not isinstance(caught.value, UnreadableError)
