"""What is wrong with the content we were given, as a value that can be collected, sorted and shown.

A mistake in the data, the descriptor or a page is a `Problem`: something a person has to mend, with the
place and the way to mend it. A mistake in the code is an ordinary exception.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

QUOTED = 60  # characters of a cell that a message repeats


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    `file` is relative to the package's folder, with forward slashes; `line` counts from 1, and 0 stands
    for the file as a whole. `column` is the name of a field, a property of the descriptor, or
    `character 12` in a page. `what` and `todo` are plain English, without a capital or a full stop, so
    that they read as one line.
    """

    file: str
    line: int
    column: str
    what: str
    todo: str

    def __str__(self) -> str:
        """Write the problem the way compilers do, so that editors can jump to it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f"{self.column}: " if self.column else ""
        return f"{place}: {column}{self.what}; {self.todo}"


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


class UnreadableError(ContentError):
    """A package that cannot be read at all, so that nothing can be said about what it holds."""


def unreadable(file: str, what: str, todo: str, *, line: int = 0, column: str = "") -> UnreadableError:
    """Make the error that says in which file, and where, reading stopped."""
    return UnreadableError([Problem(file, line, column, what, todo)])


def quoted(text: str) -> str:
    """Quote what stands in a file, on one line and not too long, with what cannot be seen written out."""
    shown = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
    return f"'{shown[:QUOTED]}…'" if len(shown) > QUOTED else f"'{shown}'"
