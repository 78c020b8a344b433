"""Add an answer: register it, draft its rows beside those of the last, ask, write, trace, and say what is left."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import run

PROJECT = Path(__file__).resolve().parent.parent
EXPLANATION = (
    "Add an answer; exit code 0 nothing is left to do, 1 something is, 2 it cannot be added: nothing is written."
)


def main() -> int:
    """Add an answer to the package, or take one back."""
    parser = argparse.ArgumentParser(description=EXPLANATION)
    parser.add_argument("document", nargs="?", type=Path, help="the answer: .txt, .md, .docx or .pdf")
    parser.add_argument("--source", help="its identifier in the table of sources (default: the next one)")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take what is certain")
    parser.add_argument(
        "--go-on", action="store_true", help="write what follows from rows that you wrote, and say what is left"
    )
    parser.add_argument("--take-back", metavar="SOURCE", help="take this answer out of the package again")
    parser.add_argument("--package", type=Path, default=PROJECT / "datapackage.json", help="the descriptor")
    parser.add_argument("--language", choices=("en", "nl"), default="en", help="the language of what is said")
    options = parser.parse_args()
    from vierdepijler.commands.answering import add_answer, go_on, take_back

    if (options.document is None) == (options.take_back is None):
        parser.error("name a document to add, or an answer with --take-back")
    if options.take_back:
        return take_back(options.package, options.take_back, options.language)
    if options.go_on:
        return go_on(options.package, options.document, options.language)
    ask = None if options.yes or not sys.stdin.isatty() else input
    return add_answer(options.package, options.document, options.source, ask, options.language)


if __name__ == "__main__":
    sys.exit(run(main))
