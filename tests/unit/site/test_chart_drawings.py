import re
from xml.etree import ElementTree as ET

from vierdepijler.site.chart_drawings import SCALE, drawn, png_of
from vierdepijler.site.chart_kinds import BAR, TEXT, Layout, Mark

MARKS = (
    Mark("Een lange naam & nog meer woorden dan er passen", "1.234,5678", "a.b[x]", 0, 40),
    Mark("b", "20", "a.b[y]", 0, 20),
)
WIDE = Layout("wide", 300)


def drawing() -> ET.Element:
    content, width, height = drawn("bars", MARKS, WIDE)
    return ET.fromstring(f'<svg width="{width}" height="{height}">{content}</svg>')  # noqa: S314  # made here


def test_names_and_numbers_stand_in_the_drawing_as_they_were_given() -> None:
    said = {"".join(text.itertext()) for text in drawing().iter("text")}
    assert said == {mark.name for mark in MARKS} | {mark.text for mark in MARKS}


def test_each_mark_is_known_by_its_number_and_as_long_as_what_it_draws() -> None:
    marks = {path.get("data-mark"): path.get("d", "") for path in drawing().iter("path") if path.get("data-mark")}
    assert marks.keys() == {"0", "1"}
    first, second = (float(shape.partition("h")[2].partition("v")[0]) for shape in marks.values())
    assert abs(first - 2 * second) < 0.1


def test_there_are_no_roles_no_styles_and_no_colours_but_the_named_ones() -> None:
    content, _, _ = drawn("bars", MARKS, WIDE)
    assert not re.search(r"role=|aria-|style=|class=|font-family", content)
    assert set(re.findall(r'fill="(#\w+)"', content)) == {BAR, TEXT}


def test_the_same_marks_give_the_same_drawing_and_are_drawn_once() -> None:
    before = drawn.cache_info().misses
    assert drawn("bars", MARKS, WIDE) is drawn("bars", MARKS, WIDE)
    assert drawn.cache_info().misses - before <= 1


def test_a_picture_has_two_pixels_for_one() -> None:
    picture = png_of(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>'
    )
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[start : start + 4]) for start in (16, 20)] == [30 * SCALE, 20 * SCALE]
