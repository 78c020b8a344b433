"""Traces in words, for a terminal: what is open in both directions."""

from collections.abc import Iterator, Sequence

from vierdepijler.core.cells import AddressError, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import in_language, say
from vierdepijler.core.tables import cell_text

from .traces import Trace, TracedFigure

HELD_SHOWN = 3  # cells named beside a figure; a figure may hold for a whole table
FINE, OPEN = " ", "!"


def render_trace(trace: Trace, package: Package, language: str) -> str:
    """Write a trace as text: a line for each figure and each cell, the open ones marked, and a summary of both."""

    def told(pattern: str, **values: object) -> str:
        return in_language(say(pattern, **values), language)

    document, title = trace.document, select(package, f"sources.title[{trace.source}]").cells[0].value
    lines = [
        f"{document.name}: {trace.source}, {cell_text(title)}",
        told("{size} bytes, SHA-256 {sha256}", size=document.size, sha256=document.sha256),
    ]
    if trace.note:
        lines.append(f"{FINE if trace.is_recorded else OPEN} {in_language(trace.note, language)}")
    if trace.changes:
        lines += ["", told("What the document says otherwise (line, sentence, change, cells that stand on it)")]
        lines += [told("! line {line}: {what}", line=change.line, what=change.what) for change in trace.changes]
    lines += [
        "",
        told("From the document to the data (item, line, figure, cell)"),
        *_table(_figures(trace, package, language)),
    ]
    lines += ["", told("From the data to the document (item, line, print, cell)"), *_table(_cells(trace, language))]
    summary = told(
        "sentences: {same} of {sentences} as recorded; "
        "figures: {accounted} of {figures} accounted for; cells: {found} of {cells} found",
        same=trace.same, sentences=len(trace.alignment.sentences),
        accounted=trace.accounted, figures=len(trace.figures), found=trace.found, cells=len(trace.cells),
    )  # fmt: skip
    return "\n".join([*lines, "", summary])


def _figures(trace: Trace, package: Package, language: str) -> Iterator[tuple[str, ...]]:
    for traced in trace.figures:
        line = in_language(say("line {number}", number=traced.figure.line.number), language)
        mark = OPEN if traced.is_open else FINE
        yield mark, traced.figure.line.item, line, traced.figure.text, _account(traced, package, language)


def _account(traced: TracedFigure, package: Package, language: str) -> str:
    if traced.holders:
        more = len(traced.holders) - HELD_SHOWN
        shown = ", ".join(traced.holders[:HELD_SHOWN])
        return in_language(say("{cells} and {more} more", cells=shown, more=more), language) if more > 0 else shown
    if not traced.reason:
        return in_language(say("not accounted for"), language)
    reason = _label(package, traced.reason, language)
    return in_language(say("no data: {reason}", reason=reason), language)


def _label(package: Package, code: str, language: str) -> str:
    try:
        return cell_text(select(package, f"figure_reasons.label_{language}[{code}]").cells[0].value)
    except AddressError:
        return code


def _cells(trace: Trace, language: str) -> Iterator[tuple[str, ...]]:
    for cell in trace.cells:
        if cell.problem:
            yield OPEN, cell.item, "", cell.printed, f"{cell.address}: {in_language(cell.problem, language)}"
        else:
            line = in_language(say("line {number}", number=cell.line), language)
            yield FINE, cell.item, line, cell.printed, cell.address


def _table(rows: Iterator[tuple[str, ...]]) -> list[str]:
    every: Sequence[tuple[str, ...]] = list(rows)
    widths = [max((len(row[column]) for row in every), default=0) for column in range(4)]
    return [
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in every
    ]
