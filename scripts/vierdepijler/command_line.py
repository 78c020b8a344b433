"""What the verbs share: their options, and how problems and exit codes are shown."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from .problems import ContentError, Problem, UnreadableError
from .reports import problem_line

VALID, PROBLEMS, UNREADABLE = 0, 1, 2


def arguments(description: str, **paths: tuple[Path, str]) -> argparse.Namespace:
    """Read the command line: one option per path, with its default and its help."""
    parser = argparse.ArgumentParser(description=description)
    for name, (default, explanation) in paths.items():
        parser.add_argument(f"--{name}", type=Path, default=default, metavar="PATH", help=explanation)
    return parser.parse_args()


def run(verb: Callable[[], int]) -> int:
    """Run a verb; show the problems that stop it, and give its exit code: 0 done, 1 problems, 2 unreadable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without our letters still gets the message
    try:
        return verb()
    except ContentError as error:
        show(error.problems, error.root, sys.stderr)
        return UNREADABLE if isinstance(error, UnreadableError) else PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except OSError as error:
        print(f"{error.filename or 'output'}: cannot be read or written ({error.strerror})", file=sys.stderr)
        return UNREADABLE
    except KeyboardInterrupt:
        print("Stopped; nothing was replaced.", file=sys.stderr)
        return 130


def show(problems: Iterable[Problem], root: Path | None, stream: TextIO) -> None:
    """Print the problems, each file named from the folder the reader is in."""
    folder = seen_from(Path(), root or Path())
    for problem in problems:
        print(problem_line(replace(problem, file=(folder / problem.file).as_posix()), "en"), file=stream)


def seen_from(base: Path, folder: Path) -> Path:
    """Name a folder from one that holds it, by its name or else by where links lead; in full where none does."""
    named = Path(os.path.normpath(folder.absolute()))
    pairs = ((named, Path(os.path.normpath(base.absolute()))), (folder.resolve(), base.resolve()))
    return next((inner.relative_to(outer) for inner, outer in pairs if inner.is_relative_to(outer)), named)
