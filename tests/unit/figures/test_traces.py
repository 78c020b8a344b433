import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pytest

from conftest import ANSWER, Copy, run_verb
from document_files import write_word
from short_answer import SHORT, changed_document, lost_cells, open_figures, told_changes, traced
from vierdepijler.checks.rules.provenance import tokens
from vierdepijler.core.columnar.blocks import Block
from vierdepijler.core.package import Package
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.reading import read_package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.quotations import rows_from
from vierdepijler.figures.traces import Trace, find_source, trace_document


@dataclass(frozen=True)
class Spoilable(Copy):
    """A copy of a package, of which only the tables that were spoiled are read again."""

    whole: Package

    def read(self) -> Package:
        kept = (table for table in self.whole.tables.values() if not self.is_spoiled(table.file))
        return read_package(self.descriptor, known={table.name: table for table in kept})

    def is_spoiled(self, file: str) -> bool:
        return (self.folder / file).read_bytes() != (self.whole.root / file).read_bytes()


@pytest.fixture
def spoilable(answered: Package, tmp_path: Path) -> Spoilable:
    return Spoilable(Path(shutil.copytree(answered.root, tmp_path / "package")), answered)


def test_the_answer_is_traced_both_ways_and_nothing_is_open(
    package: Package, say_at_the_end: Callable[[str], None]
) -> None:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    document = read_document(ANSWER)
    trace = trace_document(package, document, find_source(package, document, None))
    say_at_the_end(f"the answer: {told(trace)}")
    assert (open_figures(trace), lost_cells(trace), told_changes(trace), trace.note) == ([], {}, [], None)
    assert trace.is_complete
    assert (len(trace.figures), trace.accounted) == (42, 42)
    assert len(trace.cells) == trace.found >= 80


def told(trace: Trace) -> str:
    figures = f"{trace.accounted} of {len(trace.figures)} figures accounted for"
    return f"{figures}, {trace.found} of {len(trace.cells)} cells found"


def test_a_short_answer_is_traced_both_ways(answered: Package, say_at_the_end: Callable[[str], None]) -> None:
    trace = traced(answered)
    say_at_the_end(f"an invented second answer: {told(trace)}")
    assert (open_figures(trace), lost_cells(trace)) == ([], {})
    assert trace.is_complete
    assert len(trace.figures) == 31


def test_figures_are_told_in_reading_order_with_item_and_line(answered: Package) -> None:
    figures = traced(answered).figures
    places = [(figure.figure.line.item, figure.figure.line.number, figure.figure.text) for figure in figures]
    assert places[:4] == [("head", 9, "512"), ("head", 9, "9 maart 2026"), ("1", 13, "1"), ("1", 13, "247")]
    assert [line for _, line, _ in places] == sorted(line for _, line, _ in places)


def test_a_number_in_words_a_date_and_a_share_lead_to_their_cells(answered: Package) -> None:
    holders = {figure.figure.text: figure.holders for figure in traced(answered).figures}
    assert holders["vijftien"] == ("network_counts.networks[S98,reference_region]",)
    assert len(holders["31/1/2026"]) == 3
    assert holders["10%"] == ("activity_hours.share_percent[S98,course]",)
    assert holders["6,2 miljoen"] == ("co_financing.amount_eur[S98,flanders]",)


def test_a_changed_figure_is_open_and_its_cell_is_lost(answered: Package, tmp_path: Path) -> None:
    trace = traced(answered, changed_document(tmp_path, lambda text: text.replace("794", "749")))
    assert open_figures(trace) == ["749"]
    assert lost_cells(trace) == {"completions.persons[2026-01-31,entitled]": "not found in the document"}
    place = "line 15: item 3, sentence 2: changed"
    assert told_changes(trace) == [f"{place}; cells: completions.persons[2026-01-31,obliged], [2026-01-31,entitled]"]
    assert not trace.is_complete


def test_a_figure_that_is_added_is_open(answered: Package, tmp_path: Path) -> None:
    added = changed_document(tmp_path, lambda text: text.replace("bekeken.", "bekeken, over twee jaar."))
    assert open_figures(traced(answered, added)) == ["twee"]


def test_a_second_print_of_a_figure_is_open(answered: Package, tmp_path: Path) -> None:
    added = changed_document(tmp_path, lambda text: text.replace("alles afgerond.", "alles afgerond, van de 5.204."))
    assert open_figures(traced(answered, added)) == ["5.204"]


