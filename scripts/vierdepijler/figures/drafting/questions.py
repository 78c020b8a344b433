"""What only a person can write about a new table, asked one by one on a terminal."""

from collections.abc import Callable
from typing import Any

from vierdepijler.checks.rules.descriptor_text import texts_of
from vierdepijler.checks.rules.unwritten import MARKED, is_unwritten
from vierdepijler.core.messages import Message, in_language, say


def ask_texts(resource: dict[str, Any], ask: Callable[[str], str], language: str) -> None:
    """Ask for every text of a resource that holds the mark; an empty answer leaves the mark where it is."""
    for steps, names, text in list(texts_of(resource)):
        if is_unwritten(text) and (answer := ask(in_language(_question(names, text), language) + " ").strip()):
            _put(resource, steps, answer)


def _question(names: tuple[str, ...], text: str) -> Message:
    place, label = ".".join(names), MARKED.sub("", text).strip()
    if label:
        return say("{place}, now '{label}':", place=place, label=label)
    return say("{place}:", place=place)


def _put(part: Any, steps: tuple[str | int, ...], text: str) -> None:
    for step in steps[:-1]:
        part = part[step]
    part[steps[-1]] = text
