"""The line of a part of a JSON text, which Python's own reader of JSON does not tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import yaml

from .yaml_texts import VALUES, check_nesting

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
