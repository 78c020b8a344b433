import csv
from pathlib import Path

import pytest

from vierdepijler.core.columnar.blocks import BrokenCsvError, LongLineError, WideRowError
from vierdepijler.core.text_files import csv_error, encoding_error


def told(folder: Path, content: bytes, encoding: str = "utf-8") -> str:
    (folder / "a.csv").write_bytes(content)
    return str(encoding_error(folder / "a.csv", "data/a.csv", encoding))


def test_a_byte_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    assert told(tmp_path, b"a,b\n1,2\n\xe9,3\n") == (
        "data/a.csv:3: the text is not UTF-8: byte 0xe9 cannot be read; save the file again as UTF-8"
    )
    assert "data/a.csv:2: the text is not CP1252: byte 0x81" in told(tmp_path, b"a\n\x81\n", "cp1252")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (BrokenCsvError("unexpected end of data", 4), "4: this is not a CSV file that can be read (unexpected end of"),
        (WideRowError("wide", 2), "2: this row has more than 16384 cells; check the delimiter"),
        (LongLineError("long", 3), "3: this line, or a cell in it, is longer than 16 MB"),
        (csv.Error("no such delimiter"), "1: this is not a CSV file that can be read (no such delimiter)"),
    ],
)
def test_text_that_is_no_csv_is_told_with_the_line_on_which_its_row_starts(error: csv.Error, message: str) -> None:
    assert str(csv_error("data/a.csv", error)).startswith(f"data/a.csv:{message}")
