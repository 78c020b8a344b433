"""Check a data package against its schemas, our own rules, its source and the pages of the site."""

import sys
from pathlib import Path

from vierdepijler.commands.command_line import run
from vierdepijler.commands.validating import validate

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what is wrong with the package in this folder: exit code 0 valid, 1 errors found, 2 it cannot be read.

    Within this project that is its own, where no other lies nearer.
    """
    here = Path.cwd()
    is_ours = here.is_relative_to(PROJECT) and not (here / "datapackage.json").exists()
    return validate(default=PROJECT / "datapackage.json" if is_ours else Path("datapackage.json"))


if __name__ == "__main__":
    sys.exit(run(main))
