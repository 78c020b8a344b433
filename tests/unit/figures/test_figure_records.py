"""What each cell was, from the tables of histories and corrections."""

from typing import Any

from conftest import Copy
from invented_past import with_past
from registers import repeated, told_later
from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_records import figure_name, first_records, labels_of, lost_name, records_of, released


def test_a_correction_explains_the_record_that_it_is_about(miniature: Copy) -> None:
    records = records_of(with_past(miniature).read()).of["counts.persons[2025-02-25,a]"]
    assert [(record["value"], record["version"], record["kind"]) for record in records] == [
        ("3280", "1.0.0", ""),
        ("3290", "1.1.0", "correction"),
    ]
    assert records[1]["reason"] == {"nl": "Een blad was dubbel geteld.", "en": "A sheet was counted twice."}
    assert records[1]["released"] == "2026-02-01"


def test_a_corrected_cell_without_a_history_has_what_it_was_and_what_it_is(miniature: Copy) -> None:
    found = records_of(with_past(miniature).read())
    assert [(record["value"], record["version"]) for record in found.of["groups.label_nl[a]"]] == [
        ("Groep 1", ""),
        ("Groep één", "1.2.3"),
    ]
    assert "groups.label_nl[a]" not in found.figures
    assert "counts.persons[2025-02-25,d]" in found.figures


def test_a_correction_that_says_the_same_in_other_words_is_left_out(miniature: Copy) -> None:
    def describe(descriptor: Any) -> None:
        fields = [{"name": "code", "type": "string"}, {"name": "same_meaning", "type": "boolean"}]
        descriptor["resources"].append(
            {"name": "revision_kinds", "role": "revision-kinds", "path": "data/k.csv", "schema": {"fields": fields}}
        )

    kinds = "code,same_meaning\ntext,true\ncorrection,false\nscope,\n"
    records = records_of(with_past(miniature).write("data/k.csv", kinds).change(describe).read())
    assert "groups.label_nl[a]" not in records.of
    assert records.of["counts.persons[2025-02-25,a]"][1]["kind"] == "correction"
    assert records.of["groups.*[e]"][1]["kind"] == "scope"


def test_a_table_of_another_shape_that_has_the_same_name_is_left_alone(miniature: Copy) -> None:
    copy = with_past(miniature).replace("data/corrections.csv", "table,key,field", "sheet,key,field")

    def rename(descriptor: Any) -> None:
        schema = descriptor["resources"][-1]["schema"]
        schema["fields"][0]["name"] = "sheet"
        del schema["primaryKey"]

    copy.change(rename)
    assert "groups.label_nl[a]" not in records_of(copy.read()).of


def test_a_package_without_a_past_has_no_records(miniature: Copy) -> None:
    assert records_of(miniature.read()).of == {}
    assert released(miniature.read()) == {}


def test_a_figure_is_named_by_its_field_and_the_names_in_its_key(miniature: Copy) -> None:
    package = miniature.read()
    counts = package.tables["counts"]
    cell = Cell(counts, 0, counts.field("persons"))
    assert figure_name(package, cell, "nl") == "Personen · Groep één · 25 februari 2025"
    assert figure_name(package, cell, "en") == "People · Group one · 25 February 2025"


def test_a_figure_that_repeats_another_is_named_by_its_source_too(miniature: Copy) -> None:
    package = repeated(told_later(miniature)).read()
    counts = package.tables["counts"]
    first, again = (figure_name(package, Cell(counts, row, counts.field("persons")), "en") for row in (0, 4))
    assert (first, again) == ("People · Group one · 25 February 2025", "People · Group one · 25 February 2025 · Two")


def test_what_is_gone_is_named_by_its_address(miniature: Copy) -> None:
    package = miniature.read()
    assert lost_name(package, "counts.persons[2025-02-25,zz]", "nl") == "Personen · 25 februari 2025 · zz"
    assert lost_name(package, "counts.*[2025-02-25,zz]", "en") == "25 February 2025 · zz"
    assert lost_name(package, "counts.colour[soon,b]", "en") == "colour · soon · Group two"


def test_a_label_in_any_language_stands_for_its_code(miniature: Copy) -> None:
    package = miniature.read()
    labels = labels_of(package, package.tables["counts"], "group")
    assert (labels["Groep één"], labels["Group one"]) == ("a", "a")
    assert labels_of(package, package.tables["counts"], "persons") == {}


def test_a_label_that_is_a_code_of_its_own_stays_that_code(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "a,Groep één", "a,b")
    package = miniature.read()
    assert "b" not in labels_of(package, package.tables["counts"], "group")


def test_what_was_withdrawn_is_named_as_the_last_release_that_had_it_did(package: Package) -> None:
    withdrawn = "derived_figures.value[practice_count]"
    assert lost_name(package, withdrawn, "en") == "Recommendations of the W3C"
    assert lost_name(package, withdrawn.replace("value", "*"), "nl") == "Aanbevelingen van het W3C"
    assert lost_name(package, "sources.*[S64]", "en").startswith("Afbakening")  # by its title, where it has no label


ROW = {
    "reference_date": "2026-01-31", "participant_group": "all", "persons": "5204", "source_id": "S98",
    "source_item": "3", "as_printed": "5.204", "reference_date_as_printed": "31/1/2026",
}  # fmt: skip


def test_every_figure_of_a_drafted_row_gets_its_first_record(package: Package) -> None:
    found = list(first_records(package, package.tables["completions"], [ROW]))
    version = package.descriptor["version"]
    assert [(row["cell"], row["version"], row["value"]) for row in found] == [
        ("completions.reference_date[2026-01-31,all]", version, "2026-01-31"),
        ("completions.persons[2026-01-31,all]", version, "5204"),
    ]
    assert {row["reason_en"] for row in found} == {"First published."}


def test_a_drafted_row_that_repeats_another_has_its_source_in_its_address(package: Package) -> None:
    table, row = package.tables["completions"], ROW | {"reference_date": "2025-02-25"}
    assert [found["cell"] for found in first_records(package, table, [row])][1:] == [
        "completions.persons[2025-02-25,all,S98]"
    ]
    own = row | {"source_id": "S00"}  # the row that is there already
    assert [found["cell"] for found in first_records(package, table, [own])][1:] == [
        "completions.persons[2025-02-25,all]"
    ]


def test_what_is_empty_has_no_record(package: Package) -> None:
    assert (
        list(first_records(package, package.tables["completions"], [ROW | {"persons": "", "reference_date": ""}])) == []
    )


def test_a_package_without_histories_gets_none(miniature: Copy) -> None:
    package = miniature.read()
    counts = package.tables["counts"]
    assert list(first_records(package, counts, [dict.fromkeys(counts.field_names, "1")])) == []
