"""Measure how long the site takes to make, and write `benchmarks/site/RESULTS.md`.

Run by hand: `python benchmarks/site/run.py`, on a machine that does nothing else. It copies the project to
`build/benchmarks/site`, and runs there what `make site` runs: from nothing, again, and after a change of one cell. In
the same run MkDocs builds as many pages of plain Markdown with the theme alone. How the time grows is measured on a
package about something else, with more and more tables, and with one table of more and more rows.

What was measured is told at once, and the page is written again after each measure of growth, so that a run that is
broken off leaves one. Where the machine does other work, the seconds of the processors tell more than those of the
clock.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / name) for name in ("scripts", "tests", "tests/support")]

from small_projects import dress

FOLDER, RESULTS = PROJECT / "build" / "benchmarks" / "site", Path(__file__).with_name("RESULTS.md")
TREES, TEMPLATES = PROJECT / "tests" / "city_trees", ("_table.md", "_passport.md", "_release.md")
CELL = ("data/trajectory/policy_events.csv", ",Inspiratiedag")
TABLES, ROWS, NINE = (60, 200, 1000), (10, 1000, 50_000), 9
PER_MIB = 1024 if sys.platform == "linux" else 1024 * 1024
# The works that are measured, and the most that each may take; MkDocs, with the theme alone, is what we are held to.
WHOLE, PLAIN_PAGES = "`make site`, installed, nothing built", "MkDocs with the theme, as many pages of plain Markdown"
UNCHANGED, ONE_CELL, PUBLISH = "`make site`, nothing changed", "one cell changed, whole site right", "publish"
GOALS = {WHOLE: "10 s, 350 MiB", UNCHANGED: "1 s", ONE_CELL: "5 s", PUBLISH: "2 s"}
MEASURED = "s | s of all processors | largest process, MiB"
TIMES_MKDOCS, MOST = 6, 500  # times as long as MkDocs; MiB, however large the package is
GROWTH = f"A package about something else, once each. The goal: linear, without a step, in {MOST} MiB at most."
# As a user has it: what Python compiled is kept from one run to the next.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PLAIN = "site_name: Plain\nuse_directory_urls: false\ntheme: {name: material, font: false}\nplugins: [search]\n"


@dataclass(frozen=True)
class Run:
    """One run of some commands after each other: seconds, those of all processors, and MiB of its largest process."""

    seconds: float
    processors: float
    peak: float


def run(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run commands, and measure each as a process of its own; one that fails ends all."""
    begun, processors, peaks = time.monotonic(), 0.0, []
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)  # noqa: S603  # ours
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}")
        processors += used.ru_utime + used.ru_stime
        peaks.append(used.ru_maxrss / PER_MIB)
    return Run(time.monotonic() - begun, processors, max(peaks))


def site_commands(project: Path) -> list[list[str]]:
    """Give what `make site` runs in a project where everything is installed."""
    return [[sys.executable, str(project / "scripts" / name)] for name in ("publish.py", "build_site.py")]


def median_of(times: int, measure: Callable[[], Run]) -> Run:
    """Measure some times, and give the medians."""
    runs = [measure() for _ in range(times)]
    seconds, processors, peaks = ([getattr(one, name) for one in runs] for name in ("seconds", "processors", "peak"))
    return Run(statistics.median(seconds), statistics.median(processors), statistics.median(peaks))


def forget(project: Path) -> None:
    """Take away what was made, with the lists of it."""
    for made in (project / name for name in ("build", "public", ".public.contents", ".public.kept")):
        shutil.rmtree(made) if made.is_dir() else made.unlink(missing_ok=True)


def copy_project() -> Path:
    """Copy what git knows of the project."""
    project = FOLDER / "project"
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout  # noqa: S603  # git
    for name in filter(None, listed.split("\0")):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, project / name)
    (project / "node_modules").symlink_to(PROJECT / "node_modules")
    return project


def from_nothing(project: Path, commands: Sequence[Sequence[str]]) -> Run:
    """Run commands where nothing was made yet."""
    forget(project)
    return run(commands, project)


def after_a_cell(project: Path, mark: str) -> Run:
    """Change one cell, and make the site again."""
    file, text = CELL
    path = project / file
    path.write_text(path.read_text("utf-8").replace(text, f"{text} {mark}", 1), encoding="utf-8", newline="")
    return run(site_commands(project), project)


