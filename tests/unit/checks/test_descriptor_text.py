import json
from typing import Any

import pytest

from conftest import Copy
from rule_checks import caught_by
from vierdepijler.checks.rules.unseen_texts import DESCRIPTOR_TEXT, descriptor_texts

RULE = "descriptor-text"


def caught(copy: Copy) -> list[str]:
    return caught_by(DESCRIPTOR_TEXT, copy).get(RULE, [])


def titled(copy: Copy, **changes: Any) -> Copy:
    return copy.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(changes))


def test_a_good_descriptor_is_clean(miniature: Copy) -> None:
    assert caught(miniature) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ã©Ã©n", "garbled letters"),
        ("a\u200bb", "U+200B ZERO WIDTH SPACE"),
        ("a\tb", "U+0009"),
        ("a\u2028b", "U+2028"),
        ("a ", "a space too many"),
        ("a  b", "a space too many"),
        ("a\u00a0b", "a space of another kind"),
        ("e\u0301en", "an accent that stands apart"),
    ],
)
@pytest.mark.parametrize("as_code", [True, False])
def test_a_flaw_is_told_at_its_line_and_property(miniature: Copy, text: str, what: str, *, as_code: bool) -> None:
    titled(miniature, title=text)
    if not as_code:
        descriptor = json.loads(miniature.descriptor.read_text("utf-8"))
        miniature.write("datapackage.json", json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n")
    (problem,) = caught(miniature)
    assert f"counts.persons.title: '{text[0]}" in problem
    assert what in problem
    line = miniature.descriptor.read_bytes().decode().split("\n")[int(problem.split(":")[1]) - 1]
    assert line.strip().startswith('"title":')


def test_a_character_that_yaml_takes_for_a_line_end_moves_no_line(miniature: Copy) -> None:
    titled(miniature, title="a\u2028\u0085b", description="a  b")
    descriptor = json.loads(miniature.descriptor.read_text("utf-8"))
    miniature.write("datapackage.json", json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n")
    lines = miniature.descriptor.read_bytes().decode().split("\n")
    places = [int(problem.split(":")[1]) for problem in caught(miniature)]
    assert [lines[place - 1].split('"')[1] for place in places] == ["title", "description"]


@pytest.mark.parametrize(
    "changes",
    [
        {"missingValues": [" ", "  "]},
        {"groupChar": "\u202f"},
        {"description": "Een lijst:\n\n  * een\n  * twee  \n    drie"},
    ],
)
def test_what_may_be_meant_is_fine(miniature: Copy, changes: dict[str, Any]) -> None:
    assert caught(titled(miniature, **changes)) == []


def test_a_pattern_is_no_text() -> None:
    assert list(descriptor_texts({"name": "a", "constraints": {"pattern": "^a  b\u00a0$"}})) == [
        (("name",), ("name",), "a")
    ]


def test_an_item_without_a_name_is_counted() -> None:
    found = list(descriptor_texts({"keywords": ["a", "b"], "sources": [{"title": "c"}], "resources": [{"name": "d"}]}))
    assert [".".join(names) for _, names, _ in found] == ["keywords.1", "keywords.2", "sources.1.title", "d.name"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("", "\ufeff", 1, "the file starts with a byte order mark"),
        ("{\n", "{\r\n", 2, "from here on the lines end in another way"),
    ],
)
def test_a_bad_layout_is_told_at_its_line(miniature: Copy, old: str, new: str, line: int, what: str) -> None:
    miniature.write("datapackage.json", miniature.descriptor.read_text("utf-8").replace(old, new, 1))
    (problem,) = caught(miniature)
    assert problem.startswith(f"datapackage.json:{line}: {what}")


def test_a_descriptor_may_end_without_a_new_line(miniature: Copy) -> None:
    miniature.write("datapackage.json", miniature.descriptor.read_text("utf-8").rstrip("\n"))
    assert caught(miniature) == []


def test_a_quote_in_a_text_hides_no_line_end(miniature: Copy) -> None:
    titled(miniature, title='een "quote')
    text = miniature.descriptor.read_text("utf-8")
    miniature.write("datapackage.json", text.removesuffix("\n") + "\r\n")
    assert "the lines end in another way" in caught(miniature)[0]
