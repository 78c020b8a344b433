"""Maps drawn from points alone: a cell around each, the borders between groups of them, and a colour for each group.

A cell holds what is nearer to its point than to any other (Voronoi), and no further than a reach, so that what is drawn
has the shape of the land as far as its points have, and no more. The chart of the kind `map` draws each group of places
in its colour, with a border and a letter.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .chart_kinds import (
    GAP,
    LEADING,
    PAPER,
    SMALL,
    TEXT,
    Box,
    ChartLayout,
    Line,
    Mark,
    Scene,
    Words,
    lines_high,
    wrapped,
)

SIDES = 16  # of a cell that meets no other
REACH = 0.035  # of a cell, in the longest side of the map
SLACK = 1 + 1e-9  # what is rounded in a corner must not let the one beyond it go
NOBODY = -1
Point = tuple[float, float]
Corner = tuple[Point, int]  # with who lives across the edge that begins there
Cell = tuple[Corner, ...]
AREAS = ("#a6d8dc", "#f6cf9b", "#c9c2ea", "#c5dfa0", "#f3b9b5", "#f0e58f")  # the colours of groups


def area_map(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a cell around each mark, whose place is `start` and `end`; each group has a colour, a border and a letter.

    Whole pixels are fine enough, and half as much to load. The names of the groups, for which a map has no room, stand
    beneath with their letters, but where the page has a list of them.
    """
    known = PointMap(tuple((mark.start, mark.end) for mark in marks), tuple(mark.group for mark in marks))
    corners = [point for cell in known.cells for point, _ in cell]
    left, top = min(x for x, _ in corners), max(y for _, y in corners)
    scale = (layout.width - 4) / ((max(x for x, _ in corners) - left) or 1)
    placed = _placer(left, top, scale)
    colours, letters = known.colours(len(AREAS)), letters_of(known.groups)
    scene = Scene(layout.width, (top - min(y for _, y in corners)) * scale + 4)
    for number, (mark, cell) in enumerate(zip(marks, known.cells, strict=True)):
        outline = tuple(placed(point) for point, _ in cell)
        fill, title = AREAS[colours[mark.group]], f"{mark.name}: {mark.group}"
        scene.lines.append(Line(outline, fill, PAPER, 0.5, mark=number, title=title))
    scene.lines += [Line(tuple(map(placed, line)), "", TEXT, 1.5) for line in known.borders()]
    for group, (x, y) in known.middles().items():
        scene.words.append(Words(*placed((x, y)), (letters[group],), SMALL, "middle", is_bold=True))
    if not layout.stacked:
        _key(scene, letters, [AREAS[colours[group]] for group in letters])
    return scene


def letters_of(groups: Sequence[str]) -> Mapping[str, str]:
    """Give each group a letter, in the order in which they come."""
    return {group: chr(ord("A") + number) for number, group in enumerate(dict.fromkeys(groups))}


def _placer(left: float, top: float, scale: float) -> Callable[[tuple[float, float]], tuple[int, int]]:
    """Make the scale from places, whose second number grows to the north, to whole pixels."""
    return lambda point: (round((point[0] - left) * scale) + 2, round((top - point[1]) * scale) + 2)


