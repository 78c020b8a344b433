"""Messages in plain words: written in English where they arise, said in another language where they are shown.

A message remembers the pattern it was made from and what was filled in, so that the same can be said in Dutch.
The Dutch patterns stand in `messages_nl.yml`, each under its English one.
"""

import re
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nl")
THOUSANDS = {"nl": "."}  # what parts them; a comma elsewhere

AS_IT_IS = "{text}"

# What other programs say, in their words, wherever we pass it on: Python about JSON, regular expressions, text and
# the disk, csv about CSV, jsonschema and Frictionless about a descriptor. What is not here stays English.
OF_OTHERS = (
    "nested too deep",
    "another part is said again by its mark",
    "expecting value",
    "expecting property name enclosed in double quotes",
    "expecting ':' delimiter",
    "expecting ',' delimiter",
    "illegal trailing comma before end of object",
    "illegal trailing comma before end of array",
    "unterminated string starting at",
    "invalid control character at",
    r"invalid \escape",
    r"invalid \uxxxx escape",
    "extra data",
    "Out of range float values are not JSON compliant",
    "Out of range float values are not JSON compliant: {value}",
    (
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits;"
        " use sys.set_int_max_str_digits() to increase the limit"
    ),
    "'{encoding}' codec can't encode character {character} in position {position}: surrogates not allowed",
    "unexpected end of data",
    "'{delimiter}' expected after '{quote}'",
    "field larger than field limit ({limit})",
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File name too long",
    "No space left on device",
    "Read-only file system",
    "unterminated character set at position {position}",
    "missing ), unterminated subpattern at position {position}",
    "unbalanced parenthesis at position {position}",
    "nothing to repeat at position {position}",
    "additional properties are not allowed ({names} was unexpected)",
    "additional properties are not allowed ({names} were unexpected)",
    "{value} is not of type '{kind}' at property '{place}'",
    "{value} is not of type '{kind}'",
    "{value} is not valid under any of the given schemas at property '{place}'",
    "{value} is not valid under any of the given schemas",
    "{value} does not match '{form}'",
    "{value} has non-unique elements",
    "{value} is too long",
    "{value} is not one of {values}",
    "{value} was expected",
    "False schema does not allow {value}",
    'field type "{kind}" is not supported',
    "names of the fields are not unique",
    'primary key "{key}" does not match the fields "{fields}"',
    'foreign key fields "{key}" does not match the reference fields "{fields}"',
    'foreign key "{key}" does not match the fields "{fields}"',
    'constraint "{name}" is not supported by type "{kind}"',
    'constraint "{name}" is "{limit}"',
    'example value "{value}" for field "{name}" is not valid',
    '"{name}" should be set as "constraints.{rest}"',
    'expected is "{expected}" and actual is "{actual}"',
)


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
    known = _patterns(language)
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
    return tuple((pattern, re.compile(_form(pattern), re.DOTALL)) for pattern in OF_OTHERS)


def _form(pattern: str) -> str:
    parts = re.split(r"\{(\w+)\}", pattern)  # in turn what stands there, and the name of what fills it
    return "".join(f"(?P<{part}>.*?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


@cache
def _patterns(language: str) -> dict[str, str]:
    from .yaml_texts import read_values  # noqa: PLC0415  # what is said in English needs no other patterns

    path = Path(__file__).with_name(f"messages_{language}.yml")
    patterns: dict[str, str] = read_values(path.read_text("utf-8"))
    return patterns
