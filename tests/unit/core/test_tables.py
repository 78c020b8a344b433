"""A table in memory gives its cells as they stand, as texts and as typed values, and knows its rows by their keys."""

import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from conftest import Copy
from vierdepijler.core.columnar.blocks import block_of
from vierdepijler.core.columnar.scanning import ForeignKey
from vierdepijler.core.tables import Field, Layout, Table, Value, cell_text, plain

FIELDS: list[dict[str, Any]] = [
    {"name": "a"},
    {"name": "b", "type": "integer", "unit": "persons", "decimals": 0},
    {"name": "c", "type": "number"},
]
ROWS = [["x", "1", "1.50"], ["y", "bad", ""], ["z"], ["", "+7", "3", "more"], []]


def table_of(records: list[list[str]], header: tuple[str, ...] = ("a", "b", "c"), **schema: Any) -> Table:
    descriptor = {"name": "table", "path": "table.csv", "schema": {"fields": FIELDS, **schema}}
    fields = tuple(map(Field, FIELDS))
    return Table("table", "table.csv", descriptor, fields, header, block_of(records, len(header)), range(2, 99))


def test_values_have_the_type_of_their_field(miniature: Copy) -> None:
    tables = miniature.read().tables
    counts, figures = tables["counts"], tables["derived_figures"]
    assert counts.value(0, "day") == datetime.date(2025, 2, 25)
    assert counts.value(0, "persons") == 3290
    assert counts.value(2, "persons") is None
    assert figures.value(1, "value") == Decimal("86.3")


def test_a_whole_number_beside_an_empty_cell_is_no_float(miniature: Copy) -> None:
    counts = miniature.read().tables["counts"]
    assert counts.column("persons").type == pa.int64()
    assert counts.column("as_printed").type == pa.string()


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


def test_cells_are_counted_as_they_stand_in_the_file() -> None:
    table = table_of(ROWS)
    assert (table.rows, table.cells) == (5, 3 + 3 + 1 + 4)
    assert table_of([]).cells == 0


def test_a_column_is_typed_and_null_where_there_is_no_value() -> None:
    table = table_of(ROWS)
    assert table.column("b").to_pylist() == [1, None, None, 7, None]
    assert table.column("c").to_pylist() == [Decimal("1.50"), None, None, Decimal(3), None]
    assert table.column("a").to_pylist() == ["x", "y", "z", None, None]


def test_a_text_is_as_it_stands_and_empty_where_a_row_stops_before_it() -> None:
    table = table_of(ROWS, missingValues=["x"])
    assert table.text("a").to_pylist() == ["x", "y", "z", "", ""]
    assert table.text("b").to_pylist() == ["1", "bad", "", "+7", ""]
    assert table.column("a").to_pylist() == [None, "y", "z", "", None]


def test_a_field_behind_the_last_header_has_the_cells_that_rows_have_there() -> None:
    table = table_of([["x", "1"], ["y", "2", "2.5"], ["z"]], ("a", "b"))
    assert table.text("c").to_pylist() == ["", "2.5", ""]
    assert table.column("c").to_pylist() == [None, Decimal("2.5"), None]


def test_a_column_is_made_once() -> None:
    table = table_of(ROWS)
    assert table.column("b") is table.column("b")
    assert table.text("b") is table.text("b")
    assert table.text("a") is not table.column("a")


def test_a_value_is_one_of_plain_python() -> None:
    table = table_of(ROWS)
    assert [table.value(row, "c") for row in range(3)] == [Decimal("1.5"), None, None]
    assert [str(table.value(row, "c")) for row in (0, 3)] == ["1.5", "3"]
    assert table.value(3, "b") == 7
    assert type(table.value(3, "b")) is int


def test_values_of_arrow_are_turned_into_plain_ones() -> None:
    assert str(plain(Decimal("3.00"))) == "3"
    assert str(plain(Decimal("3.10"))) == "3.1"
    assert str(plain(Decimal("1E+3"))) == "1000"
    assert plain(True) is True
    assert plain("a") == "a"
    assert plain(datetime.date(2025, 2, 5)) == datetime.date(2025, 2, 5)
    assert type(plain(pa.scalar(5).as_py())) is int


def test_a_column_holds_the_values_and_the_texts() -> None:
    table = table_of(ROWS)
    assert table.column("b").drop_null().to_pylist() == [1, 7]
    assert table.text("b").to_pylist() == ["1", "bad", "", "+7", ""]


def test_a_key_is_the_text_of_its_values() -> None:
    table = table_of([["x", "01", "1.50"], ["y", "2", ""], ["y", "2", "9"]], primaryKey=["a", "b"])
    assert table.keys == {("x", "1"): 0, ("y", "2"): 2}
    assert table.row_keys == (("x", "1"), ("row-2",), ("y", "2"))
    assert table_of([["x", "1", "1.50"]], primaryKey="c").row_keys == (("1.5",),)


def test_a_schema_tells_its_keys_and_its_missing_values() -> None:
    own = {"fields": ["a"], "reference": {"fields": ["c"]}}
    other = {"fields": "b", "reference": {"resource": "other", "fields": "d"}}
    table = table_of([], primaryKey="a", foreignKeys=[own, other], missingValues=["-", {"value": "?", "label": "x"}])
    assert table.primary_key == ("a",)
    assert table.foreign_keys == (ForeignKey(("a",), "table", ("c",)), ForeignKey(("b",), "other", ("d",)))
    assert table.missing_values == {"-", "?"}
    bare = table_of([])
    assert (bare.primary_key, bare.foreign_keys) == ((), ())
    assert bare.missing_values == {""}


def test_a_field_tells_its_type_and_its_properties() -> None:
    table = table_of([])
    assert table.field_names == ("a", "b", "c")
    assert [(field.type, field.is_number) for field in table.fields] == [
        ("string", False),
        ("integer", True),
        ("number", True),
    ]
    assert table.field("b").property("unit") == "persons"
    assert table.field("b").property("decimals") == "0"
    assert table.field("a").property("unit") is None


def test_a_table_is_taken_to_be_laid_out_as_usual() -> None:
    assert table_of([]).layout == Layout(has_byte_order_mark=False, line_ends=(), ends_with_line=True, is_plain=False)
    assert table_of([]).in_columns
