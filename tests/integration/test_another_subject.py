"""A package about something else, without sources, unknowns or history, becomes a good site with no code."""

import json
import re
import shutil
from pathlib import Path

import pytest

from built_pages import every, read, text_of
from conftest import PROJECT, made_once
from small_projects import SmallProject, dress
from vierdepijler.checks.checking import check_package
from vierdepijler.writers.formats.archives import files_below

TREES, LANGUAGES = PROJECT / "tests" / "city_trees", ("nl", "en")
TEMPLATES = ("_table.md", "_passport.md", "_release.md")


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return SmallProject(made_once(tmp_path_factory, "trees", _make) / "project")


def _make(folder: Path) -> None:
    project = SmallProject(shutil.copytree(TREES, folder / "project"))
    dress(project.folder)
    for language in LANGUAGES:
        project.replace(f"site/{language}/_words.yml", "Vierde Pijler", "City trees")
        for name in TEMPLATES:
            shutil.copy(PROJECT / "site" / language / "data" / name, project.folder / "site" / language / "data")
    project.publish(project.published)
    project.build()


def test_it_is_valid_with_its_pages(trees: SmallProject) -> None:
    assert check_package(trees.read(), trees.folder / "site").problems == ()


def test_it_has_pages_an_index_downloads_and_a_search(trees: SmallProject) -> None:
    tables = [f"{folder}data/{name}.html" for folder in ("", "en/") for name in ("species", "parks", "trees", "index")]
    files = [f"data/latest/{name}" for name in ("trees.csv", "trees.xlsx", "city-trees.zip", "datapackage.json")]
    assert {*tables, *files, "index.html", "en/index.html", "data/catalog.ttl"} <= {*files_below(trees.public)}
    found = json.dumps([json.loads(path.read_text("utf-8")) for path in trees.public.rglob("search/*.json")])
    assert "Trees" in found
    assert "Bomen" in found


def test_a_figure_on_a_page_leads_to_its_row_and_codes_are_read_as_words(trees: SmallProject) -> None:
    page = read(trees.public / "en" / "index.html")
    assert "The North Park has 120 oaks." in text_of(page)
    assert every(page, "data[value='120']")
    rows = every(read(trees.public / "en" / "data" / "trees.html"), "tbody tr")
    assert ["North Park", "Ash", "40"] in [[text_of(cell) for cell in every(row, "th, td")] for row in rows]


def test_nothing_of_our_subject_is_said(trees: SmallProject) -> None:
    ours = re.compile(r"Vierde Pijler|inburgering|civic integration|participatie- en|minister", re.IGNORECASE)
    pages = [name for name in files_below(trees.public) if name.endswith((".html", ".json", ".atom", ".ttl", ".md"))]
    assert len(pages) > 20
    found = {name: ours.findall((trees.public / name).read_text("utf-8")) for name in pages}
    assert {name: words for name, words in found.items() if words} == {}
