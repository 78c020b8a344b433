"""The recipes of docs/authoring.md, run as they stand there, one after the other, in a copy of the project.

What comes of them is published, and looked at in the pages that this changes, which are made one by one: each is the
same as in a whole build. That, and a release, are followed in the small project, for there they take no minute.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PROJECT, Copy, Outcome
from small_projects import SmallProject
from vierdepijler.core.reading import read_package
from vierdepijler.site.previews import Preview

pytestmark = pytest.mark.long
GUIDE = PROJECT / "docs" / "authoring.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IN_PLACE = ".venv/bin/python"
RECIPES = ("A new answer", "A new table", "A new page", "A new chart", "A correction")
BUILD, RELEASE = "Recipes", "A release"


def blocks_of(heading: str) -> list[str]:
    section = GUIDE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return BLOCK.findall(section)


def follow(commands: str, folder: Path) -> Outcome:
    """Run a block of commands in a copy of the project, with the interpreter of the tests, until one fails."""
    program = commands.replace(IN_PLACE, shlex.quote(sys.executable))
    done = subprocess.run(["bash", "-euc", program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def copy(project_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("contributing") / "project"
    return Copy(Path(shutil.copytree(project_copy, folder))).take_next_version()


@pytest.fixture(scope="module")
def followed(copy: Copy) -> dict[str, list[Outcome]]:
    """Follow every recipe."""
    said: dict[str, list[Outcome]] = {}
    for heading in RECIPES:
        for commands in blocks_of(heading):
            said.setdefault(heading, []).append(follow(commands, copy.folder))
    return said


@pytest.fixture(scope="module")
def preview(copy: Copy, followed: dict[str, list[Outcome]]) -> Preview:
    """Publish what came of all recipes, to look at its pages."""
    assert followed
    latest = copy.publish(copy.folder / "build" / "data")
    return Preview(read_package(latest / "datapackage.json"), copy.folder)


@pytest.fixture(scope="module")
def read(preview: Preview) -> Callable[[str], str]:
    return lambda path: (preview.page(path) or b"").decode()


def test_every_recipe_has_commands() -> None:
    assert [name for name in (*RECIPES, BUILD, RELEASE) if not any(IN_PLACE in one for one in blocks_of(name))] == []


def test_a_wrong_command_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"nothing\.py"):
        follow(f"{IN_PLACE} nothing.py\necho done\n", tmp_path)


def test_a_new_answer_is_added_and_what_is_left_is_named(followed: dict[str, list[Outcome]]) -> None:
    added, gone_on, taken_back = followed["A new answer"]
    assert "Added S200: 132 rows, 37 of them with a figure." in added.said
    assert "give each of these 9 figures a row of a table" in added.said
    assert "Went on with S200: 4 rows that follow from others." in gone_on.said
    assert "figures: 51 of 60 accounted for" in gone_on.said
    assert "Took back S200" in taken_back.said
    assert "no problems found." in taken_back.said


def test_a_new_table_has_its_pages_and_files(copy: Copy, preview: Preview, read: Callable[[str], str]) -> None:
    assert "place,seats,price_eur\nGent,12,1.50\n" in (copy.folder / "data/context/seats.csv").read_text("utf-8")
    for page in ("data/seats.html", "en/data/seats.html"):
        assert "Aalst" in read(page)
    assert (preview.package.root / "seats.xlsx").is_file()


def test_a_new_page_is_in_the_menu_and_its_number_is_bound(read: Callable[[str], str]) -> None:
    assert 'href="plaatsen.html"' in read("resultaten.html")
    assert 'href="seats.html"' in read("en/results.html")
    assert "seats.seats[Gent]" in read("plaatsen.html")


def test_a_new_chart_is_on_its_page_and_can_be_taken_along(read: Callable[[str], str]) -> None:
    assert "Hoeveel plaatsen zijn er in elke stad?" in read("plaatsen.html")
    assert "How many seats are there in each town?" in read("en/seats.html")
    for page in ("plaatsen.html", "en/seats.html"):
        assert 'href="charts/seats.png"' in read(page)


def test_a_correction_is_told_before_it_is_explained_and_shown_after(
    followed: dict[str, list[Outcome]], read: Callable[[str], str]
) -> None:
    (outcome,) = followed["A correction"]
    assert "the released value 'Flemish government' is 'Government of Flanders' now" in outcome.said
    assert "Government of Flanders" in read("en/corrections.html")


def test_the_site_is_made_anew(small_project: SmallProject) -> None:
    small_project.alter("site/nl/tellingen.md", "title: ", "title: Anders, ")
    (commands,) = blocks_of(BUILD)
    follow(commands, small_project.folder)
    assert "<title>Anders, " in (small_project.public / "tellingen.html").read_text("utf-8")


def test_a_release_can_be_sealed(small_project: SmallProject) -> None:
    for commands in blocks_of(RELEASE):
        said = follow(commands, small_project.folder).said
    assert re.search(r"Release \S+ can be sealed: \d+ addresses\.", said)
