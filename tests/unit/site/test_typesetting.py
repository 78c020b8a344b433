import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import PROJECT
from vierdepijler.site.typesetting import TypesettingError, read_palette, set_image, set_pdf

HEAD = (
    "#let content = json(bytes(sys.inputs.content))\n#set document(title: content.title, date: none)\n"
    '#set page(width: 300pt, height: 200pt)\n#set text(font: "Libertinus Serif", lang: "nl")\n'
)


def template(folder: Path, body: str = "= #content.title\n") -> Path:
    path = folder / "one.typ"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_a_document_is_tagged_and_brings_its_fonts(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(set_pdf(template(tmp_path), {"title": "Blad"})))
    assert reader.metadata is not None
    assert reader.metadata.title == "Blad"
    assert str(reader.root_object["/Lang"]) == "nl"
    assert "'/Marked': True" in str(reader.root_object["/MarkInfo"])
    described = [
        one for number in range(1, len(reader.xref[0])) if "/FontName" in (one := str(reader.get_object(number)))
    ]
    assert described
    assert all("/FontFile" in font and "LibertinusSerif" in font for font in described)


def test_the_same_content_gives_the_same_bytes_in_any_folder(tmp_path: Path) -> None:
    first = [set_pdf(template(tmp_path), {"title": "Blad"}), set_image(template(tmp_path), {"title": "Blad"})]
    (tmp_path / "elsewhere").mkdir()
    again = template(tmp_path / "elsewhere")
    assert [set_pdf(again, {"title": "Blad"}), set_image(again, {"title": "Blad"})] == first


def test_an_image_has_a_pixel_for_each_point(tmp_path: Path) -> None:
    png = set_image(template(tmp_path), {"title": "Beeld"})
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (300, 200)


def test_a_changed_template_is_set_anew(tmp_path: Path) -> None:
    before = set_image(template(tmp_path), {"title": "Beeld"})
    assert set_image(template(tmp_path, "#content.title\n"), {"title": "Beeld"}) != before


def test_what_a_template_refuses_is_said_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="too many words"):
        set_pdf(template(tmp_path, '#panic("too many words")\n'), {"title": "Blad"})


def test_an_image_of_two_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match=r"one\.typ gives more than one page"):
        set_image(template(tmp_path, "a #pagebreak() b\n"), {"title": "Beeld"})


def test_a_document_without_a_title_is_refused_as_pdf_ua_asks(tmp_path: Path) -> None:
    path = template(tmp_path)
    path.write_text(path.read_text("utf-8").replace("title: content.title, ", ""), encoding="utf-8")
    with pytest.raises(TypesettingError, match="title"):
        set_pdf(path, {"title": "Blad"})


def with_stylesheet(folder: Path, text: str) -> Path:
    place = folder / "site.css"
    place.write_text(text, encoding="utf-8")
    return place


def test_the_colours_are_those_of_the_stylesheet() -> None:
    stylesheet = PROJECT / "site" / "assets" / "vierdepijler.css"
    text, palette = stylesheet.read_text("utf-8"), read_palette(stylesheet)
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
