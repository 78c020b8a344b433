"""Write a site for any data package: settings, theme and the few pages to start from."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, run

PROJECT = Path(__file__).resolve().parent.parent
EXPLANATION = "Write a site for a package into an empty folder; exit code 0 written, 2 it cannot be read or written."


def main() -> int:
    """Write the site, and say how it is published and built."""
    parser = argparse.ArgumentParser(description=EXPLANATION)
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="the descriptor of the package")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the site, empty or not there yet")
    options = parser.parse_args()
    from vierdepijler.core.reading import read_package
    from vierdepijler.site.new_sites import write_site

    written = write_site(read_package(options.package, leniently=True), options.folder, PROJECT)
    published = options.folder / "build" / "data"
    print(f"Wrote {len(written)} pages and settings in {options.folder}, yours to change. Now run:")
    print(f"  scripts/publish.py --package {options.package} --out {published}")
    print(
        f"  scripts/build_site.py --project {options.folder} --package {published / 'latest' / 'datapackage.json'}"
        f" --out {options.folder / 'public'}"
    )
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
