"""The colours of the stylesheet, read from it: readable in light and dark, which differ in nothing else."""

import re
from itertools import product
from pathlib import Path

import pytest

from conftest import PROJECT

STYLESHEETS = sorted((PROJECT / "site" / "assets").glob("*.css"))
STYLES = (PROJECT / "site" / "assets" / "vierdepijler.css").read_text("utf-8")
# What is written on what. The colours of charts stand on the ground of a page or of a frame.
GROUNDS = ("paper", "surface", "wash")
TEXTS = ("ink", "muted", "accent", "mark")
READABLE, DISTINCT = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what a drawing is made of


def block(styles: str, start: str) -> str:
    """Give what stands between the braces that follow `start`."""
    rest = styles.partition(start)[2].partition("{")[2]
    depth = 1
    for place, character in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return rest[:place]
    return ""


def palettes(rules: str) -> dict[str, dict[str, str]]:
    """Give the colours of each scheme, each written as `light-dark(#…, #…)`."""
    found = re.findall(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)", rules)
    return {"light": {name: light for name, light, _ in found}, "dark": {name: dark for name, _, dark in found}}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


SCHEMES = palettes(block(STYLES, ":root"))
LIGHT_COLOURS = SCHEMES["light"]


def unreadable(colours: dict[str, str]) -> list[str]:
    """Name each pair that is too much alike; a rule of a chart (`line`) only leads the eye, and may be faint."""
    charts = [name for name in colours if name.startswith("chart-") and name not in ("chart-line", "chart-paper")]
    words = [name for name in charts if re.search(r"text|muted|label|ink", name)]
    marks = [name for name in charts if name not in words]
    pairs = [(text, ground, READABLE) for text, ground in product([*TEXTS, *words], [*GROUNDS, "chart-paper"])]
    pairs += [(mark, ground, DISTINCT) for mark, ground in product(marks, ("paper", "surface", "chart-paper"))]
    pairs += [("accent-ink", "accent", READABLE), ("paper", "ink", READABLE), ("chart-paper", "chart-bar", READABLE)]
    return [f"{a} on {b}" for a, b, least in pairs if contrast(colours[a], colours[b]) < least]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_is_readable_on_every_ground(scheme: str) -> None:
    assert unreadable(SCHEMES[scheme]) == []


def test_a_colour_that_is_too_pale_is_caught() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
    assert unreadable({**LIGHT_COLOURS, "muted": "#888888"}) == [f"muted on {one}" for one in (*GROUNDS, "chart-paper")]
    assert "chart-bar on paper" in unreadable({**LIGHT_COLOURS, "chart-bar": "#cccccc"})


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_a_colour_is_written_once_for_light_and_dark(path: Path) -> None:
    """No rule of its own for the dark: a reader may choose another scheme than the system."""
    styles = re.sub(r"/\*.*?\*/|@media print \{.*?\n\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert "prefers-color-scheme" not in styles
    assert re.findall(r"--[a-z0-9-]+:\s*#[0-9a-f]+", styles) == []
