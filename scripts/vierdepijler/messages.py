"""Messages in plain words: written in English where they arise, said in another language where they are shown.

A message remembers the pattern it was made from and what was filled in, so that the same can be said in Dutch.
The Dutch patterns stand in `messages_nl.yml`, each under its English one.
"""

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "nl")


class Message(str):
    """An English text that knows its pattern, such as `the table has no field '{name}'`, and what fills it."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, object]


def say(pattern: str, **values: object) -> Message:
    """Fill in a pattern; a value may be a message itself, and is then translated along with it."""
    message = Message(pattern.format(**values))
    message.pattern, message.values = pattern, values
    return message


def in_language(text: str, language: str) -> str:
    """Say a message in `language`; text that has no translation, such as that of another program, stays as it is."""
    if language == "en":
        return str(text)
    known = _patterns(language)
    if not isinstance(text, Message):
        return known.get(text, text)
    values = {
        name: in_language(value, language) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return known.get(text.pattern, text.pattern).format(**values)


@cache
def _patterns(language: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"messages_{language}.yml")
    patterns: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
    return patterns
