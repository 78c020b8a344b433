"""Running a contestant as a process of its own, and measuring that process.

The system tells the peak of a process's memory when it ends. The peak of the process that starts it counts too, so
this one imports next to nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from planted import Found, kind_of

PER_MIB = 1024 if sys.platform == "linux" else 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One run: seconds from start to end, peak memory in MiB, and what it told of itself; `failure` if it failed."""

    wall: float
    peak: float
    importing: float | None = None
    checking: float | None = None
    found: Found = field(default_factory=dict)
    failure: str = ""
    steps: tuple[float, ...] = ()  # seconds of each step, for who tells them
    errors: int | None = None  # how many it tells of, where its kinds are others


@dataclass(frozen=True)
class Best:
    """The best of some runs of one contestant: the shortest times and, as that is what must fit, the largest peak."""

    runs: tuple[Run, ...]

    @property
    def failure(self) -> str:
        """Say why it did not run; empty if it did."""
        return next((run.failure for run in self.runs if run.failure), "" if self.runs else "it was not run")

    @property
    def wall(self) -> float:
        """Seconds from the start of the process to its end."""
        return min(run.wall for run in self.runs)

    @property
    def importing(self) -> float | None:
        """Seconds that imports took, if it told."""
        return min((run.importing for run in self.runs if run.importing is not None), default=None)

    @property
    def checking(self) -> float | None:
        """Seconds that the work took, if it told."""
        return min((run.checking for run in self.runs if run.checking is not None), default=None)

    @property
    def peak(self) -> float:
        """Peak memory, in MiB."""
        return max(run.peak for run in self.runs)

    @property
    def found(self) -> Found:
        """The rows in error by kind."""
        return self.runs[-1].found


@dataclass(frozen=True)
class Contestant:
    """A command that checks the package in the folder where it runs, and how often it is measured."""

    name: str
    command: tuple[str, ...]
    rounds: int
    read: Callable[[str], dict[str, Any]] = json.loads


def report_of_frictionless(text: str) -> dict[str, Any]:
    """Read the report that `frictionless validate --json` prints; it tells nothing of the time of its imports."""
    found: Found = {}
    for task in json.loads(text)["tasks"]:
        for error in task["errors"]:
            found.setdefault(kind_of(error["type"], error["note"]), []).append(error["rowNumber"])
    return {"found": found}


def report_of_ours(text: str) -> dict[str, Any]:
    """Read the report of our command, which tells of errors by its own rules."""
    problems = [problem for problem in json.loads(text)["problems"] if problem["severity"] == "error"]
    return {"found": {problem["rule"]: [problem["line"]] for problem in problems}, "errors": len(problems)}


def measure(contestant: Contestant, folder: Path) -> Run:
    """Run a contestant once on the package in `folder`."""
    wall, peak, code, out, err = spawn(contestant.command, folder)
    try:
        told = contestant.read(out)
    except ValueError:
        reason = (err.strip() or f"exit code {code}").splitlines()[-1]
        return Run(wall, peak, failure=f"did not run ({reason})")
    return Run(wall, peak, **told)


def contest(contestants: Sequence[Contestant], folder: Path) -> dict[str, Best]:
    """Run all contestants in turn, round after round, so that a busy moment hits none of them more than another."""
    runs: dict[str, list[Run]] = {contestant.name: [] for contestant in contestants}
    for turn in range(max(contestant.rounds for contestant in contestants)):
        for contestant in contestants:
            if turn < contestant.rounds:
                run = measure(contestant, folder)
                seconds = run.wall if run.checking is None else run.checking
                print(f"{folder.name}: {contestant.name} {run.failure or f'{seconds:.3f} s'}", flush=True)
                runs[contestant.name].append(run)
    return {name: Best(tuple(of_one)) for name, of_one in runs.items()}


def medians(commands: Iterable[Sequence[str]], folder: Path, rounds: int) -> list[tuple[float, int]]:
    """Run commands in turn, and give their median seconds and last exit codes; a first run does not count."""
    commands = list(commands)
    turns = [[spawn(command, folder) for command in commands] for _ in range(rounds + 1)][1:]
    return [(median(turn[place][0] for turn in turns), turns[-1][place][2]) for place in range(len(commands))]


def spawn(command: Sequence[str], folder: Path) -> tuple[float, float, int, str, str]:
    """Run a command, and give its seconds, its peak in MiB, its exit code and what it printed, on both streams."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)  # noqa: S603 - our own commands
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
        return wall, usage.ru_maxrss / PER_MIB, process.returncode, texts[0], texts[1]
