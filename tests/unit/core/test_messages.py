import ast
import json
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.extract import extract_python

from conftest import PROJECT, Copy
from vierdepijler.checks.pages.chart_specs import check_charts
from vierdepijler.checks.pages.prose import check_pages
from vierdepijler.checks.schema_errors import CONSTRAINTS, OTHER_TYPE, PLAIN_WORDS, TYPES
from vierdepijler.checks.schemas import check_schemas
from vierdepijler.core.cells import AddressError, select
from vierdepijler.core.descriptors import FORMS, KINDS, SHAPE
from vierdepijler.core.problems import ContentError, Message, Problem, heard, in_language, say

CORE = PROJECT / "scripts" / "vierdepijler" / "core"
DUTCH: dict[str, str] = yaml.safe_load((CORE / "messages_nl.yml").read_text("utf-8"))
OTHERS: dict[str, str] = yaml.safe_load((CORE / "messages_of_others_nl.yml").read_text("utf-8"))
MODULES = sorted((PROJECT / "scripts").rglob("*.py"))
# Where the words stand in a call that takes a message, counted from 0.
WORDS = {
    "say": (0,),
    "Problem": (3, 4),
    "unreadable": (1, 2),
    "resource_error": (2, 3),
    "passed_over": (2, 3),
    "AddressError": (0,),
    "cell_rule": (2, 3),
}


def test_a_message_is_its_english_text() -> None:
    message = say("the table has no field '{name}'", name="x")
    assert message == "the table has no field 'x'"
    assert in_language(message, "en") == "the table has no field 'x'"


def test_a_message_is_said_in_dutch() -> None:
    assert in_language(say("the table has no field '{name}'", name="x"), "nl") == "de tabel heeft geen veld 'x'"


def test_a_text_without_values_is_looked_up_as_it_is() -> None:
    assert in_language("add it", "nl") == "vul het aan"


def test_a_message_in_a_message_is_translated_with_it() -> None:
    message = say("this is not valid JSON ({reason})", reason=say("nested too deep"))
    assert message == "this is not valid JSON (nested too deep)"
    assert in_language(message, "nl") == "dit is geen goede JSON (te veel lagen in elkaar)"


def test_what_fills_a_message_is_not_translated_where_it_is_data() -> None:
    message = say("the property '{name}' is missing", name="output")
    assert in_language("output", "nl") == "uitvoer"
    assert in_language(message, "nl") == "de eigenschap 'output' ontbreekt"


@pytest.mark.parametrize("value", ["{", "}", "{name}", "{{x}}", "{0}"])
def test_braces_in_a_value_are_no_placeholders(value: str) -> None:
    assert in_language(say("{file} is not a CSV file", file=value), "nl") == f"{value} is geen CSV-bestand"
    assert in_language(heard(value), "nl") == value


def test_a_text_that_nobody_translated_stays() -> None:
    assert in_language("nobody says this", "nl") == "nobody says this"
    assert in_language(say("nobody says {what}", what="this"), "nl") == "nobody says this"


def test_a_language_without_patterns_is_a_mistake_in_the_code() -> None:
    with pytest.raises(FileNotFoundError):
        in_language("add it", "fy")


def test_a_message_survives_replacing_and_sorting() -> None:
    problem = Problem("b", 1, "", say("the property '{name}' is missing", name="x"), "add it")
    first, _ = sorted([Problem("c", 1, "", "w", "t"), replace(problem, file="a")])
    assert str(first.in_language("nl")) == "a:1: de eigenschap 'x' ontbreekt; vul het aan"
    assert str(first) == "a:1: the property 'x' is missing; add it"


def test_a_place_in_a_page_is_translated_and_the_name_of_a_column_is_not() -> None:
    assert Problem("a", 1, say("character {number}", number=3), "w", "t").in_language("nl").column == "teken 3"
    assert Problem("a", 1, "output", "w", "t").in_language("nl").column == "output"


