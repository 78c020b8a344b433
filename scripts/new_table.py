"""Add tables to the package: infer the schema of a CSV file, ask or mark what a person must write, and write both."""

import argparse
import sys
from functools import partial
from pathlib import Path

from vierdepijler.commands.command_line import VALID, run

PROJECT = Path(__file__).resolve().parent.parent
EXPLANATION = (
    "Add tables, one after the other until one cannot be added; exit code 0 added, 1 it cannot be one, "
    "2 it cannot be read. Nothing is ever overwritten."
)


def main() -> int:
    """Add tables to the package, or say why one cannot be one and write nothing of it."""
    parser = argparse.ArgumentParser(description=EXPLANATION)
    rows = "the rows, below a header; also from Belgian Excel"
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv", help=rows)
    parser.add_argument("--name", help="the name of the one table (default: that of the file)")
    parser.add_argument("--group", help="the group it belongs to (default: the folder of the file, or the first)")
    parser.add_argument("--rename", action="store_true", help="write headers as names: 'Aantal personen' as one word")
    parser.add_argument("--no-questions", action="store_true", help="ask nothing: leave marks where texts must come")
    parser.add_argument("--package", type=Path, default=PROJECT / "datapackage.json", help="the descriptor")
    parser.add_argument("--language", choices=("en", "nl"), default="en", help="the language of what is said")
    options = parser.parse_args()
    from vierdepijler.core.reading import read_package
    from vierdepijler.figures.new_tables import Wanted, ask_texts, draft_table, render_steps, write_texts

    if options.name and len(options.files) > 1:
        parser.error("--name is the name of one table, and there are more files")
    is_asking = sys.stdin.isatty() and not options.no_questions
    ask = partial(ask_texts, ask=input, language=options.language) if is_asking else None
    for file in options.files:
        package = read_package(options.package)
        table = draft_table(package, Wanted(file, options.name, options.group, is_renaming=options.rename), ask)
        write_texts(package, table.texts)
        print(render_steps(package, table, options.language))
    return VALID


if __name__ == "__main__":
    sys.exit(run(main))
