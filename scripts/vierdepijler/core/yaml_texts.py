"""YAML as people write it in this project: read in C where PyYAML has that, which is eight times as fast.

All functions raise `yaml.YAMLError`, which tells the place of a mistake as `problem_mark`, and build no other objects
than those of YAML 1.1 itself. What is nested deeper than people write, or repeats itself, is such a mistake: the reader
in C falls over the one, and whoever writes down what was read, over the other.
"""

import re
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
