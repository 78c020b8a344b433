"""What is wrong with the content we were given, as a value that can be collected, sorted and shown.

A mistake in the data, the descriptor or a page is a `Problem`: something a person has to mend, with the
place and the way to mend it. A mistake in the code is an ordinary exception.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from .messages import Message, in_language

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
