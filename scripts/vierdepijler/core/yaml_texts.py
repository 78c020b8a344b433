"""YAML as people write it in this project, and the lines of JSON, which is YAML as well: Python's reader tells none.

YAML is read in C where PyYAML has that, which is eight times as fast. What is nested deeper than people write, or
repeats itself, is a mistake: the reader in C falls over the one, and whoever writes down what was read, over the other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import yaml

VALUES = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 50
TOO_DEEP, REPEATS = "nested too deep", "another part is said again by its mark"
DEEP = re.compile(rf"^[ \-?:]{{{DEEPEST}}}|(?:[\[{{][^\[{{]*){{{DEEPEST}}}", re.MULTILINE)
REPEATED = re.compile(r"(?:^|[\s\[{{,])\*\w")


def read_values(text: str) -> Any:
    """Read texts, numbers, days and booleans, each as what it is."""
    check_nesting(text)
    return yaml.load(text, Loader=VALUES)  # noqa: S506  # a safe one


def read_texts(text: str) -> Any:
    """Read every value as the text that is written there: `no` and `2025-02-25` too."""
    check_nesting(text)
    return yaml.load(text, Loader=TEXTS)  # noqa: S506  # makes texts, lists and mappings only


def check_nesting(text: str) -> None:
    """See that a text of YAML is nested no deeper than people write, and says nothing again by a mark (`*name`)."""
    if not DEEP.search(text) and not REPEATED.search(text):
        return  # as it nearly always is: this is seen quicker than YAML is read
    depth = 0
    for event in yaml.parse(text, Loader=VALUES):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=TOO_DEEP if depth > DEEPEST else REPEATS, problem_mark=mark)


# What JSON lets stand in a text, and YAML refuses or takes for the end of a line.
NOT_IN_YAML = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

SIGNS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True)
class Item:
    """Where an item of a list stands in a text: how far it is indented, and the place just behind it, from 0."""

    column: int
    end: int


def line_in(text: str, *steps: str | int) -> int:
    """Find the line of a part of a JSON text, step by step: a property, a list's index, or an item's name.

    Gives the line of the last step that can be found, and 0 where the text does not tell.
    """
    part = _parts(text)
    line = 0 if part is None else 1
    for step in steps:
        part = None if part is None else part.children.get(step)
        if part is None:
            break
        named = part.children.get("name") if isinstance(step, str) else None
        line = (named or part).line
    return line


def line_too_deep(text: str, depth: int) -> int:
    """Find the line of a JSON text on which lists and objects are nested deeper than so many."""
    for sign in SIGNS.finditer(text):
        depth -= {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], 0)
        if depth < 0:
            return text.count("\n", 0, sign.start()) + 1
    return 0


class _Part:
    """A part of a text, and the parts in it: each is looked up by its name or place, and made but once."""

    def __init__(self, node: yaml.Node) -> None:
        self.node, self.line = node, node.start_mark.line + 1

    @cached_property
    def children(self) -> Mapping[str | int, "_Part"]:
        """The properties of an object by name; the items of a list by place, and by the `name` that they have."""
        if isinstance(self.node, yaml.MappingNode):
            return {str(key.value): _Part(value) for key, value in reversed(self.node.value)}
        if not isinstance(self.node, yaml.SequenceNode):
            return {}
        items = [_Part(node) for node in self.node.value]
        names = ((item.children["name"].node.value, item) for item in reversed(items) if "name" in item.children)
        return {**{name: item for name, item in names if isinstance(name, str)}, **dict(enumerate(items))}


@lru_cache(maxsize=2)
def _parts(text: str) -> _Part | None:
    """Parse JSON as the YAML it is too, for the sake of its lines; None where a tab or the like forbids."""
    try:
        check_nesting(text)
        node = yaml.compose(NOT_IN_YAML.sub("?", text), Loader=VALUES)
    except yaml.YAMLError:
        return None
    return None if node is None else _Part(node)


def last_item(text: str, *steps: str) -> Item:
    """Find the last item of a list that has one; raises `ValueError` where the text has no such list."""
    part = _parts(text)
    for step in steps:
        part = None if part is None else part.children.get(step)
    node = None if part is None else part.node
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise ValueError(f"there is no list with items at {'.'.join(steps)}")
    last = node.value[-1]
    return Item(last.start_mark.column, _place(text, last.end_mark.line, last.end_mark.column))


def _place(text: str, line: int, column: int) -> int:
    """Count the characters before a place; the marks themselves count otherwise in the parser that is written in C."""
    place = 0
    for _ in range(line):
        place = text.index("\n", place) + 1
    return place + column
