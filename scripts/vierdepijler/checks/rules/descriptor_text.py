"""Text hygiene of the descriptor: its titles and descriptions end up on pages, its names in every file."""

import re
from collections.abc import Iterator
from typing import Any

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem
from vierdepijler.core.text_files import read_layout

from .loose_texts import find_flaws
from .rule import PackageRule

# What is compared with characters as they are, and so may hold any: a group may be marked by a narrow space.
NOT_TEXT = {"pattern", "dialect", "format", "missingValues", "trueValues", "falseValues", "groupChar", "decimalChar"}
UNNAMED = {"resources", "schema", "fields", "groups"}  # steps that lead to what has a name of its own
AROUND_LINE_END = re.compile(" *\n *")  # an indent, or Markdown's two spaces for a new line
ESCAPE = re.compile(r"\\.")
Text = tuple[tuple[str | int, ...], tuple[str, ...], str]


def check_descriptor_text(package: Package) -> Iterator[Problem]:
    """Find what no eye sees in the text of the descriptor, and in each value of it."""
    yield from _check_layout(package)
    for steps, names, text in texts_of(package.descriptor):
        for what, todo in find_flaws(AROUND_LINE_END.sub("\n", text) if "\n" in text else text):
            yield package.problem(steps, ".".join(names), what, todo)


def _check_layout(package: Package) -> Iterator[Problem]:
    """Look at the file as a whole: its start and its line ends. JSON that was cut off is no JSON."""
    text = package.path.read_bytes().decode("utf-8")
    layout = read_layout(ESCAPE.sub("  ", text))  # a quote in a text would seem to end it
    file = package.path.name
    if layout.has_byte_order_mark:
        yield Problem(file, 1, "", say("the file starts with a byte order mark"), say("save it as UTF-8 without it"))
    if len(layout.line_ends) > 1:
        what = say("from here on the lines end in another way than before")
        yield Problem(file, max(layout.line_ends), "", what, say("save the file again with one kind of line end"))


def texts_of(value: Any, steps: tuple[str | int, ...] = (), names: tuple[str, ...] = ()) -> Iterator[Text]:
    """Give every text in a part of a descriptor, with the steps that lead to it and the same in words."""
    if isinstance(value, str):
        yield steps, names, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_TEXT:
                yield from texts_of(part, (*steps, key), names if key in UNNAMED else (*names, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            name = part.get("name") if isinstance(part, dict) else None
            said = name if isinstance(name, str) else str(number + 1)
            yield from texts_of(part, (*steps, number), (*names, said))


DESCRIPTOR_TEXT = (PackageRule("descriptor-text", check_descriptor_text, of_text=True),)
