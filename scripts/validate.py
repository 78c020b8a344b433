"""Check a data package against its schemas, our own rules, its source and the pages of the site."""

import sys
from pathlib import Path

from vierdepijler.commands.command_line import run
from vierdepijler.commands.validating import validate

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Say what is wrong with a package: exit code 0 valid, 1 errors found, 2 it cannot be read."""
    return validate(default=PROJECT / "datapackage.json")


if __name__ == "__main__":
    sys.exit(run(main))