def test_a_changed_document_is_called_that_though_no_figure_differs(answered: Package, tmp_path: Path) -> None:
    trace = traced(answered, changed_document(tmp_path, lambda text: text.replace("later bekeken", "nooit bekeken")))
    assert (open_figures(trace), lost_cells(trace)) == ([], {})
    assert told_changes(trace) == ["line 31: item 6-7, sentence 1: changed; no cells"]
    assert "this is not the document of S98" in str(trace.note)
    assert not trace.is_complete


def test_a_row_that_was_removed_leaves_its_figure_open(spoilable: Spoilable) -> None:
    row = "247,,coverage-reference-date,S98,1,247,written_answer,seen_in_text\n"
    spoilable.replace("data/trajectory/coverage.csv", row, "")
    assert open_figures(traced(spoilable.read())) == ["247"]


def test_a_row_at_the_wrong_item_is_lost_and_told_where_its_print_stands(spoilable: Spoilable) -> None:
    spoilable.replace("data/trajectory/coverage.csv", "S98,1,247", "S98,2,247")
    trace = traced(spoilable.read())
    assert lost_cells(trace) == {"coverage.local_authorities[S98]": "not found at this item; it stands at item 1"}
    assert open_figures(trace) == ["247"]


def test_two_shares_that_changed_places_are_found_out(spoilable: Spoilable) -> None:
    hours = "data/trajectory/activity_hours.csv"
    spoilable.replace(hours, "conversation_group,29,,hours-reference-date,S98,4,29%", "X")
    spoilable.replace(hours, "volunteering,27,,hours-reference-date,S98,4,27%", "Y")
    spoilable.replace(hours, "X", "conversation_group,27,,hours-reference-date,S98,4,27%")
    spoilable.replace(hours, "Y", "volunteering,29,,hours-reference-date,S98,4,29%")
    assert lost_cells(traced(spoilable.read())) == {
        "activity_hours.share_percent[S98,conversation_group]": "not found beside 'Conversatiegroep'",
        "activity_hours.share_percent[S98,volunteering]": "not found beside 'Vrijwilligerswerk'",
    }


def test_two_groups_that_changed_places_are_found_out(spoilable: Spoilable) -> None:
    persons = "data/trajectory/completions.csv"
    spoilable.replace(persons, "obliged,4410,S98,3,4.410", "obliged,X").replace(persons, "entitled,794,S98,3,794", "Y")
    spoilable.replace(persons, "obliged,X", "obliged,794,S98,3,794").replace(persons, "Y", "entitled,4410,S98,3,4.410")
    assert lost_cells(traced(spoilable.read())) == {
        "completions.persons[2026-01-31,obliged]": "the document goes on with 'Rechthebbende inburgeraars'",
        "completions.persons[2026-01-31,entitled]": "the document goes on with 'Verplichte inburgeraars'",
    }


def test_a_share_beside_another_spelling_that_we_know_is_found(spoilable: Spoilable, tmp_path: Path) -> None:
    document = changed_document(tmp_path, lambda text: text.replace("Sport\t", "Sporten\t"))
    assert "not found beside 'Sport'" in lost_cells(traced(spoilable.read(), document)).values()
    types = spoilable.folder / "data/reference/activity_types.csv"
    types.write_text(types.read_text("utf-8").replace(",Sport,", ",Sport; Sporten,"), encoding="utf-8")
    assert lost_cells(traced(spoilable.read(), document)) == {}


def test_a_value_that_is_not_its_print_is_told(spoilable: Spoilable) -> None:
    spoilable.replace("data/trajectory/completions.csv", "entitled,794", "entitled,795")
    trace = traced(spoilable.read())
    assert lost_cells(trace) == {
        "completions.persons[2026-01-31,entitled]": "the value is 795, but the source prints '794'"
    }
    assert open_figures(trace) == ["794"]


def test_an_item_that_nobody_described_or_that_is_not_there_is_told(spoilable: Spoilable) -> None:
    spoilable.replace("data/reference/source_items.csv", "S98,5,", "S98,8,")
    trace = traced(spoilable.read())
    assert open_figures(trace) == ["5"]
    assert lost_cells(trace) == {"source_items.source_item[S98,8]": "the document has no such item"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("S98,2,18,1,", "S98,2,18,2,", "not found in the document as often as the row says"),
        ("S98,2,18,1,", "S98,1,18,1,", "this is called no data, but network_counts.networks[S98,all] holds it"),
        ('"network_counts.networks[S98,all]"', '"network_counts.networks[S98,city]"', "holds another figure"),
        ('"network_counts.networks[S98,all]"', '"network_counts.networks[S09,all]"', "the cell that holds it is not"),
        ('"network_counts.networks[S98,all]"', "", "the cell that holds it is not found"),
    ],
)
def test_a_reason_that_is_not_true_is_told(spoilable: Spoilable, old: str, new: str, told: str) -> None:
    spoilable.replace("data/reference/figures_not_data.csv", old, new)
    trace = traced(spoilable.read())
    assert "18" in open_figures(trace)
    assert told in next(iter(lost_cells(trace).values()))


