from pathlib import Path

import pytest

from rule_checks import package_of, table
from vierdepijler.core.columnar.scanning import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.figures.table_resources import (
    fits_type,
    foreign_keys,
    guess_key,
    guess_type,
    key_descriptor,
    known_field,
    printed_fields,
    unit_in_name,
)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "", "-20"], "integer"),
        (["0", "1"], "integer"),
        (["1", "2.5"], "number"),
        (["2025-02-25", ""], "date"),
        (["true", "false"], "boolean"),
        (["007", "12"], "string"),
        (["2025-02-30"], "string"),
        (["1", "x"], "string"),
        (["", ""], "string"),
    ],
)
def test_a_type_is_what_every_filled_cell_fits(cells: list[str], kind: str) -> None:
    assert guess_type("column", cells) == kind


def test_a_whole_number_in_a_column_of_years_is_a_year() -> None:
    assert guess_type("school_year", ["2024", ""]) == "year"
    assert guess_type("jaar", ["2024"]) == "year"
    assert guess_type("year", ["x"]) == "string"
    assert guess_type("yearly", ["2024"]) == "integer"


def test_a_cell_of_another_type_does_not_fit() -> None:
    assert fits_type("integer", ["1", "2"])
    assert not fits_type("integer", ["1", "2.5"])


@pytest.mark.parametrize(
    ("cells", "types", "key"),
    [
        ({"n": ["1", "2"], "code": ["x", "y"]}, {"n": "number", "code": "string"}, ("code",)),
        ({"label": ["x", "y"], "item_id": ["1", "2"]}, {"label": "string", "item_id": "integer"}, ("item_id",)),
        ({"year": ["1", "1"], "area": ["x", "y"]}, {"year": "integer", "area": "string"}, ("area",)),
        ({"year": ["1", "2"], "area": ["x", "x"]}, {"year": "integer", "area": "string"}, ("year",)),
        ({"a": ["x", "x", "y"], "b": ["x", "y", "x"]}, {"a": "string", "b": "string"}, ("a", "b")),
        ({"day": ["d", "d"], "group": ["x", "y"]}, {"day": "date", "group": "string"}, ("day", "group")),
        ({"day": ["d", "e"], "code": ["x", "y"]}, {"day": "date", "code": "string"}, ("code",)),
        ({"a": ["x", ""]}, {"a": "string"}, ()),
        ({"a": ["x", "x"]}, {"a": "string"}, ()),
        ({"as_printed": ["x", "y"]}, {"as_printed": "string"}, ()),
        ({"text": ["x" * 50, "y" * 50]}, {"text": "string"}, ()),
    ],
)
def test_a_key_is_the_fewest_fields_that_tell_rows_apart(
    cells: dict[str, list[str]], types: dict[str, str], key: tuple[str, ...]
) -> None:
    assert guess_key(types, cells) == key


@pytest.mark.parametrize(
    ("name", "unit"),
    [("amount_eur", "eur"), ("persons", "persons"), ("x_percent_change", "percent_change"), ("europe", None)],
)
def test_a_unit_stands_behind_a_name(name: str, unit: str | None) -> None:
    assert unit_in_name(name, ["eur", "percent", "change", "percent_change", "persons"]) == unit


def test_a_print_goes_with_its_field_and_the_loose_one_with_the_only_quantity() -> None:
    types = {"day": "date", "day_as_printed": "string", "persons": "integer", "as_printed": "string"}
    assert dict(printed_fields(list(types), types)) == {"day": "day_as_printed", "persons": "as_printed"}


def test_of_two_quantities_nobody_knows_which_was_printed() -> None:
    types = {"persons": "integer", "hours": "integer", "as_printed": "string"}
    assert dict(printed_fields(list(types), types)) == {}


def test_the_name_of_a_row_of_another_table_is_the_last_to_be_a_key() -> None:
    cells, types = {"source_id": ["S0", "S1"], "place": ["x", "y"]}, {"source_id": "string", "place": "string"}
    assert guess_key(types, cells) == ("source_id",)
    assert guess_key(types, cells, {"source_id"}) == ("place",)


LIST = ("code", "code\nx\ny\n")
KEY = [{"fields": "kind", "reference": {"resource": "sorts", "fields": "code"}}]
WIDE = [{"fields": ["s", "i"], "reference": {"resource": "items", "fields": ["s", "i"]}}]


def package_with(folder: Path, *tables: tuple[str, dict[str, object]]) -> Package:
    return package_of(folder, *tables).read()


def test_a_field_is_known_where_two_tables_say_the_same(tmp_path: Path) -> None:
    about = {"n": {"title": "N", "sentence": "{n} of one table", "constraints": {"pattern": "x", "required": True}}}
    tables = [table(name, "id n", "id,n\n1,x\n", about=about) for name in ("a", "b")]
    package = package_with(tmp_path, *tables, table("c", "id m", "id,m\n1,x\n", about={"m": {"title": "M"}}))
    assert known_field(package, "n") == {"type": "string", "title": "N", "constraints": {"pattern": "x"}}
    assert known_field(package, "m") == {}
    assert known_field(package, "nowhere") == {}


def test_keys_of_other_tables_are_taken_over_where_every_row_has_them(tmp_path: Path) -> None:
    package = package_with(
        tmp_path,
        table("sorts", *LIST, primaryKey="code"),
        table("items", "s i", "s,i\nS0,1\n", primaryKey=["s", "i"]),
        table("t", "kind s i", "kind,s,i\nx,S0,1\n", foreignKeys=[*KEY, *WIDE]),
    )
    cells = {"kind": ["x", ""], "s": ["S0", "S0"], "i": ["1", "1"]}
    assert foreign_keys(package, cells) == (
        ForeignKey(("kind",), "sorts", ("code",)),
        ForeignKey(("s", "i"), "items", ("s", "i")),
    )
    assert foreign_keys(package, {**cells, "i": ["1", "2"], "kind": ["x", "z"]}) == ()


def test_a_column_of_codes_leads_to_the_only_list_that_fits(tmp_path: Path) -> None:
    package = package_with(
        tmp_path, table("sorts", *LIST, primaryKey="code"), table("others", "code", "code\nz\n", primaryKey="code")
    )
    assert foreign_keys(package, {"what": ["x", "y", ""]}) == (ForeignKey(("what",), "sorts", ("code",)),)
    assert foreign_keys(package, {"what": ["x", "q"]}) == ()
    assert foreign_keys(package, {"what": ["", ""]}) == ()


def test_of_two_lists_that_fit_the_one_of_that_name_is_meant(tmp_path: Path) -> None:
    package = package_with(
        tmp_path, table("sorts", *LIST, primaryKey="code"), table("others", *LIST, primaryKey="code")
    )
    assert foreign_keys(package, {"other": ["x"]}) == (ForeignKey(("other",), "others", ("code",)),)
    assert foreign_keys(package, {"what": ["x"]}) == ()


def test_a_key_is_written_as_a_schema_has_it() -> None:
    assert key_descriptor(ForeignKey(("kind",), "sorts", ("code",))) == KEY[0]
    assert key_descriptor(ForeignKey(("s", "i"), "items", ("s", "i"))) == WIDE[0]
