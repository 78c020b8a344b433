import itertools
from dataclasses import replace

import pytest

from vierdepijler.site.chart_kinds import (
    BAR,
    KINDS,
    LEADING,
    Box,
    ChartLayout,
    Mark,
    Scene,
    Words,
    scene_of,
    width_of,
    wrapped,
)
from vierdepijler.site.chart_lines import line_chart

WIDE, NARROW = ChartLayout("wide", 640), ChartLayout("narrow", 330, stacked=True)
LONG = "Een naam die zo lang is dat hij op geen enkel scherm op één regel kan staan"
MARKS = [
    Mark(LONG, "1.234", "a.b[1]", 0, 1234, group="wet"),
    Mark("Sport", "617", "a.b[2]", 0, 617),
    Mark("Cursus", "12", "a.b[3]", 0, 12),
]
EVENTS = [
    Mark(mark.name, mark.text, mark.address, day, day, group="wet")
    for mark, day in zip(MARKS, (1, 2, 900), strict=True)
]


def marked(scene: Scene) -> list[Box]:
    return sorted((box for box in scene.boxes if box.mark >= 0), key=lambda box: box.mark)


def area(words: Words) -> tuple[float, float, float, float]:
    """Give where words stand: left, top, right, bottom, with letters as wide as an ordinary font has them."""
    wide = max(len(line) for line in words.lines) * words.size * 0.61
    left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    top = words.y - words.size / 2
    return left, top, left + wide, top + (len(words.lines) - 1) * words.size * LEADING + words.size


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_texts_of_any_kind_overlap_and_none_leaves_the_drawing(kind: str, layout: ChartLayout) -> None:
    hold_apart(scene_of(kind, EVENTS if kind == "events" else MARKS, layout), layout)


def hold_apart(scene: Scene, layout: ChartLayout) -> None:
    areas = [area(words) for words in scene.words]
    for one, other in itertools.combinations(areas, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    for left, top, right, bottom in areas:
        assert left >= -1
        assert right <= layout.width + 1
        assert top >= -4
        assert bottom <= scene.height + 4


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_is_drawn_once_with_its_name_and_its_number(kind: str, layout: ChartLayout) -> None:
    scene = scene_of(kind, MARKS, layout)
    assert [box.mark for box in marked(scene)] == [0, 1, 2]
    said = [" ".join(words.lines) for words in scene.words]
    assert {mark.name for mark in MARKS} <= set(said)
    assert {mark.text for mark in MARKS} <= set(said)


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
def test_a_bar_is_as_long_as_its_number(layout: ChartLayout) -> None:
    first, second, _ = marked(scene_of("bars", MARKS, layout))
    assert first.width == pytest.approx(2 * second.width)
    assert first.x == second.x


def test_a_column_is_as_high_as_its_number_and_a_negative_one_hangs() -> None:
    marks = [Mark("een", "+40", "", 0, 40), Mark("twee", "-20", "", 0, -20)]
    up, down = marked(scene_of("columns", marks, WIDE))
    assert up.height == pytest.approx(2 * down.height)
    assert up.y + up.height == pytest.approx(down.y)


def test_columns_without_room_become_bars() -> None:
    marks = [Mark(str(year), "12.345", "", 0, 12345) for year in range(2010, 2024)]
    assert scene_of("columns", marks, NARROW) == scene_of("bars", marks, NARROW)


def test_a_period_stands_where_its_years_are() -> None:
    marks = [Mark("een", "2014–2020", "", 2014, 2021), Mark("twee", "2021–2027", "", 2021, 2028)]
    first, second = marked(scene_of("periods", marks, WIDE))
    assert first.x + first.width == pytest.approx(second.x)
    assert first.width == pytest.approx(second.width)


def test_two_parts_fill_one_bar_as_their_numbers_do_and_more_or_of_several_times_are_bars() -> None:
    marks = [Mark("een", "30", "", 0, 30), Mark("twee", "10", "", 0, 10)]
    first, second = marked(scene_of("parts", marks, WIDE))
    assert first.width == pytest.approx(3 * second.width)
    assert first.x + first.width == pytest.approx(second.x)
    past = [replace(mark, is_past=True) for mark in marks]
    assert scene_of("parts", past, WIDE) == scene_of("bars", past, WIDE)


def test_an_axis_of_periods_has_its_first_year() -> None:
    marks = [Mark("een", "2014–2020", "", 2014, 2021), Mark("twee", "2021–2027", "", 2021, 2028)]
    years = [words.lines[0] for words in scene_of("periods", marks, WIDE).words[2 * len(marks) :]]
    assert years[0] == "2014"
    assert years == sorted(years)


def test_events_stand_further_apart_the_more_days_there_are_between_them() -> None:
    first, second, third = (box.y for box in marked(scene_of("events", EVENTS, WIDE)))
    assert 0 < second - first < third - second + 20
    spaced = scene_of(
        "events", [Mark("a", "1", "", 1, 1), Mark("b", "2", "", 2, 2), Mark("c", "3", "", 500, 500)], WIDE
    )
    one, two, three = (box.y for box in marked(spaced))
    assert three - two > two - one


def test_words_are_wrapped_and_a_long_word_stays_whole() -> None:
    assert wrapped("een twee drie", 60) == ("een", "twee", "drie")
    assert wrapped("Vrijwilligerswerk", 20) == ("Vrijwilligerswerk",)
    assert wrapped("Zuid-West-Vlaanderen", 100) == ("Zuid-West-", "Vlaanderen")
    assert wrapped("Zuid-West-Vlaanderen", 300) == ("Zuid-West-Vlaanderen",)
    assert wrapped("", 20) == ("",)
    assert width_of("ab") == 2 * width_of("a")


NUMBERS = {
    "Conversatiegroep": (34, 31, 36),
    "Socio-culturele vereniging": (7, 6, 6),
    "Sport": (6, 7, 6),
    LONG: (5, 5, 6),
}
DAYS, TITLES = ("25/2/2025", "31/1/2026", "1/3/2027"), tuple(f"{LONG}, jaar {year}" for year in (1, 2, 3))


def of_times(times: tuple[str, ...]) -> list[Mark]:
    return [
        Mark(f"{name}, {time}", f"{number} %", "", place * 100, number, thing=name, time=time)
        for name, numbers in NUMBERS.items()
        for place, (time, number) in enumerate(zip(times, numbers, strict=True))
    ]


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
@pytest.mark.parametrize("times", [DAYS, TITLES], ids=["days", "titles"])
def test_lines_are_named_at_their_ends_and_stand_at_their_times(times: tuple[str, ...], layout: ChartLayout) -> None:
    marks = of_times(times)
    scene = line_chart(marks, layout)
    hold_apart(scene, layout)
    points = marked(scene)
    assert len(points) == len(marks)
    assert sorted(len(line.points) for line in scene.lines if line.stroke == BAR) == [3, 3, 3, 3]
    assert points[0].x < points[1].x < points[2].x
    assert points[1].x - points[0].x == pytest.approx(points[2].x - points[1].x)
    assert points[2].y < points[0].y < points[1].y < points[3].y  # the higher the number
    told = [" ".join(words.lines) for words in scene.words]
    assert {*NUMBERS, "36 %", "34 %"} <= set(told)
    assert all(any(time in one for one in told) for time in times)
