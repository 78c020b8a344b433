"""A second answer, invented, with the completing that a person does after `trace.py --propose`."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PROJECT, Copy, made_once
from vierdepijler.core.package import Package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.proposals import propose
from vierdepijler.figures.traces import Trace, trace_document

SECOND = PROJECT / "tests" / "answers" / "second.txt"
SOURCE = "S98"
Row = dict[str, str]
FILLED_IN: dict[str, Row] = {
    "sources.csv": {
        "publisher": "Noor Verzinsel, minister van Voorbeelden",
        "seen_on": "2026-11-24",
        "confidence": "seen_in_text",
    },
    "written_answers.csv": {
        "asked_by": "Piet Proef",
        "answered_by": "Noor Verzinsel",
        "role_nl": "Minister van Voorbeelden",
        "role_en": "Minister for Examples",
        "unknown_id": "answer-date",
    },
    "activity_hours.csv": {"unknown_id": "hours-reference-date"},
    "coverage.csv": {"unknown_id": "coverage-reference-date"},
    "source_items.csv": {
        "label_nl": "Punt",
        "label_en": "Item",
        "description_nl": "Een punt.",
        "description_en": "One.",
    },
}
DECIDED = {"41": ("repetition", "funding_calls.call_number[41]"), "geen": ("no_quantity", "")}


def copy_package(folder: Path) -> Copy:
    folder.mkdir(parents=True)
    shutil.copy(PROJECT / "datapackage.json", folder)
    copy = Copy(folder)
    for resource in json.loads(copy.descriptor.read_text("utf-8"))["resources"]:
        (folder / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
        for part in ("path", "schema"):
            shutil.copy(PROJECT / resource[part], folder / resource[part])
    return copy


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def complete(copy: Copy, drafts: Path) -> Copy:
    """Do what `trace.py --propose` asks of a person: fill in, decide, and add the rows to the package."""
    for unplaced in rows_of(drafts / "unplaced.csv"):
        reason, held_in = DECIDED[unplaced["as_printed"]]
        row = [SOURCE, unplaced["source_item"], unplaced["as_printed"], unplaced["occurrence"], reason, held_in]
        with (drafts / "figures_not_data.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
    for table in copy.read().tables.values():
        if (draft := drafts / Path(table.file).name).is_file():
            added = [row | FILLED_IN.get(draft.name, {}) for row in rows_of(draft)]
            with (copy.folder / table.file).open("a", encoding="utf-8", newline="") as file:
                csv.DictWriter(file, table.field_names, lineterminator="\n").writerows(added)
    title = rows_of(drafts / "sources.csv")[0]["title"]
    return copy.change(lambda package: package["sources"].append({"title": title}))


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Give a copy of our package in which the second answer is taken up, made once for all; no test may change it."""
    return Copy(made_once(tmp_path_factory, "second", _make) / "package")


@pytest.fixture(scope="session")
def answered(second: Copy) -> Package:
    """Give that package as it is read."""
    return second.read()


def _make(folder: Path) -> None:
    copy = copy_package(folder / "package")
    propose(copy.read(), read_document(SECOND), SOURCE, folder / "drafts")
    complete(copy, folder / "drafts")


def traced(package: Package, document: Path = SECOND) -> Trace:
    return trace_document(package, read_document(document), SOURCE)


def changed_document(folder: Path, change: Callable[[str], str]) -> Path:
    """Write a copy of the second answer that was tampered with."""
    text = SECOND.read_text("utf-8")
    assert change(text) != text
    path = folder / "changed.txt"
    path.write_text(change(text), encoding="utf-8")
    return path


def open_figures(trace: Trace) -> list[str]:
    return [traced.figure.text for traced in trace.figures if traced.is_open]


def lost_cells(trace: Trace) -> dict[str, str]:
    return {cell.address: str(cell.problem) for cell in trace.cells if cell.problem}


def told_changes(trace: Trace) -> list[str]:
    return [f"line {change.line}: {change.what}" for change in trace.changes]
