from dataclasses import replace

import pytest

from charted import CHART, FILE
from conftest import PROJECT, Copy
from registers import ranged, repeated, told_later
from vierdepijler.checks.pages.chart_specs import ChartSpec, read_charts
from vierdepijler.core.cells import AddressError
from vierdepijler.core.package import Package
from vierdepijler.core.text import shown_text
from vierdepijler.site.chart_view import ChartView
from vierdepijler.site.figures import Presenter
from vierdepijler.site.vocabulary import Vocabulary

WORDS = {"own_computation": "x", "source": "bron"} | {
    name: name for name in ("chart_source", "chart_date", "chart_edition")
}


def speak(copy: Copy, language: str = "nl") -> Vocabulary:
    package = copy.read()
    return Vocabulary(package, Presenter(package, language, WORDS, lambda page: f"{page}.html", set(), "home"))


def spec_of(copy: Copy, text: str) -> ChartSpec:
    return read_charts(copy.write(FILE, text).folder / "site" / "charts")["people"]


def view(spec: ChartSpec, vocabulary: Vocabulary) -> ChartView:
    return ChartView(spec, vocabulary, lambda name: f"<b>{spec.text(name, 'nl')}</b>")


def shown(copy: Copy, text: str, language: str = "nl") -> ChartView:
    return view(spec_of(copy, text), speak(copy, language))


def test_a_chart_draws_the_rows_that_hold_a_value_and_its_table_shows_them_all(miniature: Copy) -> None:
    found = shown(miniature, CHART)
    assert found.title == "Hoeveel mensen zijn er?"
    assert [mark in found.drawing for mark in ("Groep één", "3.290", "Groep twee", "521")] == [True] * 4
    assert "Groep drie" not in found.drawing
    assert [row.group.value for row in found.beneath[0].rows] == ["a", "b", "c"]
    assert found.beneath[0].columns == ["group", "persons"]
    assert (found.identifier, found.anchor, found.kind, found.table) == ("people", "chart-people", "bars", "counts")


def test_in_another_language_it_says_the_same(miniature: Copy) -> None:
    found = shown(miniature, CHART, "en")
    assert found.title == "How many people are there?"
    assert "Group one: 3,290; Group two: 521" in found.drawing


def test_only_the_rows_that_are_asked_for_are_drawn_and_shown(miniature: Copy) -> None:
    found = shown(miniature, CHART + "only: {group: [b]}\nshown: {group: [a, b]}\ncolumns: [persons]\n")
    assert "Groep twee: 521<" in found.drawing
    assert [row.group.value for row in found.beneath[0].rows] == ["a", "b"]
    assert found.beneath[0].columns == ("persons",)


def test_marks_can_be_sorted_by_their_number(miniature: Copy) -> None:
    text = CHART + "sort: lowest\n"
    marks = shown(miniature, text).drawn().marks
    assert [mark.text for mark in marks] == ["521", "3.290"]


def test_the_day_of_all_figures_is_told_where_they_have_one(miniature: Copy) -> None:
    day = shown(miniature, CHART + "date: day\n").date
    assert day is not None
    assert day.address == "counts.day[2025-02-25,a]"
    assert shown(miniature, CHART).date is None


def test_a_note_is_filled_as_a_page_is(miniature: Copy) -> None:
    found = shown(miniature, CHART + "note_nl: Let op.\nnote_en: Mind.\n")
    assert found.note == "<b>Let op.</b>"


def test_a_file_names_its_note_in_bare_text_and_the_edition_and_licence(miniature: Copy) -> None:
    text = CHART + "date: day\nnote_nl: Let <sup>[1]</sup> op &amp; zo.\nnote_en: Mind.\n"
    drawing = shown(miniature, text).drawn()
    assert drawing.note == "Let op & zo."
    assert drawing.credits == (
        "chart_date: 25 februari 2025",
        "Miniatuur · chart_edition 1.2.3, 2 januari 2026 · CC0-1.0 · https://miniature.example/",
    )


def test_a_file_names_the_sources_of_what_is_drawn(package: Package) -> None:
    spec = read_charts(PROJECT / "site" / "charts")["networks-map"]
    said = Vocabulary(package, Presenter(package, "nl", WORDS, lambda page: f"{page}.html", set(), "home"))
    source, *_ = view(spec, said).drawn().credits
    assert "Gebiedsniveaus: gemeenten en referentieregio's (Provincies in Cijfers)" in source


