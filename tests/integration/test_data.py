"""Facts about the data: what the minister's answer says, and what must hold between the tables."""

import datetime
import hashlib
import json
import re
from decimal import Decimal

import jsonschema
import pytest

from conftest import ANSWER, PROJECT, SHARED
from vierdepijler.checks.rules.provenance import printed_values
from vierdepijler.core.cells import Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table, Value, cell_text

SHARES = {
    "conversation_group": 34, "volunteering": 30, "course": 7, "socio_cultural_association": 7, "sport": 6,
    "other": 5, "buddy_scheme": 4, "informal_participation": 4, "introductory_placement": 3,
}  # fmt: skip


def value(package: Package, address: str) -> Value:
    return select(package, address).cells[0].value


def column(table: Table, field: str) -> list[Value]:
    return [table.value(row, field) for row in range(table.rows)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("coverage.local_authorities[S00]", 230),
        ("network_counts.networks[S00,all]", 18),
        ("network_counts.networks[S00,city]", 3),
        ("network_counts.networks[S00,reference_region]", 15),
        ("support_terms.value[S00,start_year]", 2023),
        ("support_terms.value[S00,end_year]", 2028),
        ("support_terms.value[S00,maximum_duration]", 6),
        ("co_financing.amount_eur[S00,flanders]", 5873400),
        ("co_financing.amount_eur[S00,amif]", None),
        ("co_financing.unknown_id[S00,amif]", "amif-amount"),
        ("agency_resources.amount_eur[S00,integration_agency]", 0),
        ("funding_calls.is_differentiated[60]", True),
        ("funding_calls.amount_eur[41]", None),
        ("funding_calls.amount_eur[60]", None),
        ("features.position[pillar]", 4),
        ("completions.persons[2025-02-25,all]", 3811),
        ("completions.persons[2025-02-25,obliged]", 3290),
        ("completions.persons[2025-02-25,entitled]", 521),
        ("unknowns.reason[people-in-progress]", "not_registered"),
        ("unknowns.reason[outcome-figures]", "not_kept"),
        ("unknowns.reason[evaluation-approach]", "to_be_worked_out"),
        ("unknowns.reason[amif-amount]", "not_stated"),
        ("unknowns.reason[criteria-weights]", "not_stated"),
        ("unknowns.reason[call-sheet]", "not_found"),
        ("written_answers.question_number[S00]", 173),
        ("written_answers.question_date[S00]", datetime.date(2025, 2, 20)),
        ("written_answers.asked_by[S00]", "Chris Janssens"),
        ("written_answers.answered_by[S00]", "Hilde Crevits"),
        ("sources.document_kind[S00]", "written_answer"),
        ("roles.channel[link-demand-supply]", "ikdoemee.be"),
        ("derived_figures.value[share_obliged]", Decimal("86.3")),
        ("derived_figures.value[mean_co_financing]", Decimal(326300)),
    ],
)
def test_what_the_answer_says_is_in_its_cell(package: Package, address: str, expected: Value) -> None:
    assert value(package, address) == expected


def test_the_shares_of_the_hours_are_those_of_the_table(package: Package) -> None:
    hours = package.tables["activity_hours"]
    assert dict(zip(column(hours, "activity_type"), column(hours, "share_percent"), strict=True)) == SHARES


def test_the_shares_add_up_to_a_hundred(package: Package) -> None:
    assert sum(int(cell_text(share)) for share in column(package.tables["activity_hours"], "share_percent")) == 100


def test_the_parts_add_up_to_the_total(package: Package) -> None:
    persons = {
        key[1]: value(package, f"completions.persons[{','.join(key)}]") for key in package.tables["completions"].keys
    }
    assert persons["all"] == int(cell_text(persons["obliged"])) + int(cell_text(persons["entitled"]))


def test_cities_and_regions_make_eighteen_networks_each_with_a_row(package: Package) -> None:
    kinds = column(package.tables["networks"], "network_type")
    assert (kinds.count("city"), kinds.count("reference_region")) == (3, 15)
    assert len(kinds) == value(package, "network_counts.networks[S00,all]")


def test_every_municipality_of_2025_belongs_to_a_network(package: Package) -> None:
    municipalities, networks = package.tables["municipalities"], package.tables["networks"]
    assert municipalities.rows == 285 + 19
    assert column(municipalities, "reference_region").count(None) == 19
    assert sum(int(cell_text(count)) for count in column(networks, "municipalities")) == municipalities.rows
    assert set(column(municipalities, "network_confidence")) == {"inferred"}
    # What other sources counted in two regions, before we had the table.
    for fact, network in (("kempen-authorities", "N06"), ("brugge-municipalities", "N09")):
        assert value(package, f"network_facts.value[{fact}]") == value(package, f"networks.municipalities[{network}]")


