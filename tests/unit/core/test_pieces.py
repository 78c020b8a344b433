"""A file comes in pieces of whole rows, in UTF-8, whatever its encoding and wherever a piece happens to end."""

import csv
import io
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vierdepijler.core.columnar import scanning
from vierdepijler.core.columnar.forms import CsvForm, OddTextError, first_lines
from vierdepijler.core.columnar.scanning import pieces_of

FORM = CsvForm()
SIZES = (1, 7, 64, scanning.PIECE)
CELLS = st.text('ab,;"\n\ré€😀', max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12)
TEXTS = {
    "lines": "a,b\n1,2\n3,4\n",
    "no last line end": "a,b\n1,2\n3,4",
    "two characters end a line": "a,b\r\n1,2\r\n3,4\r\n",
    "a quoted line end": 'a,b\n"1\n,\n",2\n3,"\r\n"\r\n',
    "a quoted line end in the last row": 'a,b\n1,"2\n\n',
    "quotes in quotes": 'a,b\n"say ""hi""\n""",2\n"""",3\n',
    "empty lines": "a,b\n\n\n1,2\n\n",
    "a quoted cell of many lines": 'a,b\n1,2\n"' + "x,y\n" * 300 + '",3\n4,5\n',
    "letters of more bytes": "a,é\n€,😀\nü,ë\n",
    "one line without an end": "a,b",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pieces") / "table.csv"


def cut(path: Path, content: bytes, size: int, form: CsvForm = FORM) -> list[bytes]:
    path.write_bytes(content)
    with mock.patch.object(scanning, "PIECE", size):
        return list(pieces_of(path, form))


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_pieces_together_are_the_file_and_each_holds_whole_rows(path: Path, text: str, size: int) -> None:
    found = cut(path, text.encode(), size)
    assert b"".join(found).decode() == text
    assert [row for piece in found for row in rows_of(piece.decode())] == rows_of(text)
    assert all(piece.endswith(b"\n") for piece in found[:-1])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rows=ROWS, size=st.integers(1, 40), end=st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_of_csv_writes_is_cut_between_rows(
    path: Path, rows: list[list[str]], size: int, end: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    found = cut(path, text.getvalue().encode(), size)
    assert b"".join(found).decode() == text.getvalue()
    assert [row for piece in found for row in rows_of(piece.decode())] == rows


def test_a_file_is_cut_as_finely_as_its_rows_allow(path: Path) -> None:
    assert cut(path, b'a,b\n"1\n",2\n3,4', 1) == [b"a,b\n", b'"1\n",2\n', b"3,4"]
    assert cut(path, b"a,b\n1,2\n3,4\n", 9) == [b"a,b\n1,2\n", b"3,4\n"]


def test_a_file_without_text_has_no_pieces(path: Path) -> None:
    assert cut(path, b"", 7) == []


@pytest.mark.parametrize("size", SIZES[1:])
@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig"])
def test_a_byte_order_mark_is_left_out(path: Path, encoding: str, size: int) -> None:
    found = cut(path, "\ufeffa,b\n\ufeff1,é\n".encode(), size, CsvForm(encoding))
    assert b"".join(found).decode() == "a,b\n\ufeff1,é\n"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "iso-8859-15"])
def test_other_encodings_come_in_utf_8(path: Path, encoding: str, size: int) -> None:
    text = 'naam,plaats\n"één\n",Liège\nü,ß\n' + ("€,1\n" if encoding != "latin-1" else "¤,1\n")
    assert b"".join(cut(path, text.encode(encoding), size, CsvForm(encoding))).decode() == text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,\xe9\n", "utf-8"),
        (b"a,b\n1,\xc3\n", "utf-8"),
        (b"a,b\n1,2\n3,\xe2\x82", "utf-8"),
        (b"a,b\n1,\xed\xa0\x80\n", "utf-8"),
        (b"a,b\n1,\x81\n", "cp1252"),
    ],
)
def test_what_is_not_in_its_encoding_is_refused(path: Path, content: bytes, encoding: str, size: int) -> None:
    with pytest.raises(UnicodeDecodeError):
        cut(path, content, size, CsvForm(encoding))


def test_a_quote_that_is_never_closed_does_not_take_all_memory(path: Path) -> None:
    text = b'a,b\n"1,2\n' + b"3,4\n" * 50
    with mock.patch.object(scanning, "LONGEST", 40):
        with pytest.raises(OddTextError):
            cut(path, text, 8)
        assert b"".join(cut(path, text.replace(b"1,2\n", b'1,2"\n'), 8)) == text.replace(b"1,2\n", b'1,2"\n')


def test_no_more_is_read_than_is_asked_for(path: Path) -> None:
    path.write_bytes(b"a,b\n" + b"1,2\n" * 9 + b"\xff\n")
    with mock.patch.object(scanning, "PIECE", 8):
        assert next(pieces_of(path, CsvForm())) == b"a,b\n1,2\n"


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(pieces_of(path.with_name("nothing.csv"), CsvForm()))


def test_a_form_knows_its_encoding_by_any_name() -> None:
    assert CsvForm("Latin-1").codec == CsvForm("ISO_8859-1").codec == "iso8859-1"
    with pytest.raises(LookupError):
        assert CsvForm("klingon").codec


def test_the_first_lines_are_given_with_their_ends() -> None:
    assert first_lines("é\r\nb\nc".encode(), 2) == "é\r\nb\n"
    assert first_lines(b"a\nb", 1) == "a\n"
    assert first_lines(b"a\nb", 5) == "a\nb"
    assert first_lines(b"", 5) == ""
