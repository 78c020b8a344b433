"""The chart of the kind `map`: each group of places in its colour, with a border and a letter."""

from collections.abc import Callable, Mapping, Sequence

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
from .maps import PointMap

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
