"""What the verbs share: their options, and how problems and exit codes are shown."""

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from vierdepijler.checks.reporting.reports import problem_line
from vierdepijler.core.messages import LANGUAGES, heard, in_language, say
from vierdepijler.core.problems import ContentError, Problem, UnreadableError
from vierdepijler.core.writing import clear_scratch

VALID, PROBLEMS, UNREADABLE = 0, 1, 2


def arguments(description: str, **paths: tuple[Path, str]) -> argparse.Namespace:
    """Read the command line: one option per path, with its default and its help."""
    parser = argparse.ArgumentParser(description=description)
    for name, (default, explanation) in paths.items():
        parser.add_argument(f"--{name}", type=Path, default=default, metavar="PATH", help=explanation)
    return parser.parse_args()


def chosen_language() -> str:
    """Look on the command line for the language, for what must be said where the options are not at hand."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--language", default=LANGUAGES[0], nargs="?")
    language = parser.parse_known_args()[0].language
    return language if language in LANGUAGES else LANGUAGES[0]


def run(verb: Callable[[], int]) -> int:
    """Run a verb; show the problems that stop it, and give its exit code: 0 done, 1 problems, 2 unreadable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without our letters still gets the message
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who is asked to stop clears up, as after Ctrl-C
    try:
        clear_scratch()
        return verb()
    except ContentError as error:
        show(error.problems, error.root, sys.stderr, chosen_language())
        return UNREADABLE if isinstance(error, UnreadableError) else PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except OSError as error:
        file, reason = error.filename or say("output"), heard(str(error.strerror))
        what = say("{file}: cannot be read or written ({reason})", file=file, reason=reason)
        print(in_language(what, chosen_language()), file=sys.stderr)
        return UNREADABLE
    except KeyboardInterrupt:
        print(in_language("Stopped; nothing was replaced.", chosen_language()), file=sys.stderr)
        return 130


def show(problems: Iterable[Problem], root: Path | None, stream: TextIO, language: str = LANGUAGES[0]) -> None:
    """Print the problems in a language, each file named from the folder the reader is in."""
    folder = seen_from(Path(), root or Path())
    for problem in problems:
        file = Path(os.path.normpath(folder / problem.file)).as_posix()  # one beside the package is named so too
        print(problem_line(replace(problem, file=file), language), file=stream)


def seen_from(base: Path, folder: Path) -> Path:
    """Name a folder from one that holds it, by its name or else by where links lead; in full where none does."""
    named = Path(os.path.normpath(folder.absolute()))
    pairs = ((named, Path(os.path.normpath(base.absolute()))), (folder.resolve(), base.resolve()))
    return next((inner.relative_to(outer) for inner, outer in pairs if inner.is_relative_to(outer)), named)
