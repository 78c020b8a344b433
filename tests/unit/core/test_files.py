"""A CSV file is opened once, and read in blocks as often as asked; what Frictionless reads otherwise is left to it."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from vierdepijler.core.columnar import forms, scanning
from vierdepijler.core.columnar.forms import LONG_SAMPLE, CsvForm, OddTextError, UnknownFeatureError, form_of, header_of
from vierdepijler.core.columnar.scanning import CsvFile, cells_at, open_table

FORM = CsvForm()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


@pytest.fixture
def small_pieces() -> Iterator[None]:
    with mock.patch.object(scanning, "PIECE", 16), mock.patch.object(forms, "SAMPLE", 1):  # rows of the first piece
        yield


def opened(path: Path, text: str | bytes, resource: Mapping[str, Any] | None = None) -> CsvFile:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_table(path, resource or {})


def rows_of(table: CsvFile) -> list[list[str]]:
    blocks = [reading() for reading in table.readings()]
    return [block.cells(place) for block in blocks for place in range(block.rows)]


@pytest.mark.usefixtures("small_pieces")
def test_rows_come_behind_the_header_and_can_be_read_again(path: Path) -> None:
    table = opened(path, "a,b\r\n" + "1,2\r\n" * 5 + '3,"x\ny"\r\n\r\n4\r\n')
    expected = [["1", "2"]] * 5 + [["3", "x\ny"], [], ["4"]]
    assert table.labels == ("a", "b")
    assert len(list(table.readings())) > 2
    assert rows_of(table) == expected
    assert rows_of(table) == expected


def test_the_file_is_opened_once_for_the_header_and_the_first_pass(path: Path) -> None:
    path.write_text("a,b\n1,2\n")
    files: list[Path] = []
    real = Path.open

    def noted(self: Path, *args: Any, **options: Any) -> Any:
        files.append(self)
        return real(self, *args, **options)

    with mock.patch.object(Path, "open", noted):
        table = open_table(path, {})
        assert rows_of(table) == [["1", "2"]]
        assert len(files) == 1
        assert rows_of(table) == [["1", "2"]]
    assert files == [path, path]


@pytest.mark.usefixtures("small_pieces")
def test_an_odd_file_is_read_with_care_as_python_does(path: Path) -> None:
    table = opened(path, '\ufeffa,b\n1 "one",2\n\n"3,4\n')
    with pytest.raises(OddTextError):
        rows_of(table)
    table.is_odd = True
    assert rows_of(table) == [['1 "one"', "2"], [], ["3,4\n"]]
    assert rows_of(table) == rows_of(table)


def test_a_byte_order_mark_is_no_part_of_an_odd_header(path: Path) -> None:
    table = opened(path, '\ufeff"a\n",b\n1 "one",2\n')
    table.is_odd = True
    assert rows_of(table) == [['1 "one"', "2"]]


def test_an_odd_file_keeps_its_encoding_and_its_delimiter(path: Path) -> None:
    content = 'a;b\né "1";2\n'.encode("latin-1")
    table = opened(path, content, {"encoding": "latin-1", "dialect": {"delimiter": ";"}})
    table.is_odd = True
    assert rows_of(table) == [['é "1"', "2"]]


def test_what_python_cannot_read_is_told(path: Path) -> None:
    table = opened(path, "a,b\n1,2\r3,4\n")
    table.is_odd = True
    table.form = CsvForm("utf-8", ",")
    with mock.patch("csv.reader", side_effect=csv.Error), pytest.raises(csv.Error):
        rows_of(table)


@pytest.mark.parametrize(
    "resource",
    [
        {"dialect": {"delimiter": "#"}},
        {"dialect": {"delimiter": ""}},
        {"dialect": {"quoteChar": "'"}},
        {"dialect": {"doubleQuote": False}},
        {"dialect": {"header": False}},
        {"dialect": {"skipInitialSpace": True}},
        {"dialect": {"escapeChar": "\\"}},
        {"dialect": {"commentChar": "#"}},
        {"dialect": {"headerRows": [2]}},
        {"encoding": "utf-16"},
        {"encoding": "shift_jis"},
        {"encoding": "klingon"},
    ],
)
def test_an_unknown_dialect_or_encoding_is_left_to_frictionless(path: Path, resource: dict[str, Any]) -> None:
    with pytest.raises(UnknownFeatureError):
        opened(path, "a,b\n1,2\n", resource)


def test_common_dialects_and_encodings_are_known() -> None:
    plain = {"quoteChar": '"', "doubleQuote": True, "header": True, "skipInitialSpace": False, "delimiter": ";"}
    named = {"$schema": "x", "name": "x", "title": "x", "lineTerminator": "\n", "csvddfVersion": 1.2}
    assert form_of({"dialect": {**plain, **named}, "encoding": "cp1252"}) == CsvForm("cp1252", ";")
    assert form_of({}) == CsvForm("utf-8", ",")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n1,2\n",
        "A title\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n",
        "a, b\n1, 2\n3, 4\n",
        'a,b\n1,"' + "\n" * 3000 + '"\n',
    ],
)
def test_a_header_that_frictionless_would_guess_otherwise_is_left_to_it(path: Path, text: str) -> None:
    with pytest.raises(UnknownFeatureError):
        opened(path, text)


def test_what_the_descriptor_says_is_not_guessed() -> None:
    assert header_of("A title\na,b,c,d\n1,2,3,4\n", FORM, {"header"}) == ("A title",)
    assert header_of("a, b\n1, 2\n3, 4\n", FORM, {"skipInitialSpace"}) == ("a", " b")


def test_a_long_cell_at_the_start_is_no_reason_to_leave_a_file(path: Path) -> None:
    assert opened(path, 'a,b\n1,"' + "\n" * 200 + '"\n').labels == ("a", "b")
    assert opened(path, '"a\n",b\n' + "1,2\n" * LONG_SAMPLE).labels == ("a\n", "b")


def test_a_first_row_that_does_not_end_is_left_to_frictionless(path: Path) -> None:
    with mock.patch.object(scanning, "LONGEST", 10), pytest.raises(UnknownFeatureError):
        opened(path, '"a,b\n1,2\n3,4\n5,6\n')


def test_what_cannot_be_read_is_told(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_table(path, {})
    with pytest.raises(UnicodeDecodeError):
        opened(path, b"a,\xff\n1,2\n")


@pytest.mark.parametrize("size", [16, 1 << 20])
def test_some_rows_are_the_same_as_among_all(path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PIECE", size)
    monkeypatch.setattr(forms, "SAMPLE", 1)
    table = opened(path, "a,b\n" + "1,2\n" * 3 + '3,"x ""y"""\n\n4\n5,6,7\n' + '8,"x\ny"\n' + "9,10")
    for reading in table.readings():
        block = reading()
        expected = [block.cells(place) for place in range(0, block.rows, 2)]
        assert cells_at(reading, range(0, block.rows, 2)) == expected
