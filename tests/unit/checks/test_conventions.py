import json
from pathlib import Path
from typing import Any

import pytest

import rule_checks
from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.checks.rules.conventions import CONVENTIONS


def caught_by(copy: Copy) -> dict[str, list[str]]:
    return rule_checks.caught_by(CONVENTIONS, copy)


def test_a_good_package_keeps_every_convention(miniature: Copy) -> None:
    assert caught_by(miniature) == {}


def test_a_number_without_a_unit_is_told_at_its_line(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].pop("unit"))
    found = caught_by(miniature)["units"][0]
    line = int(found.split(":")[1])
    assert '"name": "persons"' in miniature.descriptor.read_text("utf-8").splitlines()[line - 1]
    assert "a number without a unit" in found


def test_a_unit_that_is_not_in_the_table_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(unit="heads"))
    assert "has no unit 'heads'" in caught_by(miniature)["units"][0]


def test_a_unit_in_a_row_that_is_not_in_the_table_is_told(miniature: Copy) -> None:
    found = caught_by(miniature.replace("data/derived_figures.csv", "persons,0,sum", "heads,0,sum"))["units"]
    assert found[0].startswith("data/derived_figures.csv:2: unit: the table 'units' has no unit 'heads'")


@pytest.mark.parametrize(
    ("row", "is_told"), [(",", False), ("5,", True), ("5,persons", False), ("5,heads", True), (",heads", True)]
)
def test_a_row_without_a_value_needs_no_unit(tmp_path: Path, row: str, *, is_told: bool) -> None:
    units = table("units", "code", "code\npersons\n", primaryKey="code", role="units")
    about = {"n": {"unitIn": "u", "notedIn": "note"}}
    values = table("t", "id n:integer u note", f"id,n,u,note\n1,{row},F1\n", about=about)
    assert ("units" in caught_by(package_of(tmp_path, units, values))) is is_told


def test_figures_that_were_noted_need_the_field_of_their_source(tmp_path: Path) -> None:
    sources = table("sources", "source_id", "source_id\nS1\n", primaryKey="source_id", role="sources")
    values = table("t", "id n:integer note", "id,n,note\n1,5,F1\n", about={"n": {"notedIn": "note"}})
    found = caught_by(package_of(tmp_path, sources, values))["pointers"]
    assert "t.n.notedIn: figures of a source need the field 'source_id' beside them" in found[0]
    assert "take 'notedIn' out of the schema" in found[0]


@pytest.mark.parametrize("text", ["title", "title_en", "description", "description_en"])
def test_a_text_in_one_language_is_told(miniature: Copy, text: str) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].pop(text))
    assert f"counts.persons.{text}: this text is missing" in caught_by(miniature)["languages"][0]


def test_a_caveat_in_one_language_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0].update(caveat="Let op."))
    assert "counts.caveat_en: this text is missing" in caught_by(miniature)["languages"][0]


@pytest.mark.parametrize("pointer", ["unitIn", "printedIn", "notedIn", "reasonIn"])
def test_a_property_that_points_to_no_field_is_told_at_its_line(miniature: Copy, pointer: str) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update({pointer: "nothing"}))
    found = caught_by(miniature)["pointers"][0]
    line = miniature.descriptor.read_text("utf-8").splitlines()[int(found.split(":")[1]) - 1]
    assert line.strip().rstrip(",") == f'"{pointer}": "nothing"'
    assert f"counts.persons.{pointer}: the table has no field 'nothing'" in found


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "A b", "datapackage", "index", "miniature", "croissant", ".hidden", "x" * 101, "a.b"]
)
def test_a_name_that_cannot_be_the_name_of_a_file_is_told(miniature: Copy, name: str) -> None:
    miniature.change(lambda d: d["resources"][3].update(name=name))
    assert "cannot be the name of a published file" in caught_by(miniature)["names"][0]


def test_a_name_of_the_package_that_leaves_the_folder_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d.update(name="../../evil"))
    assert "'../../evil' cannot be the name of a published file" in caught_by(miniature)["names"][0]


def test_a_package_in_no_declared_language_is_asked_for_one_text_only(miniature: Copy) -> None:
    text = miniature.descriptor.read_text("utf-8")
    assert "title_en" in text
    descriptor = json.loads(text)
    descriptor.pop("languages")
    assert "languages" not in caught_by(miniature.write("datapackage.json", json.dumps(descriptor)))


def test_files_in_the_folder_of_data_that_no_table_names_are_told(miniature: Copy) -> None:
    miniature.write("data/old/counts.csv", "a\n").write("data/.hidden", "").write("notes.csv", "")
    assert caught_by(miniature)["unnamed-files"] == [
        (
            "data/old/counts.csv: no resource of the descriptor names this file;"
            " add a resource for it, or move it out of 'data'"
        )
    ]


def test_a_file_is_known_by_any_way_to_write_its_path(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0].update(path="data/../data/counts.csv"))
    assert caught_by(miniature) == {}


@pytest.mark.parametrize(("order", "missing"), [(["-day", "group"], []), (["day", "-grup"], ["grup"])])
def test_an_order_names_fields_of_the_table(miniature: Copy, order: list[str], missing: list[str]) -> None:
    found = caught_by(miniature.change(lambda d: d["resources"][0].update(sortedBy=order))).get("pointers", [])
    assert [problem.split("'")[1] for problem in found] == missing


@pytest.mark.parametrize("order", [5, "day", [5, None]])
def test_an_order_in_another_form_is_left_to_the_rule_about_properties(miniature: Copy, order: object) -> None:
    assert caught_by(miniature.change(lambda d: d["resources"][0].update(sortedBy=order))) == {}


@pytest.mark.parametrize("key", ["nothing", ["day", "nothing"]])
def test_a_unique_key_of_no_field_is_told(miniature: Copy, key: object) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"].update(uniqueKeys=[key]))
    assert "counts.uniqueKeys: the table has no field 'nothing'" in caught_by(miniature)["pointers"][0]


@pytest.mark.parametrize("text", ["code\n", "code,label_nl,label_en\n"])
def test_an_empty_table_of_units_knows_no_unit(miniature: Copy, text: str) -> None:
    assert "has no unit 'persons'" in caught_by(miniature.write("data/units.csv", text))["units"][0]


def test_a_field_that_is_printed_in_itself_is_told(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(printedIn="persons"))
    assert "counts.persons.printedIn: 'printedIn' names the field itself" in caught_by(miniature)["pointers"][0]


@pytest.mark.parametrize("named", [{}, {"confidenceIn": "as_printed"}])
def test_a_confidence_that_no_reader_is_told_is_told(miniature: Copy, named: dict[str, str]) -> None:
    def spoil(descriptor: Any) -> None:
        fields = descriptor["resources"][0]["schema"]["fields"]
        fields[3]["name"] = "confidence"
        fields[2].update(named)

    problems = caught_by(miniature.change(spoil))["pointers"]
    assert [problem for problem in problems if "counts.confidence: no field is shown with this confidence" in problem]
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(confidenceIn="confidence"))
    assert not [problem for problem in caught_by(miniature)["pointers"] if "confidence" in problem]
