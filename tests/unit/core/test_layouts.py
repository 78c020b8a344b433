import pytest

from vierdepijler.core.tables import Layout
from vierdepijler.core.text_files import read_layout


def test_a_plain_file_has_nothing_out_of_the_way() -> None:
    assert read_layout("a,b\n1,2\n") == Layout(
        has_byte_order_mark=False, line_ends=(1,), ends_with_line=True, is_plain=True
    )


def test_a_mark_at_the_start_is_seen() -> None:
    assert read_layout("\ufeffa\n").has_byte_order_mark
    assert not read_layout("a\ufeff\n").has_byte_order_mark


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\r\n1\r\n", (1,)),
        ("a\r1\r", (1,)),
        ("a\n1\r\n2\n", (2, 1)),
        ("a\r\n1\n", (1, 2)),
        ("a\n1\n2\r3", (1, 3)),
        ("", (1,)),
        ("a", (1,)),
    ],
)
def test_each_kind_of_line_end_is_found_where_it_stands_first(text: str, lines: tuple[int, ...]) -> None:
    assert sorted(read_layout(text).line_ends) == sorted(lines)


@pytest.mark.parametrize("text", ['a\r\n"one\ntwo"\r\n', 'a\n"one\r\ntwo"\n', 'a\r\n"say ""one\ntwo"""\r\n'])
def test_a_line_end_within_quotes_belongs_to_its_cell(text: str) -> None:
    assert len(read_layout(text).line_ends) == 1


@pytest.mark.parametrize(("text", "ends"), [("a\n1\n", True), ("a\r1\r", True), ("a\n1", False), ("", False)])
def test_a_last_line_that_does_not_end_is_seen(text: str, ends: object) -> None:
    assert read_layout(text).ends_with_line == ends


@pytest.mark.parametrize("text", ["a,b\n", "één,naïef,Œuvre,Ĳ\n", "a\r\n1\r\n"])
def test_letters_with_accents_are_plain(text: str) -> None:
    assert read_layout(text).is_plain


@pytest.mark.parametrize(
    "text", ["a\t\n", "a\x00\n", "a\x7f\n", "a\u200b\n", "e\u0301\n", "a\u00a0b\n", "é\t\n", "–\n"]
)
def test_anything_else_is_not_plain(text: str) -> None:
    assert not read_layout(text).is_plain
