"""A package about something else, without sources, unknowns or history, becomes a good site with no code."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from built_pages import every, read, text_of
from conftest import PROJECT, made_once
from small_projects import SmallProject, dress
from vierdepijler.checks.checking import check_package
from vierdepijler.writers.formats.publication import files_below

TREES, LANGUAGES = PROJECT / "tests" / "city_trees", ("nl", "en")
COUNTED = """park_id,species_id,trees,source_id,source_item,as_printed
north,oak,120,r7,2,120
north,ash,40,r7,2,40
south,oak,9,r7,3,9
"""
SURVEY = (
    (
        "measures", "units",
        "code,label_nl,label_en\nstems,stammen,stems of trees\nhectares,hectare,hectares\n", ["code"],
    ),
    (
        "chapters", "source-items",
        "source_id,source_item,label_nl,label_en\nr7,2,Het noorden,The north\nr7,3,Het zuiden,The south\n",
        ["source_id", "source_item"],
    ),
    ("papers", "sources", "source_id,title,address\nr7,Report 7,https://trees.example/7\n", ["source_id"]),
)  # fmt: skip
TEMPLATES = ("_table.md", "_passport.md", "_release.md")


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return SmallProject(made_once(tmp_path_factory, "trees", _make) / "project")


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return SmallProject(made_once(tmp_path_factory, "surveyed", lambda folder: _make(folder, _survey)) / "project")


def _make(folder: Path, change: Callable[[SmallProject], object] = SmallProject.read) -> None:
    project = SmallProject(shutil.copytree(TREES, folder / "project"))
    change(project)
    dress(project.folder)
    for language in LANGUAGES:
        project.replace(f"site/{language}/_words.yml", "Vierde Pijler", "City trees")
        for name in TEMPLATES:
            shutil.copy(PROJECT / "site" / language / "data" / name, project.folder / "site" / language / "data")
    project.publish(project.published)
    project.build()


def _survey(project: SmallProject) -> None:
    """Say in which units trees are counted and which report says how many, in tables of names that nobody knows."""
    project.write("data/trees.csv", COUNTED)
    resources = [_described(project, *table) for table in SURVEY]

    def describe(descriptor: Any) -> None:
        descriptor["sources"] = [{"title": "Report 7", "path": "https://trees.example/7"}]
        descriptor["resources"][1]["schema"]["fields"][3]["unit"] = "hectares"
        trees = descriptor["resources"][2]["schema"]["fields"]
        trees[2] |= {"unit": "stems", "printedIn": "as_printed"}
        trees += _fields("source_id", "source_item", "as_printed")
        descriptor["resources"] += resources

    project.change(describe)


def _described(project: SmallProject, name: str, role: str, text: str, key: list[str]) -> dict[str, Any]:
    project.write(f"data/{name}.csv", text)
    texts = dict.fromkeys(("title", "title_en", "description", "description_en"), name.capitalize())
    schema = {"fields": _fields(*text.partition("\n")[0].split(",")), "primaryKey": key}
    return {"name": name, "role": role, "path": f"data/{name}.csv", **texts, "schema": schema}


def _fields(*names: str) -> list[dict[str, Any]]:
    texts = dict.fromkeys(("title", "title_en", "description", "description_en"), "Tekst.")
    return [{"name": name, "type": "string", **texts} for name in names]


def test_tables_are_known_by_their_roles_and_not_by_their_names(surveyed: SmallProject) -> None:
    assert check_package(surveyed.read(), surveyed.folder / "site").problems == ()
    mark = every(read(surveyed.public / "en" / "index.html"), "a.figure__source")[0]
    assert (mark.get("href"), mark.get("aria-label")) == ("data/chapters.html#r7.2", "[2] source: Report 7")
    passport = text_of(read(surveyed.public / "en" / "passport" / "trees.html"))
    assert all(words in passport for words in ("120 stems of trees", "Report 7", "The north"))
    answer = json.loads((surveyed.public / "api/v1/figures/trees.north.oak.trees.json").read_text("utf-8"))["data"]
    assert answer["unit_label"]["en"] == "stems of trees"
    assert (answer["source"]["title"], answer["source"]["item_label"]["en"]) == ("Report 7", "The north")


@pytest.mark.parametrize(
    ("role", "told"), [("unitz", "there is no role 'unitz'"), ("units", "the table 'measures' has this role already")]
)
def test_a_role_that_is_unknown_or_given_twice_is_told(
    surveyed: SmallProject, tmp_path: Path, role: str, told: str
) -> None:
    copy = surveyed.copy(tmp_path / "copy").change(lambda descriptor: descriptor["resources"][-1].update(role=role))
    assert any(f"papers.role: {told}" in problem for problem in copy.problems())


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
