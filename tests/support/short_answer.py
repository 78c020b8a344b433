"""A short answer, invented, in words of its own, in a copy of our package: its rows are stated here by hand."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PROJECT, Copy, made_once
from vierdepijler.core.package import Package
from vierdepijler.figures.alignments import placed_sentences
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.figure_records import first_records
from vierdepijler.figures.traces import Trace, trace_document

SHORT = PROJECT / "tests" / "answers" / "short.txt"
SOURCE = "S98"
Row = dict[str, str]
EVERY = {"source_id": SOURCE, "source_kind": "written_answer", "confidence": "seen_in_text"}
TITLE = "Antwoord op vraag nr. 512 van 9 maart 2026"
HOURS = (
    ("conversation_group", 29), ("volunteering", 27), ("course", 10), ("socio_cultural_association", 8), ("sport", 8),
    ("other", 6), ("buddy_scheme", 5), ("informal_participation", 4), ("introductory_placement", 3),
)  # fmt: skip
ROWS: dict[str, tuple[Row, ...]] = {
    "written_answers": (
        {
            "source_item": "head", "question_number": "512", "question_date": "2026-03-09", "asked_by": "Piet Proef",
            "answered_by": "Noor Verzinsel", "role_nl": "Minister van Voorbeelden", "role_en": "Minister for Examples",
            "unknown_id": "answer-date", "as_printed": "512", "question_date_as_printed": "9 maart 2026",
        },
    ),
    "coverage": (
        {"local_authorities": "247", "as_printed": "247", "source_item": "1", "unknown_id": "coverage-reference-date"},
    ),
    "network_counts": tuple(
        {"network_type": kind, "networks": number, "as_printed": printed, "source_item": "1"}
        for kind, number, printed in (("all", "18", "18"), ("city", "3", "3"), ("reference_region", "15", "vijftien"))
    ),
    "co_financing": (
        {
            "funder": "flanders", "recipient": "organisation_network", "amount_eur": "6200000", "source_item": "2",
            "as_printed": "6,2 miljoen",
        },
    ),
    "completions": tuple(
        {
            "participant_group": group, "persons": printed.replace(".", ""), "as_printed": printed, "source_item": "3",
            "reference_date": "2026-01-31", "reference_date_as_printed": "31/1/2026",
        }
        for group, printed in (("all", "5.204"), ("obliged", "4.410"), ("entitled", "794"))
    ),
    "activity_hours": tuple(
        {
            "activity_type": kind, "share_percent": str(share), "as_printed": f"{share}%", "source_item": "4",
            "unknown_id": "hours-reference-date",
        }
        for kind, share in HOURS
    ),
    "figures_not_data": tuple(
        {"source_item": item, "as_printed": printed, "occurrence": "1", "reason": reason, "held_in": held_in}
        for item, printed, reason, held_in in (
            ("2", "18", "repetition", f"network_counts.networks[{SOURCE},all]"),
            ("2", "vraag 1", "cross_reference", ""),
            ("2", "41", "repetition", "funding_calls.call_number[41]"),
            ("5", "geen", "no_quantity", ""),
        )
    ),
}  # fmt: skip


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


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Give a copy of our package in which the short answer is taken up, made once for all; no test may change it."""
    return Copy(made_once(tmp_path_factory, "second", _make) / "package")


@pytest.fixture(scope="session")
def answered(second: Copy) -> Package:
    """Give that package as it is read."""
    return second.read()


def _make(folder: Path) -> None:
    copy, document = copy_package(folder / "package"), read_document(SHORT)
    package = copy.read()
    file = {
        "document_kind": "written_answer", "title": TITLE, "publisher": "Noor Verzinsel", "language": "nl",
        "document_sha256": document.sha256, "document_bytes": str(document.size), "seen_on": "2026-11-24",
    }  # fmt: skip
    texts = {"label_nl": "Punt", "label_en": "Item", "description_nl": "Een punt.", "description_en": "One."}
    sentences = ({**vars(sentence), "source_item": sentence.item} for sentence, _ in placed_sentences(document))
    rows: dict[str, list[Row]] = {
        "sources": [file],
        "source_items": [{"source_item": item} | texts for item in document.items],
        "source_sentences": [
            {name: str(value) for name, value in row.items() if value} | {"sentence": str(row["number"])}
            for row in sentences
        ],
        **{table: list(found) for table, found in ROWS.items()},
    }
    for name, found in rows.items():
        table = package.tables[name]
        drafted = [{field: (EVERY | row).get(field, "") for field in table.field_names} for row in found]
        _append(copy, package, name, drafted)
        _append(copy, package, "figure_history", list(first_records(package, table, drafted)))
    copy.change(lambda descriptor: descriptor["sources"].append({"title": TITLE}))


def _append(copy: Copy, package: Package, name: str, rows: list[Row]) -> None:
    table = package.tables[name]
    with (copy.folder / table.file).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, table.field_names, lineterminator="\n").writerows(rows)


def traced(package: Package, document: Path = SHORT) -> Trace:
    return trace_document(package, read_document(document), SOURCE)


def changed_document(folder: Path, change: Callable[[str], str]) -> Path:
    """Write a copy of the short answer that was tampered with."""
    text = SHORT.read_text("utf-8")
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
