"""Drawings as SVG and PNG: a scene of marks and words, drawn by Vega-Lite with every colour a name to be replaced."""

import re
from functools import lru_cache
from itertools import groupby
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from .chart_kinds import LEADING, Box, Layout, Mark, Scene, Words, scene_of

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
CONFIG: dict[str, Any] = {"background": "transparent", "font": FONT, "view": {"stroke": None}, "padding": 0}
SCALE = 2  # of a PNG: two pixels for one
KEY = "mark "
SPACE = '<tspan font-size="0"> </tspan>'  # between two lines, so that a copied name has its spaces; it takes no room
NEXT = "\0"  # stands for a line that follows on a hyphen
FRACTION = re.compile(r"-?\d+\.\d{3,}")


@lru_cache(maxsize=512)
def drawn(kind: str, marks: tuple[Mark, ...], layout: Layout) -> tuple[str, float, float]:
    """Draw marks; gives what stands inside the `<svg>`, and its width and height in pixels."""
    scene = scene_of(kind, marks, layout)
    with debug_mode(False):  # no check of its form at every step: a scene always has the same one, and tests look at it
        specification = _chart(scene).configure(**CONFIG).to_dict(validate=False)
    svg = str(vl_convert.vegalite_to_svg(specification))
    return _tidied(svg), scene.width, scene.height + 4


@lru_cache(maxsize=512)
def png_of(svg: str) -> bytes:
    """Make the picture of an SVG, at two pixels for one."""
    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


def _chart(scene: Scene) -> Any:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, scene.width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[scene.height, 0], nice=False))
    layers = [_boxes(style, list(boxes), x, y) for style, boxes in groupby(scene.boxes, _style_of_box)]
    layers += [_words(style, list(words), x, y) for style, words in groupby(sorted(scene.words, key=_style), _style)]
    return alt.layer(*layers).properties(width=scene.width, height=scene.height)


def _style_of_box(box: Box) -> tuple[str, str, float, float]:
    return box.fill, box.stroke, box.stroke_width, box.radius


def _boxes(style: tuple[str, str, float, float], boxes: list[Box], x: alt.X, y: alt.Y) -> Any:
    fill, stroke, width, radius = style
    rows = [
        {"x": box.x, "x2": box.x + box.width, "y": box.y, "y2": box.y + box.height, "key": f"{KEY}{box.mark}"}
        for box in boxes
    ]
    edge: dict[str, Any] = {"stroke": stroke, "strokeWidth": width} if width else {}
    mark = alt.Chart(alt.InlineData(values=rows)).mark_rect(fill=fill, cornerRadius=radius, **edge)
    return mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", description="key:N")


def _style(words: Words) -> tuple[float, str, str, bool]:
    return words.size, words.anchor, words.colour, words.is_bold


def _words(style: tuple[float, str, str, bool], words: list[Words], x: alt.X, y: alt.Y) -> Any:
    size, anchor, colour, is_bold = style
    rows = [{"x": one.x, "y": one.y, "text": "\n".join(one.lines)} for one in words]
    anchors: dict[str, Any] = {"start": "left", "middle": "center", "end": "right"}
    mark = alt.Chart(alt.InlineData(values=rows)).mark_text(
        align=anchors[anchor],
        baseline="middle",
        color=colour,
        fontSize=size,
        fontWeight=600 if is_bold else 400,
        lineBreak="\n",
        lineHeight=size * LEADING,
    )
    return mark.encode(x=x, y=y, text="text:N")


def _tidied(svg: str) -> str:
    """Keep what is drawn: no roles (a drawing is one image), no font on every word, no long fractions, no frames."""
    svg = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", svg)
    svg = re.sub(rf' aria-label="{KEY}(\d+)"', r' data-mark="\1"', svg)
    svg = re.sub(r' (?:role|aria-\w+|aria-roledescription|font-family|pointer-events|class|opacity)="[^"]*"', "", svg)
    svg = re.sub(r'<path d="[^"]*" display="none"/>|<path d="M0,0h[\d.]+v[\d.]+h-[\d.]+Z"/>', "", svg)
    svg = re.sub(r"<[^>]+>", lambda tag: FRACTION.sub(_rounded, tag[0]), svg)
    svg = svg.replace("-</tspan><tspan", f"-</tspan>{NEXT}")
    return svg.replace("</tspan><tspan", f"</tspan>{SPACE}<tspan").replace(NEXT, "<tspan")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
