import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from vierdepijler.site.chart_kinds import BAR, TEXT, ChartLayout, Mark
from vierdepijler.site.charts import LAYOUTS, THEMES, Drawing, drawn, on_page, picture_files

MARKS = (Mark("Sport", "40%", "hours.share[sport]", 0, 40), Mark("Cursus & co", "20%", "hours.share[course]", 0, 20))
DRAWING = Drawing("hours", "bars", "Uren", MARKS, "Let op: <schatting>.", ("Bron: een antwoord", "Uitgave 1 · CC0"))
WIDE = ChartLayout("wide", 300)
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawings() -> list[ET.Element]:
    return list(ET.fromstring(f"<div>{on_page(DRAWING)}</div>"))  # noqa: S314  # made here


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(picture_files(DRAWING))


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


def test_the_places_of_a_group_are_one_link_and_each_has_a_title() -> None:
    places = tuple(
        Mark(name, "", f"t.n[{name}]", place, 0, group=group, link=f"{group}.html")
        for place, (name, group) in enumerate((name, name[1]) for name in ("aA", "bA", "cB", "dB"))
    )
    (drawing,) = ET.fromstring(f"<div>{on_page(Drawing('where', 'map', 'Waar', places))}</div>")  # noqa: S314  # made here
    links = {
        link.get("href"): [path.get("data-draws") for path in link.iter(f"{NAMESPACE}path")]
        for link in drawing.iter(f"{NAMESPACE}a")
    }
    assert links == {"A.html": ["t.n[aA]", "t.n[bA]"], "B.html": ["t.n[cB]", "t.n[dB]"]}
    assert [title.text for title in drawing.iter(f"{NAMESPACE}title")] == ["Waar", "aA: A", "bA: A", "cB: B", "dB: B"]
    assert drawing.findtext(f"{NAMESPACE}desc") == "A: A; B: B"


def test_a_file_bears_its_title_note_source_and_licence(files: dict[str, bytes]) -> None:
    for ending in THEMES:
        said = texts(ET.fromstring(files[ending]))  # noqa: S314  # made here
        assert said[0] == "Uren"
        assert {"Let op: <schatting>.", "Bron: een antwoord", "Uitgave 1 · CC0", "40%", "Sport"} <= set(said)


def test_a_file_bears_the_finding_above_the_question() -> None:
    drawing = Drawing(
        "uren", "bars", "Waaraan gaan de uren?", (Mark("Sport", "40%", "", 0, 40),), finding="40% is sport"
    )
    said = texts(ET.fromstring(next(picture_files(drawing))[1]))  # noqa: S314  # made here
    assert said[:2] == ["40% is sport", "Waaraan gaan de uren?"]


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
    assert not any(b'font-size="0"' in content for _, content in picture_files(long))


def test_the_same_chart_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert dict(picture_files(DRAWING)) == files


def marks_drawn(kind: str, *marks: Mark) -> list[ET.Element]:
    content, width, height = drawn(kind, marks, WIDE)
    drawing = ET.fromstring(f'<svg width="{width}" height="{height}">{content}</svg>')  # noqa: S314  # made here
    return [shape for shape in drawing.iter("rect") if shape.get("data-mark")]


def test_a_mark_is_as_long_as_what_it_draws() -> None:
    first, second = marks_drawn("bars", *MARKS)
    assert (first.get("data-mark"), second.get("data-mark")) == ("0", "1")
    assert float(first.get("width", 0)) == pytest.approx(2 * float(second.get("width", 0)), abs=0.02)


def test_a_name_is_drawn_as_it_is_given_on_as_many_lines_as_it_needs() -> None:
    name = "Een lange naam & nog <meer> woorden dan er passen"
    content, _, _ = drawn("bars", (replace(MARKS[0], name=name),), WIDE)
    words = [text for text in ET.fromstring(f"<svg>{content}</svg>").iter("text") if len(text)]  # noqa: S314  # made here
    assert ["".join(text.itertext()) for text in words] == [name]
    assert {line.get("x") for line in words[0].iter("tspan")} >= {words[0].get("x")}


def test_the_edge_and_the_corners_of_a_mark_are_drawn() -> None:
    (event,) = marks_drawn("events", MARKS[0])
    assert (event.get("stroke"), event.get("rx")) == (BAR, "5.5")


def test_a_drawing_has_no_styles_and_no_colours_but_the_named_ones() -> None:
    content, _, _ = drawn("bars", MARKS, WIDE)
    assert not re.search(r"role=|aria-|style=|class=|font-family", content)
    assert set(re.findall(r'fill="(#\w+)"', content)) == {BAR, TEXT}


def test_the_same_marks_are_drawn_once() -> None:
    assert drawn("bars", MARKS, WIDE) is drawn("bars", MARKS, WIDE)


def test_a_picture_has_two_pixels_for_one(files: dict[str, bytes]) -> None:
    drawing, picture = ET.fromstring(files[".svg"]), files[".png"]  # noqa: S314  # made here
    size = [int.from_bytes(picture[start : start + 4]) for start in (16, 20)]
    assert size == [pytest.approx(2 * float(drawing.get(name, 0)), abs=1) for name in ("width", "height")]
