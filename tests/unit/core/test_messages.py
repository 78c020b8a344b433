import ast
import functools
import json
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT, Copy
from vierdepijler.checks.pages.chart_checks import check_charts
from vierdepijler.checks.pages.prose import check_pages
from vierdepijler.checks.schema_words import CONSTRAINTS, OTHER_TYPE, PLAIN_WORDS, TYPES
from vierdepijler.checks.schemas import check_schemas
from vierdepijler.core.cells import AddressError, select
from vierdepijler.core.descriptors import KINDS, SHAPE
from vierdepijler.core.messages import OF_OTHERS, Message, heard, in_language, say
from vierdepijler.core.problems import ContentError, Problem

MODULES = PROJECT / "scripts" / "vierdepijler"
PATTERNS = MODULES / "core" / "messages_nl.yml"
DUTCH: dict[str, str] = yaml.safe_load(PATTERNS.read_text("utf-8"))
# The modules whose every message is held to be translated, and where in a call the words stand.
HELD = (
    "descriptors", "references", "reading", "schemas", "schema_words", "notations", "cells", "prose", "command_line",
    "rule",
    "hygiene", "table_rules", "expected", "expectations", "series", "reference_rules", "derivation",
    "conventions", "properties", "provenance", "history", "sentences", "changes",
    "release_archives", "page_texts", "loose_texts", "descriptor_text", "header_text",
    "unwritten", "foreign_csv", "new_tables", "questions", "next_steps",
    "subset_properties", "name_limits", "sheet_limits", "formula_limits", "writing", "staging",
)  # fmt: skip
WORDS = {
    "Problem": (3, 4),
    "unreadable": (1, 2),
    "_refused": (2, 3),
    "refused": (2, 3),
    "_unusable": (2,),
    "AddressError": (0,),
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


@pytest.mark.parametrize("pattern", OF_OTHERS)
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


def blanked(pattern: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", pattern)


@functools.cache
def modules() -> dict[str, ast.Module]:
    return {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(MODULES.parent.rglob("*.py"))}


def functions(tree: ast.Module) -> Iterator[ast.AST]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(scope: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def meant(expression: ast.expr, scope: ast.AST) -> Iterator[ast.expr]:
    """Give what an expression may stand for: both branches of a condition, and what a name was given."""
    match expression:
        case ast.IfExp():
            yield from meant(expression.body, scope)
            yield from meant(expression.orelse, scope)
        case ast.BoolOp():
            for value in expression.values:
                yield from meant(value, scope)
        case ast.Name():
            for node in ast.walk(scope):
                if isinstance(node, ast.Assign) and ast.dump(node.targets[0]) == ast.dump(
                    ast.Name(expression.id, ast.Store())
                ):
                    yield from meant(node.value, scope)
        case _:
            yield expression


@functools.cache
def words(module: str) -> tuple[ast.expr, ...]:
    """Give every expression that a module uses as the words of a message."""
    return tuple(_words(module))


def _words(module: str) -> Iterator[ast.expr]:
    for scope in functions(modules()[module]):
        for name, call in calls(scope):
            places = [call.args[place] for place in WORDS.get(name, ()) if place < len(call.args)]
            named = [keyword.value for keyword in call.keywords if keyword.arg in {"what", "todo"}]
            for expression in (*places, *named):
                yield from meant(expression, scope)
        pairs = isinstance(scope, ast.FunctionDef) and scope.returns and "tuple[str, str]" in ast.unparse(scope.returns)
        for node in ast.walk(scope):
            if pairs and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                for expression in node.value.elts:
                    yield from meant(expression, scope)


@functools.cache
def said() -> set[str]:
    """Give every pattern that is said anywhere, in as far as it can be read from the code."""
    return {
        pattern.value
        for module, tree in modules().items()
        if module != "messages"  # which says what others ask it to
        for scope in (*functions(tree), tree)
        for name, call in calls(scope)
        for expression in patterns(name, call)
        for pattern in meant(expression, scope)
        if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str)
    }


def patterns(name: str, call: ast.Call) -> Iterator[ast.expr]:
    """Give the patterns that a call says, now or, as `partial(say, …)` and the rules about cells do, later."""
    match name, call.args:
        case "say", [pattern, *_]:
            yield pattern
        case "partial", [ast.Name("say"), pattern, *_]:
            yield pattern
        case "cell_rule", [_, _, what, todo, *_]:
            yield from (what, todo)


def test_every_pattern_that_is_said_has_its_dutch() -> None:
    assert len(said()) > 40
    assert sorted(said() - set(DUTCH)) == []


def test_every_pattern_has_the_same_placeholders_in_dutch() -> None:
    assert [english for english, dutch in DUTCH.items() if placeholders(english) != placeholders(dutch)] == []


def test_every_pattern_in_a_list_of_words_has_its_dutch() -> None:
    pairs = (*KINDS.values(), *TYPES.values(), OTHER_TYPE, *CONSTRAINTS.values(), *PLAIN_WORDS.values())
    assert sorted({text for pair in pairs for text in pair} - set(DUTCH)) == []
    assert sorted(set(OF_OTHERS) - set(DUTCH)) == []


@pytest.mark.parametrize("module", HELD)
def test_every_constant_text_of_a_problem_has_its_dutch(module: str) -> None:
    texts = {word.value for word in words(module) if isinstance(word, ast.Constant) and isinstance(word.value, str)}
    assert sorted(texts - set(DUTCH)) == []


@pytest.mark.parametrize("module", HELD)
def test_no_message_is_put_together_so_that_its_pattern_is_lost(module: str) -> None:
    spoilt = [ast.unparse(word) for word in words(module) if isinstance(word, ast.JoinedStr | ast.BinOp)]
    assert spoilt == []


@pytest.mark.parametrize("module", HELD)
def test_no_message_is_filled_with_words_that_are_no_message(module: str) -> None:
    tree = modules()[module]
    loose = [
        value.value
        for scope in functions(tree)
        for name, call in calls(scope)
        if name == "say"
        for keyword in call.keywords
        for value in meant(keyword.value, scope)
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]
    assert loose == []


def test_the_static_checks_see_what_they_forbid() -> None:
    scope = ast.parse("def f():\n    what = f'no {x}' if x else 'nothing'\n    raise AddressError(what)")
    name = next(call.args[0] for called, call in calls(scope) if called == "AddressError")
    assert [type(word) for word in meant(name, scope)] == [ast.JoinedStr, ast.Constant]
    assert all(words(module) for module in ("descriptors", "reading", "schemas", "cells", "text_files"))


def test_no_dutch_is_kept_of_what_nobody_says() -> None:
    nodes = [node for tree in modules().values() for node in ast.walk(tree)]
    constants = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    # A module that still fills in its texts itself says the same pattern as an f-string.
    filled = {"".join(_part(part) for part in node.values) for node in nodes if isinstance(node, ast.JoinedStr)}
    assert [english for english in DUTCH if english not in constants and blanked(english) not in filled] == []


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def test_no_pattern_stands_twice() -> None:
    node = yaml.compose(PATTERNS.read_text("utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    names = [key.value for key, _ in node.value]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


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
    "a JSON without an end": written("datapackage.json", '{"a": "'),
    "a JSON with NaN": written("datapackage.json", '{"version": NaN}'),
    "a JSON with half a character": written("datapackage.json", '{"name": "\\ud800"}'),
    "a JSON with a very long number": written("datapackage.json", '{"n": ' + "1" * 10_000 + "}"),
    "a JSON too deep": written("datapackage.json", "[" * 100_000),
    "a list": written("datapackage.json", "[]"),
    "nothing in it": written("datapackage.json", "{}"),
    "no tables": written("datapackage.json", '{"resources": []}'),
    "a wrong type": resource(name=3),
    "a table in two files": resource(path=["data/counts.csv", "data/more.csv"]),
    "a schema elsewhere": resource(schema="https://example.org/schema.json"),
    "a file elsewhere": resource(path="https://example.org/counts.csv"),
    "rows in the descriptor": lambda copy: copy.change(lambda d: d["resources"].append({"name": "r", "data": []})),
    "no table": lambda copy: copy.change(lambda d: d.update(resources=[{"name": "r", "path": "r.pdf"}])),
    "a delimiter of two": resource(dialect={"delimiter": ";;"}),
    "no header": resource(dialect={"header": "no"}),
    "a line end of its own": resource(dialect={"lineTerminator": "x"}),
    "fields that need not match": schema(fieldsMatch="subset"),
    "a language that is none": lambda copy: copy.change(lambda d: d.update(languages=["../x"])),
    "a language twice": lambda copy: copy.change(lambda d: d.update(languages=["nl", "nl"])),
    "a name twice": lambda copy: copy.change(lambda d: d["resources"].append(d["resources"][0])),
    "a path that leaves": resource(path="../x.csv"),
    "another format": resource(path="data/counts.xlsx"),
    "an unknown type": field(0, type="moment"),
    "a field twice": field(1, name="day"),
    "a key of nothing": schema(primaryKey=["nothing"]),
    "a limit that is none": field(2, constraints={"minimum": "few"}),
    "a constraint of another type": field(2, constraints={"minLength": 3}),
    "a constraint that is no whole number": field(1, constraints={"minLength": "a"}),
    "a pattern that is none": field(1, constraints={"pattern": "["}),
    "an open quote": written("data/groups.csv", 'code,label_nl,label_en\na,"x,y\n'),
    "a quote amid a cell": written("data/groups.csv", 'code,label_nl,label_en\na,"x"x,y\n'),
    "no number": cell("3290,,3.290", "many,,3.290"),
    "grouped thousands": cell("3290,,3.290", "3.290,,3.290"),
    "a decimal comma": cell("3290,,3.290", '"86,3",,3.290'),
    "a percent sign": cell("3290,,3.290", "45%,,3.290"),
    "a Dutch date": cell("2025-02-25,b", "25/2/2025,b"),
    "a date in two ways": cell("2025-02-25,b", "2/3/2025,b"),
    "no such day": cell("2025-02-25,b", "2025-02-30,b"),
    "a date of another format": field(0, format="%d/%m/%Y"),
    "no true or false": field(1, type="boolean"),
    "no year": field(1, type="year"),
    "of another type": field(1, type="time"),
    "below the lowest": cell("b,521", "b,-1"),
    "above the highest": cell("b,521", "b,100001"),
    "not above": field(2, constraints={"exclusiveMinimum": 521}),
    "not below": field(2, constraints={"exclusiveMaximum": 521}),
    "too short": field(1, constraints={"minLength": 2}),
    "too long": field(1, constraints={"maxLength": 0}),
    "another form": field(1, constraints={"pattern": "^[ab]$"}),
    "not one of these": field(1, constraints={"enum": ["a", "b"]}),
    "not filled in": cell("25,b,", "25,,"),
    "a value twice": lambda copy: copy.replace("data/groups.csv", "Groep twee", "Groep één"),
    "a value that refers to nothing": cell("25,b,", "25,z,"),
    "a key twice": cell("25,b,", "25,a,"),
    "a cell too few": cell("b,521,,521", "b,521,"),
    "a cell too many": cell("b,521,,521", "b,521,,521,9"),
    "an empty row": cell("2025-02-25,b", "\n2025-02-25,b"),
    "another header": cell("day,group", "day,groep"),
    "a column too few": cell("unknown_id,as_printed", "unknown_id"),
    "a column too many": cell("unknown_id,as_printed", "unknown_id,as_printed,more"),
    "a header twice": cell("day,group", "day,day"),
    "no text in a header": cell("day,group", ",group"),
    "an empty file": written("data/units.csv", ""),
    "a reference to nowhere": schema(foreignKeys=[{"fields": "group", "reference": {"resource": "x", "fields": "y"}}]),
    "a reference to nothing": schema(
        foreignKeys=[{"fields": "group", "reference": {"resource": "groups", "fields": "y"}}]
    ),
    "a hash of another file": resource(hash="sha256:0"),
    "a size of another file": resource(bytes=3),
    "very many mistakes": written("data/groups.csv", "code,label_nl,label_en\n" + "1,x,y\n" * 1100),
    "a chart of no table": written("site/charts/x.yml", "table: x\nkind: bars\n"),
    "a chart of no field": written("site/charts/x.yml", "table: counts\nkind: bars\ncategory: x\nvalue: group\n"),
    "a chart of no row": written("site/charts/x.yml", "table: counts\nkind: bars\nonly: {group: [z]}\n"),
    "a chart of no kind": written("site/charts/x.yml", "table: counts\nkind: x\nonly: 1\nx: y\n"),
    "a chart without a table": written("site/charts/x.yml", "kind: bars\n"),
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
