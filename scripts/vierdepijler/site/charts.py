"""Charts on pages and as files: drawings with a title and a text, in the colours of the page or of a theme.

On a page, colours are CSS variables with a fallback, so that one drawing serves light, dark and print. A file has its
own colours, and bears what a reader needs who finds it elsewhere: title, note, source, date and licence.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .chart_kinds import (
    BAR,
    LEADING,
    LINE,
    MUTED,
    PAPER,
    SIZE,
    SMALL,
    TEXT,
    Box,
    ChartLayout,
    Line,
    Mark,
    Words,
    lines_high,
    scene_of,
    wrapped,
)
from .chart_lines import line_chart
from .maps import AREAS, area_map, letters_of
from .typesetting import set_svg

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
SPACE = '<tspan font-size="0"> </tspan>'  # between two lines, so that a copied name has its spaces; it takes no room
MIDDLE = 0.3  # from the middle of a line down to the foot of its letters, in their size
COLOURS = {
    BAR: "--chart-bar", TEXT: "--chart-text", MUTED: "--chart-muted", LINE: "--chart-line", PAPER: "--chart-paper",
    **{colour: f"--map-{number}" for number, colour in enumerate(AREAS, 1)},
}  # fmt: skip
LAYOUTS = (ChartLayout("wide", 720), ChartLayout("narrow", 330, stacked=True))
PICTURE = LAYOUTS[0]  # as on a wide screen, so that it is drawn only once
MAP = (ChartLayout("whole", 720, stacked=True),)  # has no names, and so one size fits all
MARKED = re.compile(
    r'<(?P<shape>rect|path) data-mark="(?P<mark>\d+)"(?P<rest>[^>]*(?:/>|><title>[^<]*</title></path>))'
)
MARGIN, TITLE = 32.0, 22.0  # pixels around a picture, and the size of the letters of its title


# The end of a file's name, and the colours in it. What is printed is black, grey and white.
def _areas(*colours: str) -> Mapping[str, str]:
    return dict(zip(AREAS, colours, strict=True))


THEMES: Mapping[str, Mapping[str, str]] = {
    ".svg": {BAR: BAR, TEXT: TEXT, MUTED: MUTED, LINE: LINE, PAPER: "#ffffff", **_areas(*AREAS)},
    ".dark.svg": {BAR: "#5fb6ba", TEXT: "#e9ebee", MUTED: "#aeb8c2", LINE: "#4b5661", PAPER: "#14181d",
                  **_areas("#1f5f66", "#7a4a16", "#4d4487", "#41601f", "#7d3338", "#625a12")},
    ".print.svg": {BAR: "#555555", TEXT: "#000000", MUTED: "#333333", LINE: "#999999", PAPER: "#ffffff",
                   **_areas("#f4f4f4", "#d0d0d0", "#e2e2e2", "#bcbcbc", "#ebebeb", "#c6c6c6")},
}  # fmt: skip
PNG = ".png"


@dataclass(frozen=True)
class Drawing:
    """What is drawn, in one language: in a file `finding` stands above it, `note` and `credits` beneath."""

    identifier: str
    kind: str
    title: str
    marks: tuple[Mark, ...]
    note: str = ""
    credits: tuple[str, ...] = ()
    finding: str = ""

    @property
    def description(self) -> str:
        """Say what the drawing shows, for whoever cannot see it: of a map the groups, whose parts the table names."""
        if self.kind == "map":
            return "; ".join(
                f"{letter}: {group}" for group, letter in letters_of([m.group for m in self.marks]).items()
            )
        return "; ".join(f"{mark.name}: {mark.text}" if mark.text else mark.name for mark in self.marks)


def on_page(drawing: Drawing) -> str:
    """Draw a chart for a page: one SVG per layout, each with its name and its text."""
    return "".join(_inline(drawing, layout) for layout in (MAP if drawing.kind == "map" else LAYOUTS))


def picture_files(drawing: Drawing) -> Iterator[tuple[str, bytes]]:
    """Draw the files of a chart: how the name of each ends, and what is in it."""
    for ending, colours in THEMES.items():
        yield ending, _picture(drawing, colours).encode()
    yield PNG, set_svg(_picture(drawing, THEMES[".svg"]))


@lru_cache(maxsize=512)
def drawn(kind: str, marks: tuple[Mark, ...], layout: ChartLayout) -> tuple[str, float, float]:
    """Draw marks; gives what stands inside the `<svg>`, and its width and height in pixels."""
    layouts = {"map": area_map, "lines": line_chart}
    scene = layouts[kind](marks, layout) if kind in layouts else scene_of(kind, marks, layout)
    shapes = [*map(_line, scene.lines), *map(_shape, scene.boxes), *map(_text, scene.words)]
    return "".join(shapes), scene.width, scene.height + 4


def _line(line: Line) -> str:
    """Draw a line; where it is a mark, with a title for who points at it."""
    x, y = line.points[0]
    steps = " ".join(f"{right[0] - left[0]} {right[1] - left[1]}" for left, right in pairwise(line.points))
    place = f'd="M{x} {y}l{steps}{"z" if line.fill else ""}"'.replace(" -", "-")
    look = f'fill="{line.fill or "none"}" stroke="{line.stroke}" stroke-width="{_number(line.stroke_width)}"'
    if line.mark < 0:
        return f"<path {place} {look}/>"
    return f'<path data-mark="{line.mark}" {place} {look}><title>{html.escape(line.title)}</title></path>'


def _shape(box: Box) -> str:
    mark = f' data-mark="{box.mark}"' if box.mark >= 0 else ""
    place = f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
    corners = f' rx="{_number(box.radius)}"' if box.radius else ""
    edge = f' stroke="{box.stroke}" stroke-width="{_number(box.stroke_width)}"' if box.stroke_width else ""
    return f'<rect{mark} {place}{corners} fill="{box.fill}"{edge}/>'


def _text(words: Words) -> str:
    x = _number(words.x)
    written = html.escape(words.lines[0], quote=False)
    if len(words.lines) > 1:
        written = f"<tspan>{written}</tspan>"
        for before, line in pairwise(words.lines):
            space = "" if before.endswith("-") else SPACE
            down = _number(words.size * LEADING)
            written += f'{space}<tspan x="{x}" dy="{down}">{html.escape(line, quote=False)}</tspan>'
    return (
        f'<text text-anchor="{words.anchor}" x="{x}" y="{_number(words.y + words.size * MIDDLE)}"'
        f' font-size="{_number(words.size)}" font-weight="{600 if words.is_bold else 400}" fill="{words.colour}">'
        f"{written}</text>"
    )


def _number(pixels: float) -> str:
    return f"{pixels:.2f}".rstrip("0").rstrip(".")


def _inline(drawing: Drawing, layout: ChartLayout) -> str:
    """Make a drawing fit to stand in a page: named, described, with colours that follow the page."""
    content, width, height = drawn(drawing.kind, drawing.marks, layout)
    for colour, variable in COLOURS.items():
        content = re.sub(re.escape(colour), f"var({variable})", content, flags=re.IGNORECASE)
    identifier = f"chart-{drawing.identifier}-{layout.name}"
    labels = f'aria-labelledby="{identifier}-title {identifier}-text"'
    content, role = _bound(content, drawing), ' role="img"'
    if any(mark.link for mark in drawing.marks):
        # An image has nothing in it that a screen reader could reach, so that links stand in a group; HTML has no
        # such role for the drawing itself.
        content, role = f'<g role="group" {labels}>{content}</g>', ""
    return (
        f'<svg class="chart__drawing chart__drawing--{layout.name}"{role} font-family="{html.escape(FONT)}"'
        f' {labels} viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{identifier}-title">{html.escape(drawing.title)}</title>'
        f'<desc id="{identifier}-text">{html.escape(drawing.description)}</desc>{content}</svg>'
    )


def _bound(content: str, drawing: Drawing) -> str:
    """Let each mark say which cell it draws, and lead on where it does; what it draws stands in the table beneath."""
    links = ["", *(mark.link for mark in drawing.marks), ""]

    def named(found: re.Match[str]) -> str:
        number = int(found["mark"])
        mark = drawing.marks[number]
        shape = f'<{found["shape"]} data-draws="{html.escape(mark.address)}"{found["rest"]}'
        before, own, after = links[number : number + 3]  # one link for all marks beside each other that lead there
        label = html.escape(mark.group or mark.name)
        opened = f'<a href="{html.escape(own)}" aria-label="{label}">' if own and own != before else ""
        return f"{opened}{shape}{'</a>' if own and own != after else ''}"

    content = re.sub(MARKED, named, content)
    if any(links):  # these say the names
        content = content.replace("<text ", '<text aria-hidden="true" pointer-events="none" ')
    return content


def _picture(drawing: Drawing, colours: Mapping[str, str]) -> str:
    """Make the SVG of a file: the title above the drawing, and beneath it what a reader must know."""
    content, width, height = drawn(drawing.kind, drawing.marks, PICTURE)
    content = content.replace(SPACE, "")  # nobody copies names from a picture, and what makes the PNG sets them awry
    title = wrapped(drawing.finding or drawing.title, width, TITLE)
    asked = wrapped(drawing.title, width) if drawing.finding else ()
    head = MARGIN + lines_high(title, TITLE) + 16
    top = head + lines_high(asked)
    beneath = [line for text in (drawing.note, *drawing.credits) if text for line in wrapped(text, width, SMALL)]
    foot = top + height + 24
    whole = foot + lines_high(beneath, SMALL) + MARGIN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width + 2 * MARGIN:g} {whole:g}"'
        f' width="{width + 2 * MARGIN:g}" height="{whole:g}" font-family="{html.escape(FONT)}">'
        f"<title>{html.escape(drawing.title)}</title><desc>{html.escape(drawing.description)}</desc>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{_lines(title, MARGIN + TITLE, TITLE, TEXT, 700)}{_lines(asked, head, SIZE, MUTED, 400)}"
        f'<g transform="translate({MARGIN:g},{top:g})">{re.sub(r" data-mark=.[0-9]+.", "", content)}</g>'
        f"{_lines(beneath, foot + SMALL, SMALL, MUTED, 400)}</svg>"
    )
    for placeholder, colour in colours.items():
        svg = re.sub(re.escape(placeholder), colour, svg, flags=re.IGNORECASE)
    return svg


def _lines(lines: list[str] | tuple[str, ...], y: float, size: float, colour: str, weight: int) -> str:
    return "".join(
        f'<text x="{MARGIN:g}" y="{y + number * size * LEADING:g}" font-size="{size:g}" font-weight="{weight}"'
        f' fill="{colour}">{html.escape(line)}</text>'
        for number, line in enumerate(lines)
    )
