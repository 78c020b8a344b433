from pathlib import Path

from vierdepijler.core.columnar.forms import CsvForm
from vierdepijler.core.text_files import refusal_of


def told(folder: Path, content: bytes, encoding: str = "utf-8") -> str:
    (folder / "a.csv").write_bytes(content)
    return str(refusal_of(folder / "a.csv", "data/a.csv", CsvForm(encoding)))


def test_a_byte_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    assert told(tmp_path, b"a,b\n1,2\n\xe9,3\n") == (
        "data/a.csv:3: the text is not UTF-8: byte 0xe9 cannot be read; save the file again as UTF-8"
    )
    assert "data/a.csv:2: the text is not CP1252: byte 0x81" in told(tmp_path, b"a\n\x81\n", "cp1252")


def test_a_quote_is_told_with_the_line_on_which_its_row_starts(tmp_path: Path) -> None:
    assert told(tmp_path, b'a,b\n"1\n2",3\n"4,5\n6,7\n').startswith("data/a.csv:4: this is not a CSV file")
    assert told(tmp_path, b'a,b\n"1"2,3\n').startswith("data/a.csv:2: this is not a CSV file")
