"""What the verbs share: their options, how problems and exit codes are shown, and the fingerprint of what they read.

It loads nothing that reads tables, so that to find out that nothing changed takes no time.
"""

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from vierdepijler.checks.reports import problem_line
from vierdepijler.core.problems import LANGUAGES, ContentError, Problem, UnreadableError, heard, in_language, say
from vierdepijler.core.staging import fingerprint
from vierdepijler.core.writing import clear_scratch

VALID, PROBLEMS, UNREADABLE = 0, 1, 2
CODE = Path(__file__).parents[1]
LOCKS = ("requirements", "package-lock.json")


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


def read_by_publish(descriptor: Path) -> str:
    """Give the fingerprint of all that a publication is made of: the package, its releases, its pages, and our code.

    It is empty for a descriptor that cannot be read: whoever reads it will say so.
    """
    try:
        resources = json.loads(descriptor.read_bytes())["resources"]
        named = [resource.get(part) for resource in resources for part in ("path", "schema", "dialect")]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""
    files = [file for one in named for file in (one if isinstance(one, list) else [one]) if isinstance(file, str)]
    return _of([descriptor, *(descriptor.parent / file for file in files)], descriptor.parent)


def read_by_build(published: Path, project: Path) -> str:
    """Give the fingerprint of all that a site is made of: what was published, the pages, the settings, and our code."""
    return _of([published], project)


def makers(project: Path) -> str:
    """Give the fingerprint of what makes the files of a project: our code, and the versions of its libraries."""
    return " ".join((fingerprint([*(project / name for name in LOCKS), CODE]), sys.version))


def _of(files: list[Path], project: Path) -> str:
    others = [project / "site", project / "releases", *sorted(project.glob("mkdocs*.yml"))]
    settings = (os.environ.get(name, "") for name in ("SITE_URL", "RELEASE"))
    return " ".join((fingerprint([*files, *others]), makers(project), *settings))
