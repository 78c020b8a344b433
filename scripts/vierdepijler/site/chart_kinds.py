"""The kinds of charts: where each mark and each text of a drawing stands, in pixels.

Every mark has its name and number beside it, so that no chart needs a legend, a grid or a colour to be read. Texts are
wrapped to the room they have and everything below moves down, so that no two can overlap.
"""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .maps import PointMap

BAR, TEXT, MUTED, LINE, PAPER = "#0f5c63", "#1b2430", "#4b5661", "#c9cfd6", "#fffffe"
AREAS = ("#a6d8dc", "#f6cf9b", "#c9c2ea", "#c5dfa0", "#f3b9b5", "#f0e58f")  # of the groups of a map
SIZE, SMALL, TINY = 15.0, 13.0, 12.0  # of letters
LETTER, BOLD = 0.62, 0.7  # the width of a letter, in its size: that of the widest fonts that readers have
LEADING = 1.3
THICK, GAP = 18.0, 16.0  # of a bar, and between two
EVENT_DAY, EVENT_GAP = 0.06, 40.0  # pixels for a day between two events, and for the longest time


@dataclass(frozen=True)
class Mark:
    """One mark of a chart: its name and number as readers see them, and where it stands on the scales.

    `address` is the cell it draws, `link` where a click on it leads. `start` and `end` bound it on the scale, or are
    its place on a map; `group` is said beside it.
    """

    name: str
    text: str
    address: str = ""
    start: float = 0
    end: float = 0
    group: str = ""
    link: str = ""


@dataclass(frozen=True)
class ChartLayout:
    """How a chart fills a screen: its width in pixels; `stacked` puts a name above its bar, and of a map none."""

    name: str
    width: float
    stacked: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle; `mark` is the number of the mark that it draws, -1 for none."""

    x: float
    y: float
    width: float
    height: float
    fill: str = BAR
    stroke: str = BAR
    stroke_width: float = 0
    radius: float = 0
    mark: int = -1


@dataclass(frozen=True)
class Line:
    """A line through points, or with `fill` the area within it; `mark` as of a box, `title` is what that is called."""

    points: tuple[tuple[int, int], ...]
    fill: str
    stroke: str
    stroke_width: float
    mark: int = -1
    title: str = ""


@dataclass(frozen=True)
class Words:
    """Lines of text; `y` is the middle of the first, and `anchor` tells which side of them `x` is."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = SIZE
    anchor: str = "start"
    colour: str = TEXT
    is_bold: bool = False


@dataclass
class Scene:
    """Everything that stands in a drawing, and how high that is."""

    width: float
    height: float = 0
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


