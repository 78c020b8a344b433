import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from vierdepijler.site.chart_kinds import Mark
from vierdepijler.site.charts import LAYOUTS, THEMES, Drawing, files_of, on_page

MARKS = (Mark("Sport", "40%", "hours.share[sport]", 0, 40), Mark("Cursus & co", "20%", "hours.share[course]", 0, 20))
DRAWING = Drawing("hours", "bars", "Uren", MARKS, "Let op: <schatting>.", ("Bron: een antwoord", "Uitgave 1 · CC0"))
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawings() -> list[ET.Element]:
    return list(ET.fromstring(f"<div>{on_page(DRAWING)}</div>"))  # noqa: S314  # made here


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(files_of(DRAWING))


def texts(drawing: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawing.iter(f"{NAMESPACE}text")]


def test_there_is_a_drawing_for_each_layout_with_names_and_numbers(drawings: list[ET.Element]) -> None:
    assert len(drawings) == len(LAYOUTS)
    for drawing in drawings:
        assert sorted(texts(drawing)) == ["20%", "40%", "Cursus & co", "Sport"]


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
    assert {"var(--chart-bar)", "var(--chart-text)"} <= colours
    assert all(colour == "none" or colour.startswith("var(--chart-") for colour in colours if colour)


def test_each_mark_says_which_cell_it_draws(drawings: list[ET.Element]) -> None:
    for drawing in drawings:
        drawn = [element.get("data-draws") for element in drawing.iter() if element.get("data-draws")]
        assert drawn == ["hours.share[sport]", "hours.share[course]"]


def test_a_file_bears_its_title_note_source_and_licence(files: dict[str, bytes]) -> None:
    for ending in THEMES:
        said = texts(ET.fromstring(files[ending]))  # noqa: S314  # made here
        assert said[0] == "Uren"
        assert {"Let op: <schatting>.", "Bron: een antwoord", "Uitgave 1 · CC0", "40%", "Sport"} <= set(said)


def test_a_file_can_stand_under_a_strict_policy_and_asks_for_nothing(files: dict[str, bytes]) -> None:
    for ending in THEMES:
        assert not re.search(rb"style|<script|href=|url\(|var\(|data-", files[ending])


def test_each_theme_has_colours_of_its_own_and_print_only_greys(files: dict[str, bytes]) -> None:
    colours = {ending: set(re.findall(r'fill="#(\w{6})"', files[ending].decode())) for ending in THEMES}
    assert len({frozenset(found) for found in colours.values()}) == len(THEMES)
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours[".print.svg"])


def test_the_files_are_three_drawings_and_one_picture(files: dict[str, bytes]) -> None:
    assert list(files) == [".svg", ".dark.svg", ".print.svg", ".png"]
    assert files[".png"].startswith(b"\x89PNG")


def test_words_that_take_no_room_stand_on_the_page_only() -> None:
    # Between two lines of a name they make a space where it is copied; a picture that is made of them shows it awry.
    marks = (
        replace(DRAWING.marks[0], name="Een heel lange naam van een soort activiteit in het traject, met meer woorden"),
    )
    long = replace(DRAWING, marks=marks)
    assert 'font-size="0"' in on_page(long)
    assert not any(b'font-size="0"' in content for _, content in files_of(long))


def test_the_same_chart_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert dict(files_of(DRAWING)) == files
