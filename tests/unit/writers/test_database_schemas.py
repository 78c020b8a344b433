from typing import Any

import pytest

from conftest import Copy
from vierdepijler.core.problems import ContentError
from vierdepijler.writers.formats.databases import (
    column_kinds,
    free_name,
    table_statement,
    views,
)
from vierdepijler.writers.formats.file_formats import check_database


def refused(copy: Copy) -> list[str]:
    return [str(problem) for problem in check_database(copy.read())]


def add_column(copy: Copy, name: str) -> Copy:
    field = {"name": name, "title": "Meer", "title_en": "More", "description": "Meer.", "description_en": "More."}
    copy.write("data/groups.csv", f"code,label_nl,label_en,{name}\na,A,A,x\nb,B,B,x\nc,C,C,x\n")
    return copy.change(lambda d: d["resources"][1]["schema"]["fields"].append(field))


def statement(copy: Copy, table: str) -> str:
    package = copy.read()
    return table_statement(package, package.tables[table])


def test_a_table_says_its_types_and_keys(miniature: Copy) -> None:
    assert statement(miniature, "counts") == (
        'CREATE TABLE "counts" (\n'
        """  "day" TEXT NOT NULL CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),\n"""
        '  "group" TEXT NOT NULL,\n'
        """  "persons" INTEGER CHECK (typeof("persons") IN ('integer', 'null')),\n"""
        '  "unknown_id" TEXT,\n'
        '  "as_printed" TEXT,\n'
        '  PRIMARY KEY ("day", "group"),\n'
        '  FOREIGN KEY ("group") REFERENCES "groups" ("code")\n'
        ")"
    )
    assert 'UNIQUE ("label_nl")' in statement(miniature, "groups")


def test_a_key_that_is_declared_twice_stands_there_once(miniature: Copy) -> None:
    def declare(descriptor: Any) -> None:
        schema = descriptor["resources"][1]["schema"]
        schema["fields"][0]["constraints"]["unique"] = True
        schema["uniqueKeys"] = ["code", "label_nl", ["label_nl"], ["label_nl", "label_en"]]

    said = statement(miniature.change(declare), "groups")
    assert said.count("PRIMARY KEY") == 1
    assert said.count('UNIQUE ("label_nl")') == 1
    assert 'UNIQUE ("label_nl", "label_en")' in said
    assert 'UNIQUE ("code")' not in said


def test_a_reference_to_what_is_no_key_is_left_out(miniature: Copy) -> None:
    def refer(descriptor: Any) -> None:
        descriptor["resources"][0]["schema"]["foreignKeys"][0]["reference"]["fields"] = "label_en"

    assert "REFERENCES" not in statement(miniature.change(refer), "counts")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1.5", "86.3"], "REAL"),
        (["0.1234567890123456"], "REAL"),  # 16 digits, and a double gives them back
        (["0.12345678901234567"], "TEXT"),
        (["999999999999999999.5"], "TEXT"),
        ([""], "REAL"),
    ],
)
def test_numbers_are_text_only_where_a_double_would_lose_something(
    miniature: Copy, values: list[str], kind: str
) -> None:
    rows = "".join(f"f{number},{value},,,,\n" for number, value in enumerate(values))
    miniature.write("data/derived_figures.csv", "figure_id,value,unit,decimals,calculation,inputs\n" + rows)
    assert column_kinds(miniature.read().tables["derived_figures"])[1] == kind


def test_a_table_with_codes_has_a_view_in_each_language(miniature: Copy) -> None:
    shown = views(miniature.read())
    assert [(view.name, view.language) for view in shown] == [("counts_nl", "nl"), ("counts_en", "en")]
    assert '"codes"."label_nl"' in shown[0].statement
    assert 'AS "group_label"' in shown[0].statement


def test_names_of_views_and_labels_make_way_for_those_of_tables_and_columns(miniature: Copy) -> None:
    def rename(descriptor: Any) -> None:
        descriptor["resources"][3]["name"] = "Counts_NL"
        descriptor["resources"][0]["schema"]["fields"][3]["name"] = "group_label"

    miniature.replace("data/counts.csv", "unknown_id", "group_label")
    first, second = views(miniature.change(rename).read())
    assert (first.name, second.name) == ("counts_nl_2", "counts_en")
    assert 'AS "group_label_2"' in first.statement


def test_a_free_name_is_free_whatever_its_capitals() -> None:
    assert free_name("a", ["b"]) == "a"
    assert free_name("a", ["A", "a_2"]) == "a_3"
    assert free_name("é", ["É"]) == "é"  # SQLite folds only ASCII


def test_columns_that_differ_only_in_capitals_are_refused(miniature: Copy) -> None:
    (problem,) = refused(add_column(miniature, "Code"))
    assert problem.startswith("datapackage.json:")
    assert "groups.Code: a SQLite database cannot tell 'Code' from 'code'; make them differ" in problem


def test_tables_that_differ_only_in_capitals_are_refused(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][3].update(name="Groups"))
    assert any("Groups: a SQLite database cannot tell 'Groups' from 'groups'" in told for told in refused(miniature))


def test_a_name_that_sqlite_keeps_is_refused(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][3].update(name="SQLite_units"))
    assert any("SQLite keeps names that begin with 'sqlite_'" in told for told in refused(miniature))


def test_a_name_with_a_nul_is_refused(miniature: Copy) -> None:
    assert any("'more\\u0000' cannot be a name" in told for told in refused(add_column(miniature, "more\0")))


def test_more_columns_than_sqlite_has_are_refused(miniature: Copy) -> None:
    fields = [{"name": f"c{number}"} for number in range(2001)]
    miniature.write("data/units.csv", ",".join(field["name"] for field in fields) + "\n")
    miniature.change(lambda d: d["resources"][3].update(schema={"fields": fields}))
    assert any("units: a table of SQLite has at most 2000 columns" in told for told in refused(miniature))


def test_nothing_is_written_of_what_is_refused(miniature: Copy) -> None:
    out = miniature.folder / "out"
    miniature.publish(out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    add_column(miniature, "Code")
    with pytest.raises(ContentError, match="cannot tell 'Code' from 'code'"):
        miniature.publish(out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
