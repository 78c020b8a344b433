"""The images of the built site, and what the heads of its pages tell of them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from built_pages import every, pages
from conftest import PROJECT
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.text import LOCALES, shown_text, value_text
from vierdepijler.site.page_model import Page
from vierdepijler.site.page_values import descriptor_value
from vierdepijler.site.site_context import Site
from vierdepijler.site.sources import read_sources
from vierdepijler.site.typesetting import (
    TypesettingError,
    in_few_colours,
    read_palette,
    set_image,
    set_pdf,
    shades,
    write_social_images,
)
from vierdepijler.writers.metadata.describing import catalogue_of

HEAD = (
    "#let content = json(bytes(sys.inputs.content))\n#set document(title: content.title, date: none)\n"
    '#set page(width: 300pt, height: 200pt)\n#set text(font: "Libertinus Serif", lang: "nl")\n'
)
PARTLY = re.compile("(ar|fr|tr|uk)/")  # pages in languages that the site has in part


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
    for name, colour in palette.items():
        short = re.sub(r"#(.)\1(.)\2(.)\3$", r"#\1\2\3", colour)
        assert re.search(rf"--{name}: (light-dark\()?({colour}|{short})[,;]", text), name


def test_the_light_theme_counts_and_not_the_dark_one(tmp_path: Path) -> None:
    css = (
        ":root {\n  --ink: #111111;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --ink: #eeeeee;\n  }\n}\n"
    )
    assert read_palette(with_stylesheet(tmp_path, css)) == {"ink": "#111111"}


def test_a_stylesheet_without_colours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no colours"):
        read_palette(with_stylesheet(tmp_path, "body { margin: 0; }\n"))


URL = "https://vierde-pijler.example/"
LIMIT = 60_000


def heads(site: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give each page: its path, its language, and what its head tells by name."""
    for path, page in pages(site):
        name = path.relative_to(site).as_posix()
        if name != "404.html" and every(page, 'meta[property^="og:"]'):
            metas = every(page, "meta[content]")
            told = {str(meta.get("property") or meta.get("name")): meta.attrib["content"] for meta in metas}
            told["alternates"] = " ".join(map(str, page.xpath("//meta[@property='og:locale:alternate']/@content")))
            told["figure"] = next(iter(page.xpath("//meta/@data-figure")), "")
            yield name, str(page.xpath("string(/html/@lang)")), told


def test_every_page_tells_how_it_is_shown_where_it_is_shared(site: Path) -> None:
    seen = 0
    for name, language, told in heads(site):
        assert told["og:url"] == URL + name.removesuffix("index.html"), name
        assert told["og:type"] in {"article", "website"}
        assert told["og:site_name"] == "Vierde Pijler"
        assert told["og:title"]
        assert told["og:description"] == told["description"]
        locales = told["alternates"].split()
        assert told["og:locale"] == LOCALES.get(language, language)
        assert {*LOCALES.values()} <= {told["og:locale"], *locales}
        assert told["og:locale"] not in locales
        assert told["twitter:card"] == "summary_large_image"
        if told["og:type"] == "article":
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", told["article:modified_time"])
        seen += 1
    assert seen >= 200


def test_every_page_that_people_wrote_has_an_image_of_its_own_and_tables_share_one(site: Path) -> None:
    images: dict[Path, list[str]] = {}
    for name, _, told in heads(site):
        place = site / told["og:image"].removeprefix(URL)
        with Image.open(place) as image:
            assert image.size == (1200, 630) == (int(told["og:image:width"]), int(told["og:image:height"])), name
        assert place.stat().st_size < LIMIT, name
        images.setdefault(place, []).append(name)
    whole = {place: [name for name in names if not PARTLY.match(name)] for place, names in images.items()}
    assert {place.name for place, names in whole.items() if len(names) > 1} == {"index.png"}
    assert all(whole.values())  # a page in a language that we have in part has the image of the Dutch one
    assert sorted(len(names) for names in images.values())[-2:] > [50, 50]
    assert images.keys() == {path for path in site.rglob("*.png") if "social" in path.parts}


def test_the_image_is_said_in_words_with_the_figure_it_is_bound_to(site: Path, published: Package) -> None:
    bound = 0
    for name, language, told in heads(site):
        assert told["og:image:alt"], name
        if not told["figure"]:
            assert (
                told["og:image:alt"] == told["og:title"] or "/data/index.png" in told["og:image"] or PARTLY.match(name)
            )
            continue
        if told["figure"].startswith("resources/"):
            number = value_text(descriptor_value(published.descriptor, told["figure"]), None, language)
        else:
            (cell,) = select(published, told["figure"]).cells
            number = shown_text(published, cell, language)
        assert told["og:image:alt"].startswith(f"{number} "), name
        bound += 1
    assert bound >= 2 * 9


def test_the_image_of_the_results_has_the_colours_of_the_site(site: Path) -> None:
    palette = read_palette(PROJECT / "site" / "assets" / "vierdepijler.css")
    with Image.open(site / "social" / "resultaten.png") as image:
        dots = image.convert("RGB").tobytes()
    seen = {f"#{dots[start : start + 3].hex()}" for start in range(0, len(dots), 3)}
    assert {palette[name] for name in ("paper", "ink", "accent", "mark")} <= seen


def test_the_same_name_stands_on_images_and_pages(site: Path) -> None:
    words = read_sources(PROJECT / "site", ("nl", "en")).words
    names = {told["og:site_name"] for _, _, told in heads(site)}
    assert names == {words["nl"]["site_name"], words["en"]["site_name"]}


def test_a_title_that_does_not_fit_is_refused(published: Package, tmp_path: Path) -> None:
    sources = read_sources(PROJECT / "site", published.languages)
    page = Page("long", "lang.md", "Een titel zonder einde " * 40, "Uitleg", "")
    site = Site(PROJECT, sources, URL, {"nl": [page]}, catalogue_of(published.descriptor, published.root))
    with pytest.raises(ContentError, match=r"site/nl/lang\.md:1: the image of this page cannot be made: .*do not fit"):
        write_social_images(site, tmp_path)


def test_an_image_in_few_colours_keeps_those_of_the_palette() -> None:
    palette = {"paper": "#ffffff", "ink": "#000000", "muted": "#777777", "accent": "#0000ff", "mark": "#ff0000"}
    whole = Image.new("RGB", (4, 1))
    whole.putdata([(255, 255, 255), (0, 0, 255), (250, 3, 2), (0, 0, 0)])
    written = io.BytesIO()
    whole.save(written, "PNG")
    with Image.open(io.BytesIO(in_few_colours(written.getvalue(), shades(palette)))) as image:
        assert image.mode == "P"
        found = image.convert("RGB")
        assert [found.getpixel((x, 0)) for x in range(4)] == [(255, 255, 255), (0, 0, 255), (255, 0, 0), (0, 0, 0)]
