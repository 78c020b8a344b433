from pathlib import Path

import pytest

from conftest import ANSWER, Copy, run_verb
from second_answer import SECOND, complete, copy_package, lost_cells, open_figures, rows_of, traced
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.proposals import Proposal, propose


@pytest.fixture
def proposal(package: Package, tmp_path: Path) -> Proposal:
    return propose(package, read_document(SECOND), "S98", tmp_path / "drafts")


def drafted(proposal: Proposal, table: str, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(row[field] for field in fields) for row in rows_of(proposal.folder / f"{table}.csv")]


def test_who_finished_is_drafted_with_group_and_date(proposal: Proposal) -> None:
    fields = ("reference_date", "participant_group", "persons", "source_id", "source_item", "as_printed")
    assert drafted(proposal, "completions", *fields) == [
        ("2026-01-31", "all", "5204", "S98", "3", "5.204"),
        ("2026-01-31", "obliged", "4410", "S98", "3", "4.410"),
        ("2026-01-31", "entitled", "794", "S98", "3", "794"),
    ]
    assert set(drafted(proposal, "completions", "reference_date_as_printed")) == {("31/1/2026",)}


def test_hours_are_drafted_by_the_name_on_their_line(proposal: Proposal) -> None:
    hours = drafted(proposal, "activity_hours", "activity_type", "share_percent", "as_printed")
    assert len(hours) == 9
    assert hours[0] == ("conversation_group", "29", "29%")
    assert hours[3:5] == [("socio_cultural_association", "8", "8%"), ("sport", "8", "8%")]
    assert sum(int(share) for _, share, _ in hours) == 100


def test_networks_coverage_and_money_are_drafted(proposal: Proposal) -> None:
    assert drafted(proposal, "network_counts", "network_type", "networks", "as_printed") == [
        ("all", "18", "18"),
        ("city", "3", "3"),
        ("reference_region", "15", "vijftien"),
    ]
    assert drafted(proposal, "coverage", "local_authorities", "as_printed") == [("247", "247")]
    money = drafted(proposal, "co_financing", "funder", "recipient", "amount_eur", "as_printed")
    assert money == [("flanders", "organisation_network", "6200000", "6,2 miljoen")]


def test_the_sentences_are_drafted_by_their_fingerprints(proposal: Proposal) -> None:
    rows = drafted(proposal, "source_sentences", "source_item", "sentence", "characters")
    expected = [("head", "5", "26"), ("head", "6", "12"), ("1", "1", "40"), ("1", "2", "96"), ("2", "1", "69")]
    assert rows[4:9] == expected
    assert len(rows) == 25


def test_the_question_and_the_file_are_drafted(proposal: Proposal) -> None:
    document = read_document(SECOND)
    fields = ("title", "document_sha256", "document_bytes")
    assert drafted(proposal, "sources", *fields) == [
        ("Antwoord op vraag nr. 512 van 9 maart 2026", document.sha256, str(document.size))
    ]
    assert drafted(proposal, "written_answers", "question_number", "question_date") == [("512", "2026-03-09")]
    assert [item for (item,) in drafted(proposal, "source_items", "source_item")] == list(document.items)


def test_repetitions_and_references_are_set_aside(proposal: Proposal) -> None:
    assert drafted(proposal, "figures_not_data", "source_item", "as_printed", "reason", "held_in") == [
        ("2", "18", "repetition", "network_counts.networks[S98,all]"),
        ("2", "vraag 1", "cross_reference", ""),
    ]


def test_what_has_no_place_is_listed_with_the_words_around_it(proposal: Proposal) -> None:
    unplaced = rows_of(proposal.folder / "unplaced.csv")
    assert [(row["as_printed"], row["held_in"]) for row in unplaced] == [
        ("41", "funding_calls.call_number[41]"),
        ("geen", ""),
    ]
    assert "nieuwe meting" in unplaced[1]["words"]


def test_drafts_that_a_person_completed_make_a_valid_package_with_a_complete_trace(
    proposal: Proposal, tmp_path: Path
) -> None:
    copy = copy_package(tmp_path / "package")
    before = set(copy.problems())
    complete(copy, proposal.folder)
    assert set(copy.problems()) - before == set()  # our own package has none: see test_work_done
    trace = traced(copy.read())
    print(f"figures: {trace.accounted} of {len(trace.figures)} accounted for")
    print(f"cells: {trace.found} of {len(trace.cells)} found")
    assert (open_figures(trace), lost_cells(trace)) == ([], {})
    assert trace.is_complete


