"""What was noted from public documents is published as it was noted: value, unit, time, source, confidence and kind.

The notes (`../shared/research`) are not part of the project; where they are not on the machine, these tests are skipped
with a message. What the notes forbid to publish is tested everywhere.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import PROJECT, SHARED, Copy
from short_answer import copy_package
from vierdepijler.core.cells import Cell, figure_fields
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, Value, cell_text

RESEARCH = SHARED / "research"
# A unit as the notes name it, and the code of ours; events and rules without a number have no value in our tables.
UNITS = {
    "EUR": "eur", "%": "percent", "persons": "persons", "networks approved": "networks", "functions": "functions",
    "local authorities": "local_authorities", "municipalities": "municipalities", "regions": "regions",
    "meetings per year": "meetings_per_year", "pairs per year (target)": "pairs_per_year", "sessions": "sessions",
    "pilots": "pilots", "pilots (minimum)": "pilots", "hours": "hours", "months": "months", "parts": "parts",
    "criteria": "criteria", "categories": "groups", "contracts": "contracts", "certificates": "certificates",
    "trajectories": "trajectories",
}  # fmt: skip
CHANGES = {"%": "percent_change"}  # where a table tells of changes
CONFIDENCE = {"seen in text": "seen_in_text"}
KINDS = {
    "primary": "written_answer", "official": "official_page", "law": "law", "umbrella body": "umbrella_body",
    "network lead": "network_page", "local gov": "local_authority_page", "press": "press",
    "liaison office": "liaison_office", "official slides on third-party host": "official_slides",
    "third party": "third_party",
}  # fmt: skip
AMBIGUOUS = {"F108"}
STARTS_WITH = {"F077": "F072"}  # a note with the day of its article: what it says starts as another note says
NO_FIGURES = {"politician", "third party", "wiki"}
Fact = dict[str, str]


def read_notes(name: str) -> dict[str, Fact]:
    path = RESEARCH / name
    if not path.is_file():
        pytest.skip("the research files are not on this machine")
    with path.open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return read_notes("facts.csv")


@pytest.fixture
def package_copy(tmp_path: Path) -> Copy:
    return copy_package(tmp_path / "package")


def noted(package: Package) -> Iterator[tuple[Table, int, str]]:
    """Give every row that was noted from a source, with the number of its note."""
    for table in package.tables.values():
        for row in range(table.rows if "fact_id" in table.field_names else 0):
            if fact := cell_text(table.value(row, "fact_id")):
                yield table, row, fact


def noted_figures(package: Package) -> Iterator[tuple[Cell, str]]:
    for table, row, fact in noted(package):
        for field in figure_fields(table):
            if table.value(row, field.name) is not None and field.property("notedIn"):
                yield Cell(table, row, field), fact


def same(value: Value, noted_value: str) -> bool:
    return cell_text(value) == noted_value or (
        isinstance(value, int | Decimal) and noted_value != "" and Decimal(value) == Decimal(noted_value)
    )


def wrong_figures(package: Package, facts: dict[str, Fact]) -> list[str]:
    """Name the figures that differ from their note in value or unit."""
    found = []
    for cell, number in noted_figures(package):
        fact = facts[number]
        if cell.field.property("unit") == "identifier":
            is_right = cell_text(cell.value) in fact["fact"]
        elif cell.field.type == "date":
            is_right = cell_text(cell.value) == (fact["value"] if fact["unit"] == "date" else fact["reference_date"])
        else:
            is_right = same(cell.value, fact["value"]) and cell.unit in {
                UNITS.get(fact["unit"]), CHANGES.get(fact["unit"])
            }  # fmt: skip
        if not is_right:
            found.append(cell.address)
    return found


def test_each_figure_has_the_value_and_the_unit_of_its_note(package: Package, facts: dict[str, Fact]) -> None:
    assert len(list(noted_figures(package))) >= 80
    assert wrong_figures(package, facts) == []


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("data/context/context_counts.csv", ",20754,contracts,", ",20755,contracts,"),
        ("data/context/context_counts.csv", ",20754,contracts,", ",20754,persons,"),
        ("data/funding/amif_envelopes.csv", ",12000000,", ",1200000,"),
        ("data/trajectory/policy_events.csv", ",2022-12-22,", ",2022-12-23,"),
        ("data/context/contract_changes.csv", ",-7.9,", ",7.9,"),
    ],
)
def test_a_figure_that_differs_from_its_note_is_found(
    package_copy: Copy, facts: dict[str, Fact], file: str, before: str, after: str
) -> None:
    package_copy.replace(file, before, after)
    assert len(wrong_figures(package_copy.read(), facts)) == 1


def wrong_origins(package: Package, facts: dict[str, Fact], sources: dict[str, Fact]) -> list[tuple[str, str]]:
    """Name the notes whose source, kind of source, confidence or time is told differently in a row."""
    found = []
    for table, row, number in noted(package):
        fact, told = facts[number], {name: cell_text(table.value(row, name)) for name in table.field_names}
        right = {
            "source_id": fact["source_id"],
            "source_kind": KINDS.get(sources[fact["source_id"]]["kind"], ""),
            "confidence": CONFIDENCE.get(fact["confidence"], ""),
        }
        for time in {"reference_period", "valid_from"} & told.keys():
            right[time] = time_of(facts[STARTS_WITH.get(number, number)], sources)
        found += [(f"{table.name}:{number}", name) for name, value in right.items() if told[name] != value]
    return found


def time_of(fact: Fact, sources: dict[str, Fact]) -> str:
    """Give the time of a note: the day that it is about, and none where only a third party tells it."""
    if sources[fact["source_id"]]["kind"] in NO_FIGURES:
        return ""
    day = fact["value"] if fact["unit"] == "date" else fact["reference_date"]
    return day.removesuffix("n.d.")


def test_each_row_has_the_source_the_confidence_and_the_time_of_its_note(
    package: Package, facts: dict[str, Fact]
) -> None:
    assert wrong_origins(package, facts, read_notes("sources.csv")) == []


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (",S30,official_page,seen_in_text,F090", ",S31,official_page,seen_in_text,F090", "source_id"),
        (",S30,official_page,seen_in_text,F090", ",S30,press,seen_in_text,F090", "source_kind"),
        (",S30,official_page,seen_in_text,F090", ",S30,official_page,inferred,F090", "confidence"),
        (",20754,contracts,2022,", ",20754,contracts,2021,", "reference_period"),
    ],
)
def test_a_row_with_another_origin_than_its_note_is_found(
    package_copy: Copy, facts: dict[str, Fact], before: str, after: str, named: str
) -> None:
    package_copy.replace("data/context/context_counts.csv", before, after)
    changed = package_copy.read()
    assert wrong_origins(changed, facts, read_notes("sources.csv")) == [("context_counts:F090", named)]


def test_nothing_ambiguous_and_no_figure_of_a_party_or_a_third_party_is_published(
    package: Package, facts: dict[str, Fact]
) -> None:
    used, sources = {number for _, _, number in noted(package)}, read_notes("sources.csv")
    figures = {number for _, number in noted_figures(package)}
    assert used & AMBIGUOUS == set()
    assert {number for number in figures if sources[facts[number]["source_id"]]["kind"] in NO_FIGURES} == set()
    assert {number for number in used if facts[number]["confidence"] != "seen in text"} == set()


def test_each_source_is_of_the_kind_of_the_notes(package: Package) -> None:
    sources, known = read_notes("sources.csv"), package.tables["sources"]
    kinds = {cell_text(known.value(row, "source_id")): known.value(row, "document_kind") for row in range(known.rows)}
    assert {source: KINDS.get(sources[source]["kind"]) for source in kinds} == kinds


def test_each_source_has_the_address_and_the_date_of_the_notes(package: Package) -> None:
    sources, known = read_notes("sources.csv"), package.tables["sources"]
    for row in range(known.rows):
        source = cell_text(known.value(row, "source_id"))
        address, published = cell_text(known.value(row, "address")), cell_text(known.value(row, "published"))
        assert address in {"", sources[source]["url"]}, source
        assert sources[source]["date"].startswith(published), source


FORBIDDEN = {
    "233000000": "an estimate of a politician",
    "326300": "our own arithmetic, which is a derived figure and nothing else",
    "86.3": "our own arithmetic, which is a derived figure and nothing else",
    "5575": "an ambiguous figure",
}


def test_no_forbidden_figure_stands_in_a_table_of_observations(package: Package) -> None:
    found = [
        (table.name, cell_text(table.value(row, field.name)))
        for table in package.tables.values()
        if table.name not in {"derived_figures", "figure_history"}
        for field in table.fields
        for row in range(table.rows)
        if cell_text(table.value(row, field.name)) in FORBIDDEN
    ]
    assert found == []


def test_no_share_of_the_local_authorities_is_calculated(package: Package) -> None:
    table = package.tables["derived_figures"]
    rates = [
        cell_text(table.value(row, "inputs"))
        for row in range(table.rows)
        if cell_text(table.value(row, "calculation")) in {"share", "ratio"}
    ]
    assert rates
    assert [inputs for inputs in rates if "coverage." in inputs or "context_counts." in inputs] == []


def test_the_pages_have_no_forbidden_figure() -> None:
    pages = [path for path in (PROJECT / "site").rglob("*.md") if Path(path).name[0] != "_"]
    assert len(pages) > 40
    assert [path.name for path in pages if any(number in path.read_text("utf-8") for number in FORBIDDEN)] == []


def test_what_is_told_of_a_network_stands_in_a_note_of_its_source(package: Package, facts: dict[str, Fact]) -> None:
    table, checked = package.tables["networks"], 0
    for row in range(table.rows):
        told = {name: cell_text(table.value(row, name)) for name in table.field_names}
        for name in ("network_name", "approved_by", "started"):
            source = told[f"{name}_source_id"]
            assert bool(source) == bool(told[name]) == bool(told[f"{name}_confidence"])
            notes = [fact for fact in facts.values() if fact["source_id"] == source]
            written = {fact["reference_date"] for fact in notes}
            assert not source or told[name] in written or any(told[name] in fact["fact"] for fact in notes), told
            checked += bool(source)
    assert checked >= 20


def test_each_region_has_the_name_of_the_table_that_its_source_holds(package: Package) -> None:
    municipalities, table = read_notes("municipalities.csv").values(), package.tables["networks"]
    regions = [row for row in range(table.rows) if table.value(row, "network_type") == "reference_region"]
    named = {
        (cell_text(table.value(row, "label_nl")), cell_text(table.value(row, "name_source_id"))) for row in regions
    }
    assert named == {(one["reference_region"], one["source_id"]) for one in municipalities if one["reference_region"]}


def test_an_activity_has_a_definition_only_where_its_source_can_be_named(package: Package) -> None:
    notes, sources = read_notes("activity_types.csv"), read_notes("sources.csv")
    table, defined = package.tables["activity_types"], []
    for row in range(table.rows):
        source = cell_text(table.value(row, "definition_source_id"))
        note = notes[cell_text(table.value(row, "as_printed"))]
        if source:
            assert source == note["source_id"]
            assert source in sources
            assert note["confidence"] == "seen in text"
            defined.append(source)
        assert bool(source) == (table.value(row, "definition_unknown_id") is None)
    assert defined == ["S01"]
