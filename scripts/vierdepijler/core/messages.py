"""Messages in plain words: written in English where they arise, said in another language where they are shown.

A message remembers the pattern it was made from and what was filled in, so that the same can be said in Dutch.
The Dutch patterns stand in `messages_nl.yml`, each under its English one; those of other programs, whose words we pass
on, in `messages_of_others_nl.yml`.
"""

import re
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nl")
THOUSANDS = {"nl": "."}  # what parts them; a comma elsewhere

AS_IT_IS = "{text}"


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


def heard(text: str) -> Message:
    """Pass on what another program says, so that it can be said in another language where we know its pattern."""
    for pattern, form in _forms():
        if found := form.fullmatch(text):
            return say(pattern, **found.groupdict())
    return say(AS_IT_IS, text=text)


def in_language(text: str, language: str) -> str:
    """Say a message in `language`; text that has no translation stays as it is.

    Of what fills a message only messages are translated: the name of a field may happen to be one of our phrases.
    """
    if language == "en":
        return str(text)
    known = _patterns(f"messages_{language}") | _patterns(f"messages_of_others_{language}")
    if not isinstance(text, Message):
        return known.get(text, text)
    values = {
        name: in_language(value, language) if isinstance(value, Message) else value
        for name, value in text.values.items()
    }
    return known.get(text.pattern, text.pattern).format(**values)


def grouped(number: int, language: str) -> str:
    """Write a whole number as a language does, its thousands apart: `3,451` or `3.451`."""
    return f"{number:,}".replace(",", THOUSANDS.get(language, ","))


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Turn each pattern of another program round, so that it recognises what was made from it."""
    return tuple((pattern, re.compile(_form(pattern), re.DOTALL)) for pattern in _patterns("messages_of_others_nl"))


def _form(pattern: str) -> str:
    parts = re.split(r"\{(\w+)\}", pattern)  # in turn what stands there, and the name of what fills it
    return "".join(f"(?P<{part}>.*?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


@cache
def _patterns(name: str) -> dict[str, str]:
    from .yaml_texts import read_values  # noqa: PLC0415  # what is said in English needs no other patterns

    patterns: dict[str, str] = read_values(Path(__file__).with_name(f"{name}.yml").read_text("utf-8"))
    return patterns