def plain_pages(count: int) -> tuple[list[list[str]], Path]:
    """Write so many pages of plain Markdown, and give the command that builds them with the theme alone."""
    folder = FOLDER / "plain"
    (folder / "docs").mkdir(parents=True)
    text = (PROJECT / "docs" / "authoring.md").read_text("utf-8")
    for number in range(count):
        (folder / "docs" / f"page-{number}.md").write_text(f"# Page {number}\n\n{text[:4000]}", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    return [[sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]], folder


def grown(name: str, tables: int, rows: int) -> Path:
    """Make a project about something else, with so many tables of so many rows."""
    project = Path(shutil.copytree(TREES, FOLDER / name))
    dress(project)
    for language in ("nl", "en"):
        for template in TEMPLATES:
            shutil.copy(PROJECT / "site" / language / "data" / template, project / "site" / language / "data")
    descriptor = json.loads((project / "datapackage.json").read_text("utf-8"))
    pattern = next(resource for resource in descriptor["resources"] if resource["name"] == "species")
    for number in range(tables):
        table = f"table_{number}"
        lines = "".join(f"c{row},Soort {row},Kind {row}\n" for row in range(rows))
        (project / "data" / f"{table}.csv").write_text(f"species_id,label_nl,label_en\n{lines}", encoding="utf-8")
        descriptor["resources"].append({**pattern, "name": table, "path": f"data/{table}.csv"})
    (project / "datapackage.json").write_text(json.dumps(descriptor, indent=2), encoding="utf-8")
    return project


def growth(largest: int) -> Iterator[str]:
    """Measure how the time grows with the tables and with the rows; a row of the page for each."""
    sizes = (*((count, NINE) for count in TABLES), *((1, count) for count in ROWS))
    for tables, rows in (size for size in sizes if max(size) <= largest):
        project = grown(f"{tables}-of-{rows}", tables, rows)
        yield f"| {tables:,} | {rows:,} | {cells(from_nothing(project, site_commands(project)))} |\n"
        shutil.rmtree(project)


def measured(times: int) -> Iterator[tuple[str, Run]]:
    """Measure the site itself, and MkDocs beside it."""
    project = copy_project()
    commands = site_commands(project)
    yield WHOLE, median_of(times, lambda: from_nothing(project, commands))
    plain, folder = plain_pages((project / "public" / "sitemap.xml").read_text("utf-8").count("<loc>"))
    yield PLAIN_PAGES, median_of(times, lambda: run(plain, folder))
    yield UNCHANGED, median_of(times, lambda: run(commands, project))
    marks = iter("abcdefghijklmnopqrstuvwxyz")
    yield ONE_CELL, median_of(times, lambda: after_a_cell(project, next(marks)))
    yield PUBLISH, median_of(times, lambda: from_nothing(project, commands[:1]))


def cells(found: Run) -> str:
    """Write a run as cells of a table."""
    return f"{found.seconds:.1f} | {found.processors:.1f} | {found.peak:.0f}"


def page(found: Mapping[str, Run], pages: int, times: int, growing: Sequence[str]) -> str:
    """Write the results as a page."""
    ratio = found[WHOLE].seconds / found[PLAIN_PAGES].seconds
    rows = "".join(f"| {name} | {cells(one)} | {GOALS.get(name, '')} |\n" for name, one in found.items())
    grew = f"| tables | rows of each | {MEASURED} |\n|---:|---:|---:|---:|---:|\n" + "".join(growing)
    return (
        "# How long the site takes\n\n"
        f"`python benchmarks/site/run.py --times {times}`, on {os.cpu_count()} cores ({platform.machine()},"
        f" {platform.system()}, Python {platform.python_version()}): medians of {times}, whole processes.\n\n"
        f"| work | {MEASURED} | goal, at most |\n|---|---:|---:|---:|---|\n{rows}\n"
        f"The site has {pages} pages; from nothing it takes {ratio:.1f} times what"
        f" MkDocs takes for as many pages of plain Markdown (goal: {TIMES_MKDOCS} at most).\n"
        + (f"\n## How it grows\n\n{GROWTH}\n\n{grew}" if growing else "")
    )


def write(found: Mapping[str, Run], growing: Sequence[str], times: int) -> None:
    """Write the page, where the site itself was measured."""
    if found:
        pages = len([*(FOLDER / "plain" / "docs").iterdir()])  # as many as the site has
        RESULTS.write_text(page(found, pages, times, growing), encoding="utf-8")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description="Measure how long the site takes.")
    parser.add_argument("--times", type=int, default=5, help="how often (default: 5)")
    parser.add_argument("--largest", type=int, default=max(ROWS), help="tables or rows, for how it grows; 0 for none")
    parser.add_argument("--only-growth", action="store_true", help="tell how it grows, and write no page")
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    found: dict[str, Run] = {}
    for name, one in () if options.only_growth else measured(options.times):
        found[name] = one
        print(f"| {name} | {cells(one)} |", flush=True)
    growing: list[str] = []
    write(found, growing, options.times)
    for row in growth(options.largest):
        print(row, end="", flush=True)
        growing.append(row)
        write(found, growing, options.times)


if __name__ == "__main__":
    main()
