import datetime

import pytest

from conftest import Copy
from registers import repeated, told_later
from vierdepijler.core.cells import AddressError, Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.times import before_and_after, last_day, moment, newest_input, over_time, select_newest

LATER = "2026-01-31,a,4410,,4.410\n2026-01-31,b,794,,794\n"
DERIVED = 'total_2026,5204,persons,0,sum,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"\n'


def add(copy: Copy, file: str, rows: str) -> Copy:
    return copy.write(file, (copy.folder / file).read_text("utf-8") + rows)


@pytest.fixture
def twice(miniature: Copy) -> Package:
    """Give a package with counts of two days."""
    return add(add(miniature, "data/counts.csv", LATER), "data/derived_figures.csv", DERIVED).read()


def cell(package: Package, address: str) -> Cell:
    return select(package, address).cells[0]


def by_source(copy: Copy) -> Package:
    """Give a package in which counts of no day are told by three sources, of which two are of one day."""
    copy.write("data/sources.csv", "source_id,published\nS1,2025\nS2,2026-03\nS3,2026-03\n")
    copy.write("data/counts.csv", "source_id,group,persons\nS2,a,2\nS1,a,1\nS1,b,5\nS3,b,7\nS2,b,6\n")

    def change(descriptor: dict[str, list[dict[str, object]]]) -> None:
        text = [{"name": name, "type": "string"} for name in ("source_id", "published")]
        schema = {"fields": text, "primaryKey": "source_id"}
        descriptor["resources"].append(
            {"name": "sources", "role": "sources", "path": "data/sources.csv", "schema": schema}
        )
        fields = [*text[:1], {"name": "group", "type": "string"}, {"name": "persons", "type": "integer"}]
        descriptor["resources"][0]["schema"] = {"fields": fields, "primaryKey": ["source_id", "group"]}

    return copy.change(change).read()


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2025-02-25", "2025-02-25"),
        ("2024-02", "2024-02-29"),
        ("2020-Q1", "2020-03-31"),
        ("2023", "2023-12-31"),
        ("2014-2020", "2020-12-31"),
        ("2023-13", None),
        ("spring", None),
        ("", None),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, day: str | None) -> None:
    assert last_day(period) == (None if day is None else datetime.date.fromisoformat(day))


def test_rows_of_one_series_differ_in_time_only(twice: Package) -> None:
    counts = twice.tables["counts"]
    assert over_time(twice, counts, 0) == over_time(twice, counts, 3) == [0, 3]
    assert over_time(twice, counts, 2) == [2]
    assert over_time(twice, twice.tables["groups"], 1) == [1]


def test_a_figure_knows_what_it_was_before_and_what_is_newer(twice: Package) -> None:
    old, new = (cell(twice, f"counts.persons[{day},a]") for day in ("2025-02-25", "2026-01-31"))
    assert before_and_after(twice, old) == (None, new)
    assert before_and_after(twice, new) == (old, None)


def test_a_derived_figure_continues_what_is_calculated_alike_of_another_time(twice: Package) -> None:
    figures = twice.tables["derived_figures"]
    assert [figures.row_keys[row][0] for row in over_time(twice, figures, 0)] == ["total", "total_2026"]
    assert over_time(twice, figures, 4) == [4]  # the ratio of two groups is about something else


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("counts.persons[a]", "counts.persons[2026-01-31,a]"),
        ("counts.persons[c]", "counts.persons[2025-02-25,c]"),
        ("counts.persons[2025-02-25,a]", "counts.persons[2025-02-25,a]"),
        ("derived_figures.value[total]", "derived_figures.value[total_2026]"),
        ("groups.label_nl[a]", "groups.label_nl[a]"),
    ],
)
def test_a_key_without_its_time_leads_to_the_newest(twice: Package, address: str, found: str) -> None:
    assert [one.address for one in select_newest(twice, address).cells] == [found]


@pytest.mark.parametrize("address", ["counts.persons[z]", "counts.persons[2024-01-01,a]", "nowhere.persons[a]"])
def test_an_address_of_no_row_is_refused(twice: Package, address: str) -> None:
    with pytest.raises(AddressError):
        select_newest(twice, address)


def test_rows_without_a_day_are_as_old_as_their_source(miniature: Copy) -> None:
    package = by_source(miniature)
    counts = package.tables["counts"]
    assert over_time(package, counts, 0) == [1, 0]
    assert moment(package, counts, 1)[0] == datetime.date(2025, 12, 31)
    assert select_newest(package, "counts.persons[a]").cells[0].value == 2


def test_of_two_that_are_equally_new_none_is_the_newest(miniature: Copy) -> None:
    with pytest.raises(AddressError, match="the rows S3,b · S2,b hold of the same time"):
        select_newest(by_source(miniature), "counts.persons[b]")


def test_any_value_of_a_part_of_the_key_is_a_star(twice: Package) -> None:
    found = select(twice, "counts.persons[2026-01-31,*]").cells
    assert [one.value for one in found] == [4410, 794]
    for nothing in ("counts.persons[*]", "counts.persons[2020-01-01,*]"):
        with pytest.raises(AddressError, match="no row with the key"):
            select(twice, nothing)


def test_what_a_later_source_says_of_the_same_day_is_newer_and_no_change_since(miniature: Copy) -> None:
    package = repeated(told_later(miniature)).read()
    old, new = (cell(package, f"counts.persons[2025-02-25,a{source}]") for source in ("", ",S2"))
    assert (old.value, new.value) == (3290, 3300)
    assert before_and_after(package, old) == (None, new)
    assert before_and_after(package, new) == (None, None)
    assert select_newest(package, "counts.persons[a]").cells == (new,)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("2025-02-25,a", [3290]),
        ("2025-02-25,a,S2", [3300]),
        ("2025-02-25,d", [17]),
        ("2025-02-25,*", [3290, 521, None, 17]),
        ("2025-02-25,*,S2", [17, 3300]),
        ("*,*,*", [3290, 521, None, 17, 3300]),
    ],
)
def test_only_a_row_that_repeats_another_has_its_source_in_its_address(
    miniature: Copy, key: str, values: list[int | None]
) -> None:
    package = repeated(told_later(miniature)).read()
    found = select(package, f"counts.persons[{key}]").cells
    assert [one.value for one in found] == values
    assert "*" in key or [one.address for one in found] == [f"counts.persons[{key}]"]


@pytest.mark.parametrize("key", ["2025-02-25,a,S1", "2025-02-25,d,S2", "2025-02-25", "2025-02-25,*,S2,*"])
def test_a_row_has_one_address(miniature: Copy, key: str) -> None:
    with pytest.raises(AddressError, match="no row with the key"):
        select(repeated(told_later(miniature)).read(), f"counts.persons[{key}]")


@pytest.mark.parametrize(
    ("key", "newer"), [("2025-02-25,a", ",S2"), ("2025-02-25,b", ""), ("2025-02-25,d", ""), ("2025-02-25,*", ",S2")]
)
def test_the_newest_input_is_that_of_the_later_source(miniature: Copy, key: str, newer: str) -> None:
    package = repeated(told_later(miniature)).read()
    assert newest_input(package, f"counts.persons[{key}]") == f"counts.persons[{key}{newer}]"
