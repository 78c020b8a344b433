"""Measure validation beside its peers, and write `benchmarks/RESULTS.md`.

Run by hand: `python benchmarks/validation/run.py`, on a machine that does nothing else. It installs the peers into
`build/`, makes the tables there, and runs every contestant as a process of its own. `--quick` is for trying out: small
tables, and the page goes to `build/benchmarks`.
"""

import argparse
import json
import os
import platform
import shlex
import sys
from functools import partial
from pathlib import Path

import peers
from figures import (
    API,
    BARE,
    CLEAN,
    CLI,
    COMMAND,
    FLIGHTS,
    OURS,
    PACKAGE,
    PANDERA,
    POLARS,
    SPOILED,
    Figures,
    Small,
)
from measuring import Best, Contestant, contest, medians, report_of_frictionless, report_of_ours, spawn
from planted import planted
from results_page import page

MADE = peers.PROJECT / "build" / "benchmarks"
ROUNDS, SLOW_ROUNDS, SMALL_ROUNDS = 5, 2, 9
FILES = 16  # in which a table is cut
CORES = 2  # what the goals are about


def contestants(python: Path, rounds: int) -> list[Contestant]:
    """List who checks the tables; the two that take a minute are run twice at most."""
    slow = min(rounds, SLOW_ROUNDS)
    command = (str(python.with_name("frictionless")), "validate", "datapackage.json", "--json")
    return [
        _script(python, OURS, rounds, "timed.py", "by_us"),
        _script(python, POLARS, rounds, "timed.py", "by_polars"),
        _script(python, "DuckDB by hand", rounds, "timed.py", "by_duckdb"),
        _script(python, PANDERA, rounds, "timed.py", "by_pandera"),
        _script(python, API, slow, "timed.py", "by_frictionless"),
        Contestant(CLI, command, slow, report_of_frictionless),
        _our_command(python, rounds),
    ]


def _our_command(python: Path, rounds: int) -> Contestant:
    script = str(peers.PROJECT / "scripts" / "validate.py")
    command = (str(python), script, "--package", "datapackage.json", "--format", "json")
    return Contestant(COMMAND, command, rounds, report_of_ours)


def real(python: Path, sizes: list[int], rounds: int) -> dict[tuple[str, str], dict[str, Best]]:
    """Measure real tables: the flights in each size, without a schema too, and small packages as they come."""
    command = (str(python.with_name("frictionless")), "validate", "datapackage.json", "--json")
    ours, theirs = _our_command(python, rounds), Contestant(CLI, command, 1, report_of_frictionless)
    by_hand = [
        _script(python, POLARS, rounds, "timed.py", "flights_by_polars"),
        _script(python, PANDERA, rounds, "timed.py", "flights_by_pandera"),
    ]
    found: dict[tuple[str, str], dict[str, Best]] = {}
    for rows in sizes:
        who = [ours, *by_hand, *([theirs] if rows == sizes[0] else [])]
        found[FLIGHTS, f"{rows:,} rows"] = contest(who, _made(python, f"flights-{rows}", str(rows)))
    bare = _made(python, f"flights-bare-{sizes[0]}", str(sizes[0]), "--bare")
    found[BARE, f"{sizes[0]:,} rows"] = contest([ours], bare)
    small_ones = _made(python, "real")
    for folder in sorted(small_ones.iterdir()):
        both = [_our_command(python, SMALL_ROUNDS), Contestant(CLI, command, SMALL_ROUNDS, report_of_frictionless)]
        found[PACKAGE, folder.name] = contest(both, folder)
    return found


def _made(python: Path, name: str, *how: str) -> Path:
    """Make a real table, or the small ones, in a process of its own."""
    folder = MADE / name
    *_, code, _, failure = spawn([str(python), str(peers.HERE / "real_tables.py"), str(folder), *how], MADE)
    if code:
        sys.exit(f"the tables could not be made:\n{failure}")
    return folder


def spread(python: Path, rows: int) -> dict[str, float] | None:
    """Check a table in many files, here and by Dask on two workers."""
    folder = tables(python, rows, SPOILED)
    *_, code, told, failure = spawn([str(python), str(peers.HERE / "in_files.py"), str(FILES), "2"], folder)
    if code:
        print(f"in many files: did not run\n{failure}", flush=True)
        return None
    return {"rows": rows, "files": FILES, **json.loads(told)}


def _script(python: Path, name: str, rounds: int, script: str, what: str) -> Contestant:
    return Contestant(name, (str(python), str(peers.HERE / script), what), rounds)


