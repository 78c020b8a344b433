"""The fact sheets of the built site, and one that does not fit."""

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from built_pages import every, first, read
from conftest import PROJECT
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.page_model import KeyFigure, Page, key_figures
from vierdepijler.site.sheet_parts import SheetParts, sheet_contents, sheet_parts, sheet_tables, write_fact_sheets
from vierdepijler.site.site_context import Site
from vierdepijler.site.sources import Sources, read_sources
from vierdepijler.writers.metadata.describing import catalogue_of

URL = "https://vierde-pijler.example/"


@pytest.fixture(scope="module")
def sources(published: Package) -> Sources:
    return read_sources(PROJECT / "site", published.languages)


def sheets(sources: Sources, site: Path) -> Iterator[tuple[str, str, Path, Path]]:
    """Give each page that asks for a sheet: its language, its identifier, its HTML and its sheet."""
    for language, pages in sources.pages.items():
        for identifier, source in pages.items():
            if sheet := sources.sheet(language, identifier):
                root = site / sources.root(language)
                yield language, identifier, root / source.address, root / sheet


def squeezed(text: str) -> str:
    """Give the letters and digits of a text: lines and ligatures differ on paper."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


@cache
def reader_of(sheet: Path) -> PdfReader:
    return PdfReader(sheet)


@cache
def links_of(sheet: Path) -> set[str]:
    notes = (note.get_object() for note in reader_of(sheet).pages[0].get("/Annots", ()))
    return {str(note["/A"]["/URI"]) for note in notes}


@cache
def text_of(sheet: Path) -> str:
    return squeezed(reader_of(sheet).pages[0].extract_text())


@cache
def parts_of(page: Path, limits: str) -> SheetParts:
    return sheet_parts(page.read_text("utf-8"), limits)


def test_each_topic_has_a_sheet_in_both_languages(sources: Sources, site: Path) -> None:
    found = [(language, identifier) for language, identifier, _, sheet in sheets(sources, site) if sheet.is_file()]
    dutch, english = ({page for language, page in found if language == one} for one in ("nl", "en"))
    assert dutch == english
    assert len(dutch) >= 9
    assert len(list(site.rglob("*.pdf"))) == len(found)


def test_a_sheet_is_one_page_of_a4_tagged_in_its_language_with_its_title(sources: Sources, site: Path) -> None:
    for language, _, page, sheet in sheets(sources, site):
        reader = reader_of(sheet)
        assert len(reader.pages) == 1, sheet
        assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
        assert str(reader.root_object["/Lang"]) == language
        assert "'/Marked': True" in str(reader.root_object["/MarkInfo"])
        assert reader.metadata is not None
        assert reader.metadata.title == first(read(page), "h1").text_content()
        assert reader.metadata.creation_date is None


def test_a_sheet_tells_what_its_page_tells(sources: Sources, site: Path, published: Package) -> None:
    for language, identifier, page, sheet in sheets(sources, site):
        text, parts = text_of(sheet), parts_of(page, sources.words[language]["limits"])
        source = sources.pages[language][identifier]
        figures = key_figures(published, sources, language, source)
        address = f"{URL}{sources.root(language)}{source.address}"
        shown = [parts.title, parts.lede, *parts.limits, address, "CC0-1.0", str(published.descriptor["version"])]
        shown += [said for figure in figures for said in (figure.number, figure.words, figure.origin)]
        for said in shown:
            assert squeezed(said) in text, f"{sheet} does not say {said}"


def test_a_sheet_warns_before_it_shows_a_number(sources: Sources, site: Path, published: Package) -> None:
    for language, identifier, page, sheet in sheets(sources, site):
        text, parts = text_of(sheet), parts_of(page, sources.words[language]["limits"])
        source = sources.pages[language][identifier]
        figures = key_figures(published, sources, language, source)
        table = (sheet_tables(published, sources, language, source) or parts.tables)[0]
        addresses = [figure.bound for figure in figures] or table.cells
        shown = [cell for address in addresses for cell in select(published, address).cells]
        caveats = [published.text(cell.table.descriptor, "caveat", language) for cell in shown]
        first = f"{figures[0].number}{figures[0].words}{figures[0].origin}" if figures else table.caption
        below = text.index(squeezed(first))  # the words of a figure may open the page too
        assert all(squeezed(warning) in text[:below] for warning in (*parts.warnings, *caveats)), sheet


def test_what_is_not_whole_on_a_sheet_is_named_with_its_address(sources: Sources, site: Path) -> None:
    for language, identifier, page, sheet in sheets(sources, site):
        text, parts = text_of(sheet), parts_of(page, sources.words[language]["limits"])
        left_out = [table.cells for table in parts.tables if squeezed(table.caption) not in text]
        for section in parts.sections:
            if not section.cells or any(section.cells.intersection(cells) for cells in left_out):
                address = f"{URL}{sources.root(language)}{sources.pages[language][identifier].address}#{section.anchor}"
                assert squeezed(section.name) in text, sheet
                assert address in links_of(sheet), sheet


def test_the_sheets_of_both_languages_hold_the_same(sources: Sources, site: Path) -> None:
    held: dict[str, set[tuple[int, ...]]] = {}
    for language, identifier, page, sheet in sheets(sources, site):
        parts = parts_of(page, sources.words[language]["limits"])
        shape = (len(parts.warnings), len(parts.tables), len(parts.limits), len(parts.sections))
        captions = [one for one in parts.tables if squeezed(one.caption) in text_of(sheet)]
        held.setdefault(identifier, set()).add((*shape, len(captions), len(links_of(sheet))))
    assert {page: shapes for page, shapes in held.items() if len(shapes) > 1} == {}


def test_the_tables_that_a_head_names_stand_whole_on_the_sheet(sources: Sources, site: Path) -> None:
    text = text_of(site / sources.root("en") / sources.sheet("en", "unknowns"))
    table = read(site / "en/data/unknowns.html")
    names = [one.text_content() for one in every(table, '[data-cell^="unknowns.label_en["]')]
    assert len(names) >= 30
    assert [name for name in names if squeezed(name) not in text] == []


def test_each_topic_leads_to_its_sheet(sources: Sources, site: Path) -> None:
    for _, _, page, sheet in sheets(sources, site):
        link = first(read(page), ".downloads a.downloads__sheet")
        assert (page.parent / link.attrib["href"]).resolve() == sheet


def test_a_sheet_is_light(sources: Sources, site: Path) -> None:
    assert [sheet for *_, sheet in sheets(sources, site) if sheet.stat().st_size > 100_000] == []


def one_sheet(sources: Sources, package: Package, folder: Path, figure: KeyFigure) -> Path:
    """Make the sheet of one page alone, with key figures of our choice."""
    page = Page("results", "resultaten.md", "Resultaten", "Uitleg", "", (figure,) * 3, "feiten/resultaten.pdf")
    (folder / "resultaten.html").write_text("<main><h1>Resultaten</h1><p class='lede'>Kort.</p></main>", "utf-8")
    site = Site(PROJECT, sources, URL, {"nl": [page]}, catalogue_of(package.descriptor, package.root))
    write_fact_sheets(site, package, {"nl": sheet_contents(site, package, "nl", folder)}, folder)
    return folder / page.sheet


def test_a_sheet_that_does_not_fit_is_refused_and_nothing_is_cut(
    sources: Sources, published: Package, tmp_path: Path
) -> None:
    figure = KeyFigure("3.811", "mensen", "25 februari 2025", "completions.persons[2025-02-25,all]")
    assert len(PdfReader(one_sheet(sources, published, tmp_path, figure)).pages) == 1
    with pytest.raises(ContentError) as caught:
        one_sheet(sources, published, tmp_path, dataclasses.replace(figure, words="veel woorden " * 500))
    (problem,) = caught.value.problems
    assert str(problem).startswith("site/nl/resultaten.md:1: the fact sheet of this page cannot be made: ")
    assert "the sheet does not fit on one page" in str(problem)
    assert "name fewer key figures" in str(problem)
