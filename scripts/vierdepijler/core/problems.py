"""What is wrong with the content we were given: collected, sorted and shown in plain words of English or Dutch.

A mistake in the data, the descriptor or a page is a `Problem`: something a person has to mend, with the
place and the way to mend it. A mistake in the code is an ordinary exception.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

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


Made = TypeVar("Made")

READABLE = "readable"  # the rule that everything we are given can be read
QUOTED = 60  # characters of a cell that a message repeats


class Severity(StrEnum):
    """How bad a problem is: an error stops publication, a warning asks for a look, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    `file` is relative to the package's folder, with forward slashes; `line` counts from 1, and 0 stands
    for the file as a whole. `column` is the name of a field, a property of the descriptor, or
    `character 12` in a page. `what` and `todo` are plain English, without a capital or a full stop, so
    that they read as one line. `rule` is the identifier of the rule that found it; whoever runs the rules
    fills it in, with the severity that the rule has in this package.
    """

    file: str
    line: int
    column: str
    what: str
    todo: str
    rule: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the problem the way compilers do, so that editors can jump to it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        name = self.column if len(self.column) <= 2 * QUOTED else f"{self.column[:QUOTED]}…"
        column = f"{name}: " if name else ""
        return f"{place}: {column}{self.what}; {self.todo}"

    def in_language(self, language: str) -> "Problem":
        """Say the same in another language; a column is translated only where it is no name, as `character 12`."""
        column = in_language(self.column, language) if isinstance(self.column, Message) else self.column
        what, todo = in_language(self.what, language), in_language(self.todo, language)
        return replace(self, column=column, what=what, todo=todo)


class ContentError(Exception):
    """Content that stops the work: there is nothing sensible to do after it.

    Carries the problems that explain it, and the folder their files are in where that is known; whoever
    catches it shows those, not a traceback.
    """

    def __init__(self, problems: Iterable[Problem], root: Path | None = None) -> None:
        """Keep `problems`, of which there is at least one."""
        self.problems = tuple(problems)
        self.root = root
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...], Path | None]]:
        """Let it come whole out of another process."""
        return type(self), (self.problems, self.root)


class UnreadableError(ContentError):
    """A package that cannot be read at all, so that nothing can be said about what it holds."""


def each_of(tasks: Iterable[Callable[[], Made]]) -> list[Made]:
    """Do every task, also after one that fails; raises `ContentError` with the problems of all, each once."""
    made: list[Made] = []
    problems: dict[Problem, None] = {}
    root: Path | None = None
    for task in tasks:
        try:
            made.append(task())
        except ContentError as error:
            problems |= dict.fromkeys(error.problems)
            root = error.root or root
    if problems:
        raise ContentError(problems, root)
    return made


def unreadable(file: str, what: str, todo: str, *, line: int = 0, column: str = "") -> UnreadableError:
    """Make the error that says in which file, and where, reading stopped."""
    return UnreadableError([Problem(file, line, column, what, todo, READABLE)])


def quoted(text: str) -> str:
    """Quote what stands in a file, on one line and not too long, with what cannot be seen written out."""
    shown = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
    return f"'{shown[:QUOTED]}…'" if len(shown) > QUOTED else f"'{shown}'"
