"""Lines: what a chart of bars becomes where its figures are of three times or more, each line named at its end."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase

from .chart_kinds import (
    BAR,
    GAP,
    LEADING,
    LETTER,
    LINE,
    MUTED,
    SIZE,
    SMALL,
    Box,
    ChartLayout,
    Line,
    Mark,
    Scene,
    Words,
    lines_high,
    width_of,
    wrapped,
)

HIGH = 240.0  # of the plot, from nought to the highest figure
DOT, LEAD = 8.0, 26.0  # the width of a point, and how far the name of a line stands from its end
Place = tuple[float, float]


def line_chart(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a line through the marks of each thing, from time to time; the newest number and the name at its end."""
    things: dict[str, list[int]] = {}
    for number in sorted(range(len(marks)), key=lambda number: marks[number].start):
        things.setdefault(marks[number].thing or marks[number].name, []).append(number)
    places = _places(marks, things, layout)
    scene = Scene(layout.width)
    scene.boxes.append(Box(0, SIZE + HIGH, max(x for x, _ in places.values()), 1, fill=LINE))
    for numbers in things.values():
        points = tuple((round(places[number][0]), round(places[number][1])) for number in numbers)
        if len(points) > 1:
            scene.lines.append(Line(points, "", BAR, 2))
    _name_ends(scene, marks, things, places, layout)
    _name_starts(scene, marks, things, places)
    for number, (x, y) in places.items():
        scene.boxes.append(Box(x - DOT / 2, y - DOT / 2, DOT, DOT, radius=DOT / 2, mark=number))
    _name_times(scene, marks, places)
    return scene


def _places(marks: Sequence[Mark], things: Mapping[str, Sequence[int]], layout: ChartLayout) -> dict[int, Place]:
    """Place each mark: its time from left to right, its number from the foot, which is nought, up."""
    widest = max(width_of(mark.text) for mark in marks)
    room = layout.width * 0.45
    room = room if layout.stacked else min(widest + max(map(width_of, things)) + 12, room)
    left, right = widest + DOT, layout.width - LEAD - room
    first, last = min(mark.start for mark in marks), max(mark.start for mark in marks)
    low, high = min(0.0, *(mark.end for mark in marks)), max(0.0, *(mark.end for mark in marks))
    return {
        number: (
            right - (last - mark.start) / ((last - first) or 1) * (right - left),
            SIZE + (high - mark.end) / ((high - low) or 1) * HIGH,
        )
        for number, mark in enumerate(marks)
    }


def _name_ends(
    scene: Scene,
    marks: Sequence[Mark],
    things: Mapping[str, Sequence[int]],
    places: Mapping[int, Place],
    layout: ChartLayout,
) -> None:
    """Name each line at its newest number; where two would meet, the lower moves down, with a thin line to it."""
    end = max(x for x, _ in places.values())
    left = end + LEAD
    beside = 0 if layout.stacked else max(width_of(marks[numbers[-1]].text) for numbers in things.values()) + 8
    foot = 0.0
    for name, numbers in sorted(things.items(), key=lambda one: places[one[1][-1]][1]):
        x, y = places[numbers[-1]]
        head = max(y, foot + SIZE * LEADING / 2)
        lines = wrapped(name, layout.width - left - beside)
        scene.words.append(Words(left, head, (marks[numbers[-1]].text,), is_bold=True))
        scene.words.append(Words(left + beside, head if beside else head + SIZE * LEADING, lines))
        scene.lines.append(Line(((round(x + DOT), round(y)), (round(left - 4), round(head))), "", LINE, 1))
        foot = head - SIZE * LEADING / 2 + lines_high(lines) + (0 if beside else SIZE * LEADING + 4)
    scene.height = max(SIZE + HIGH, foot)


def _name_starts(
    scene: Scene, marks: Sequence[Mark], things: Mapping[str, Sequence[int]], places: Mapping[int, Place]
) -> None:
    """Say the oldest number of a line before it, as far as there is room: the table beneath has them all."""
    foot = 0.0
    oldest = [(places[numbers[0]], numbers[0]) for numbers in things.values() if len(numbers) > 1]
    for (x, y), number in sorted(oldest, key=lambda one: one[0][1]):
        if y - SMALL * LEADING / 2 >= foot:
            scene.words.append(Words(x - DOT, y, (marks[number].text,), SMALL, anchor="end", colour=MUTED))
            foot = y + SMALL * LEADING / 2


def _name_times(scene: Scene, marks: Sequence[Mark], places: Mapping[int, Place]) -> None:
    """Name the times below: by a letter where their names are too long, and the names below that."""
    times = {mark.time: places[number][0] for number, mark in enumerate(marks) if mark.time}
    halves = {name: len(name) * SMALL * LETTER / 2 for name in times}
    names = {name: min(max(x, halves[name]), scene.width - halves[name]) for name, x in times.items()}
    ordered = sorted(names, key=lambda name: times[name])
    fits = all(names[one] + halves[one] + 8 <= names[other] - halves[other] for one, other in pairwise(ordered))
    y = (scene.height if fits else SIZE + HIGH) + GAP + SMALL / 2
    for letter, name in zip(ascii_uppercase, ordered, strict=False):
        shown, x = (name, names[name]) if fits else (letter, times[name])
        scene.words.append(Words(x, y, (shown,), SMALL, anchor="middle", colour=MUTED))
    y = max(y, scene.height) + SMALL * LEADING
    for letter, name in zip(ascii_uppercase, () if fits else ordered, strict=False):
        lines = wrapped(f"{letter}: {name}", scene.width, SMALL)
        scene.words.append(Words(0, y + GAP / 2, lines, SMALL, colour=MUTED))
        y += lines_high(lines, SMALL)
    scene.height = y + SMALL
