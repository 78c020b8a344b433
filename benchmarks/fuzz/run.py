"""Fuzz the four readers with atheris, led by what they run through, and write `benchmarks/fuzz/RESULTS.md`.

Run by hand: `python benchmarks/fuzz/run.py`, which takes an hour or two (`--minutes` ends each reader sooner). An input
that is neither read nor refused in the words of the project is a finding, and so is one that takes 2 GB or `--seconds`.
What was found, what led somewhere and what each run told stay in `build/benchmarks/fuzz`, where the next run goes on.
"""

import argparse
import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from inputs import LONGEST, PROJECT, seeds

FOLDER, RESULTS = PROJECT / "build" / "benchmarks" / "fuzz", Path(__file__).with_name("RESULTS.md")
MEMORY = Path("/dev/shm")  # noqa: S108  # to write each input to a disk would take longer than to read it
RUNS = 1_000_000
LIMITS = ("-rss_limit_mb=2048", "-print_final_stats=1")
DONE = re.compile(r"^(?:stat::number_of_executed_units: +|#)(\d+)", re.MULTILINE)


class Reader:
    """What is known of one reader: what it began with, what led further, what was found, and what each run told."""

    def __init__(self, name: str) -> None:
        """Find what is kept of it."""
        self.name = name
        self.corpus, self.findings, self.logs = (FOLDER / name / part for part in ("corpus", "findings", "logs"))
        for folder in (self.corpus, self.findings, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        self.begun = {hashlib.sha256(seed).hexdigest(): seed for seed in seeds(name)}

    @property
    def executions(self) -> int:
        """How many inputs it was given, over all runs."""
        return sum(_executions(log) for log in self.logs.iterdir())

    @property
    def row(self) -> str:
        """Its row of the results; a log is named by the second in which its run began."""
        logs, found = list(self.logs.iterdir()), sorted(path.name for path in self.findings.iterdir())
        seconds = sum(log.stat().st_mtime - int(log.stem) for log in logs)
        led = len({path.name for path in self.corpus.iterdir()} - self.begun.keys())
        numbers = (self.executions, len(logs), round(seconds), len(self.begun), led)
        return f"| {self.name} | {' | '.join(f'{n:,}' for n in numbers)} | {', '.join(found) or 'none'} |\n"

    def fuzz(self, asked: argparse.Namespace) -> None:
        """Give it inputs, in a process of its own, until it had as many as are asked; a finding may end a process."""
        for name, seed in self.begun.items():
            (self.corpus / name).write_bytes(seed)
        end = time.monotonic() + asked.minutes * 60
        while (left := asked.runs - self.executions) > 0 and (seconds := int(end - time.monotonic())) > 0:
            if not self._run([f"-runs={left}", f"-max_total_time={seconds}", f"-timeout={asked.seconds}"]):
                break

    def _run(self, options: list[str]) -> int:
        """Run once, each time by another chance, and tell how many inputs it had."""
        places = [f"-artifact_prefix={self.findings}/", f"-max_len={LONGEST[self.name]}", str(self.corpus)]
        own = [f"-seed={4 + len(list(self.logs.iterdir()))}", *LIMITS, *options, *places]
        log = self.logs / f"{time.time():.0f}.txt"
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as temporary, log.open("wb") as told:
            command = [sys.executable, str(Path(__file__).with_name("readers.py")), self.name, str(self.findings), *own]
            environment = {**os.environ, "TMPDIR": temporary}
            subprocess.run(command, stdout=told, stderr=told, env=environment, check=False)  # noqa: S603  # ours
        return _executions(log)


def _executions(log: Path) -> int:
    """Tell how many inputs a run had; of one that was broken off, how many it had told of."""
    return int((DONE.findall(log.read_text("utf-8", errors="replace")) or ["0"])[-1])


def page(rows: list[str], asked: argparse.Namespace) -> str:
    """Write the results as a page."""
    command = f"python benchmarks/fuzz/run.py --runs {asked.runs} --seconds {asked.seconds}"
    longest = ", ".join(f"{size:,} bytes for {name}" for name, size in LONGEST.items())
    return (
        "# What the readers do with inputs that a program thinks up\n\n"
        f"`{command}`, with atheris {version('atheris')}, on {os.cpu_count()} cores ({platform.machine()},"
        f" {platform.system()}, Python {platform.python_version()}). Each input is read, or refused in the project's"
        f" own words, within {asked.seconds} seconds and 2 GB; or it is a finding. An input has at most {longest}."
        " Atheris is in no list of `requirements/`: install it with `pip install atheris`, in an environment that has"
        " what `requirements/site.txt` and `requirements/test.txt` list.\n\n"
        "| reader | executions | in runs | seconds | inputs to begin with | inputs that led further | findings |\n"
        f"|---|---:|---:|---:|---:|---:|---|\n{''.join(rows)}"
    )


def main() -> None:
    """Fuzz each reader, and write the page."""
    parser = argparse.ArgumentParser(description="Fuzz the readers.")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"inputs for each reader, over all runs ({RUNS})")
    parser.add_argument("--minutes", type=float, default=600, help="stop each after this time (default: 600)")
    parser.add_argument("--seconds", type=int, default=10, help="that an input may take (default: 10)")
    parser.add_argument("--only", default=",".join(LONGEST), help="the readers, with commas between")
    options = parser.parse_args()
    for name in options.only.split(","):
        Reader(name).fuzz(options)
    RESULTS.write_text(page([Reader(name).row for name in LONGEST], options), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
