import re
from xml.etree import ElementTree as ET

import pytest

from vierdepijler.site.charts import LAYOUTS, Bar, bar_chart

BARS = [Bar("Sport", "40%", 40), Bar("Cursus & co", "20%", 20)]
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawings() -> list[ET.Element]:
    root = ET.fromstring(f"<div>{bar_chart(BARS, 'hours', 'Uren')}</div>")  # noqa: S314  # made here
    return list(root)


def texts(drawing: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawing.iter(f"{NAMESPACE}text")]


def bar_lengths(drawing: ET.Element) -> list[float]:
    bars = [path for path in drawing.iter(f"{NAMESPACE}path") if "--chart-bar" in path.get("fill", "")]
    return [float(found[1]) for bar in bars if (found := re.search(r"h([\d.]+)v", bar.get("d", "")))]


def test_there_is_a_drawing_for_each_layout(drawings: list[ET.Element]) -> None:
    assert len(drawings) == len(LAYOUTS)


def test_names_and_numbers_stand_in_the_drawing(drawings: list[ET.Element]) -> None:
    for drawing in drawings:
        assert sorted(texts(drawing)) == ["20%", "40%", "Cursus & co", "Sport"]


def test_bars_are_as_long_as_their_numbers(drawings: list[ET.Element]) -> None:
    for drawing in drawings:
        first, second = bar_lengths(drawing)
        assert first == pytest.approx(2 * second)


def test_each_drawing_is_one_image_with_a_name_and_a_text(drawings: list[ET.Element]) -> None:
    for drawing in drawings:
        named = drawing.get("aria-labelledby", "").split()
        said = {element.get("id"): element.text for element in drawing.iter() if element.get("id") in named}
        assert drawing.get("role") == "img"
        assert list(said.values()) == ["Uren", "Sport: 40%; Cursus & co: 20%"]


def test_no_identifier_stands_twice(drawings: list[ET.Element]) -> None:
    identifiers = [element.get("id") for drawing in drawings for element in drawing.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_colours_follow_the_page(drawings: list[ET.Element]) -> None:
    colours = {element.get("fill") for drawing in drawings for element in drawing.iter() if element.get("fill")}
    assert {"var(--chart-bar, #0f5c63)", "var(--chart-text, #1b2430)"} <= colours
    assert all(colour == "none" or colour.startswith("var(--chart-") for colour in colours if colour)


def test_the_same_bars_give_the_same_drawing() -> None:
    assert bar_chart(BARS, "hours", "Uren") == bar_chart(BARS, "hours", "Uren")
