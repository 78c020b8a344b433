import math

import pytest

from vierdepijler.site.chart_kinds import ChartLayout, Line, Mark
from vierdepijler.site.maps import NOBODY, PointMap, area_map

# Two rows of four; the first two columns are one group, the last two another.
GRID = PointMap(
    tuple((float(x), float(y)) for y in (0, 1) for x in range(4)),
    tuple("west" if x < 2 else "east" for _ in (0, 1) for x in range(4)),
)
CLOSE = PointMap((*((x / 100, y / 100) for x, y in GRID.points), (9.0, 0.0)), (*GRID.groups, "island"))


def test_a_cell_is_what_is_nearer_to_its_point_than_to_any_other() -> None:
    for number, cell in enumerate(CLOSE.cells):
        here = CLOSE.points[number]
        for corner, _ in cell:
            nearest = min(math.dist(corner, point) for point in CLOSE.points)
            assert math.dist(corner, here) <= nearest + 1e-9


def test_a_cell_that_meets_no_other_is_round_and_as_wide_as_its_reach() -> None:
    cell = CLOSE.cells[-1]
    assert {across for _, across in cell} == {NOBODY}
    assert {round(math.dist(corner, (9.0, 0.0)), 6) for corner, _ in cell} == {round(CLOSE.reach, 6)}


def test_borders_run_between_groups_and_around_them_and_nowhere_else() -> None:
    inner = [line for line in CLOSE.borders() if all(abs(x - 0.015) < 1e-9 for x, _ in line)]
    assert len(inner) == 2  # one for each row, drawn from one side only
    assert not [line for line in CLOSE.borders() if all(abs(x - 0.005) < 1e-9 for x, _ in line)]


def test_groups_that_meet_have_colours_of_their_own() -> None:
    colours = CLOSE.colours(2)
    assert colours["west"] != colours["east"]
    assert set(CLOSE.colours(6).values()) == {0, 1, 2}


def test_a_letter_stands_on_a_point_of_its_group_away_from_others() -> None:
    middles = CLOSE.middles()
    assert middles["west"][0] == 0
    assert middles["east"][0] == 0.03


def test_points_in_one_place_do_not_stop_a_map() -> None:
    assert len(PointMap(((1.0, 1.0), (1.0, 1.0)), ("a", "b")).cells) == 2


WIDE, NARROW = ChartLayout("wide", 640), ChartLayout("narrow", 330, stacked=True)
PLACES = [
    Mark("Noord", "", "t.n[1]", 10, 30, group="Kust"),
    Mark("Zuid", "", "t.n[2]", 10, 10, group="Kust"),
    Mark("Oost", "", "t.n[3]", 30, 10, group="Kempen"),
]


def middle(line: Line) -> tuple[float, float]:
    xs, ys = zip(*line.points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_a_place_stands_on_the_map_where_it_lies_with_its_name_and_that_of_its_group() -> None:
    scene = area_map(PLACES, WIDE)
    areas = [line for line in scene.lines if line.mark >= 0]
    assert [area.title for area in areas] == ["Noord: Kust", "Zuid: Kust", "Oost: Kempen"]
    north, south, east = map(middle, areas)
    assert north[0] == pytest.approx(south[0], abs=1)
    assert north[1] < south[1] == pytest.approx(east[1], abs=1)
    assert south[0] < east[0]


def test_a_group_has_one_colour_and_a_letter_on_the_map_and_beside_its_name() -> None:
    scene = area_map(PLACES, WIDE)
    first, second, third = (line.fill for line in scene.lines if line.mark >= 0)
    assert first == second != third
    assert sorted(words.lines for words in scene.words) == [("A",), ("A",), ("B",), ("B",), ("Kempen",), ("Kust",)]
    assert [box.fill for box in scene.boxes] == [first, third]


def test_where_the_page_names_the_groups_the_map_has_letters_alone() -> None:
    scene = area_map(PLACES, NARROW)
    assert [words.lines for words in scene.words] == [("A",), ("B",)]
    assert scene.boxes == []
