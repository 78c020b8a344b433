"""What stands beside charts and tables: on pages of a small site, and on the real one as it is deployed."""

import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from lxml.html import HtmlElement

from built_pages import every, first, parse, places, read, text_of
from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

URL = "https://vierde-pijler.example/"
PATTERNS = ("paspoort", "passport", "data", "embed")  # folders of what no person wrote


def written(site: Path) -> list[Path]:
    return [path for path in sorted(site.rglob("*.html")) if path.parent.name not in PATTERNS]


def exhibits(site: Path) -> list[tuple[Path, HtmlElement]]:
    found = [(path, read(path)) for path in written(site)]
    return [(path, shown) for path, page in found for shown in every(page, ".exhibit, figure.chart")]


def items(exhibit: HtmlElement) -> dict[str, str]:
    """Give each text of the tools by its label, and that of a quote by its language."""
    found = {}
    for item in every(exhibit, ".tools__item"):
        for label, box in zip(every(item, "dt")[:1], every(item, ".copyable")[:1], strict=False):
            found[box.get("lang") or text_of(label)] = " ".join(text_of(box).split())
    return found


def test_every_chart_and_every_table_has_its_tools_and_a_place_of_its_own(site: Path) -> None:
    found = exhibits(site)
    assert len(found) >= 20
    assert len({(path, exhibit.attrib["id"]) for path, exhibit in found}) == len(found)
    for path, exhibit in found:
        name = path.relative_to(site).as_posix()
        said = items(exhibit)
        link = next(text for text in said.values() if text.startswith(URL))
        assert link == f"{URL}{name.removesuffix('index.html')}#{exhibit.attrib['id']}", name
        assert {"nl", "en", "BibTeX"} <= set(said), name
        assert any(text.endswith(f" {link}") and "Vierde Pijler (" in text for text in said.values()), name
        files = {anchor.attrib["href"].rpartition(".")[2] for anchor in every(exhibit, ".tools__files a")}
        assert files == {"csv", "xlsx"} | ({"png", "svg"} if exhibit.tag == "figure" else set()), name
        assert len(every(exhibit, "details.tools > summary")) == 1
        names = [text_of(anchor) for anchor in every(exhibit, ".tools__files a")]
        assert len(set(names)) == len(names), f"{name}: downloads that cannot be told apart"


def test_the_code_to_embed_shows_the_page_with_nothing_else(site: Path) -> None:
    for path, exhibit in exhibits(site):
        root = "en/" if path.parent.name == "en" else ""
        code = next(text for text in items(exhibit).values() if text.startswith("<iframe"))
        frame = first(parse(code), "iframe").attrib
        assert frame["src"] == f"{URL}{root}embed/{exhibit.attrib['id']}.html"
        assert frame["title"]
        assert frame["height"].isdigit()


def test_the_entry_of_bibtex_can_be_read_and_says_what_the_descriptor_says(site: Path, published: Package) -> None:
    for path, exhibit in exhibits(site):
        library = parse_string(items(exhibit)["BibTeX"])
        assert not library.failed_blocks
        fields = {field.key: field.value for field in library.entries[0].fields}
        assert fields["version"] == published.descriptor["version"]
        assert fields["year"] == published.descriptor["created"][:4]
        assert fields["url"].endswith(f"#{exhibit.attrib['id']}")
        assert fields["langid"] == ("english" if path.parent.name == "en" else "dutch")


def test_a_quote_has_its_date_and_the_notation_of_its_language(site: Path) -> None:
    said = items(places(site / "geld.html")["table-co_financing"])
    assert "5.873.400 euro" in said["nl"]
    assert "EUR 5,873,400" in said["en"]
    for _, exhibit in exhibits(site):
        for language in ("nl", "en"):
            assert every(first(exhibit, f".copyable[lang={language}]"), "time[data-property=created]")


def test_a_quote_names_the_sources_of_what_it_says_and_not_of_all_that_is_drawn(site: Path) -> None:
    periods = items(places(site / "geld.html")["chart-funding-periods"])
    answer = "Antwoord op vraag nr. 173 van 20 februari 2025, Hilde Crevits, Vlaams minister, in het Vlaams Parlement"
    assert f"(Bron: {answer}; Vierde Pijler," in periods["nl"]
    places_drawn = items(places(site / "en" / "where.html")["chart-networks-map"])  # it says nothing of one of them
    assert (
        "Source: Gebiedsniveaus: gemeenten en referentieregio's [in Dutch], Provincies in Cijfers;"
        in places_drawn["en"]
    )


HEAD = "---\npage: home\ntitle: Titel\ndescription: Uitleg\n---\n{% import 'blocks.html' as show with context %}\n"


@pytest.fixture
def renderer(published: Package, tmp_path: Path) -> Renderer:
    """A renderer of one page in each language, about the real tables."""
    table = "{{ show.data_table(rows('coverage'), ['local_authorities'], 'Besturen') }}\n\n"
    return _renderer(published, tmp_path, table + table)


def _renderer(package: Package, folder: Path, text: str) -> Renderer:
    for language in package.languages:
        place = folder / "site" / language
        place.mkdir(parents=True)
        (place / "_words.yml").write_bytes((PROJECT / "site" / language / "_words.yml").read_bytes())
        for name in ("home", "sources", "unknowns"):
            (place / f"{name}.md").write_text(HEAD.replace("home", name) + (text if name == "home" else ""))
    (folder / "site" / "blocks").symlink_to(PROJECT / "site" / "blocks")
    return Renderer(package, read_sources(folder / "site", package.languages), "nl", URL)


def test_a_table_that_stands_twice_on_a_page_asks_for_another_id(renderer: Renderer) -> None:
    with pytest.raises(ContentError, match=re.escape("two things on this page are called 'table-coverage'")):
        list(renderer.render_written())


def test_with_an_id_of_its_own_it_can_stand_there_twice(published: Package, tmp_path: Path) -> None:
    table = "{{ show.data_table(rows('coverage'), ['local_authorities'], 'Besturen'%s) }}\n\n"
    renderer = _renderer(published, tmp_path, table % "" + table % ", id='nog-eens'")
    list(renderer.render_written())
    assert list(renderer.embeds.found) == ["table-coverage", "nog-eens"]