def test_three_criteria_belong_to_call_sixty(package: Package) -> None:
    criteria = package.tables["allocation_criteria"]
    assert set(column(criteria, "criterion")) == {"local_authorities", "inhabitants", "first_contracts"}
    assert set(column(criteria, "call_number")) == {60}


def test_the_period_is_not_longer_than_its_maximum(package: Package) -> None:
    start, end, most = (
        value(package, f"support_terms.value[S00,{term}]") for term in ("start_year", "end_year", "maximum_duration")
    )
    assert int(cell_text(end)) - int(cell_text(start)) + 1 <= int(cell_text(most))


def test_every_code_is_used(package: Package) -> None:
    used: dict[str, set[str]] = {}
    for table in package.tables.values():
        for key in table.foreign_keys:
            if len(key.fields) == 1:
                used.setdefault(key.table, set()).update(map(cell_text, column(table, key.fields[0])))
        used.setdefault("units", set()).update(unit for field in table.fields if (unit := field.property("unit")))
    lists = {table.name for table in package.tables.values() if "code" in table.field_names} - {"terms"}
    assert len(lists) >= 9
    for name in lists:
        assert set(map(cell_text, column(package.tables[name], "code"))) <= used.get(name, set()), name


def test_every_source_is_used(package: Package) -> None:
    used = {
        cell_text(source)
        for table in package.tables.values()
        if table.name != "sources"
        for field in table.field_names
        if field.endswith("source_id")
        for source in column(table, field)
    }
    assert {key[0] for key in package.tables["sources"].keys} == used - {""}


def test_the_descriptor_lists_every_source(package: Package) -> None:
    listed = [(source["title"], source.get("path", "")) for source in package.descriptor["sources"]]
    table = package.tables["sources"]
    assert listed == list(zip(column(table, "title"), map(cell_text, column(table, "address")), strict=True))


def test_every_unknown_that_a_cell_names_is_in_the_register(package: Package) -> None:
    known = {key[0] for key in package.tables["unknowns"].keys}
    named = {
        cell_text(reason)
        for table in package.tables.values()
        if "unknown_id" in table.field_names and table.name != "unknowns"
        for reason in column(table, "unknown_id")
    }
    assert named - {""} <= known


def observed(package: Package) -> list[tuple[Cell, str]]:
    return [
        (Cell(table, row, field), cell_text(table.value(row, printed)))
        for table in package.tables.values()
        for field in table.fields
        if (printed := field.property("printedIn"))
        for row in range(table.rows)
        if table.value(row, field.name) is not None and not is_noted(table, row)
    ]


def is_noted(table: Table, row: int) -> bool:
    """Tell whether a row was noted from a source that we hold no copy of; `test_research` looks after these."""
    return "fact_id" in table.field_names and table.value(row, "fact_id") is not None


def test_each_figure_equals_its_as_printed(package: Package) -> None:
    cells = observed(package)
    assert len(cells) >= 25
    for cell, printed in cells:
        number = Decimal(cell.value) if isinstance(cell.value, int) else cell.value
        assert number in printed_values(printed), cell.address


def test_every_observed_row_tells_source_item_and_print(package: Package) -> None:
    tables = [table for table in package.tables.values() if any(field.property("printedIn") for field in table.fields)]
    assert len(tables) >= 8
    for table in tables:
        for field in ("source_id", "source_item", "as_printed"):
            values = [table.value(row, field) for row in range(table.rows) if not is_noted(table, row)]
            assert values, table.name
            assert None not in values, f"{table.name}.{field}"


def items_of_the_answer() -> dict[str, str]:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    items, current = {"head": ""}, "head"
    for line in ANSWER.read_text("utf-8").splitlines():
        if found := re.match(r"(?:- )?(\d+(?:-\d+)?)\. ", line):
            current = found[1]
        items[current] = items.get(current, "") + line + "\n"
    return items


def test_activity_types_are_printed_as_in_the_document(package: Package) -> None:
    table = package.tables["activity_types"]
    for printed in column(table, "as_printed"):
        assert f"{printed}\t" in items_of_the_answer()["6"]


def test_every_document_we_have_is_recorded_with_its_bytes(package: Package) -> None:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    content = ANSWER.read_bytes()
    assert value(package, "sources.document_sha256[S00]") == hashlib.sha256(content).hexdigest()
    assert value(package, "sources.document_bytes[S00]") == len(content)