@pytest.mark.parametrize("pattern", OTHERS)
def test_the_words_of_another_program_are_recognised(pattern: str) -> None:
    text = pattern.format(**dict.fromkeys(placeholders(pattern), "7"))
    message = heard(text)
    assert message == text
    assert message.pattern == pattern
    assert in_language(message, "nl") != text


def test_an_address_that_leads_nowhere_is_said_in_dutch(miniature: Copy) -> None:
    package = miniature.read()
    for address in ("nothing", "counts.nothing", "counts.persons[x]", "]["):
        with pytest.raises(AddressError) as caught:
            select(package, address)
        assert in_language(caught.value.args[0], "nl") != str(caught.value)


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


def messages(source: Path) -> Iterator[str]:
    """Give the messages that Babel finds in a module: the words of every call that takes a message."""
    taken = (
        WORDS if "site" not in source.parent.parts else ("say",)
    )  # of a page that cannot be built we tell in English
    with source.open("rb") as file:
        calls: Any = extract_python(file, dict.fromkeys(taken), [], {})
        for _line, name, found, _comments in calls:
            arguments = found if isinstance(found, tuple) else (found,)
            yield from (arguments[place] for place in WORDS[name] if place < len(arguments) and arguments[place])


@pytest.fixture(scope="module")
def said_in_code() -> set[str]:
    return {message for source in MODULES for message in messages(source)}


def test_every_message_has_its_dutch(said_in_code: set[str]) -> None:
    in_lists = {text for pairs in (KINDS, TYPES, CONSTRAINTS, PLAIN_WORDS) for pair in pairs.values() for text in pair}
    assert len(said_in_code) > 450
    assert sorted((said_in_code | in_lists | {*OTHER_TYPE, *FORMS.values()}) - {*DUTCH, *OTHERS}) == []


def test_every_message_has_the_same_placeholders_in_dutch() -> None:
    both = {**DUTCH, **OTHERS}
    assert [english for english, dutch in both.items() if placeholders(english) != placeholders(dutch)] == []


