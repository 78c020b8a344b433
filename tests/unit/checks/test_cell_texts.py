from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.checks.rules.rule import column_texts, key_texts, own_keys
from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1, None, -20], pa.int64(), ["1", "", "-20"]),
        ([Decimal("86.30"), None, Decimal("100.00")], pa.decimal128(38, 2), ["86.3", "", "100"]),
        ([Decimal("0.0000001")], pa.decimal128(38, 7), ["0.0000001"]),
        ([True, False, None], pa.bool_(), ["true", "false", ""]),
        ([20149], pa.date32(), ["2025-03-02"]),
        (["a", None, ""], pa.string(), ["a", "", ""]),
    ],
)
def test_a_column_is_written_as_its_cells_are(values: list[Any], kind: pa.DataType, texts: list[str]) -> None:
    column = pa.array(values, pa.int32()).cast(kind) if pa.types.is_date32(kind) else pa.array(values, kind)
    assert column_texts(column).to_pylist() == texts


def test_every_column_of_ours_is_written_as_its_cells_are(package: Package) -> None:
    for found in package.tables.values():
        for name in found.field_names:
            expected = [cell_text(found.value(row, name)) for row in range(found.rows)]
            assert column_texts(found.column(name)).to_pylist() == expected, f"{found.name}.{name}"


def test_the_keys_of_all_rows_are_those_of_their_cells(package: Package) -> None:
    for found in package.tables.values():
        field = found.fields[0]
        expected = [Cell(found, row, field).address for row in range(found.rows)]
        keys = key_texts(found).to_pylist()
        assert [f"{found.name}.{field.name}[{key}]" for key in keys] == expected
        assert own_keys(found).to_pylist() == keys


def test_a_key_with_a_sign_that_an_address_cannot_hold_is_encoded(tmp_path: Path) -> None:
    one = table("things", "code n:integer", 'code,n\n"a,[b]",1\né%,2\nplain,3\n', primaryKey=["code"])
    found = package_of(tmp_path, one).read().tables["things"]
    assert key_texts(found).to_pylist() == ["a%2C%5Bb%5D", "%C3%A9%25", "plain"] == own_keys(found).to_pylist()


def test_rows_without_a_key_are_numbered(miniature: Copy) -> None:
    found = miniature.change(lambda d: d["resources"][1]["schema"].pop("primaryKey")).read().tables["groups"]
    assert key_texts(found).to_pylist() == ["row-1", "row-2", "row-3"]
