import json
from typing import Any

from markupsafe import Markup
from test_vocabulary import WORDS, speak

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.site.table_view import Explored, adds, is_added
from vierdepijler.site.vocabulary import Vocabulary

ROOT = "https://miniature.example/en/"
SPOKEN = {**WORDS, "explore_title": "Search", "explore_sum": "sum"}


def explored(package: Package, table: str = "counts", rows: int | None = None) -> dict[str, Any]:
    said = speak(package, "en")
    presenter = said.presenter.__class__(package, "en", SPOKEN, said.presenter.address_of, set())
    vocabulary = Vocabulary(package, presenter)
    shown = vocabulary.rows(table)[:rows]
    content: dict[str, Any] = json.loads(Explored(vocabulary, package.tables[table], shown, ROOT).script())
    return content


def column(content: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in content["columns"] if one["name"] == name)


def test_each_column_says_how_it_is_filtered_and_what_its_codes_mean(miniature: Copy) -> None:
    content = explored(miniature.read())
    kinds = {one["name"]: one["kind"] for one in content["columns"]}
    assert (kinds["day"], kinds["group"], kinds["persons"], kinds["as_printed"]) == ("date", "choice", "number", "text")
    assert column(content, "group")["labels"] == {"a": "Group one", "b": "Group two", "c": "Group three"}
    assert column(content, "persons")["reasonIn"] == "unknown_id"


def test_each_column_says_what_tells_how_strongly_and_how_surely_a_value_holds(package: Package) -> None:
    content = explored(package, "network_facts")
    assert (column(content, "value")["strengthIn"], column(content, "value")["confidenceIn"]) == (
        "strength",
        "confidence",
    )
    assert column(content, "strength")["labels"]["at_least"] == "at least"


def test_the_rows_are_those_of_the_table_with_numbers_as_numbers(miniature: Copy) -> None:
    package = miniature.read()
    content = explored(package)
    table = package.tables["counts"]
    assert content["count"] == len(content["records"]) == table.rows
    persons = table.field_names.index("persons")
    assert [row[persons] for row in content["records"]] == table.column("persons").to_pylist()
    assert content["records"][0][0] == table.text("day")[0].as_py()


def test_what_is_the_same_in_every_row_or_only_names_it_is_told_aside(package: Package) -> None:
    aside = {name: column(explored(package, "funding_calls"), name)["aside"] for name in ("confidence", "call_number")}
    assert aside == {"confidence": True, "call_number": False}, "a key by which other tables speak is shown"
    assert column(explored(package, "network_facts"), "observation_id")["aside"]
    assert not any(one["aside"] for one in explored(package, "coverage")["columns"]), "of one row nothing is the same"
    vocabulary = speak(package, "en")
    hours = Explored(vocabulary, package.tables["activity_hours"], [], ROOT)
    told = {str(title.value): Markup(value).striptags() for title, value in hours.same()}
    assert told["Item in the source"] == "6"
    assert "Reference date" in told, "a reason stands for what is empty"
    assert not [title for title in told if title.startswith("Why")]


def test_of_a_table_that_is_shown_in_part_the_rows_are_fetched(miniature: Copy) -> None:
    content = explored(miniature.read(), rows=1)
    assert content["records"] is None
    assert content["shown"] == [0]
    assert content["file"] == "counts.json.html"  # as the tests' own addresses are


def test_only_numbers_of_which_parts_make_a_whole_are_added_up(miniature: Copy) -> None:
    def units(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["schema"]["fields"][2]["unit"] = "percent"

    table = miniature.read().tables["counts"]
    assert [name for name in table.field_names if adds(table, table.field(name))] == ["persons"]
    spoilt = miniature.change(units).read().tables["counts"]
    assert not adds(spoilt, spoilt.field("persons"))
    assert not is_added("pairs_per_year")
    assert not is_added(None)


def test_a_field_may_say_itself_whether_it_adds_up(miniature: Copy) -> None:
    def declare(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["schema"]["fields"][2]["adds"] = False

    table = miniature.change(declare).read().tables["counts"]
    assert not adds(table, table.field("persons"))


def test_the_rows_that_are_a_total_are_named(miniature: Copy) -> None:
    def expect(descriptor: dict[str, Any]) -> None:
        total = {"kind": "total", "field": "persons", "over": "group", "total": "a"}
        descriptor["resources"][0]["expectations"] = [total]

    assert explored(miniature.read())["totals"] == {}
    assert explored(miniature.change(expect).read())["totals"] == {"group": "a"}


def test_a_download_knows_its_title_release_licence_and_address(miniature: Copy) -> None:
    about = explored(miniature.read())["about"]
    assert (about["title"], about["version"], about["created"]) == ("Counts", "1.2.3", "2026-01-02")
    assert about["licence"] == "CC0-1.0"
    assert about["address"] == f"{ROOT}data/counts.html"


def test_only_the_words_of_the_explorer_come_along(miniature: Copy) -> None:
    assert explored(miniature.read())["words"] == {"title": "Search", "sum": "sum"}


def test_no_text_ends_the_element_that_holds_it(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "Group one", "</script>")
    package = miniature.read()
    said = speak(package, "en")
    script = Explored(said, package.tables["groups"], said.rows("groups"), ROOT).script()
    assert "</script>" not in script
    assert "</script>" in str(explored(package, "groups"))
