import pytest

from vierdepijler.core.yaml_texts import last_item, line_in

TEXT = """{
 "name": "x",
 "resources": [
  {"path": "a.csv"},
  {
   "name": "b",
   "schema": {"fields": [
    {"name": "c"},
    {"type": "date",
     "name": "d"}
   ]}
  }
 ]
}
"""


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), 1),
        (("name",), 2),
        (("resources", 0), 4),
        (("resources", 0, "path"), 4),
        (("resources", "b"), 6),
        (("resources", "b", "schema", "fields", "d"), 10),
        (("resources", "b", "schema", "fields", "d", "type"), 9),
        (("resources", "b", "unheard-of", "more"), 6),
        (("resources", 9), 3),
        (("name", "deeper"), 2),
    ],
)
def test_a_part_is_found_by_its_steps(steps: tuple[str | int, ...], line: int) -> None:
    assert line_in(TEXT, *steps) == line


@pytest.mark.parametrize("text", ["", "{", '{"a":\t\x0b}'])
def test_a_text_that_does_not_tell_gives_none(text: str) -> None:
    assert line_in(text, "a") == 0


def test_characters_that_yaml_does_not_know_move_no_line() -> None:
    assert line_in('{"a": "\x7f\x85\u2028",\n"b": 1}', "b") == 2


def test_the_last_item_of_a_list_ends_behind_its_bracket() -> None:
    text = '{"é😀": "🙂",\n "list": [\n  {"é": 1},\n  {"😀": 2}\n ]}'
    item = last_item(text, "list")
    assert (item.column, text[: item.end][-7:], text[item.end :]) == (2, '"😀": 2}', "\n ]}")


@pytest.mark.parametrize("text", ['{"list": []}', '{"list": 1}', "{}", "\t{"])
def test_a_list_without_items_has_no_last_one(text: str) -> None:
    with pytest.raises(ValueError, match="no list with items at list"):
        last_item(text, "list")
