import re

import pytest

from charted import CHART, FILE
from conftest import Copy
from registers import later, register, repeated, told_later
from vierdepijler.checks.pages.chart_specs import read_charts
from vierdepijler.core.cells import AddressError
from vierdepijler.core.package import Package
from vierdepijler.site.chart_view import ChartView
from vierdepijler.site.figures import Presenter
from vierdepijler.site.vocabulary import Vocabulary

WORDS = {"own_computation": "x", "source": "bron", "change_before": "eerder", "known_since": "bekend sinds"} | {
    name: name for name in ("chart_source", "chart_date", "chart_edition")
}
LATER = "2026-01-31,a,4410,,4.410\n2026-01-31,b,794,,794\n"


def speak(package: Package) -> Vocabulary:
    return Vocabulary(package, Presenter(package, "nl", WORDS, lambda page: f"{page}.html", set(), "home"))


@pytest.fixture
def twice(miniature: Copy) -> Copy:
    """Give the miniature with counts of two days."""
    return miniature.write("data/counts.csv", (miniature.folder / "data/counts.csv").read_text("utf-8") + LATER)


def bare(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def test_the_newest_row_the_one_before_and_all_of_them(twice: Copy) -> None:
    times = speak(twice.read()).times
    assert times.latest("counts", group="a").persons.value == 4410
    before = times.earlier("counts", group="a")
    assert before is not None
    assert before.persons.value == 3290
    assert [row.persons.value for row in times.series("counts", group="a")] == [3290, 4410]


def test_of_one_time_there_is_nothing_before(miniature: Copy) -> None:
    times = speak(miniature.read()).times
    assert times.latest("counts", group="a").persons.value == 3290
    assert times.earlier("counts", group="a") is None
    assert times.change(times.latest("counts", group="a").persons) == ""


@pytest.mark.parametrize(
    ("criteria", "what"), [({"group": "z"}, "0 rows of the table"), ({}, "about 3 things, and it must be one")]
)
def test_what_is_no_one_series_is_refused(twice: Copy, criteria: dict[str, str], what: str) -> None:
    with pytest.raises(AddressError, match=what):
        speak(twice.read()).times.latest("counts", **criteria)


def test_a_change_says_what_it_was_and_when(twice: Copy) -> None:
    times = speak(twice.read()).times
    said = times.change(times.latest("counts", group="a").persons)
    assert bare(said) == "eerder 3.290 (25 februari 2025)"
    assert 'data-cell="counts.persons[2025-02-25,a]"' in said


def test_a_table_of_several_times_says_of_when_each_row_is_and_puts_the_newest_first(twice: Copy) -> None:
    said = speak(twice.read())
    rows = said.rows("counts")
    assert said.times.columns(rows, ["group", "persons"]) == ["group", "persons", "day"]
    assert [row.persons.value for row in said.times.newest_first(rows)] == [4410, 3290, 794, 521, None]


def test_a_table_that_tells_its_times_stays_as_it_is(twice: Copy) -> None:
    said = speak(twice.read())
    rows = said.rows("counts")
    assert said.times.columns(rows, ["day", "persons"]) == ["day", "persons"]
    assert said.times.newest_first(rows, ["day", "persons"]) == rows
    once = said.rows("counts", day="2026-01-31")
    assert said.times.columns(once, ["persons"]) == ["persons"]


def chart(copy: Copy, text: str) -> ChartView:
    spec = read_charts(copy.write(FILE, text).folder / "site" / "charts")["people"]
    return ChartView(spec, speak(copy.read()), lambda name: spec.text(name, "nl"))


def test_a_chart_of_two_times_draws_both_beside_each_other_and_says_of_when_each_is(twice: Copy) -> None:
    marks = chart(twice, CHART).drawn().marks
    assert [(mark.name, mark.text, mark.is_past) for mark in marks] == [
        ("Groep één, 31 januari 2026", "4.410", False),
        ("Groep één, 25 februari 2025", "3.290", True),
        ("Groep twee, 31 januari 2026", "794", False),
        ("Groep twee, 25 februari 2025", "521", True),
    ]
    assert len({mark.fill for mark in marks}) == 2


def test_a_chart_that_has_the_time_as_its_category_draws_all_alike(twice: Copy) -> None:
    text = CHART.replace("category: group", "category: day") + "only: {group: [a]}\n"
    marks = chart(twice, text).drawn().marks
    assert [(mark.name, mark.is_past) for mark in marks] == [("25 februari 2025", False), ("31 januari 2026", False)]


def test_what_is_not_known_is_said_until_a_row_says_it_and_then_refused(miniature: Copy) -> None:
    copy = register(miniature, "counts.persons[*,c]")
    said = speak(copy.read())
    assert said.times.not_known("e0", "How many, nobody knows.") == "How many, nobody knows."
    assert said.times.known(said.row("unknowns", unknown_id="e0")) == ""
    said = speak(later(copy).read())
    with pytest.raises(AddressError) as refused:
        said.times.not_known("e0", "How many, nobody knows.")
    told = str(refused.value)
    assert [part in told for part in ("data/unknowns.csv:2", "counts.persons[2026-01-31,c]", "2026-01-31")] == [
        True
    ] * 3
    assert bare(said.times.known(said.row("unknowns", unknown_id="e0"))) == "bekend sinds 31 januari 2026"
    answer = said.times.answer(said.row("unknowns", unknown_id="e0"))
    assert answer is not None
    assert answer.value == 17


def test_an_entry_that_the_register_does_not_have_is_refused(miniature: Copy) -> None:
    with pytest.raises(AddressError, match="no entry 'e9'"):
        speak(register(miniature, "").read()).times.not_known("e9", "x")


def test_a_page_says_how_old_its_newest_figure_is(twice: Copy) -> None:
    times = speak(twice.read()).times
    newest = times.newest_of(["groups", "counts", "derived_figures"])
    assert newest is not None
    assert bare(times.when(newest)) == "31 januari 2026"
    assert times.checked(newest) == ""  # of counts without a source nobody looked at one
    assert times.newest_of(["groups", "derived_figures"]) is None


def test_of_one_day_that_two_sources_tell_the_later_one_counts(miniature: Copy) -> None:
    times = speak(repeated(told_later(miniature)).read()).times
    row = times.latest("counts", group="a")
    assert row.persons.value == 3300
    assert [one.persons.value for one in times.series("counts", group="a")] == [3300]
    assert times.earlier("counts", group="a") is None
    assert times.change(row.persons) == ""
