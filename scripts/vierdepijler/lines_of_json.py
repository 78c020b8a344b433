"""The line of a part of a JSON text, which Python's own reader of JSON does not tell."""

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

# What JSON lets stand in a text, and YAML refuses or takes for the end of a line.
NOT_IN_YAML = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Item:
    """Where an item of a list stands in a text: how far it is indented, and the place just behind it, from 0."""

    column: int
    end: int


def line_in(text: str, *steps: str | int) -> int:
    """Find the line of a part of a JSON text, step by step: a property, a list's index, or an item's name.

    Gives the line of the last step that can be found, and 0 where the text does not tell.
    """
    node = _nodes(text)
    line = 0 if node is None else 1
    for step in steps:
        node = None if node is None else _child(node, step)
        if node is None:
            break
        named = _child(node, "name") if isinstance(step, str) else None
        line = (named or node).start_mark.line + 1
    return line


@lru_cache(maxsize=2)
def _nodes(text: str) -> yaml.Node | None:
    """Parse JSON as the YAML it is too, for the sake of its lines; None where a tab or the like forbids."""
    try:
        return yaml.compose(NOT_IN_YAML.sub("?", text), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return None


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.SequenceNode):
        return next((item for item in node.value if (name := _child(item, "name")) and name.value == step), None)
    return None


def last_item(text: str, *steps: str) -> Item:
    """Find the last item of a list that has one; raises `ValueError` where the text has no such list."""
    node = _nodes(text)
    for step in steps:
        node = None if node is None else _child(node, step)
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
