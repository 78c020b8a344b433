"""Seal the release that the package describes: keep what is published under its version, for good."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, run

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Seal a release; a package with errors, or a version that is sealed already, is refused."""
    parser = argparse.ArgumentParser(
        description="Seal a release; exit code 0 sealed, 1 it is not valid or sealed already, 2 it cannot be read."
    )
    parser.add_argument("--dry-run", action="store_true", help="do all but the keeping")
    options = parser.parse_args()
    from vierdepijler.commands.sealing import seal_release
    from vierdepijler.core.reading import read_package

    package = read_package(PROJECT / "datapackage.json")
    addresses = seal_release(package, PROJECT, is_trial=options.dry_run)
    version = package.descriptor["version"]
    if options.dry_run:
        print(f"Release {version} can be sealed: {len(addresses)} addresses. Nothing was kept.")
        return VALID
    print(f"Sealed release {version} in releases/{version}, with {len(addresses)} addresses.")
    print(f"Commit releases/, and give the commit the tag v{version}.")
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
