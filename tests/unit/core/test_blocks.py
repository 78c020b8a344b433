"""Pieces of CSV in columns hold the cells that Python's own reader gives, or else the text is called odd."""

import csv
import io
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vierdepijler.core.columnar import blocks
from vierdepijler.core.columnar.blocks import (
    Block,
    BrokenCsvError,
    LongLineError,
    WideRowError,
    block_of,
    careful_blocks,
    lines_of,
    quick_block,
    records_of,
)
from vierdepijler.core.columnar.forms import CsvForm, OddTextError

FORM = CsvForm()
# Unlikely beside each other in a file, likely here: quotes, ends of lines, a NUL, letters of more bytes, a separator.
TOKENS = ("a", "b", ",", ",", '"', '""', "\n", "\n", "\r\n", "\r", "\n\n", "é", "\x00", " ", "\u2028", "😀", ";")
ANY_TEXT = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14).map("".join)
CELLS = st.text('ab,;"\n é€', max_size=4)


def python_rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def rows_of(block: Block) -> list[list[str]]:
    return [block.cells(place) for place in range(block.rows)]


def listed(block: Block) -> tuple[list[list[str | None]], dict[int, tuple[str, ...]]]:
    return [column.to_pylist() for column in block.columns], dict(block.ragged)


def quickly(text: str, width: int, form: CsvForm = FORM) -> Block:
    return quick_block(text.encode(), width, form)


def written(rows: list[list[str]], end: str, quoting: int) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type] # any of two ways
    return text.getvalue()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=ANY_TEXT, width=st.integers(1, 3))
def test_any_text_gives_the_cells_of_python_or_is_odd(text: str, width: int) -> None:
    try:
        block = quickly(text, width)
    except OddTextError:
        return
    assert listed(block) == listed(block_of(python_rows(text), width))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=8),
    width=st.integers(2, 3),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_writer_of_csv_writes_is_never_odd(rows: list[list[str]], width: int, end: str, quoting: int) -> None:
    # A cell with an empty line in it is looked at with care where a row may be empty too.
    text = written([[cell.replace("\n\n", "\n").strip("\n") for cell in row] for row in rows], end, quoting)
    assert listed(quickly(text, width)) == listed(block_of(python_rows(text), width))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(rows=st.lists(st.lists(st.text('ab,"\né', min_size=1, max_size=4), min_size=1, max_size=1), min_size=1))
def test_a_table_of_one_column_is_not_odd_where_no_line_is_empty(rows: list[list[str]]) -> None:
    text = written(rows, "\n", csv.QUOTE_MINIMAL)
    assert rows_of(quickly(text, 1)) == rows


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,\x002\n",
        "a,b\r1,2\r",
        "a,b\n1\r,2\n",
        'a,b\n"1,2\n',
        'a,b\n1 "one",2\n',
        'a,b\n"1"x,2\n',
        'a,b\n1, "2"\n',
        'a\n""\nb\n\n',
    ],
)
def test_text_about_which_readers_differ_is_odd(text: str) -> None:
    with pytest.raises(OddTextError):
        quickly(text, text.partition("\n")[0].count(",") + 1)
    with pytest.raises(OddTextError):
        quick_block(text.encode(), text.partition("\n")[0].count(",") + 1, FORM)


def test_ragged_rows_stand_at_their_places() -> None:
    block = quickly('a,b\n1\n2,3,4\n5,6\n"7\n",8,\n9,10\n', 2)
    assert dict(block.ragged) == {1: ("1",), 2: ("2", "3", "4"), 4: ("7\n", "8", "")}
    assert block.columns[0].to_pylist() == ["a", "1", "2", "5", "7\n", "9"]
    assert block.columns[1].to_pylist() == ["b", None, "3", "6", "8", "10"]
    assert rows_of(block) == [["a", "b"], ["1"], ["2", "3", "4"], ["5", "6"], ["7\n", "8", ""], ["9", "10"]]
    assert block.rows == 6


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_empty_line_is_a_row_without_cells_and_not_one_of_empty_cells(end: str) -> None:
    block = quickly(end.join(["", "a,b", "", ",", "1,2", "", ""]), 2)
    assert rows_of(block) == [[], ["a", "b"], [], ["", ""], ["1", "2"], []]
    assert block.columns[1].to_pylist() == [None, "b", None, "", "2", None]


def test_cells_are_texts_whatever_they_look_like() -> None:
    block = quickly("1,NA,,true\n2.50,null,NaN,2024-01-01\n", 4)
    assert rows_of(block) == [["1", "NA", "", "true"], ["2.50", "null", "NaN", "2024-01-01"]]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_kept_to(delimiter: str) -> None:
    text = f'a,a{delimiter}"b{delimiter}"\n1{delimiter}2{delimiter}3,\n'
    assert rows_of(quickly(text, 2, CsvForm("utf-8", delimiter))) == python_rows(text, delimiter)
    assert python_rows(text, delimiter) == [["a,a", f"b{delimiter}"], ["1", "2", "3,"]]


def test_the_rows_behind_the_header_keep_their_places() -> None:
    block = quickly("a,b,c\n1,2\n3,4\n5\n", 2).after(1)
    assert rows_of(block) == [["1", "2"], ["3", "4"], ["5"]]
    assert dict(block.ragged) == {2: ("5",)}
    assert rows_of(quickly("a\n1,2\n3\n", 1).after(2)) == [["3"]]
    assert quickly("a,b\n", 2).after(1).rows == 0


def test_rows_without_columns_are_counted() -> None:
    assert block_of([["1"], ["2", "3"]], 0).rows == 2


def test_python_reads_with_care_in_blocks() -> None:
    text = io.StringIO('a,b\n1,"x"y\n\n2\n"3\r",4\n', newline="")
    with mock.patch.object(blocks, "CARE", 2):
        found = list(careful_blocks(text, 2, {"delimiter": ","}))
    assert [block.rows for block in found] == [2, 2, 1]
    assert [rows_of(block) for block in found] == [[["a", "b"], ["1", "xy"]], [[], ["2"]], [["3\r", "4"]]]
    assert [dict(block.ragged) for block in found] == [{}, {0: (), 1: ("2",)}, {}]


def test_the_careful_reader_can_be_strict() -> None:
    with pytest.raises(csv.Error):
        list(careful_blocks(iter(['a,"b"c\n']), 2, {"delimiter": ","}, strict=True))


def test_a_long_cell_is_a_cell() -> None:
    long = "x" * 200_000
    assert rows_of(next(careful_blocks(iter([f"a,{long}\n"]), 2, {}))) == [["a", long]]
    assert rows_of(quickly(f"a,{long},\n", 2)) == [["a", long, ""]]


@pytest.mark.parametrize("text", ['a,b\n"1\n2",3\n"4,5\n6,7\n', 'a,b\n1,2\n3\n"1"2,3\n'])
def test_text_that_is_no_csv_is_told_with_the_line_on_which_its_row_starts(text: str) -> None:
    with pytest.raises(BrokenCsvError) as broken:
        list(records_of(io.StringIO(text, newline=""), strict=True))
    assert broken.value.line == 4


def test_a_very_wide_row_and_a_very_long_line_are_told_with_their_lines() -> None:
    with pytest.raises(WideRowError) as wide:
        list(records_of(["a\n", "," * 20_000]))
    assert wide.value.line == 2
    with mock.patch.object(blocks, "LONGEST", 10), pytest.raises(LongLineError) as long:
        list(records_of(lines_of(io.StringIO("a\nb\n" + "c" * 10))))
    assert long.value.line == 3
