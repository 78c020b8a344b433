"""Whether our validation and Frictionless say the same of a package: tried on very many generated ones.

Run by hand: `python benchmarks/differential.py [--cases 20000] [--seed 1]`; writes what it finds in `DIFFERENTIAL.md`
beside it and ends with 1 where the two differ. The cases are made like those of
`tests/proof/test_same_as_frictionless.py`, from another start; each start gives the same cases again.
"""

import argparse
import datetime
import platform
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("scripts", "tests", "tests/support")]

from differential_run import Tally, run_cases
from small_pieces import table_errors_in_pieces

BATCH = 500  # cases; hypothesis varies what it made before, so many starts reach more than one long run
PACKAGES = ("frictionless", "hypothesis", "pyarrow", "numpy")
SHOWN = 20  # differences after which there is no need to look further


@dataclass
class Run:
    """What all batches met together."""

    cases: int = 0
    seconds: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)
    differences: dict[str, int] = field(default_factory=dict)

    def add(self, tally: Tally, start: int) -> None:
        """Add a batch; `start` is what makes its cases again."""
        self.cases += tally.cases
        self.verdicts += tally.verdicts
        self.errors += tally.errors
        self.features += tally.features
        if tally.difference:
            self.differences.setdefault(tally.difference, start)


def run_batches(cases: int, start: int) -> Run:
    """Compare batch after batch, each with a start of its own, and tell of the progress."""
    run = Run()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        while run.cases < cases and len(run.differences) < SHOWN:
            tally = run_cases(table_errors_in_pieces, Path(folder), min(BATCH, cases - run.cases), start=start)
            run.add(tally, start)
            run.seconds = time.perf_counter() - begin
            start += 1
            print(f"{run.cases} cases, {run.seconds:.0f} s, {len(run.differences)} differences", flush=True)
            if tally.difference:
                print(tally.difference, flush=True)
    return run


def report_lines(run: Run, start: int) -> Iterator[str]:
    """Write down what was compared and what differed."""
    errors, clean = sum(run.errors.values()), run.verdicts["clean"]
    yield "# The same verdicts as Frictionless"
    yield ""
    yield "Generated packages, each validated by Frictionless and by us. Made by `python benchmarks/differential.py`."
    yield ""
    yield f"- cases: {run.cases}, of which {clean} clean; from start {start}, {run.seconds / run.cases:.3f} s each"
    yield f"- errors compared: {errors}, by type, row, field, note and message, in the order of Frictionless"
    yield f"- **differences: {len(run.differences)}**"
    yield f"- date: {datetime.datetime.now(tz=datetime.UTC).date()}"
    yield f"- machine: {platform.machine()}, Python {platform.python_version()}"
    yield f"- versions: {', '.join(f'{name} {version(name)}' for name in PACKAGES)}"
    yield ""
    yield "A case is a package of one to three tables. `refused` are packages that Frictionless does not open, and"
    yield "`raised` those on which it ends with an exception of Python: so must we. Every error counts; features are"
    yield "counted once per table. Frictionless stops in a table after 1000 errors."
    for title, counts in (("verdict", run.verdicts), ("error", run.errors), ("feature", run.features)):
        yield ""
        yield f"| {title} | times |"
        yield "|---|--:|"
        yield from (f"| {name} | {count} |" for name, count in counts.most_common())
    for difference, where in run.differences.items():
        yield from ("", f"## A difference (start {where})", "", "```text", difference, "```")


def main() -> int:
    """Run as asked, write the report, and give 1 where a case differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # a pattern of a schema may be one that Python frowns on
    run = run_batches(asked.cases, asked.seed)
    lines = "\n".join(report_lines(run, asked.seed)) + "\n"
    (HERE / "DIFFERENTIAL.md").write_text(lines, encoding="utf-8", newline="")
    print(lines)
    return 1 if run.differences else 0


if __name__ == "__main__":
    sys.exit(main())
