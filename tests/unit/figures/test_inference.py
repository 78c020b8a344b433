import pytest

from vierdepijler.figures.inference import fits_type, guess_key, guess_type, printed_fields, unit_in_name


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
