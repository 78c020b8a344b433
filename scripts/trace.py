"""Trace a source document both ways: every figure in it to a cell or a reason, every cell to its place in it."""

import argparse
import sys
from pathlib import Path

from vierdepijler.commands.command_line import PROBLEMS, VALID, run

PROJECT = Path(__file__).resolve().parent.parent
EXPLANATION = "Trace a document both ways; exit code 0 nothing open, 1 something is, 2 it cannot be read."


def main() -> int:
    """Trace a document; exit code 0 nothing open, 1 something is, 2 unreadable."""
    parser = argparse.ArgumentParser(description=EXPLANATION)
    parser.add_argument("document", type=Path, help="the document: .txt, .md, .docx or .pdf")
    parser.add_argument("--source", help="its identifier in the table of sources (default: the one it is known as)")
    parser.add_argument("--package", type=Path, default=PROJECT / "datapackage.json", help="the descriptor")
    parser.add_argument("--language", choices=("en", "nl"), default="en", help="the language of what is said")
    options = parser.parse_args()
    from vierdepijler.core.reading import read_package
    from vierdepijler.figures.documents import read_document
    from vierdepijler.figures.trace_text import render_trace
    from vierdepijler.figures.traces import find_source, trace_document

    package, document = read_package(options.package), read_document(options.document)
    trace = trace_document(package, document, find_source(package, document, options.source))
    print(render_trace(trace, package, options.language))
    return VALID if trace.is_complete else PROBLEMS


if __name__ == "__main__":
    sys.exit(run(main))
