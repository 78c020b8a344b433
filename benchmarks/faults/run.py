"""Kill verbs at random moments on the real project, and write `benchmarks/faults/RESULTS.md`.

Run by hand: `python benchmarks/faults/run.py`, which takes hours (`--minutes` ends it sooner). It copies the project to
`build/benchmarks/faults`, runs each verb once to see how long it takes, and then kills it (SIGKILL) anywhere in that
time. After each kill every file must be as it was, or as it is when the verb is done; the next run must need no hand,
and leave nothing. `tests/proof/test_faults.py` kills them before each of their operations, on a small project.
"""

import argparse
import hashlib
import os
import platform
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FOLDER = PROJECT / "build" / "benchmarks" / "faults"
COPY, KEPT, TEMPORARY = FOLDER / "project", FOLDER / "kept", FOLDER / "temporary"
SOURCES = ("data", "datapackage.json", "releases", "report.json")  # what verbs write of what git keeps
RESULTS = Path(__file__).parent / "RESULTS.md"
LEFT_OUT = ("scripts", "tests", "requirements", "node_modules", "__pycache__")
MOMENTS, SEED = 200, 4
Files = Mapping[str, str]


@dataclass(frozen=True)
class Verb:
    """A verb with its options, the exit code of a run after one that had done all, and how often its turn comes."""

    name: str
    options: tuple[str, ...] = ()
    again: int = 0
    weight: int = 6

    @property
    def command(self) -> list[str]:
        """What is run."""
        return [sys.executable, str(COPY / "scripts" / f"{self.name}.py"), *self.options]


VERBS = (
    Verb("publish"),
    Verb("build_site", weight=1),  # a minute for each run
    Verb("score", ("--shapes", "nowhere"), weight=1),
    Verb("release", again=1),
    Verb("new_table", ("build/visits.csv", "--no-questions"), again=1),
    Verb("trace", ("tests/answers/second.txt", "--propose", "--source", "S98")),
    Verb("validate", ("--save", "json=report.json")),
)


