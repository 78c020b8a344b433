from test_vocabulary import speak

from conftest import Copy
from vierdepijler.core.cells import Cell
from vierdepijler.site.columns import columns
from vierdepijler.site.published_values import Property


def test_columns_are_described_in_the_language_of_the_page(miniature: Copy) -> None:
    package = miniature.read()
    day, _, persons, *_ = columns(speak(package, "en"), package.tables["counts"])
    assert (day.title.value, day.description.value, day.type) == ("Day", "The day.", "datum")
    assert isinstance(persons.unit, Cell)
    assert persons.unit.value == "people"
    assert [(word, limit.value) for word, limit in persons.constraints] == [("minimum", 0), ("maximum", 100000)]


def test_the_unit_of_a_column_may_stand_in_the_row(miniature: Copy) -> None:
    package = miniature.read()
    value = columns(speak(package), package.tables["derived_figures"])[1]
    assert value.unit == Property("resources/derived_figures/schema/fields/value/unitIn", "unit")
