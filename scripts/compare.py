"""Say in plain words what differs between two data packages."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import VALID, run
from vierdepijler.core.problems import LANGUAGES

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compare two packages: exit code 0 whether or not they differ, 2 where one of them cannot be read."""
    options = arguments()
    from vierdepijler.commands.comparing import Teller, usage_beside
    from vierdepijler.core.reading import read_package
    from vierdepijler.releases.differences import compare

    old, new = read_package(options.old), read_package(options.new)
    differences = compare(old, new)
    touched = bool(differences.tables) and (new.root / "site").is_dir()
    teller = Teller(
        options.language, options.format == "markdown", usage_beside(new, options.language) if touched else None
    )
    print(teller.tell(differences), end="")
    return VALID


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Say what differs between two data packages; exit code 0 compared, 2 one of them cannot be read."
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="the descriptor of the package before")
    parser.add_argument(
        "new",
        type=Path,
        nargs="?",
        default=PROJECT / "datapackage.json",
        metavar="NEW",
        help="the descriptor of the package after (default: our own)",
    )
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to write (default: text)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="the language to write (default: en)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(run(main))