def copy_project() -> None:
    """Copy what git knows of the project; the packages that are installed are only led to."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout  # noqa: S603  # git
    for name in filter(None, listed.split("\0")):
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, COPY / name)
    (COPY / "node_modules").symlink_to(PROJECT / "node_modules")
    (COPY / "build").mkdir()
    (COPY / "build" / "visits.csv").write_text("town,visits\nGent,12\nAalst,30\n", encoding="utf-8")
    (COPY / "report.json").write_text("{}\n", encoding="utf-8")
    TEMPORARY.mkdir()
    for name in SOURCES:
        if (COPY / name).exists():
            copy = shutil.copytree if (COPY / name).is_dir() else shutil.copy2
            KEPT.mkdir(exist_ok=True)
            copy(COPY / name, KEPT / name)


def restore() -> None:
    """Put the sources back as they were."""
    for path in KEPT.iterdir():
        place = COPY / path.name
        if path.is_dir():
            shutil.rmtree(place)
            shutil.copytree(path, place)
        else:
            shutil.copy2(path, place)


def run(verb: Verb, after: float | None = None) -> int:
    """Run a verb, and kill it after some seconds; gives its exit code."""
    (COPY / "requirements" / "moment.txt").write_text(
        str(time.monotonic_ns()), "utf-8"
    )  # or nothing would be made anew
    environment = {**os.environ, "TMPDIR": str(TEMPORARY)}
    with (FOLDER / "said.txt").open("w") as said:
        process = subprocess.Popen(verb.command, cwd=COPY, env=environment, stdout=said, stderr=said)  # noqa: S603  # ours
        try:
            return process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def files() -> Files:
    """Give the hash of every file of the copy, but of its code, of what is only led to, and of lists of what was made.

    For a moment such a list holds old and new, and it tells what a folder was made of, which each run changes here.
    """
    found = {}
    for folder, folders, names in os.walk(COPY):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for name in filterfalse(is_list, names):
            path = Path(folder) / name
            with path.open("rb") as file:
                found[path.relative_to(COPY).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def is_aside(name: str) -> bool:
    """Tell whether a file is one that a run which was killed may leave, until the next run."""
    return any(part == ".unfinished" or (part[0] == "." and part.endswith(".tmp")) for part in name.split("/"))


def is_list(name: str) -> bool:
    """Tell whether a file lists what was made beside it."""
    return name.endswith(".contents")


def wrong_after_kill(before: Files, after: Files, found: Files) -> list[str]:
    """Give the files that are neither as they were nor as they must become."""
    names = [name for name in {*before, *after, *found} if not is_aside(name)]
    return [name for name in names if found.get(name) not in (before.get(name), after.get(name))]


def left_over() -> list[str]:
    """Give what is left of runs that were killed."""
    aside = (path for path in (*COPY.glob(".*"), *(COPY / "build").glob(".*")) if is_aside(path.name))
    return [path.name for path in (*aside, *TEMPORARY.iterdir())]


@dataclass(frozen=True)
class Kill:
    """A run that was killed, or was done just before it would have been, and what was wrong then."""

    verb: str
    seconds: float
    is_killed: bool
    wrong: tuple[str, ...]


def kill(verb: Verb, seconds: float, before: Files, after: Files) -> Kill:
    """Kill a verb after some seconds, look what is there, and run it again."""
    code = run(verb, seconds)
    wrong = wrong_after_kill(before, after, files())
    next_code = run(verb)
    if next_code not in (0, verb.again):
        wrong.append(f"the next run ended with {next_code}: {(FOLDER / 'said.txt').read_text('utf-8')[-200:]}")
    if files() != after:
        wrong.append("the next run does not give what a run gives")
    wrong += [f"{name} is left over" for name in left_over()]
    return Kill(verb.name, seconds, code == -9, tuple(wrong))


def first_run(verb: Verb) -> float:
    """Run a verb that nothing disturbs, and give the seconds that it takes."""
    started = time.monotonic()
    if run(verb):
        sys.exit((FOLDER / "said.txt").read_text("utf-8"))
    return time.monotonic() - started


def page(kills: Sequence[Kill], times: Mapping[str, float], command: str) -> str:
    """Write the results as a page."""
    runs, killed = Counter(one.verb for one in kills), Counter(one.verb for one in kills if one.is_killed)
    wrong = Counter(one.verb for one in kills if one.wrong)
    rows = "".join(
        f"| `{name}` | {seconds:.1f} | {runs[name]} | {killed[name]} | {wrong[name]} |\n"
        for name, seconds in times.items()
    )
    told = "".join(
        f"- `{one.verb}` after {one.seconds:.2f} s: {'; '.join(one.wrong[:5])}\n" for one in kills if one.wrong
    )
    return (
        "# What is lost when a verb is killed\n\n"
        f"`{command}`, on {os.cpu_count()} cores ({platform.machine()}, {platform.system()}, Python"
        f" {platform.python_version()}): {len(kills)} random moments on the real project. After each, every file must"
        " be whole, the next run must need no hand, and nothing may be left.\n\n"
        f"{sum(wrong.values())} of {len(kills)} lost or left something.\n\n"
        "| verb | a whole run, s | runs | killed before they were done | lost or left something |\n"
        f"|---|---:|---:|---:|---:|\n{rows}{told and chr(10) + told}"
    )


def main() -> None:
    """Kill, look, and write the page."""
    parser = argparse.ArgumentParser(description="Kill verbs at random moments.")
    parser.add_argument("--moments", type=int, default=MOMENTS, help=f"how often (default: {MOMENTS})")
    parser.add_argument("--minutes", type=float, default=600, help="stop after this time (default: 600)")
    parser.add_argument("--only", default=",".join(verb.name for verb in VERBS), help="the verbs, with commas between")
    options = parser.parse_args()
    chosen = [verb for verb in VERBS if verb.name in options.only.split(",")]
    copy_project()
    for made in VERBS[: 2 if VERBS[2] in chosen else 1 if {*VERBS[:2]} & {*chosen} else 0]:
        first_run(made)  # so that there is something to lose, to build from, or to measure
    times: dict[str, float] = {}
    states: dict[str, Files] = {}
    end = time.monotonic() + options.minutes * 60
    for verb in chosen:
        times[verb.name], states[verb.name] = first_run(verb), files()
        restore()
    kills: list[Kill] = []
    chance = random.Random(SEED)  # noqa: S311  # the same moments each time
    while len(kills) < options.moments and time.monotonic() < end:
        verb = chance.choices(chosen, [verb.weight for verb in chosen])[0]
        before = files()
        kills.append(kill(verb, chance.uniform(0, times[verb.name]), before, {**before, **states[verb.name]}))
        restore()
    only = "" if len(chosen) == len(VERBS) else f" --only {options.only}"
    command = f"python benchmarks/faults/run.py --moments {len(kills)}{only}"
    RESULTS.write_text(page(kills, times, command), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
