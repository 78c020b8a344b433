"""Charts as SVG, drawn by Vega-Lite from cells of a table, for a wide and a narrow screen.

Colours are CSS variables with a fallback, so that one drawing serves light, dark and print.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
BAR, TEXT, MUTED = "#0f5c63", "#1b2430", "#4b5661"
COLOURS = {BAR: "--chart-bar", TEXT: "--chart-text", MUTED: "--chart-muted"}


@dataclass(frozen=True)
class Bar:
    """One bar: its name and its number as readers see them, and its length."""

    name: str
    text: str
    length: float


@dataclass(frozen=True)
class Layout:
    """How a chart fills a screen: widths and heights in pixels; `stacked` puts the name above its bar."""

    name: str
    width: int
    step: int
    stacked: bool


LAYOUTS = (Layout("wide", 440, 34, stacked=False), Layout("narrow", 290, 52, stacked=True))


def bar_chart(bars: Sequence[Bar], identifier: str, title: str) -> str:
    """Draw horizontal bars in the order given, as HTML: one SVG per layout, each with its text alternative."""
    description = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    return "".join(_inline(_draw(bars, layout), layout, identifier, title, description) for layout in LAYOUTS)


def _draw(bars: Sequence[Bar], layout: Layout) -> str:
    rows = [{"name": bar.name, "text": bar.text, "length": bar.length} for bar in bars]
    axis = None if layout.stacked else alt.Axis(title=None, ticks=False, domain=False, labelPadding=10, labelLimit=260)
    names = alt.Y("name:N", sort=None, axis=axis)
    lengths = alt.X("length:Q", axis=None, scale=alt.Scale(domainMin=0))
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=names, x=lengths)
    offset = 12 if layout.stacked else 0
    drawing = base.mark_bar(color=BAR, height=18, yOffset=offset) + base.mark_text(
        align="left", dx=6, yOffset=offset, color=TEXT, fontWeight=600, fontSize=15
    ).encode(text="text:N")
    if layout.stacked:
        drawing += base.mark_text(align="left", yOffset=-10, color=TEXT, fontSize=15).encode(
            x=alt.value(0), text="name:N"
        )
    chart = drawing.properties(width=layout.width, height=alt.Step(layout.step), padding=_padding(layout))
    return str(vl_convert.vegalite_to_svg(chart.configure(**CONFIG).to_dict()))


def _padding(layout: Layout) -> dict[str, int]:
    # The reader's font may be wider than the one that measured the labels here.
    return {"left": 2 if layout.stacked else 36, "right": 56, "top": 4, "bottom": 4}


CONFIG: dict[str, Any] = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelColor": TEXT, "labelFontSize": 15},
}


def _inline(svg: str, layout: Layout, identifier: str, title: str, description: str) -> str:
    """Make a drawing fit to stand in a page: named, described, with colours that follow the page."""
    for colour, variable in COLOURS.items():
        svg = re.sub(re.escape(colour), f"var({variable}, {colour})", svg, flags=re.IGNORECASE)
    name, text = f"{identifier}-{layout.name}-title", f"{identifier}-{layout.name}-text"
    # The drawing is one image to a screen reader; roles inside it would only be noise.
    svg = re.sub(r' (?:role|aria-\w+)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="', f'id="{identifier}-{layout.name}-', svg)
    svg = re.sub(r"url\(#", f"url(#{identifier}-{layout.name}-", svg)
    opening = re.match(r"<svg[^>]*>", svg)
    if opening is None:
        raise RuntimeError("the drawing library gave no SVG")
    size = re.search(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"', opening[0])
    if size is None:
        raise RuntimeError("the drawing has no size")
    return (
        f'<svg class="chart__drawing chart__drawing--{layout.name}" role="img" aria-labelledby="{name} {text}"'
        f' viewBox="0 0 {size["width"]} {size["height"]}" width="{size["width"]}" height="{size["height"]}"'
        f' xmlns="http://www.w3.org/2000/svg"><title id="{name}">{html.escape(title)}</title>'
        f'<desc id="{text}">{html.escape(description)}</desc>{svg[opening.end() :]}'
    )
