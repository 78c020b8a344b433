import datetime
from decimal import Decimal

import pytest

from conftest import Copy
from vierdepijler.tables import Value, cell_text


def test_values_have_the_type_of_their_field(miniature: Copy) -> None:
    tables = miniature.read().tables
    counts, figures = tables["counts"], tables["derived_figures"]
    assert counts.value(0, "day") == datetime.date(2025, 2, 25)
    assert counts.value(0, "persons") == 3290
    assert counts.value(2, "persons") is None
    assert figures.value(1, "value") == Decimal("86.3")


def test_a_whole_number_beside_an_empty_cell_is_no_float(miniature: Copy) -> None:
    frame = miniature.read().tables["counts"].frame
    assert str(frame["persons"].dtype) == "int64[pyarrow]"
    assert str(frame["as_printed"].dtype) == "string[pyarrow]"


def test_rows_are_found_by_their_key(miniature: Copy) -> None:
    tables = miniature.read().tables
    assert tables["counts"].keys["2025-02-25", "b"] == 1
    assert tables["groups"].row_keys == (("a",), ("b",), ("c",))


def test_rows_of_a_table_without_a_key_are_numbered(miniature: Copy) -> None:
    table = miniature.change(lambda d: d["resources"][1]["schema"].pop("primaryKey")).read().tables["groups"]
    assert table.row_keys[2] == ("row-3",)


def test_a_field_that_is_not_there_is_a_key_error(miniature: Copy) -> None:
    with pytest.raises(KeyError):
        miniature.read().tables["groups"].field("nothing")


def test_a_foreign_key_without_a_resource_means_the_table_itself(miniature: Copy) -> None:
    key = {"fields": "code", "reference": {"resource": "", "fields": "code"}}
    table = miniature.change(lambda d: d["resources"][1]["schema"].update(foreignKeys=[key])).read().tables["groups"]
    assert table.foreign_keys[0].table == "groups"


def test_texts_come_in_the_language_asked_and_else_in_the_main_one(miniature: Copy) -> None:
    package = miniature.change(lambda d: d["resources"][1].pop("title_en")).read()
    assert package.text(package.tables["counts"].descriptor, "title", "en") == "Counts"
    assert package.text(package.tables["groups"].descriptor, "title", "en") == "Groepen"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3290, "3290"),
        (Decimal("86.3"), "86.3"),
        (Decimal("1E+3"), "1000"),
        (datetime.date(2025, 2, 5), "2025-02-05"),
        ("één", "één"),
    ],
)
def test_values_are_written_as_in_our_files(value: Value, text: str) -> None:
    assert cell_text(value) == text


def test_a_package_can_be_had_with_some_of_its_tables(miniature: Copy) -> None:
    some = miniature.read().only(["units", "counts", "nothing"])
    assert list(some.tables) == ["counts", "units"]
    assert len(some.descriptor["resources"]) == 4
