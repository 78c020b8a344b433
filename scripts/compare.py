"""Say in plain words what differs between two data packages."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vierdepijler.commands.command_line import VALID, run
from vierdepijler.core.messages import LANGUAGES, in_language, say
from vierdepijler.core.problems import ContentError

if TYPE_CHECKING:
    from vierdepijler.core.package import Package
    from vierdepijler.site.backlinks import Usage

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compare two packages: exit code 0 whether or not they differ, 2 where one of them cannot be read."""
    options = arguments()
    from vierdepijler.commands.comparing import Teller
    from vierdepijler.core.reading import read_package
    from vierdepijler.releases.differences import compare

    old, new = read_package(options.old), read_package(options.new)
    differences = compare(old, new)
    touched = bool(differences.tables) and (new.root / "site").is_dir()
    teller = Teller(options.language, options.format == "markdown", usage(new, options.language) if touched else None)
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


def usage(package: "Package", language: str) -> "Usage | None":
    """Make the pages beside a package, to see which figures they show; None where they cannot be made."""
    from vierdepijler.checks.checking import check_package
    from vierdepijler.commands.publishing import publish_package
    from vierdepijler.core.reading import read_package
    from vierdepijler.core.writing import scratch
    from vierdepijler.site.pages import Renderer
    from vierdepijler.site.sources import read_sources

    try:
        sources = read_sources(package.root / "site", package.languages)
        with scratch() as folder:
            publish_package(package, check_package(package, package.root / "site"), folder / "data")
            published = read_package(folder / "data" / "latest" / "datapackage.json")
            spoken = language if language in package.languages else package.languages[0]
            renderer = Renderer(published, sources, spoken, "")
            for _ in renderer.render_written():
                pass
            return renderer.usage
    except ContentError as error:
        problems = "; ".join(str(problem.in_language(language)) for problem in error.problems)
        note = say(
            "which pages show a figure is not known, for the pages cannot be made: {problems}", problems=problems
        )
        print(in_language(note, language), file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(run(main))