def test_the_names_of_the_networks_are_those_of_the_research(package: Package) -> None:
    research = SHARED / "research" / "networks.csv"
    if not research.is_file():
        pytest.skip("the research files are not on this machine")
    table = package.tables["networks"]
    lines = research.read_text("utf-8").splitlines()[1:]
    for row, line in enumerate(lines):
        network, name, _kind, lead = line.split(",")[:4]
        assert cell_text(table.value(row, "network_id")) == network
        assert cell_text(table.value(row, "label_nl")).partition(" (")[0] == name.partition(" (")[0]
        ours = cell_text(table.value(row, "lead_partner"))
        assert words(ours)[:2] == words(lead)[:2], network


def test_no_sentence_of_the_document_is_copied(package: Package) -> None:
    """Seven words in a row are a sentence taken over; `as_printed` may quote, and is kept short."""
    answer = words("\n".join(items_of_the_answer().values()))
    taken = {tuple(answer[start : start + 7]) for start in range(len(answer) - 6)}
    texts = [path.read_text("utf-8") for path in (PROJECT / "site").rglob("*.md")]
    texts += [
        cell_text(table.value(row, field))
        for table in package.tables.values()
        for field in table.field_names
        if "as_printed" not in field and (table.name, field) not in {("sources", "title"), ("sources", "address")}
        for row in range(table.rows)
        if isinstance(table.value(row, field), str)
    ]
    for text in texts:
        own = words(text)
        assert not taken & {tuple(own[start : start + 7]) for start in range(len(own) - 6)}, text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_the_newest_release_is_the_version_of_the_package(package: Package) -> None:
    releases = package.tables["releases"]
    assert column(releases, "version")[-1] == package.descriptor["version"]
    assert cell_text(column(releases, "released")[-1]) == package.descriptor["created"][:10]


def test_the_citation_names_the_same_version_and_licence(package: Package) -> None:
    citation = (PROJECT / "CITATION.cff").read_text("utf-8")
    assert f"version: {package.descriptor['version']}\n" in citation
    assert f"date-released: '{package.descriptor['created'][:10]}'\n" in citation
    assert f"license: {package.descriptor['licenses'][0]['name']}\n" in citation


@pytest.mark.parametrize("which", ["our own", "published"])
def test_the_descriptor_fits_the_official_profile(package: Package, published: Package, which: str) -> None:
    profile = SHARED / "standards" / "datapackage-2.0-datapackage.profile.json"
    if not profile.is_file():
        pytest.skip("the profiles of the standard are not on this machine")
    descriptor = package.descriptor if which == "our own" else published.descriptor
    validator = jsonschema.Draft7Validator(json.loads(profile.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(descriptor)] == []


def days_told(table: Table) -> list[datetime.date]:
    """Give the dates of a table, and the first day of the years in it."""
    dates = [day for field in table.fields if field.type == "date" for day in column(table, field.name)]
    years: list[Value] = []
    if {"unit", "value"} <= set(table.field_names):
        rows = range(table.rows)
        years = [table.value(row, "value") for row in rows if table.value(row, "unit") == "year"]
    return [
        *(day for day in dates if isinstance(day, datetime.date)),
        *(datetime.date(int(str(y)), 1, 1) for y in years),
    ]


def test_every_day_in_a_data_set_lies_in_the_period_that_its_metadata_give(package: Package) -> None:
    listed = {group["name"] for group in package.descriptor["groups"] if group.get("catalogued")}
    told = 0
    for table in package.tables.values():
        if table.descriptor["group"] in listed:
            told += len(days := days_told(table))
            if period := table.descriptor.get("temporal"):
                start, end = (datetime.date.fromisoformat(period[name]) for name in ("start", "end"))
                assert all(start <= day <= end for day in days), table.name
    assert told >= 5


def test_a_table_of_which_no_source_gives_the_day_has_no_period(package: Package) -> None:
    for name in ("activity_hours", "coverage", "network_counts", "agency_resources"):
        assert "temporal" not in package.tables[name].descriptor


def test_what_we_did_not_find_is_apart_from_what_the_answer_does_not_say(package: Package) -> None:
    table = package.tables["unknowns"]
    ours = [reason == "not_found" for reason in column(table, "reason")]
    assert ours == [source is None for source in column(table, "source_id")]
    assert value(package, "derived_figures.value[unknown_count]") == len(ours) - sum(ours)
    assert value(package, "derived_figures.value[not_found_count]") == sum(ours)


def test_an_average_per_network_is_never_offered_for_quoting(package: Package) -> None:
    assert value(package, "derived_figures.sentence_nl[mean_co_financing]") is None
    pages = [path.read_text("utf-8") for path in (PROJECT / "site").rglob("*.md")]
    assert sum("mean_co_financing" in page for page in pages) == 2  # one page, in each language
    assert not [page for page in pages if re.search(r"^  \S*mean_co_financing", page, re.MULTILINE)]
