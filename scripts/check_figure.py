"""Does my number still hold: tell what became of a figure, of what a link leads to, or of an old CSV."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vierdepijler.command_line import PROBLEMS, UNREADABLE, VALID, run
from vierdepijler.messages import LANGUAGES

if TYPE_CHECKING:
    from vierdepijler.lookup.link_check import Tables

PROJECT = Path(__file__).resolve().parent.parent
PUBLISHED = PROJECT / "build" / "data"
EXPLANATION = (
    "Tell what became of a figure, of what a link leads to, or of an old CSV; exit code 0 unchanged,"
    " 1 something was revised or withdrawn, 2 unknown, or it cannot be read."
)


def main() -> int:
    """Judge what is given; exit code 0 unchanged, 1 something was revised or withdrawn, 2 unknown or unreadable."""
    parser = argparse.ArgumentParser(description=EXPLANATION)
    parser.add_argument("what", help="a figure, a link, an address of a cell, a CSV file, or - to read what is piped")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="the language of the answer")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the form of the answer")
    explanation = "the folder that was published to (default: build/data), or the descriptor of a package"
    parser.add_argument("--package", type=Path, default=PUBLISHED, metavar="PATH", help=explanation)
    options = parser.parse_args()
    from vierdepijler.lookup.answer_text import render_judgement
    from vierdepijler.lookup.findings import REVISED, UNCHANGED, WITHDRAWN
    from vierdepijler.lookup.judgements import judge

    index, tables = lookup(options.package)
    judgement = judge(asked(options.what), index, tables)
    if options.format == "json":
        print(json.dumps(judgement.as_json, ensure_ascii=False, indent=2))
    else:
        print(render_judgement(judgement, index, options.language))
    return {UNCHANGED: VALID, REVISED: PROBLEMS, WITHDRAWN: PROBLEMS}.get(judgement.state, UNREADABLE)


def lookup(path: Path) -> "tuple[dict[str, Any], Tables]":
    """Get the index of figures: from a folder that was published, or made of a package where `path` is a file.

    Where our own package was not published yet, it is made of that.
    """
    from vierdepijler.lookup.lookup_files import FIGURES, made_lookup, read_lookup
    from vierdepijler.reading import read_package

    if path == PUBLISHED and not (path / FIGURES).is_file():
        path = PROJECT / "datapackage.json"
    return read_lookup(path) if path.is_dir() or not path.suffix else made_lookup(read_package(path))


def asked(what: str) -> str:
    """Give the text to judge: what is piped for `-`, what stands in a file of that name, or the words themselves."""
    if what == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    path = Path(what)
    is_file = "\n" not in what and len(what) < LONGEST_NAME and path.is_file()
    return path.read_bytes().decode("utf-8", "replace") if is_file else what


LONGEST_NAME = 1000  # of a file; what is longer is a text

if __name__ == "__main__":
    sys.exit(run(main))
