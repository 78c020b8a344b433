from pathlib import Path

import pytest

from short_answer import changed_document, traced
from vierdepijler.core.package import Package
from vierdepijler.figures.trace_text import render_trace


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "! 1 line 13 248 not accounted for",
                "2 line 14 18 no data: Repetition",
                "! 1 247 coverage.local_authorities[S98]: not found in the document",
                "it was changed",
                "! line 13: item 1, sentence 1: changed; cells: coverage.local_authorities[S98]",
                "sentences: 24 of 25 as recorded; figures: 30 of 31 accounted for; cells: 32 of 33 found",
            ],
        ),
        (
            "nl",
            [
                "! 1 regel 13 248 niet verantwoord",
                "2 regel 14 18 geen gegeven: Herhaling",
                "! 1 247 coverage.local_authorities[S98]: niet gevonden in het document",
                "het is veranderd",
                "! regel 13: punt 1, zin 1: veranderd; cellen: coverage.local_authorities[S98]",
                "zinnen: 24 van 25 zoals vastgelegd; getallen: 30 van 31 verantwoord; cellen: 32 van 33 gevonden",
            ],
        ),
    ],
)
def test_a_trace_reads_as_two_lists_with_what_is_open_marked(
    language: str, told: list[str], answered: Package, tmp_path: Path
) -> None:
    trace = traced(answered, changed_document(tmp_path, lambda text: text.replace("247", "248")))
    text = render_trace(trace, answered, language)
    for line in told:
        assert line in " ".join(text.split())
    assert text.count("\n! ") == 4
