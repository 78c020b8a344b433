"""Kill verbs at random moments on the real project, and write `benchmarks/faults/RESULTS.md`.

Run by hand: `python benchmarks/faults/run.py`, which takes an hour or so (`--minutes` ends it sooner, and the next run
goes on where it ended: the results count what was done before, `--anew` forgets that). It copies the project to
`build/benchmarks/faults`, runs each verb once to see how long it takes, and then kills it (SIGKILL) anywhere in that
time. After each kill every file must be as it was, or as it is when the verb is done; the next run must need no hand,
and leave nothing. `tests/proof/test_faults.py` kills them before each of their operations, on a small project.
"""

import argparse
import hashlib
import os
import platform
import random
import re
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
    Verb("build_site", weight=1),  # the longest runs come less often
    Verb("score", ("--shapes", "nowhere"), weight=1),
    Verb("release", again=1, weight=2),
    Verb("new_table", ("build/visits.csv", "--no-questions"), again=1),
    Verb("validate", ("--save", "json=report.json")),
)


@dataclass(frozen=True)
class Row:
    """What is known of a verb: the seconds of a whole run, and how many were begun, killed and gone wrong."""

    seconds: float
    runs: int
    killed: int
    wrong: int


ROW = re.compile(r"\| `(\w+)` \| ([\d.]+) \| (\d+) \| (\d+) \| (\d+) \|")


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
    # Or nothing would be made anew; of other lists of packages nothing would be that is kept either.
    moment = "".join(chr(ord("a") + int(digit)) for digit in str(time.monotonic_ns()))  # a typed number is refused
    (COPY / "mkdocs.moment.yml").write_text(f"# {moment}\n", "utf-8")
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
        folders[:] = [name for name in folders if name not in LEFT_OUT and not name.endswith(".kept")]
        for name in filterfalse(is_list, names):
            path = Path(folder) / name
            with path.open("rb") as file:
                found[path.relative_to(COPY).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def is_aside(name: str) -> bool:
    """Tell whether a file is one that a run which was killed may leave, until the next run."""
    return any(part == ".unfinished" or (part[0] == "." and part.endswith(".tmp")) for part in name.split("/"))


def is_list(name: str) -> bool:
    """Tell whether a file lists what was made beside it, or is new for each run."""
    return name.endswith(".contents") or name == "mkdocs.moment.yml"


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


def told_before() -> tuple[dict[str, Row], list[str]]:
    """Read what the results tell of earlier runs: the numbers of each verb, and what was wrong."""
    lines = RESULTS.read_text("utf-8").splitlines() if RESULTS.is_file() else []
    found = (ROW.fullmatch(line) for line in lines)
    rows = {one[1]: Row(float(one[2]), int(one[3]), int(one[4]), int(one[5])) for one in found if one}
    return rows, [f"{line}\n" for line in lines if line.startswith("- `")]


def page(kills: Sequence[Kill], times: Mapping[str, float], before: Mapping[str, Row], told: Sequence[str]) -> str:
    """Write the results as a page, with those of earlier runs."""
    runs, killed = Counter(one.verb for one in kills), Counter(one.verb for one in kills if one.is_killed)
    wrong = Counter(one.verb for one in kills if one.wrong)
    rows = {verb.name: before.get(verb.name, Row(0.0, 0, 0, 0)) for verb in VERBS}
    rows = {
        name: Row(
            times.get(name, row.seconds), row.runs + runs[name], row.killed + killed[name], row.wrong + wrong[name]
        )
        for name, row in rows.items()
    }
    shown = "".join(
        f"| `{name}` | {row.seconds:.1f} | {row.runs} | {row.killed} | {row.wrong} |\n"
        for name, row in rows.items()
        if row.runs
    )
    faults = "".join(
        [
            *told,
            *(f"- `{one.verb}` after {one.seconds:.2f} s: {'; '.join(one.wrong[:5])}\n" for one in kills if one.wrong),
        ]
    )
    whole = sum(row.runs for row in rows.values())
    return (
        "# What is lost when a verb is killed\n\n"
        f"`python benchmarks/faults/run.py`, on {os.cpu_count()} cores ({platform.machine()}, {platform.system()},"
        f" Python {platform.python_version()}): {whole} random moments on the real project. After each, every file must"
        " be whole, the next run must need no hand, and nothing may be left.\n\n"
        f"{sum(row.wrong for row in rows.values())} of {whole} lost or left something.\n\n"
        "| verb | a whole run, s | runs | killed before they were done | lost or left something |\n"
        f"|---|---:|---:|---:|---:|\n{shown}{faults and chr(10) + faults}"
    )


def main() -> None:
    """Kill, look, and write the page."""
    parser = argparse.ArgumentParser(description="Kill verbs at random moments.")
    parser.add_argument("--moments", type=int, default=MOMENTS, help=f"how often in all (default: {MOMENTS})")
    parser.add_argument("--minutes", type=float, default=600, help="stop after this time (default: 600)")
    parser.add_argument("--only", default=",".join(verb.name for verb in VERBS), help="the verbs, with commas between")
    parser.add_argument("--anew", action="store_true", help="forget what was done before")
    options = parser.parse_args()
    before, told = ({}, []) if options.anew else told_before()
    done = sum(row.runs for row in before.values())
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
    chance = random.Random(SEED + done)  # noqa: S311  # other moments than before
    while done + len(kills) < options.moments and time.monotonic() < end:
        verb = chance.choices(chosen, [verb.weight for verb in chosen])[0]
        found = files()
        kills.append(kill(verb, chance.uniform(0, times[verb.name]), found, {**found, **states[verb.name]}))
        restore()
        RESULTS.write_text(page(kills, times, before, told), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
