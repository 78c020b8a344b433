import operator

import pytest

from conftest import Copy
from vierdepijler.core.cells import AddressError, Cell, days_beside, find_rows, inputs_of, row_anchor, select
from vierdepijler.core.tables import Field


def test_a_cell_has_an_address_that_leads_back_to_it(miniature: Copy) -> None:
    package = miniature.read()
    counts = package.tables["counts"]
    cell = Cell(counts, 1, counts.field("persons"))
    assert cell.address == "counts.persons[2025-02-25,b]"
    assert select(package, cell.address).cells == (cell,)


def test_keys_with_commas_and_brackets_lead_back_too(miniature: Copy) -> None:
    miniature.write("data/groups.csv", 'code,label_nl,label_en\n"a,[b]",x,y\n')
    package = miniature.read()
    groups = package.tables["groups"]
    cell = Cell(groups, 0, groups.field("label_nl"))
    assert select(package, cell.address).cells[0].value == "x"


def test_an_address_of_a_column_and_of_a_table(miniature: Copy) -> None:
    package = miniature.read()
    assert [cell.value for cell in select(package, "counts.persons").cells] == [3290, 521, None]
    assert select(package, "groups").rows == (0, 1, 2)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("nowhere", "there is no table 'nowhere'"),
        ("counts.nothing", "has no field 'nothing'"),
        ("counts.persons[2025-02-25,z]", "no row with the key"),
        ("counts.persons[", "is not an address"),
        ("", "is not an address"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(miniature: Copy, address: str, what: str) -> None:
    with pytest.raises(AddressError, match=what):
        select(miniature.read(), address)


def test_rows_are_found_by_what_their_cells_read(miniature: Copy) -> None:
    counts = miniature.read().tables["counts"]
    assert find_rows(counts, {"group": "b", "persons": 521}) == [1]
    assert find_rows(counts, {}) == [0, 1, 2]


def test_the_unit_is_the_fields_own_or_stands_in_the_row(miniature: Copy) -> None:
    tables = miniature.read().tables
    counts, figures = tables["counts"], tables["derived_figures"]
    assert Cell(counts, 0, counts.field("persons")).unit == "persons"
    assert Cell(figures, 1, figures.field("value")).unit == "percent"
    assert Cell(counts, 0, counts.field("group")).unit is None


@pytest.mark.parametrize(
    ("name", "kind", "unit"), [("Year", "integer", "year"), ("year", "string", None), ("years", "integer", None)]
)
def test_whole_numbers_that_are_called_years_are_years(name: str, kind: str, unit: str | None) -> None:
    assert Field({"name": name, "type": kind}).unit == unit


def test_a_cell_has_no_arithmetic(miniature: Copy) -> None:
    counts = miniature.read().tables["counts"]
    cell = Cell(counts, 0, counts.field("persons"))
    with pytest.raises(TypeError):
        operator.add(cell, 1)


def test_no_two_keys_have_the_same_anchor() -> None:
    keys = [("a,b",), ("a b",), ("a-b",), ("a.b",), ("a", "b"), ("a~b",), ("a~2Eb",), ("%",), ("+",)]
    assert len({row_anchor(key) for key in keys}) == len(keys)


def test_an_anchor_is_fit_for_an_address(miniature: Copy) -> None:
    miniature.write("data/groups.csv", 'code,label_nl,label_en\n"a b/ç",x,y\n')
    groups = miniature.read().tables["groups"]
    assert Cell(groups, 0, groups.field("code")).anchor == "a~20b~2F~C3~A7.code"


def test_the_inputs_of_a_sum_are_followed(miniature: Copy) -> None:
    found = dict(inputs_of(miniature.read(), 1))
    assert list(found) == ["counts.persons[2025-02-25,a]", "derived_figures.value[total]"]
    assert [cell.value for cell in found["derived_figures.value[total]"].cells] == [3811]


def test_the_day_beside_a_figure_is_found_or_the_place_where_it_would_be(miniature: Copy) -> None:
    counts = miniature.read().tables["counts"]
    assert [str(day.value) for day in days_beside(Cell(counts, 0, counts.field("persons")))] == ["2025-02-25"]
    assert days_beside(Cell(counts, 0, counts.field("day"))) == []
