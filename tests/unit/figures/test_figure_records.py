"""What each cell was, from the tables of histories and corrections."""

from typing import Any

from conftest import Copy
from invented_past import with_past
from vierdepijler.figures.figure_records import records_of, released


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
        descriptor["resources"].append({"name": "revision_kinds", "path": "data/k.csv", "schema": {"fields": fields}})

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