def test_drafts_that_nobody_completed_are_not_valid(proposal: Proposal, tmp_path: Path) -> None:
    copy = copy_package(tmp_path / "package")
    for table in copy.read().tables.values():
        if (draft := proposal.folder / Path(table.file).name).is_file():
            rows = draft.read_text("utf-8").partition("\n")[2]
            path = copy.folder / table.file
            path.write_text(path.read_text("utf-8") + rows, encoding="utf-8")
    told = "\n".join(copy.problems())
    for file in ("sources", "source_items", "written_answers"):
        assert f"data/reference/{file}.csv" in told


def test_a_figure_for_a_place_that_holds_another_is_left_to_a_person(package: Package, tmp_path: Path) -> None:
    document = tmp_path / "two.txt"
    document.write_text("1. Er zijn 200 lokale besturen. Er zijn 300 lokale besturen.\n", encoding="utf-8")
    proposal = propose(package, read_document(document), "S98", tmp_path / "drafts")
    assert drafted(proposal, "coverage", "local_authorities") == [("200",)]
    assert [row["value"] for row in proposal.unplaced] == ["300"]


def test_a_print_that_stands_twice_is_quoted_with_the_words_that_tell_it(package: Package, tmp_path: Path) -> None:
    document = tmp_path / "twice.txt"
    document.write_text("1. Na 5 jaar zijn er 5 lokale besturen.\n", encoding="utf-8")
    proposal = propose(package, read_document(document), "S98", tmp_path / "drafts")
    assert drafted(proposal, "coverage", "as_printed") == [("5 lokale",)]


def test_our_own_answer_would_be_drafted_as_it_was_entered(package: Package, tmp_path: Path) -> None:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    proposal = propose(package, read_document(ANSWER), "S98", tmp_path / "drafts")
    for table, fields in {
        "completions": ("reference_date", "participant_group", "persons", "as_printed"),
        "activity_hours": ("activity_type", "share_percent", "as_printed"),
        "network_counts": ("network_type", "networks", "as_printed"),
        "coverage": ("local_authorities", "as_printed"),
    }.items():
        entered = rows_of(package.root / package.tables[table].file)
        assert drafted(proposal, table, *fields) == [tuple(row[field] for field in fields) for row in entered], table


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (None, "a new source has no name yet"),
        ("S00", "the source 'S00' is in the package already"),
        ("next year", "'next year' cannot be the name of a source"),
    ],
)
def test_a_source_without_a_new_name_is_refused(
    package: Package, tmp_path: Path, source: str | None, told: str
) -> None:
    with pytest.raises(UnreadableError, match=told):
        propose(package, read_document(SECOND), source, tmp_path / "drafts")
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_not_searched_for_ever(package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    constraints = package.tables["sources"].field("source_id").descriptor["constraints"]
    monkeypatch.setitem(constraints, "pattern", "(?=(a+)+x).*")
    with pytest.raises(
        UnreadableError, match=r"sources.schema.json:\d+: sources.source_id: this pattern takes too long"
    ):
        propose(package, read_document(SECOND), "a" * 40, tmp_path / "drafts")


def test_files_of_somebody_else_are_left_alone(package: Package, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("dear to someone")
    with pytest.raises(UnreadableError, match="files that were not made here"):
        propose(package, read_document(SECOND), "S98", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_package_without_our_tables_says_what_it_lacks(miniature: Copy, tmp_path: Path) -> None:
    outcome = run_verb(
        "trace", SECOND, "--propose", "--source", "S98", "--package", miniature.descriptor, "--out", tmp_path / "drafts"
    )
    assert outcome.code == 2
    assert "the package has no table 'sources'; add it" in outcome.complained


def test_the_verb_tells_what_to_do_next(tmp_path: Path) -> None:
    outcome = run_verb("trace", SECOND, "--propose", "--source", "S98", "--out", tmp_path / "drafts")
    assert outcome.code == 0, outcome.all
    assert "20 rows with a figure, 2 figures without a place" in outcome.said
    assert "activity_hours.csv: 9 rows; empty: reference_date / unknown_id" in outcome.said
    assert "run validate.py" in outcome.said
