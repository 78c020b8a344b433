"""Frictionless, by its own API."""

from pathlib import Path

import told
from frictionless import Package


def check(folder: Path) -> told.Found:
    """Let Frictionless check both tables."""
    report = Package(str(folder / "datapackage.json")).validate()
    return told.by_kind(error for task in report.tasks for error in task.errors)


if __name__ == "__main__":
    told.tell(check)
