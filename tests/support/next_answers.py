"""The invented answers that come after ours, and where each of their figures belongs, stated by hand."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.traces import TracedFigure, trace_document

ANSWERS = PROJECT / "tests" / "answers"
NEXT, AFTER_NEXT = ANSWERS / "second.txt", ANSWERS / "third.txt"
RIGHT, WRONG, OPEN, LEFT = "right", "wrong", "unplaced", "rightly left to a person"
TO_A_PERSON = "?"


def expected(answer: Path) -> list[tuple[str, str, str]]:
    """Give the item, the text and the place of each figure of an answer but the numbers of items."""
    lines = answer.with_suffix(".expected").read_text("utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [(item, text, place) for item, text, place in rows]


def judged(package: Package, answer: Path, source: str) -> Iterator[tuple[str, str, str]]:
    """Judge each figure of an answer that was added: its item and text, and whether it is where it belongs."""
    trace = trace_document(package, read_document(answer), source)
    figures = [traced for traced in trace.figures if not traced.figure.is_marker]
    for (item, text, place), traced in zip(expected(answer), figures, strict=True):
        assert (traced.figure.line.item, " ".join(traced.figure.text.split())) == (item, text)
        yield item, text, _judge(traced, place)


def _judge(traced: TracedFigure, place: str) -> str:
    if traced.is_open:
        return LEFT if place == TO_A_PERSON else OPEN
    return RIGHT if traced.reason == place or any(_is_at(place, cell) for cell in traced.holders) else WRONG


def _is_at(place: str, address: str) -> bool:
    """Tell whether an address is that of a cell with, in its key, what the place names.

    Where a schema does not take the value (a share with decimals), the row has it, and validation says so: its print
    stands for it.
    """
    cell, *parts = place.split()
    name, _, key = address.rstrip("]").partition("[")
    printed = f"{cell.partition('.')[0]}.as_printed"
    return name in {cell, printed} and set(parts) <= set(key.split(","))


def counted(package: Package, answer: Path, source: str) -> Counter[str]:
    return Counter(verdict for *_, verdict in judged(package, answer, source))