def tables(python: Path, rows: int, state: str) -> Path:
    """Make a package with so many rows, unless it is there, in a process of its own, and give its folder."""
    folder = MADE / f"{state}-{rows}"
    flags = ["--spoiled"] if state == SPOILED else []
    *_, code, _, failure = spawn(
        [str(python), str(peers.HERE / "made_tables.py"), str(folder), str(rows), *flags], MADE
    )
    if code:
        sys.exit(f"the tables could not be made:\n{failure}")
    return folder


def sweep(python: Path, sizes: list[int], rounds: int) -> dict[int, Best]:
    """Measure ours on clean tables of each size."""
    one = _script(python, OURS, rounds, "timed.py", "by_us")
    return {rows: contest([one], tables(python, rows, CLEAN))[OURS] for rows in sizes}


def small(python: Path, rounds: int) -> Small:
    """Measure the check of our own package beside that of Frictionless."""
    ours = (str(python), "scripts/validate.py")
    theirs = (str(python.with_name("frictionless")), "validate", "datapackage.json")
    (mine, my_code), (other, other_code) = medians([ours, theirs], peers.PROJECT, rounds)
    return Small(mine, other, (my_code, other_code), rounds)


def engines(python: Path, folder: Path, rounds: int) -> dict[str, Best]:
    """Measure what the engines themselves cost."""
    names = ("pyarrow", "pandas on pyarrow", "polars", "DuckDB")
    return contest([_script(python, name, rounds, "engines.py", name) for name in names], folder)


def machine() -> dict[str, str]:
    """Describe the machine."""
    cpu = _first_line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    memory = int((_first_line("/proc/meminfo", "MemTotal") or "0").split()[0]) / 1024**2
    system = _first_line("/etc/os-release", "PRETTY_NAME", "=").strip('"') or platform.system()
    return {
        "processor": f"{cpu}, {os.cpu_count()} cores, of which {len(_cores())} used",
        "memory": f"{memory:.1f} GiB" if memory else "unknown",
        "system": f"{system}, {platform.system()} {platform.release()}, {platform.machine()}",
        "busy with other things before": f"{os.getloadavg()[0]:.1f} processes",
    }


def _first_line(path: str, name: str, mark: str = ":") -> str:
    file = Path(path)
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return next((line.partition(mark)[2].strip() for line in lines if line.startswith(name)), "")


def _cores() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))


def measure(asked: argparse.Namespace) -> Figures:
    """Install, make, and measure everything."""
    MADE.mkdir(parents=True, exist_ok=True)
    where = machine()  # before it is busy with us
    python = peers.install()
    make = partial(tables, python)
    folders = {state: make(asked.rows, state) for state in (CLEAN, SPOILED)}
    sizes = sorted({asked.rows, *asked.sweep})
    return Figures(
        asked.rows,
        {state: contest(contestants(python, asked.rounds), folder) for state, folder in folders.items()},
        sweep(python, sorted(asked.sweep), min(asked.rounds, 3)),
        small(python, asked.small_rounds),
        engines(python, folders[CLEAN], min(asked.rounds, 3)),
        planted(asked.rows),
        {rows: (make(rows, CLEAN) / "observations.csv").stat().st_size / 1e6 for rows in sizes},
        real(python, asked.real, min(asked.rounds, 3)),
        spread(python, asked.files_rows),
        {"ours": peers.commit(), **peers.versions(python)},
        where,
    )


def asked_for() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the contest")
    parser.add_argument("--sweep", type=_sizes, default=_sizes("10000,100000,1000000,10000000"), help="sizes for ours")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs of each contestant")
    parser.add_argument("--small-rounds", type=int, default=SMALL_ROUNDS, help="runs on our own package")
    parser.add_argument("--real", type=_sizes, default=_sizes("1000000,3000000,10000000"), help="sizes of real tables")
    parser.add_argument("--files-rows", type=int, default=10_000_000, help="rows of the table in many files")
    parser.add_argument("--quick", action="store_true", help="100,000 rows, for trying out; no page in benchmarks/")
    asked = parser.parse_args()
    if asked.quick:
        vars(asked).update(
            rows=100_000, sweep=[10_000, 100_000], rounds=2, small_rounds=3, real=[100_000], files_rows=100_000
        )
    return asked


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def main() -> None:
    """Measure, and write the page."""
    asked = asked_for()
    if len(_cores()) > CORES and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(_cores())[:CORES])
    written = (MADE if asked.quick else peers.PROJECT / "benchmarks") / "RESULTS.md"
    command = shlex.join(["python", "benchmarks/validation/run.py", *sys.argv[1:]])
    written.write_text(page(measure(asked), command), encoding="utf-8")
    print(f"Written: {written}")


if __name__ == "__main__":
    main()