def test_every_figure_that_is_drawn_knows_its_chart(miniature: Copy) -> None:
    said = speak(miniature)
    assert view(spec_of(miniature, CHART), said).drawing
    drawn = said.presenter.usage.charts
    assert {"counts.persons[2025-02-25,a]", "counts.persons[2025-02-25,b]"} <= drawn.keys()
    assert drawn["counts.persons[2025-02-25,a]"][0].anchor == "chart-people"


def test_days_make_a_line_of_events(miniature: Copy) -> None:
    text = CHART.replace("kind: bars", "kind: events\ndate: day").replace("value: persons\n", "")
    marks = shown(miniature, text).drawn().marks
    assert [(mark.name, mark.text) for mark in marks] == [
        ("Groep één", "25 februari 2025"),
        ("Groep twee", "25 februari 2025"),
        ("Groep drie", "25 februari 2025"),
    ]


def test_years_and_spans_of_years_make_periods_and_rows_can_be_one_mark(miniature: Copy) -> None:
    miniature.write(
        "data/counts.csv",
        "day,group,persons,unknown_id,as_printed\n2025-02-25,a,2014,,2014-2020\n2025-02-25,b,2020,,2022\n",
    )
    text = CHART.replace("kind: bars", "kind: periods\nperiod: as_printed").replace("value: persons\n", "")
    text += "also:\n- table: counts\n  period: persons\n  name_nl: Alles\n  name_en: All\n"
    marks = replace(shown(miniature, text), fill=lambda name: f"<b>{name}</b>".upper()).drawn().marks
    assert [(mark.name, mark.start, mark.end) for mark in marks] == [
        ("Groep één", 2014, 2021),
        ("Groep twee", 2022, 2023),
        ("ALSO/0/NAME", 2014, 2021),  # what an author wrote is filled in, as a note is
    ]


def test_what_is_no_period_cannot_be_drawn_as_one(miniature: Copy) -> None:
    text = CHART.replace("kind: bars", "kind: periods\nperiod: group")
    with pytest.raises(AddressError, match=r"counts.group\[2025-02-25,a\] holds nothing that a chart of the kind 'per"):
        shown(miniature, text.replace("value: persons\n", "")).drawn()


def test_figures_of_two_times_stand_beside_each_other_and_of_three_are_lines(miniature: Copy) -> None:
    rows = (miniature.folder / "data/counts.csv").read_text("utf-8")
    for year, kind in ((2026, "bars"), (2027, "lines")):
        rows += f"{year}-01-31,a,{year},,\n{year}-01-31,b,9,,\n"
        drawing = shown(miniature.write("data/counts.csv", rows), CHART).drawn()
        assert drawing.kind == kind
    newest, *_ = drawing.marks
    assert (newest.thing, newest.time, newest.text) == ("Groep één", "31 januari 2027", "2.027")
    days = [mark.start for mark in drawing.marks if mark.thing == "Groep één"]
    assert [days[0] - days[1], days[1] - days[2]] == [365, 340]
    years = [str(row.day.value)[:4] for row in shown(miniature, CHART).beneath[0].rows]
    assert [years.count(year) for year in ("2025", "2026", "2027")] == [3, 2, 2]


def test_a_range_is_drawn_by_no_chart_and_stands_in_the_table(miniature: Copy) -> None:
    found = shown(ranged(miniature, "4000"), CHART)
    with pytest.raises(AddressError, match=r"counts.persons\[2025-02-25,a\] is a range, which no chart draws"):
        found.drawn()
    assert shown_text(speak(miniature).package, found.beneath[0].rows[0].persons, "nl") == "3.290 tot 4.000"


def test_of_one_day_that_two_sources_tell_the_later_one_is_drawn_and_both_stand_in_the_table(miniature: Copy) -> None:
    found = shown(repeated(told_later(miniature)), CHART)
    assert [mark.text for mark in found.drawn().marks if mark.thing == "Groep één"] == ["3.300"]
    assert [row.persons.value for row in found.beneath[0].rows if row.group.value == "a"] == [3290, 3300]
