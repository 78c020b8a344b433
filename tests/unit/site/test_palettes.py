from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.site.palettes import STYLESHEET, read_palette


def with_stylesheet(folder: Path, text: str) -> Path:
    place = folder / STYLESHEET
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    return folder


def test_the_colours_are_those_of_the_stylesheet() -> None:
    text = (PROJECT / "site" / STYLESHEET).read_text("utf-8")
    palette = read_palette(PROJECT / "site")
    assert {"paper", "ink", "muted", "line", "accent", "mark", "chart-bar"} <= palette.keys()
    assert all(f"--{name}: {colour};" in text for name, colour in palette.items())


def test_the_light_theme_counts_and_not_the_dark_one(tmp_path: Path) -> None:
    css = (
        ":root {\n  --ink: #111111;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --ink: #eeeeee;\n  }\n}\n"
    )
    assert read_palette(with_stylesheet(tmp_path, css)) == {"ink": "#111111"}


def test_a_stylesheet_without_colours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no colours"):
        read_palette(with_stylesheet(tmp_path, "body { margin: 0; }\n"))