def scene_of(kind: str, marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Lay out the marks of a chart for a screen."""
    return KINDS[kind](marks, layout)


def wrapped(text: str, width: float, size: float = SIZE) -> tuple[str, ...]:
    """Break a text into lines that fit a width in pixels; a word breaks only at a hyphen."""
    letters = max(1, int(width / (size * LETTER)))
    lines = textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False)
    if any(len(line) > letters for line in lines):  # only then is a word broken, where it has a hyphen
        lines = textwrap.wrap(text, letters, break_long_words=False)
    return tuple(lines) or ("",)


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a bold text will be, in pixels."""
    return len(text) * size * BOLD


def lines_high(lines: Sequence[str], size: float = SIZE) -> float:
    """Tell how high lines of text are, in pixels."""
    return len(lines) * size * LEADING


def bars(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a bar from `start` to `end` for each mark, its name before or above it and its number after it."""
    names = 0 if layout.stacked else _room_for_names(marks, layout)
    right = max(width_of(mark.text) for mark in marks) + 10
    scale = _scale(marks, names, layout.width - right)
    scene, y = Scene(layout.width), 0.0
    for number, mark in enumerate(marks):
        lines = wrapped(mark.name, (names or layout.width) - 12)
        above = lines_high(lines) + 4 if layout.stacked else max(0, (lines_high(lines) - THICK) / 2)
        top = y + above
        middle = top + THICK / 2
        first, last = sorted((scale(mark.start), scale(mark.end)))
        scene.boxes.append(Box(first, top, max(last - first, 1), THICK, mark=number))
        scene.words.append(Words(last + 6, middle, (mark.text,), is_bold=True))
        head = y + SIZE * LEADING / 2 if layout.stacked else middle - (lines_high(lines) - SIZE * LEADING) / 2
        scene.words.append(Words(names - 12 if names else 0, head, lines, anchor="end" if names else "start"))
        y = top + THICK + (0 if layout.stacked else above) + GAP
    scene.height = y - GAP
    return scene


def columns(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a column for each mark, its number at its end and its name below; where there is no room, bars."""
    slot = layout.width / len(marks)
    words = [word for mark in marks for word in mark.name.split()]
    if slot < max(width_of(mark.text) for mark in marks) or slot < max(width_of(word, SMALL) for word in words):
        return bars(marks, layout)
    high = 200.0
    scale = _scale(marks, high + 24, 24) if any(mark.end < 0 for mark in marks) else _scale(marks, high, 24)
    names = [wrapped(mark.name, slot - 4, SMALL) for mark in marks]
    foot = max(scale(mark.end) for mark in marks if mark.end < 0) if any(mark.end < 0 for mark in marks) else scale(0)
    foot = max(foot, scale(0)) + (24 if foot > scale(0) else 0)
    scene = Scene(layout.width, foot + 18 + max(lines_high(lines, SMALL) for lines in names))
    scene.boxes.append(Box(0, scale(0), layout.width, 1, fill=MUTED))
    for number, mark in enumerate(marks):
        middle, (first, last) = slot * (number + 0.5), sorted((scale(0), scale(mark.end)))
        scene.boxes.append(Box(middle - slot * 0.3, first, slot * 0.6, max(last - first, 1), mark=number))
        beside = last + 13 if mark.end < 0 else first - 11
        scene.words.append(Words(middle, beside, (mark.text,), anchor="middle", is_bold=True))
        scene.words.append(Words(middle, foot + 18, names[number], SMALL, anchor="middle"))
    return scene


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


def events(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw marks down a line of time, the more days between two the further apart, with the date beside each."""
    left = 6.0 if layout.stacked else max(width_of(mark.text) for mark in marks) + 24
    scene, y, before = Scene(layout.width), 0.0, marks[0].start
    for number, mark in enumerate(marks):
        y += min((mark.start - before) * EVENT_DAY, EVENT_GAP)
        head = y + SIZE * LEADING / 2
        scene.boxes.append(Box(left - 5.5, head - 5.5, 11, 11, PAPER, BAR, 3, radius=5.5, mark=number))
        x = left + 18
        date = Words(x, head, (mark.text,), is_bold=True)
        below = head + SIZE * LEADING
        if not layout.stacked:
            date, below = replace(date, x=left - 18, anchor="end"), head
        lines = wrapped(mark.name, layout.width - x)
        scene.words += [date, Words(x, below, lines)]
        below += lines_high(lines) - SIZE * LEADING
        if mark.group:
            below += SIZE * LEADING
            scene.words.append(Words(x, below, (mark.group,), SMALL, colour=MUTED))
        y, before = below + SIZE * LEADING, mark.start
    scene.height = y
    scene.boxes.insert(0, Box(left - 1, SIZE, 2, max(y - 2 * SIZE, 1), fill=LINE))
    return scene


def _room_for_names(marks: Sequence[Mark], layout: ChartLayout) -> float:
    """Give the names of bars the width that the longest needs, up to two fifths."""
    return min(max(width_of(mark.name) for mark in marks) + 14, layout.width * 0.42)


def _scale(marks: Sequence[Mark], first: float, last: float) -> Callable[[float], float]:
    """Make the scale from values to pixels; a scale of numbers holds nought, one of times need not."""
    ends = [end for mark in marks for end in (mark.start, mark.end)]
    low, high = min(ends), max(ends)
    reach = (high - low) or 1
    return lambda value: first + (value - low) / reach * (last - first)


KINDS: Mapping[str, Callable[[Sequence[Mark], ChartLayout], Scene]] = {
    "bars": bars,
    "columns": columns,
    "periods": bars,
    "map": area_map,
    "events": events,
}
