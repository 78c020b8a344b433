"""What stops the build of a site: the check finds it, and tells it as the build does."""

import shutil
from collections.abc import Sequence

import pytest

from conftest import run_verb
from small_projects import SmallProject
from vierdepijler.checks.checking import check_package
from vierdepijler.commands import validating
from vierdepijler.commands.validating import with_pages_tried
from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.reading import read_package

PAGE, WORDS, CHART = "site/nl/index.md", "site/nl/_words.yml", "site/charts/people.yml"
PERSONS, LINE = 'group="a").persons', 10
# A mistake: the file, what stood there, what stands there, and the line and a part of the message (no line: 0).
MISTAKES = {
    "a field that is not there": (PAGE, PERSONS, 'group="a").peple', LINE, "no field 'peple'"),
    "a field of a condition that is not there": (PAGE, 'group="a"', 'grup="a"', LINE, "no field 'grup'"),
    "a table that is not there": (PAGE, 'row("counts"', 'row("count"', LINE, "no table 'count'"),
    "a row that is not there": (PAGE, 'group="a"', 'group="z"', LINE, "0 rows of the table 'counts' fit"),
    "a row that is ambiguous": (PAGE, ', group="a"', "", LINE, "3 rows of the table 'counts' fit"),
    "a word that is not known": (PAGE, "{{ row(", "{{ rov(", LINE, "'rov' is undefined"),
    "a page that is not there": (PAGE, 'page("counts")', 'page("count")', LINE, "no page 'count'"),
    "braces that are not closed": (PAGE, '").persons }}', '").persons }', LINE, "cannot be understood"),
    "a link that leads nowhere": (PAGE, '({{ page("counts") }})', "(nergens.md)", LINE, "nergens.md"),
    "a key figure that is not there": (PAGE, "value[total]", "value[totaal]", 6, "totaal"),
    "a head without a title": (PAGE, "title: Hoeveel mensen zijn er?\n", "", 1, "the page has no title"),
    "a page without its translation": (PAGE, "page: home", "page: thuis", 0, "the page 'home' is not there"),
    "a table of the sheet that is not there": (
        PAGE, "key_figures:", "sheet: true\nsheet_tables:\n  count: day\nkey_figures:", 7, "no table 'count'",
    ),
    "a file that is not published": (
        "site/nl/data/index.md", 'table ~ ".csv"', 'table ~ ".csw"', 10, "no file 'counts.csw' is published",
    ),
    "a chart that is not there": ("site/nl/tellingen.md", '"people"', '"peple"', 10, "no chart 'peple'"),
    "an argument that a block does not take": (
        "site/nl/tellingen.md", 'chart("people")', 'chart("people", colour="red")', 10, "colour",
    ),
    "a block that is not there": ("site/nl/tellingen.md", "show.chart(", "show.graph(", 10, "graph"),
    "a file of blocks that is not there": ("site/nl/tellingen.md", "blocks.html", "block.html", 6, "'block.html'"),
    "a field in a quote of a chart": (CHART, 'group="a", day="2025-02-25").persons', 'group="a").peple', 7, "peple"),
    "a kind of chart that is not there": (CHART, "kind: bars", "kind: pie", 2, "'pie' is not known"),
    "a field of a chart that is not there": (CHART, "value: persons", "value: peple", 4, "no field 'peple'"),
    "a mistake in a block": ("site/blocks/blocks.html", "words.chart_keys", "wordz.chart_keys", 159, "wordz"),
    "a mistake in a pattern": ("site/nl/data/_table.md", "table_title(name)", "table_titel(name)", 4, "table_titel"),
    "a word in one language only": (WORDS, "\nlanguage_name:", "\nmore: meer\nlanguage_name:", 0, "the word 'more'"),
    "a setting of another type": ("mkdocs.yml", "directory_urls: false", "directory_urls: maybe", 7, "directory_urls"),
    "a theme that is not there": ("mkdocs.yml", "name: material", "name: materiaal", 11, "materiaal"),
    "a menu with a page that is not there": ("mkdocs.yml", "tellingen.md", "telling.md", None, "telling.md"),
}  # fmt: skip


def tried(project: SmallProject) -> Sequence[Problem]:
    package = read_package(project.descriptor)
    return with_pages_tried(package, check_package(package, project.folder / "site")).problems


def stopped(project: SmallProject) -> Sequence[Problem]:
    with pytest.raises(ContentError) as caught:
        project.build()
    return caught.value.problems


def bare(problems: Sequence[Problem]) -> set[tuple[str, int, str]]:
    return {(problem.file, problem.line, problem.what) for problem in problems}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_stops_the_build_is_told_by_the_check_in_the_same_words(small_project: SmallProject, name: str) -> None:
    file, old, new, line, what = MISTAKES[name]
    small_project.alter(file, old, new)
    told = tried(small_project)
    assert any(what in problem.what and line in (None, problem.line) for problem in told), told
    assert bare(stopped(small_project)) & bare(told)


def test_all_pages_that_fail_are_told_at_once(small_project: SmallProject) -> None:
    small_project.alter(PAGE, PERSONS, 'group="a").peple')
    small_project.alter("site/en/counts.md", '"people"', '"peple"')
    assert [(problem.file, problem.line) for problem in tried(small_project)] == [
        ("site/en/counts.md", 10),
        (PAGE, LINE),
    ]


def test_pages_are_tried_with_the_data_as_they_are_now(small_project: SmallProject) -> None:
    small_project.alter("data/counts.csv", "2025-02-25,c,", "2025-02-26,c,")
    small_project.alter(PAGE, 'day="2025-02-25", group="a"', 'day="2025-02-25", group="c"')
    assert "0 rows of the table 'counts' fit" in tried(small_project)[0].what
    small_project.alter(PAGE, 'day="2025-02-25"', 'day="2025-02-26"')
    assert not tried(small_project)


def test_a_project_that_was_never_published_is_tried_too(small_project: SmallProject) -> None:
    shutil.rmtree(small_project.folder / "build")
    assert not tried(small_project)
    small_project.alter(PAGE, PERSONS, 'group="a").peple')
    assert [problem.line for problem in tried(small_project)] == [LINE]
    assert not (small_project.folder / "build").exists()


def test_the_check_says_when_pages_were_not_tried(small_project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("no MkDocs", name="mkdocs")

    monkeypatch.setattr(validating, "_try_pages", missing)
    said = run_verb("validate", "--package", small_project.descriptor).said
    assert said.endswith("The pages were not tried: 'mkdocs' is not installed.\n")
