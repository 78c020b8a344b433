import csv
from pathlib import Path

import pytest

from conftest import ANSWER, Copy
from next_answers import NEXT
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.proposals import Proposal, propose

HEADING = "op vraag nr. 600 van 1 juni 2026\n\nvan PIET PROEF\n\n"
FINISHED = "Op 31/1/2026 waren 5.204 personen klaar met hun participatie- en netwerktraject."
HOURS = "Verdeling gepresteerde uren binnen het participatie- en netwerktraject volgens type"


def drafted(proposal: Proposal, table: str, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(row[field] for field in fields) for own, rows in proposal.rows if own.name == table for row in rows]


@pytest.fixture(scope="module")
def proposal(package: Package) -> Proposal:
    return propose(package, read_document(NEXT), "S200")


@pytest.fixture
def proposed(package: Package, tmp_path: Path, request: pytest.FixtureRequest) -> Proposal:
    document = tmp_path / "answer.txt"
    document.write_text(HEADING + request.param, encoding="utf-8")
    return propose(package, read_document(document), "S200")


def test_a_sentence_that_differs_in_figures_alone_has_the_same_rows(proposal: Proposal) -> None:
    fields = ("reference_date", "participant_group", "persons", "source_id", "source_item", "as_printed")
    assert drafted(proposal, "completions", *fields) == [
        ("2026-01-31", "all", "5204", "S200", "5", "5.204"),
        ("2026-01-31", "obliged", "4410", "S200", "5", "4.410"),
        ("2026-01-31", "entitled", "794", "S200", "5", "794"),
        ("2024-12-31", "all", "3502", "S200", "7", "3.502"),
        ("2024-12-31", "obliged", "3040", "S200", "7", "3.040"),
        ("2024-12-31", "entitled", "462", "S200", "7", "462"),
    ]
    assert {day for (day,) in drafted(proposal, "completions", "reference_date_as_printed")} == {
        "31/1/2026",
        "31/12/2024",
    }


def test_the_heading_is_read(proposal: Proposal) -> None:
    fields = ("question_number", "question_date", "asked_by", "answered_by", "role_nl", "role_en")
    assert drafted(proposal, "written_answers", *fields) == [
        ("512", "2026-03-09", "Piet Proef", "Noor Verzinsel", "Vlaams minister van voorbeelden", "(to be written)")
    ]
    assert drafted(proposal, "sources", "title", "document_kind", "language") == [
        ("Antwoord op vraag nr. 512 van 9 maart 2026", "written_answer", "nl")
    ]


def test_what_a_sentence_carries_goes_along(proposal: Proposal) -> None:
    carried = drafted(proposal, "source_sentences", "carries")
    assert {cell for (cells,) in carried for cell in cells.split(";") if cell} == {
        "activity_hours.share_percent",
        "sources.document_kind[S200]",
        *(f"written_answers.{name}[S200]" for name in ("asked_by", "answered_by", "role_nl", "role_en")),
    }


def test_an_item_that_says_the_same_is_described_the_same_and_another_has_a_mark(proposal: Proposal) -> None:
    labels = drafted(proposal, "source_items", "source_item", "label_nl")
    assert {("10-11", "Evaluatie"), ("5", "Wie klaar is (nog te schrijven)"), ("8", "(nog te schrijven)")} <= {*labels}


def test_repetitions_references_and_names_are_no_data(proposal: Proposal) -> None:
    rows = drafted(proposal, "figures_not_data", "source_item", "as_printed", "reason", "held_in")
    assert ("1", "18", "repetition", "network_counts.networks[S200,all]") in rows
    assert ("3", "41", "repetition", "funding_calls.call_number[41]") in rows
    assert ("7", "vraag 5", "cross_reference", "") in rows
    assert ("6", "1", "no_quantity", "") in rows


def test_a_new_code_is_named(proposal: Proposal) -> None:
    assert [(row["value"], row["new_code"]) for row in proposal.unplaced if row["new_code"]] == [
        ("2", "activity_types: Digitaal oefenen")
    ]


