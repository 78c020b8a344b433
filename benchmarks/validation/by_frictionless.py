"""Frictionless, by its own API."""

from pathlib import Path

from frictionless import Package
from planted import Found, by_kind


def check(folder: Path) -> Found:
    """Let Frictionless check both tables."""
    report = Package(str(folder / "datapackage.json")).validate()
    return by_kind(error for task in report.tasks for error in task.errors)