def test_every_figure_is_missed_when_it_changes(answered: Package) -> None:
    """One by one: no figure of the document is accounted for by something that would do for any other."""
    package, document = answered, read_document(SHORT)
    figures = [(line, token) for line in document.lines for token in tokens(line.text) if token.start >= line.marker]
    assert len(figures) == 24
    for line, token in figures:
        other = replace(line, text=f"{line.text[: token.start]}987{line.text[token.end :]}")
        changed = replace(document, lines=tuple(other if each is line else each for each in document.lines))
        assert "987" in " ".join(open_figures(trace_document(package, changed, "S98"))), token


def without(block: Block, row: int) -> Block:
    return Block(tuple(pa.concat_arrays([column.slice(0, row), column.slice(row + 1)]) for column in block.columns))


@pytest.mark.parametrize(
    "table", ["completions", "activity_hours", "network_counts", "coverage", "co_financing", "figures_not_data"]
)
def test_every_row_is_missed_when_it_is_removed(answered: Package, table: str) -> None:
    package, document = answered, read_document(SHORT)
    found = package.tables[table]
    rows = rows_from(found, "S98")
    assert rows
    for row in rows:
        shorter = replace(found, block=without(found.block, row), typed={})
        spoiled = replace(package, tables={**package.tables, table: shorter})
        assert open_figures(trace_document(spoiled, document, "S98")) != [], found.row_keys[row]


def test_a_document_is_recognised_by_its_bytes_or_by_most_of_its_sentences(answered: Package, tmp_path: Path) -> None:
    assert find_source(answered, read_document(SHORT), None) == "S98"
    assert find_source(answered, read_document(changed_document(tmp_path, str.upper)), None) == "S98"
    other = read_document(changed_document(tmp_path, lambda text: text.partition("2.")[0]))
    assert find_source(answered, other, "S98") == "S98"
    with pytest.raises(UnreadableError, match=r"no source in the package has this document; .*S00, "):
        find_source(answered, other, None)
    with pytest.raises(UnreadableError, match="the package has no source 'S97'"):
        find_source(answered, other, "S97")


def test_a_source_without_a_recorded_document_is_told(package: Package) -> None:
    trace = trace_document(package, read_document(SHORT), "S21")
    assert str(trace.note) == "the package records no document for S21"


def test_the_verb_prints_both_traces_and_whether_they_are_complete(second: Copy, tmp_path: Path) -> None:
    outcome = run_verb("trace", SHORT, "--package", second.descriptor)
    print(outcome.said)
    assert outcome.code == 0, outcome.all
    assert "sentences: 25 of 25 as recorded; figures: 31 of 31 accounted for; cells: " in outcome.said
    changed = changed_document(tmp_path, lambda text: text.replace("794", "749"))
    outcome = run_verb("trace", changed, "--source", "S98", "--package", second.descriptor, "--language", "nl")
    assert outcome.code == 1
    assert "figures: " not in outcome.said
    assert "niet verantwoord" in outcome.said
    assert "! regel 15: punt 3, zin 2: veranderd; cellen: completions.persons[2026-01-31,obliged], [" in outcome.said
    outcome = run_verb("trace", write_word(tmp_path / "second.docx", SHORT), "--package", second.descriptor)
    assert outcome.code == 0, outcome.all
    assert "this is another file than that of S98" in outcome.said


def test_the_verb_says_what_it_cannot_read(tmp_path: Path) -> None:
    outcome = run_verb("trace", tmp_path / "nothing.txt")
    assert outcome.code == 2
    assert "cannot be read" in outcome.complained
    outcome = run_verb("trace", SHORT)
    assert outcome.code == 2
    assert "name one with --source (S00, " in outcome.complained
    assert "Traceback" not in outcome.all


def test_the_verb_explains_itself() -> None:
    outcome = run_verb("trace", "--help")
    assert outcome.code == 0
    assert "exit code 0 nothing open, 1 something is, 2" in " ".join(outcome.said.split())