@pytest.mark.parametrize(
    "proposed",
    [
        f"1. {FINISHED.replace('klaar', 'gestopt')}\n",
        f"1. {FINISHED.replace('personen', 'personen niet')}\n",
        f"1. {FINISHED.replace('Op 31/1/2026', 'In 2025')}\n",
        f"1. {FINISHED.replace('5.204', 'tussen 5.000 en 5.204')}\n",
        "1. Onder hen waren er 3.290 verplichte inburgeraars en 521 rechthebbende inburgeraars.\n",  # of which day?
        f"1. {FINISHED}\n{FINISHED.replace('5.204', '5.205')}\n",  # which of both?
        "1. Tabel: Wie stopte volgens type\n\nType traject\t%\nSport\t8%\n",
        f"1. Tabel: {HOURS}\n\nType traject\t2025\nSport\t8%\n",
        f"1. Tabel: {HOURS}\n\nType traject\t%\nYoga\t8%\n",
        f"1. Tabel: {HOURS}\n\nType traject\t%\nSport\t8\n",
    ],
    indirect=True,
)
def test_nothing_is_drafted_for_what_no_answer_said_before(proposed: Proposal) -> None:
    assert [drafted(proposed, table) for table in ("completions", "activity_hours")] == [[], []]
    assert proposed.unplaced


@pytest.mark.parametrize(
    ("proposed", "share"),
    [
        (f"1. Tabel 3: {HOURS}\n\nType traject\t%\nSport\t8,5%\n", ("sport", "8.5", "8,5%")),
        (f"1. Tabel: {HOURS}\n\n| Type traject | % |\n| **Sport** | 8% |\n", ("sport", "8", "8%")),
        (f"1. Tabel: {HOURS}\nType traject %\nSport 8%\n", ("sport", "8", "8%")),
    ],
    indirect=["proposed"],
)
def test_a_table_is_the_same_in_another_layout(proposed: Proposal, share: tuple[str, ...]) -> None:
    assert drafted(proposed, "activity_hours", "activity_type", "share_percent", "as_printed") == [share]


@pytest.mark.parametrize("proposed", [f"1. {FINISHED.replace('klaar', 'helemaal klaar')}\n"], indirect=True)
def test_a_sentence_that_is_almost_the_same_is_named_and_taken_where_a_person_says_so(
    package: Package, proposed: Proposal, tmp_path: Path
) -> None:
    assert "completions.persons[2025-02-25,all]" in [row["like"] for row in proposed.unplaced]
    taken = propose(package, read_document(tmp_path / "answer.txt"), "S200", lambda draft: not draft.is_certain)
    assert drafted(taken, "completions", "reference_date", "persons") == [("2026-01-31", "5204")]


@pytest.mark.parametrize(
    "proposed", ["1. Na 18 dagen. In totaal wordt er Vlaamse cofinanciering voorzien voor: 18 euro.\n"], indirect=True
)
def test_a_print_that_stands_twice_is_quoted_with_the_words_that_tell_it(proposed: Proposal) -> None:
    assert drafted(proposed, "co_financing", "amount_eur", "as_printed") == [("18", "18 euro")]
    assert [row["as_printed"] for row in proposed.unplaced] == ["18"]


def test_our_own_answer_would_be_drafted_as_it_was_entered(package: Package) -> None:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    proposal = propose(package, read_document(ANSWER), "S200")
    for table, fields in {
        "completions": ("reference_date", "participant_group", "persons", "as_printed"),
        "activity_hours": ("activity_type", "share_percent", "as_printed"),
        "network_counts": ("network_type", "networks", "as_printed"),
        "coverage": ("local_authorities", "as_printed"),
    }.items():
        own = package.tables[table]
        with (package.root / own.file).open(encoding="utf-8", newline="") as file:
            entered = [tuple(row[field] for field in fields) for row in csv.DictReader(file)]
        assert drafted(proposal, table, *fields) == entered, table
    assert proposal.unplaced == ()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("S00", "the source 'S00' is in the package already"),
        ("next year", "'next year' cannot be the name of a source"),
    ],
)
def test_a_source_without_a_new_name_is_refused(package: Package, source: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        propose(package, read_document(NEXT), source)


def test_a_name_is_not_searched_for_ever(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    constraints = package.tables["sources"].field("source_id").descriptor["constraints"]
    monkeypatch.setitem(constraints, "pattern", "(?=(a+)+x).*")
    with pytest.raises(
        UnreadableError, match=r"sources.schema.json:\d+: sources.source_id: this pattern takes too long"
    ):
        propose(package, read_document(NEXT), "a" * 40)


def test_a_package_without_our_tables_says_what_it_lacks(miniature: Copy) -> None:
    with pytest.raises(UnreadableError, match="the package has no table 'sources'; add it"):
        propose(miniature.read(), read_document(NEXT), "S98")
