"""The kinds of charts: where each mark and each text of a drawing stands, in pixels.

Every mark has its name and number beside it, so that no chart needs a legend, a grid or a colour to be read. Texts are
wrapped to the room they have and everything below moves down, so that no two can overlap.
"""

import datetime
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil

from vierdepijler.core.cells import AddressError, Cell
from vierdepijler.core.problems import say

PERIOD = re.compile(r"(?P<first>\d{4})(?:-(?P<month>\d\d)(?:-\d\d)?|-(?P<last>\d{4}))?$")
BAR, TEXT, MUTED, LINE, PAPER = "#0f5c63", "#1b2430", "#4b5661", "#c9cfd6", "#fffffe"
PAST = "#8a969f"  # of a bar of an earlier time
SIZE, SMALL, TINY = 15.0, 13.0, 12.0  # of letters
LETTER, BOLD = 0.62, 0.7  # the width of a letter, in its size: that of the widest fonts that readers have
LEADING = 1.3
THICK, GAP = 18.0, 16.0  # of a bar, and between two
PAIR = 2  # parts that one bar can name at its two ends
EVENT_DAY, EVENT_GAP = 0.06, 40.0  # pixels for a day between two events, and for the longest time


@dataclass(frozen=True)
class Mark:
    """One mark of a chart: its name and number as readers see them, and where it stands on the scales.

    `address` is the cell it draws, `link` where a click on it leads. `start` and `end` bound it on the scale, or are
    its place on a map; `group` is said beside it. What `is_past` is of an earlier time than the newest; among marks of
    several times, `thing` is what it is of, and `time` when.
    """

    name: str
    text: str
    address: str = ""
    start: float = 0
    end: float = 0
    group: str = ""
    link: str = ""
    is_past: bool = False
    thing: str = ""
    time: str = ""

    @property
    def fill(self) -> str:
        """The colour of its bar."""
        return PAST if self.is_past else BAR


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


def ends_of(cell: Cell, kind: str) -> tuple[float, float]:
    """Tell where a mark begins and ends on its scale: from nought to a number, or from year to year."""
    if cell.upper:
        what = "{cell} is a range, which no chart draws: leave its row out with 'only'"
        raise AddressError(say(what, cell=cell.address))
    match cell.value:
        case datetime.date():
            return float(cell.value.toordinal()), float(cell.value.toordinal())
        case int() | Decimal() if kind == "periods":
            return float(cell.value), float(cell.value) + 1
        case int() | Decimal():
            return 0, float(cell.value)
        case str() if kind == "periods" and (found := PERIOD.match(cell.value)):
            first = int(found["first"]) + (int(found["month"] or 1) - 1) / 12
            return first, int(found["last"]) + 1 if found["last"] else first + (1 / 12 if found["month"] else 1)
        case _ if kind == "tiles":
            return 0, 0
    raise AddressError(f"{cell.address} holds nothing that a chart of the kind '{kind}' can draw")


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
    names, scale = _bar_scale(marks, layout)
    scene, y = Scene(layout.width), 0.0
    for number, mark in enumerate(marks):
        lines = wrapped(mark.name, (names or layout.width) - 12)
        above = lines_high(lines) + 4 if layout.stacked else max(0, (lines_high(lines) - THICK) / 2)
        top = y + above
        middle = top + THICK / 2
        first, last = sorted((scale(mark.start), scale(mark.end)))
        scene.boxes.append(Box(first, top, max(last - first, 1), THICK, mark.fill, mark=number))
        scene.words.append(Words(last + 6, middle, (mark.text,), is_bold=True))
        head = y + SIZE * LEADING / 2 if layout.stacked else middle - (lines_high(lines) - SIZE * LEADING) / 2
        scene.words.append(Words(names - 12 if names else 0, head, lines, anchor="end" if names else "start"))
        y = top + THICK + (0 if layout.stacked else above) + GAP
    scene.height = y - GAP
    return scene


def periods(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a bar for each period, above an axis with the years in which they begin and the last one."""
    scene, (_, scale) = bars(marks, layout), _bar_scale(marks, layout)
    first, last = int(min(mark.start for mark in marks)), ceil(max(mark.end for mark in marks))
    left, right, y = scale(first), scale(last), scene.height + GAP
    scene.boxes.append(Box(left, y, right - left, 1, fill=MUTED))
    wide, before = width_of("0000"), -layout.width
    for year in sorted({*(int(mark.start) for mark in marks), last - 1}):
        x = max(scale(year), wide / 2)
        if x - before >= wide:  # else there is no room for it
            scene.words.append(Words(x, y + SMALL, (str(year),), SMALL, anchor="middle", colour=MUTED))
            before = x
    scene.height = y + SMALL * 2
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
        box = Box(middle - slot * 0.3, first, slot * 0.6, max(last - first, 1), mark.fill, mark=number)
        scene.boxes.append(box)
        beside = last + 13 if mark.end < 0 else first - 11
        scene.words.append(Words(middle, beside, (mark.text,), anchor="middle", is_bold=True))
        scene.words.append(Words(middle, foot + 18, names[number], SMALL, anchor="middle"))
    return scene


def parts(marks: Sequence[Mark], layout: ChartLayout) -> Scene:
    """Draw a whole of two parts as one bar, each part named beneath its end; of more parts or times, bars."""
    half = layout.width / 2 - 8
    if len(marks) != PAIR or any(mark.is_past for mark in marks):
        return bars(marks, layout)
    scale = layout.width / sum(mark.end for mark in marks)
    scene, x = Scene(layout.width), 0.0
    for number, (mark, fill) in enumerate(zip(marks, (BAR, PAPER), strict=True)):
        scene.boxes.append(Box(x, 1, mark.end * scale, 2 * THICK, fill, BAR, 1, mark=number))
        x += mark.end * scale
        side, anchor = (0.0, "start") if number == 0 else (layout.width, "end")
        lines = wrapped(mark.name, half)
        head = 2 * THICK + GAP
        scene.words.append(Words(side, head, (mark.text,), anchor=anchor, is_bold=True))
        scene.words.append(Words(side, head + SIZE * LEADING, lines, anchor=anchor))
        scene.height = max(scene.height, head + SIZE * LEADING / 2 + lines_high(lines))
    return scene


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


def _bar_scale(marks: Sequence[Mark], layout: ChartLayout) -> tuple[float, Callable[[float], float]]:
    """Give the room before bars for their names, and the scale that leaves room behind them for their numbers."""
    names = 0 if layout.stacked else _room_for_names(marks, layout)
    right = max(width_of(mark.text) for mark in marks) + 10
    return names, _scale(marks, names, layout.width - right)


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
    "parts": parts,
    "periods": periods,
    "events": events,
}
