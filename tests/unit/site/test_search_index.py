import gzip
import json
from pathlib import Path
from typing import Any

from vierdepijler.site.search_entries import Entry
from vierdepijler.site.search_index import INDEX, UNSEEN, complete_index

PAGES = [
    {"location": "a.html", "title": "A", "text": "<p>12<sup>[5]</sup> people</p>"},
]
FOUND = [
    Entry("table", "data/t.html", "T", "t", "", ("t",)),
    Entry("figure", "passport/t.html#one", "1", "1", "", ("1",)),
]


def completed(folder: Path) -> list[dict[str, Any]]:
    (folder / INDEX).parent.mkdir()
    (folder / INDEX).write_text(json.dumps({"config": {}, "docs": PAGES}))
    complete_index(folder, FOUND, {"data/t.html": "T", "passport/t.html": "P"})
    documents: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8"))["docs"]
    return documents


def test_entries_take_the_place_of_the_pages_they_are_parts_of(tmp_path: Path) -> None:
    places = [document["location"] for document in completed(tmp_path)]
    assert places == ["a.html", "passport/t.html", "data/t.html", "passport/t.html#one"]


def test_the_pages_of_tables_and_passports_are_in_the_index_by_their_entries_alone(site: Path) -> None:
    documents = json.loads((site / INDEX).read_text("utf-8"))["docs"]
    parts = {one["location"].partition("#")[0] for one in documents if "kind" not in one}
    assert {"resultaten.html", "data/index.html"} <= parts
    assert not parts & {f"{folder}/completions.html" for folder in ("data", "paspoort")}


def test_a_page_with_figures_stays_so_that_these_are_known_but_is_not_found_itself(tmp_path: Path) -> None:
    page = completed(tmp_path)[1]
    assert (page["text"], page["kind"]) == ("", UNSEEN)


def test_the_marks_of_sources_are_not_searched(tmp_path: Path) -> None:
    assert completed(tmp_path)[0]["text"] == "<p>12 people</p>"


def test_a_site_without_a_search_gets_none(tmp_path: Path) -> None:
    complete_index(tmp_path, FOUND, {})
    assert not (tmp_path / INDEX).exists()


def test_the_index_is_small_enough_to_load_when_somebody_searches(site: Path) -> None:
    for folder in (site, site / "en"):
        assert len(gzip.compress((folder / INDEX).read_bytes())) < 100_000
