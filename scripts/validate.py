"""Check a data package against its schemas, our own rules, its source and the pages of the site."""

import sys
from pathlib import Path

from vierdepijler.checking import check_package
from vierdepijler.command_line import PROBLEMS, VALID, arguments, run, show
from vierdepijler.reading import read_package
from vierdepijler.reports import render_summary

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what is wrong with a package: exit code 0 valid, 1 problems found, 2 it cannot be read."""
    options = arguments(
        "Check a data package; exit code 0 valid, 1 problems found, 2 it cannot be read.",
        package=(PROJECT / "datapackage.json", "the descriptor of the package (default: our own)"),
    )
    package = read_package(options.package)
    report = check_package(package, pages=package.root / "site")
    show(report.problems, package.root, sys.stdout)
    print(render_summary(report))
    return PROBLEMS if report.problems else VALID


if __name__ == "__main__":
    sys.exit(run(main))
