from pathlib import Path
from typing import Any

from test_vocabulary import speak

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.page_values import Property
from vierdepijler.site.table_view import Division, described_columns, divisions
from vierdepijler.site.vocabulary import Vocabulary


def test_columns_are_described_in_the_language_of_the_page(miniature: Copy) -> None:
    package = miniature.read()
    day, _, persons, *_ = described_columns(speak(package, "en"), package.tables["counts"])
    assert (day.title.value, day.description.value, day.type) == ("Day", "The day.", "datum")
    assert isinstance(persons.unit, Cell)
    assert persons.unit.value == "people"
    assert [(word, limit.value) for word, limit in persons.constraints] == [("minimum", 0), ("maximum", 100000)]


def test_the_unit_of_a_column_may_stand_in_the_row(miniature: Copy) -> None:
    package = miniature.read()
    value = described_columns(speak(package), package.tables["derived_figures"])[1]
    assert value.unit == Property("resources/derived_figures/schema/fields/value/unitIn", "unit")


def shown(package: Package, table: str) -> list[Division]:
    presenter = Presenter(package, "nl", {}, lambda page: page, set())
    return divisions(Vocabulary(package, presenter), package.tables[table])


def published(copy: Copy, folder: Path, table: int, *declared: Any) -> Package:
    copy.change(lambda d: d["resources"][table].update(subsets=[*declared]))
    return read_package(copy.publish(folder / "out") / "datapackage.json")


def texts(division: Division) -> list[str]:
    return [str(part.value.value) for part in division.parts]


def test_a_table_without_parts_has_none(miniature: Copy) -> None:
    assert shown(miniature.read(), "counts") == []


def test_parts_by_year_show_the_year_and_how_many_rows_there_are(miniature: Copy, tmp_path: Path) -> None:
    (years,) = shown(published(miniature, tmp_path, 0, {"field": "day", "by": "year"}), "counts")
    (part,) = years.parts
    path = "resources/counts/subsets/day-year/files/2025"
    assert (part.value, part.rows) == (Property(f"{path}/value", "2025"), Property(f"{path}/rows", 3))
    assert part.path == "subsets/counts/day/2025.csv"
    assert years.title.value == "Dag"


def test_parts_by_a_code_show_what_it_stands_for(miniature: Copy, tmp_path: Path) -> None:
    package = published(miniature, tmp_path, 0, {"field": "group"})
    (groups,) = shown(package, "counts")
    labels = package.tables["groups"].text("label_nl").to_pylist()
    assert texts(groups) == labels
    assert all(isinstance(part.value, Cell) for part in groups.parts)


def test_parts_by_the_key_show_the_label_of_their_row(miniature: Copy, tmp_path: Path) -> None:
    (groups,) = shown(published(miniature, tmp_path, 1, {"field": "code"}), "groups")
    assert texts(groups) == miniature.read().tables["groups"].text("label_nl").to_pylist()


def test_the_part_without_a_value_is_told_apart(miniature: Copy, tmp_path: Path) -> None:
    (reasons,) = shown(published(miniature, tmp_path, 0, {"field": "unknown_id"}), "counts")
    assert [part.is_empty for part in reasons.parts].count(True) == 1


def test_a_code_of_a_source_leads_nowhere_where_a_package_lists_no_sources(tmp_path: Path, package: Package) -> None:
    others = package_of(tmp_path, table("t", "source_id n", "source_id,n\na,1\n")).read()
    for read, name, is_listed in ((others, "t", False), (package, "completions", True)):
        cell = Cell(read.tables[name], 0, read.tables[name].field("source_id"))
        assert ("<a" in speak(read).presenter.linked(cell)) == is_listed
