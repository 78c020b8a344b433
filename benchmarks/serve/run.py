"""Measure how soon `make serve` shows a change, and write `benchmarks/serve/RESULTS.md`.

Run by hand: `python benchmarks/serve/run.py`, on a machine that does nothing else. It copies the project to
`build/benchmarks/serve`, starts `scripts/serve.py` there, changes one thing at a time, and asks over HTTP for a page
until that shows it. The next change follows at once, while the whole site is being built beside it: the hardest case.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
COPY = PROJECT / "build" / "benchmarks" / "serve"
RESULTS = Path(__file__).parent / "RESULTS.md"
PORT, PATIENCE = 8795, 300.0
PAGE, DATA = 1.0, 2.0  # seconds: the goals for what is written for pages, and for the data they show
ROUNDS = 3


@dataclass(frozen=True)
class Change:
    """A change of a file: what is put in the place of a text, and the page that shows it."""

    name: str
    file: str
    old: str
    page: str

    @property
    def goal(self) -> float:
        """The seconds within which it must be shown."""
        return DATA if self.file.startswith("data") else PAGE


CHANGES = (
    Change("a page", "site/nl/geld.md", "title: ", "geld.html"),
    Change("the frame of all pages (theme)", "site/theme/main.html", '<main id="', "resultaten.html"),
    Change("the stylesheet", "site/assets/vierdepijler.css", "{", "assets/vierdepijler.css"),
    Change("a word of the interface", "site/nl/_words.yml", "source: ", "resultaten.html"),
    Change("a building block", "site/blocks/blocks.html", '<figcaption class="', "resultaten.html"),
    Change("a chart", "site/charts/who-finished.yml", "title_nl: ", "resultaten.html"),
    Change("a cell of a table", "data/trajectory/policy_events.csv", ",Inspiratiedag", "data/policy_events.html"),
    Change("a cell, on a page that shows it", "data/trajectory/policy_events.csv", ",Inspiratiedag", "tijdlijn.html"),
    Change("a new row", "data/reference/terms.csv", "\n", "data/terms.html"),
    Change("a title in datapackage.json", "datapackage.json", '"title": "Gebieden', "data/areas.html"),
)


def changed(change: Change, text: str, mark: str) -> str:
    """Put a mark in a text: a comment, words, or a row, by the kind of file."""
    match Path(change.file).suffix:
        case ".css":
            return text.replace(change.old, f"{{ /* {mark} */", 1)
        case ".csv" if change.old == "\n":
            return f"{text}{mark.lower()},{mark},{mark} (en),{mark}.,{mark}.\n"
        case ".csv" | ".json":
            return text.replace(change.old, f"{change.old} {mark}", 1)
        case ".html":
            return text.replace(change.old, change.old.replace('="', f'="{mark} ', 1), 1)
        case _:
            return text.replace(change.old, f"{change.old}{mark} ", 1)


def ask(page: str) -> str:
    """Ask for a page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{page}", timeout=PATIENCE) as answer:
        content: bytes = answer.read()
    return content.decode()


def marks() -> Iterator[str]:
    """Give words without a digit that stand nowhere yet."""
    for first in "abcdefghij":
        for second in "abcdefghij":
            yield f"Zq{first}{second}"


def shown_after(change: Change, mark: str) -> float:
    """Make a change; gives the seconds from the save until the page shows it."""
    path = COPY / change.file
    text = changed(change, path.read_text("utf-8"), mark)
    started = time.perf_counter()
    path.write_text(text, encoding="utf-8", newline="")
    while mark not in ask(change.page):
        if time.perf_counter() - started > PATIENCE:
            sys.exit(f"{change.name}: not shown; see {COPY / 'said.txt'}")
        time.sleep(0.05)  # asking more often would hold up what is asked for
    return time.perf_counter() - started


def settled(said: Path) -> None:
    """Wait until the whole site was built once."""
    while "up to date after" not in said.read_text("utf-8"):
        time.sleep(0.1)


def build_time() -> float:
    """Measure the whole: what `make site` runs."""
    started = time.perf_counter()
    for verb in ("publish", "build_site"):
        command = [sys.executable, COPY / "scripts" / f"{verb}.py"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own verbs
    return time.perf_counter() - started


def copy_project() -> None:
    """Copy what git knows of the project; the packages that are installed are only led to."""
    shutil.rmtree(COPY, ignore_errors=True)
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout  # noqa: S603  # git
    for name in filter(None, listed.split("\0")):
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, COPY / name)
    (COPY / "node_modules").symlink_to(PROJECT / "node_modules")


def measure(rounds: int) -> dict[Change, list[float]]:
    """Make each change so many times; gives the seconds of each."""
    said, names = COPY / "said.txt", marks()
    found: dict[Change, list[float]] = {change: [] for change in CHANGES}
    command = [sys.executable, COPY / "scripts" / "serve.py", "--port", str(PORT)]
    with said.open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:  # noqa: S603  # our verb
        try:
            settled(said)
            for _ in range(rounds):
                for change in CHANGES:
                    ask(change.page)
                    found[change].append(shown_after(change, next(names)))
        finally:
            server.terminate()
    return found


def page(found: dict[Change, list[float]], whole: float, command: str) -> str:
    """Write the results as a page."""
    rows = "".join(
        f"| {change.name} | `{change.page}` | {statistics.median(times):.2f} | {max(times):.2f} | {change.goal:.0f} |"
        f" {whole / statistics.median(times):.0f} |\n"
        for change, times in found.items()
    )
    missed = [change.name for change, times in found.items() if max(times) >= change.goal]
    return (
        "# How soon `make serve` shows a change\n\n"
        f"`{command}`, on {os.cpu_count()} cores ({platform.machine()}, {platform.system()}, Python"
        f" {platform.python_version()}): seconds from the save until the page, asked for over HTTP, shows it."
        f" A whole build (`make site`) takes {whole:.1f} s; it runs beside, and begins again with each change.\n\n"
        f"The goals, {PAGE:.0f} s for a page and {DATA:.0f} s for the data, are"
        f" {'missed for ' + ', '.join(missed) if missed else 'met'}.\n\n"
        "| what changed | page | median, s | slowest, s | goal, s | times as fast as a whole build |\n"
        "|---|---|---:|---:|---:|---:|\n"
        f"{rows}"
    )


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description="Measure how soon a change is shown.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each change is made (default: {ROUNDS})")
    options = parser.parse_args()
    copy_project()
    whole = build_time()
    found = measure(options.rounds)
    RESULTS.write_text(page(found, whole, "python benchmarks/serve/run.py"), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