def test_a_message_without_dutch_would_be_found(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text("unreadable(file, what, 'do' if a else 'not')\nsay('{a} is'\n  ' not so', a=say(f'{b}'))\n")
    assert list(messages(source)) == ["donot", "{a} is not so"]


def test_no_dutch_is_kept_of_what_nobody_says() -> None:
    nodes = (node for source in MODULES for node in ast.walk(ast.parse(source.read_text("utf-8"))))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    assert [english for english in DUTCH if english not in constants] == []


def test_no_pattern_stands_twice() -> None:
    for file in ("messages_nl.yml", "messages_of_others_nl.yml"):
        node = yaml.compose((CORE / file).read_text("utf-8"), Loader=yaml.SafeLoader)
        assert isinstance(node, yaml.MappingNode)
        assert len({key.value for key, _ in node.value}) == len(node.value)
    assert set(DUTCH).isdisjoint(OTHERS)


def test_every_type_in_the_shape_of_a_descriptor_has_words() -> None:
    assert set(re.findall(r'"type": "(\w+)"', json.dumps(json.loads(SHAPE.read_text("utf-8"))))) <= set(KINDS)


def cell(old: str, new: str) -> Callable[[Copy], object]:
    return lambda copy: copy.replace("data/counts.csv", old, new)


def resource(**changes: object) -> Callable[[Copy], object]:
    return lambda copy: copy.change(lambda d: d["resources"][0].update(changes))


def schema(**changes: object) -> Callable[[Copy], object]:
    return lambda copy: copy.change(lambda d: d["resources"][0]["schema"].update(changes))


def field(number: int, **changes: object) -> Callable[[Copy], object]:
    return lambda copy: copy.change(lambda d: d["resources"][0]["schema"]["fields"][number].update(changes))


def written(file: str, text: str) -> Callable[[Copy], object]:
    return lambda copy: copy.write(file, text)


def gone(copy: Copy) -> None:
    (copy.folder / "data" / "counts.csv").unlink()


def another_encoding(copy: Copy) -> None:
    (copy.folder / "data" / "counts.csv").write_bytes(b"\xe9\n")


SPOILS: dict[str, Callable[[Copy], object]] = {
    "no file": gone,
    "another encoding": another_encoding,
    "an unknown encoding": resource(encoding="utf-9"),
    "bad JSON": written("datapackage.json", '{"a": 1,}'),
    "a JSON with half a character": written("datapackage.json", '{"name": "\\ud800"}'),
    "a JSON with a very long number": written("datapackage.json", '{"n": ' + "1" * 10_000 + "}"),
    "a JSON too deep": written("datapackage.json", "[" * 100_000),
    "a wrong type": resource(name=3),
    "an unknown type": field(0, type="moment"),
    "a key of nothing": schema(primaryKey=["nothing"]),
    "a limit that is none": field(2, constraints={"minimum": "few"}),
    "a constraint of another type": field(2, constraints={"minLength": 3}),
    "a pattern that is none": field(1, constraints={"pattern": "["}),
    "an open quote": written("data/groups.csv", 'code,label_nl,label_en\na,"x,y\n'),
    "no number": cell("3290,,3.290", "many,,3.290"),
    "a Dutch date": cell("2025-02-25,b", "25/2/2025,b"),
    "below the lowest": cell("b,521", "b,-1"),
    "another form": field(1, constraints={"pattern": "^[ab]$"}),
    "a key twice": cell("25,b,", "25,a,"),
    "an empty row": cell("2025-02-25,b", "\n2025-02-25,b"),
    "another header": cell("day,group", "day,groep"),
    "a column too few": cell("unknown_id,as_printed", "unknown_id"),
    "a reference to nothing": schema(
        foreignKeys=[{"fields": "group", "reference": {"resource": "groups", "fields": "y"}}]
    ),
    "a hash of another file": resource(hash="sha256:0"),
    "a size of another file": resource(bytes=3),
    "a chart that is no YAML": written("site/charts/x.yml", "kind: [\n"),
    "a typed number": written("site/nl/page.md", "Er zijn 12 mensen."),
}
ENGLISH = re.compile(r"\b(the|this|not|expected|expecting|write|check|and|of the|cannot|one)\b")


def found(copy: Copy) -> list[Problem]:
    try:
        return [
            *check_schemas(copy.read()),
            *check_pages(copy.folder / "site"),
            *check_charts(copy.folder / "site", copy.read()),
        ]
    except ContentError as error:
        return list(error.problems)


@pytest.mark.parametrize("spoil", SPOILS)
def test_every_problem_is_said_in_dutch(miniature: Copy, spoil: str) -> None:
    SPOILS[spoil](miniature)
    problems = found(miniature)
    assert problems
    for problem in problems:
        dutch = problem.in_language("nl")
        assert dutch.what != problem.what
        assert dutch.todo != problem.todo
        assert not ENGLISH.search(f"{dutch.what}; {dutch.todo}"), dutch
        assert problem.in_language("en") == problem


def test_the_texts_of_problems_are_written_as_one_line() -> None:
    for english, dutch in DUTCH.items():
        assert not dutch.endswith(".") or english.endswith("."), dutch
        assert "\n" not in dutch
        assert dutch.strip() == dutch or english.strip() != english, dutch
        capital = dutch[0].isupper() and not dutch.startswith(("JSON", "CSV"))
        assert not capital or english[0].isupper(), dutch


def test_a_message_knows_its_pattern_and_what_fills_it(tmp_path: Path) -> None:
    message = say("{file} is not a CSV file", file=tmp_path)
    assert isinstance(message, Message)
    assert (message.pattern, message.values) == ("{file} is not a CSV file", {"file": tmp_path})