def _key(scene: Scene, letters: Mapping[str, str], fills: Sequence[str]) -> None:
    """Write the letter and the name of each group beneath a map, in columns, each in its colour."""
    across, y = 3, scene.height + GAP
    wide = scene.width / across
    texts = [wrapped(group, wide - 34, SMALL) for group in letters]
    down = -(-len(texts) // across)
    high = max(lines_high(lines, SMALL) for lines in texts) + 8
    for number, (letter, lines, fill) in enumerate(zip(letters.values(), texts, fills, strict=True)):
        x, middle = number // down * wide, y + (number % down + 0.5) * high
        scene.boxes.append(Box(x + 1, middle - 10, 20, 20, fill, TEXT, 1))
        scene.words.append(Words(x + 11, middle, (letter,), SMALL, "middle", is_bold=True))
        first = middle - (lines_high(lines, SMALL) - SMALL * LEADING) / 2
        scene.words.append(Words(x + 28, first, lines, SMALL))
    scene.height = y + down * high


@dataclass(frozen=True)
class PointMap:
    """Points, and of each the group that it belongs to."""

    points: tuple[Point, ...]
    groups: tuple[str, ...]

    @property
    def reach(self) -> float:
        """How far a cell reaches from its point at most."""
        return _reach(self.points)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cell of each point."""
        return _cells(self.points)

    def borders(self) -> Iterator[list[Point]]:
        """Give the lines where a group meets another, or nobody, each line once."""
        for number, cell in enumerate(self.cells):
            line: list[Point] = []
            for (start, other), (end, _) in pairwise((*cell, cell[0])):
                if self._is_border(number, other):
                    line = [*(line or [start]), end]
                elif line:
                    yield line
                    line = []
            if line:
                yield line

    def _is_border(self, number: int, other: int) -> bool:
        return other == NOBODY or (number < other and self.groups[number] != self.groups[other])

    def colours(self, most: int) -> Mapping[str, int]:
        """Give each group one of so many colours, so that no two that meet have the same while the colours last."""
        beside: dict[str, set[str]] = {group: set() for group in self.groups}
        for number, cell in enumerate(self.cells):
            beside[self.groups[number]] |= {self.groups[other] for _, other in cell if other != NOBODY}
        chosen: dict[str, int] = {}
        for group in sorted(beside, key=lambda one: -len(beside[one])):
            taken = [chosen[other] for other in beside[group] - {group} if other in chosen]
            used = list(chosen.values())  # of those that are left, the one that is used least
            chosen[group] = min(range(most), key=lambda colour: (taken.count(colour), used.count(colour), colour))
        return chosen

    def middles(self) -> Mapping[str, Point]:
        """Give the point of each group where a letter is free of other groups, close to the middle of its own."""
        return {group: self._middle(group) for group in dict.fromkeys(self.groups)}

    def _middle(self, group: str) -> Point:
        known = list(zip(self.points, self.groups, strict=True))
        own = [point for point, one in known if one == group]
        others = [point for point, one in known if one != group]
        centre = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))

        def room(point: Point) -> float:
            free = min((math.dist(point, other) for other in others), default=0)
            return min(free, self.reach) - math.dist(point, centre) / 4

        return max(own, key=room)


@lru_cache(maxsize=8)
def _reach(points: tuple[Point, ...]) -> float:
    spans = (max(values) - min(values) for values in zip(*points, strict=True))
    return REACH * (max(spans) or 1)


@lru_cache(maxsize=8)  # a map has the same cells in each language, and in each size
def _cells(points: tuple[Point, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(points, here, _reach(points)) for here in points)


def _cell(points: tuple[Point, ...], here: Point, reach: float) -> Cell:
    """Cut from a round what is nearer to another, the nearest first, until no other can reach what is left."""
    beside = [number for number, there in enumerate(points) if abs(there[0] - here[0]) < 2 * reach]
    cell = _round(here, reach)
    for distance, other in sorted((math.dist(here, points[other]), other) for other in beside):
        if distance > SLACK * 2 * max(math.dist(here, corner) for corner, _ in cell):
            break
        if distance > 0:
            cell = _cut(cell, here, points[other], other)
    return cell


def _round(here: Point, reach: float) -> Cell:
    turns = (2 * math.pi * side / SIDES for side in range(SIDES))
    return tuple(((here[0] + reach * math.cos(turn), here[1] + reach * math.sin(turn)), NOBODY) for turn in turns)


def _cut(cell: Cell, here: Point, there: Point, other: int) -> Cell:
    """Leave of a cell what is nearer to `here` than to `there`, where `other` lives."""
    beyond = _beyond(here, there)
    left: list[Corner] = []
    for (start, across), (end, _) in pairwise((*cell, cell[0])):
        first, last = beyond(start), beyond(end)
        if first <= 0:
            left.append((start, across))
        if (first <= 0) != (last <= 0):
            part = first / (first - last)
            met = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
            left.append((met, other if first <= 0 else across))
    return tuple(left)


def _beyond(here: Point, there: Point) -> Callable[[Point], float]:
    """Tell of a point how far it lies beyond the middle between two."""
    along = (there[0] - here[0], there[1] - here[1])
    middle = ((there[0] + here[0]) / 2, (there[1] + here[1]) / 2)
    return lambda point: (point[0] - middle[0]) * along[0] + (point[1] - middle[1]) * along[1]
