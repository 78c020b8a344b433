"""Whatever can be found has one entry, in the words of a language, that leads to a place on the site."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from built_pages import places, text_of
from conftest import Copy
from vierdepijler.core.cells import Cell, figure_fields
from vierdepijler.core.package import Package
from vierdepijler.site.search import INDEX, Index, SearchEntry, complete_index

GLOSSARY = {"nl": "begrippen.html", "en": "glossary.html"}


def entries(package: Package, language: str = "nl") -> list[SearchEntry]:
    return list(Index(package, language, lambda page: f"{page}.html", lambda _table, _row: True).entries())


def found(site: Path, language: str) -> list[dict[str, str]]:
    documents = json.loads((site / root(language) / "search" / "search_index.json").read_text("utf-8"))["docs"]
    return [document for document in documents if document.get("kind")]


def root(language: str) -> str:
    return "" if language == "nl" else language


def figures(package: Package) -> list[Cell]:
    cells = (
        Cell(table, row, field)
        for table in package.tables.values()
        for field in figure_fields(table)
        for row in range(table.rows)
    )
    return [cell for cell in cells if cell.value is not None]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_table_field_term_and_figure_is_found_once(site: Path, published: Package, language: str) -> None:
    documents = found(site, language)
    tables = published.tables.values()
    assert Counter(document["kind"] for document in documents) == {
        "table": len(tables),
        "field": sum(len(table.fields) for table in tables),
        "term": published.tables["terms"].rows,
        "figure": len(figures(published)),
    }
    assert len({document["location"] for document in documents}) == len(documents)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_entry_leads_to_a_place_that_is_there(site: Path, language: str) -> None:
    for document in found(site, language):
        page, _, place = document["location"].partition("#")
        path = site / root(language) / page
        assert unquote(place) in places(path) if place else path.is_file(), document["location"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_found_leads_to_what_it_is_about(site: Path, published: Package, language: str) -> None:
    terms = places(site / root(language) / GLOSSARY[language])
    for document in found(site, language):
        place = document["location"].partition("#")[2]
        if document["kind"] == "term":
            assert text_of(terms[place]) == document["title"]
    locations = {document["location"] for document in found(site, language)}
    for cell in figures(published):
        folder = "paspoort" if language == "nl" else "passport"
        assert f"{folder}/{cell.table.name}.html#{cell.anchor}" in locations


def test_a_figure_is_known_by_its_value_in_every_notation(package: Package) -> None:
    figure = next(one for one in entries(package) if "[2025-02-25,all]" not in one.title and "3.811" in one.title)
    assert figure.keys == ("3811", "3,811", "3.811")
    assert figure.location == "passport:completions.html#2025-02-25.all.persons"
    assert "Personen" in figure.title


def test_a_field_is_known_by_its_name_and_a_term_in_both_languages(package: Package) -> None:
    amounts = [one for one in entries(package, "en") if one.kind == "field" and "amount_eur" in one.keys]
    assert {one.location for one in amounts} >= {"table:co_financing.html#column:amount_eur"}
    call = next(one for one in entries(package, "en") if one.kind == "term" and one.title == "Call")
    assert call.keys == ("oproep", "call")


def test_a_row_that_no_page_shows_is_not_found(miniature: Copy) -> None:
    package = miniature.read()
    index = Index(package, "nl", lambda page: page, lambda _table, row: row == 0)
    shown = [entry for entry in index.entries() if entry.kind == "figure"]
    every = [entry for entry in entries(package) if entry.kind == "figure"]
    assert 0 < len(shown) < len(every)


def test_a_package_without_a_glossary_has_no_terms(miniature: Copy) -> None:
    assert {entry.kind for entry in entries(miniature.read())} == {"table", "field", "figure"}


def test_what_an_author_wrote_is_text_and_not_html() -> None:
    document = SearchEntry("table", "x.html", "a < b", "c & d", "d & e", ()).document()
    assert (document["title"], document["text"], document["note"]) == ("a &lt; b", "c &amp; d", "d & e")


def test_a_note_that_says_what_the_text_says_is_not_written_twice() -> None:
    assert "note" not in SearchEntry("field", "x.html", "a", "c & d", "c & d", ()).document()


PAGES = [
    {"location": "a.html", "title": "A", "text": "<p>12 people</p>"},
    {"location": "a.html#part", "title": "Part", "text": ""},
    {"location": "made/one.html", "title": "One", "text": ""},
    {"location": "made/one.html#part", "title": "Part", "text": ""},
]
FOUND = [
    SearchEntry("table", "data/t.html", "T", "t", "", ("t",)),
    SearchEntry("figure", "passport/t.html#one", "1", "1", "", ("1",)),
]


def completed(folder: Path) -> list[dict[str, Any]]:
    (folder / INDEX).parent.mkdir()
    (folder / INDEX).write_text(json.dumps({"config": {}, "docs": PAGES}))
    complete_index(folder, FOUND, {"a.html": "who counts them", "b.html": ""})
    documents: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8"))["docs"]
    return documents


def test_entries_follow_the_pages_of_which_those_of_a_pattern_are_found_whole(tmp_path: Path) -> None:
    found = [document["location"] for document in completed(tmp_path)]
    assert found == ["a.html", "a.html#part", "made/one.html", "data/t.html", "passport/t.html#one"]


def test_a_page_is_found_by_what_readers_ask_who_want_it(tmp_path: Path, site: Path) -> None:
    assert [document.get("asked") for document in completed(tmp_path)] == ["who counts them", *[None] * 4]
    documents = json.loads((site / INDEX).read_text("utf-8"))["docs"]
    assert "subsidie" in next(document["asked"] for document in documents if document["location"] == "geld.html")


def test_the_pages_of_tables_and_passports_are_in_the_index_by_their_entries_alone(site: Path) -> None:
    documents = json.loads((site / INDEX).read_text("utf-8"))["docs"]
    parts = {one["location"].partition("#")[0] for one in documents if "kind" not in one}
    assert {"resultaten.html", "data/index.html"} <= parts
    assert not parts & {"zoeken.html", *(f"{folder}/completions.html" for folder in ("data", "paspoort"))}


def test_a_site_without_a_search_gets_none(tmp_path: Path) -> None:
    complete_index(tmp_path, FOUND, {})
    assert not (tmp_path / INDEX).exists()


def test_the_index_is_small_enough_to_load_when_somebody_searches(site: Path) -> None:
    for folder in (site, site / "en"):
        assert len(gzip.compress((folder / INDEX).read_bytes())) < 100_000
