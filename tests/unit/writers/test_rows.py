import datetime
from decimal import Decimal

from conftest import Copy
from vierdepijler.writers.formats.publication import records


def test_rows_come_with_typed_values_and_none_for_an_empty_cell(miniature: Copy) -> None:
    tables = miniature.read().tables
    assert next(iter(records(tables["counts"]))) == (datetime.date(2025, 2, 25), "a", 3290, None, "3.290")
    place = tables["derived_figures"].field_names.index("value")
    assert [row[place] for row in records(tables["derived_figures"])][1] == Decimal("86.3")
