"""Check the packages of others: how many that Frictionless calls valid fail here, and what is remarked on them.

Run by hand: `python benchmarks/strangers/run.py FOLDER… [--show]`, on folders with packages in them, as deep as they
lie. Each of the two checks all of them, in a process of its own.
"""

import argparse
import contextlib
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
NAMES = ("datapackage*.json", "datapackage*.yaml", "datapackage*.yml")


@dataclass
class Tally:
    """What was found in all packages together."""

    packages: int = 0
    valid: int = 0
    same: int = 0
    silent: list[Path] = field(default_factory=list)  # of which we wrote no report
    failed: dict[Path, list[str]] = field(default_factory=dict)  # valid by Frictionless and not by us, and why
    remarks: Counter[tuple[str, str]] = field(default_factory=Counter)  # by rule and severity, on those that are valid

    def add(self, package: Path, report: dict[str, Any] | None, *, valid: bool) -> None:
        """Count a package: what we say of it (None: we say nothing), and whether Frictionless calls it valid."""
        problems = [] if report is None else report["problems"]
        self.packages += 1
        self.valid += valid
        self.same += valid == (report is not None and report["valid"])
        if report is None:
            self.silent.append(package)
        if valid:
            self.remarks.update({(problem["rule"], problem["severity"]): 0 for problem in problems})
            self.remarks.update((problem["rule"], problem["severity"]) for problem in problems)
            errors = sorted({problem["rule"] for problem in problems if problem["severity"] == "error"})
            if errors or report is None:
                self.failed[package] = errors

    def lines(self) -> Iterator[str]:
        """Write it down."""
        yield f"{self.packages} packages; {self.valid} valid by Frictionless; the same verdict on {self.same}"
        yield from (f"no report of {package}" for package in self.silent)
        yield f"{len(self.failed)} of those that are valid fail here:"
        yield from (f"  {package}: {', '.join(rules)}" for package, rules in self.failed.items())
        yield "remarks on those that are valid, by rule:"
        yield from (f"  {count:6} {rule} ({severity})" for (rule, severity), count in self.remarks.most_common())


def valid_by_frictionless(package: Path) -> bool:
    """Tell whether Frictionless calls a package valid; one over which it breaks off is not."""
    from frictionless import Package  # noqa: PLC0415  # the other process has no need of it

    try:
        return Package(str(package)).validate().valid
    except Exception:  # noqa: BLE001  # whatever stops it
        return False


def report_of_ours(package: Path) -> dict[str, Any] | None:
    """Give our report, as the command writes it; None where there is none."""
    from vierdepijler.commands.validating import validate  # noqa: PLC0415  # as above

    written = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.argv[1:] = ["--package", str(package), "--format", "json"]
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(io.StringIO()):
        try:
            validate()
            written.seek(0)
            report: dict[str, Any] = json.load(written)
        except Exception:  # noqa: BLE001  # a traceback is what this looks for
            return None
    return report


CHECKERS = {"frictionless": valid_by_frictionless, "ours": report_of_ours}


def verdicts(checker: str, packages: list[Path], scripts: Path) -> Iterator[Any]:
    """Let a checker look at the packages in a process of its own."""
    asked = "".join(f"{package}\n" for package in packages)
    command = [sys.executable, __file__, "--by", checker, "--scripts", str(scripts)]
    told = subprocess.run(  # noqa: S603  # ourselves
        command, input=asked, stdout=subprocess.PIPE, text=True, check=False
    ).stdout
    return map(json.loads, told.splitlines())


def packages_in(folders: list[Path]) -> list[Path]:
    """Find the descriptors in folders, at any depth."""
    return [path for folder in folders for path in sorted({path for name in NAMES for path in folder.rglob(name)})]


def remarks(report: dict[str, Any]) -> list[str]:
    """Write each remark of a report in a line, the first of each rule in a column."""
    shown: dict[Any, str] = {}
    for told in report["problems"]:
        text = f"{told['rule']} {told['file']}:{told['line']}: {told['column']}: {told['what']['en']}"
        shown.setdefault((told["file"], told["column"], told["rule"]), text)
    return [*shown.values()]


def main() -> int:
    """Check every package; exit code 1 where one gave no report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="print the remarks on packages that are valid as well")
    parser.add_argument("--scripts", type=Path, default=SCRIPTS, metavar="FOLDER", help="where our package lies")
    parser.add_argument("--by", choices=CHECKERS, help=argparse.SUPPRESS)  # what the process of a checker is told
    options = parser.parse_args()
    if options.by:
        sys.path.insert(0, str(options.scripts))
        for line in sys.stdin:
            print(json.dumps(CHECKERS[options.by](Path(line.rstrip("\n")))), file=sys.__stdout__, flush=True)
        return 0
    packages, tally = packages_in(options.folders), Tally()
    for package, valid, report in zip(
        packages, *(verdicts(checker, packages, options.scripts) for checker in CHECKERS), strict=True
    ):
        tally.add(package, report, valid=valid)
        if options.show and report is not None and valid:
            print(package, *remarks(report), sep="\n    ")
    print(*tally.lines(), sep="\n")
    return int(bool(tally.silent))


if __name__ == "__main__":
    sys.exit(main())
