from pathlib import Path

from second_answer import SECOND
from vierdepijler.core.package import Package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.proposals import propose
from vierdepijler.figures.trace_text import render_proposal


def test_what_to_fill_in_and_to_decide_is_listed(package: Package, tmp_path: Path) -> None:
    proposal = propose(package, read_document(SECOND), "S98", tmp_path / "drafts")
    lines = render_proposal(proposal, "en").splitlines()
    assert lines[0].endswith("drafts: 20 rows with a figure, 2 figures without a place")
    assert "coverage.csv: 1 rows; empty: reference_date / unknown_id" in lines
    assert "completions.csv: 3 rows; empty: -" in lines
    assert [line[0] for line in lines if line[0].isdigit()] == ["1", "2", "3", "4"]
    assert "2 getallen zonder plaats" in render_proposal(proposal, "nl")
