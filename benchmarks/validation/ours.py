"""Our own check of tables, in columns."""

import sys
from pathlib import Path

import told

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import json

# The second imports Frictionless, which the check itself would otherwise do at its first question.
from vierdepijler.columnar import reference  # noqa: F401 - imported so that its import is counted as one
from vierdepijler.columnar.verdicts import table_errors


def check(folder: Path) -> told.Found:
    """Let our engine check both tables."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return told.by_kind(error for errors in table_errors(descriptor, folder).values() for error in errors)


if __name__ == "__main__":
    told.tell(check)
