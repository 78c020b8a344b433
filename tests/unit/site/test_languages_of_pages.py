"""A language that only pages have: a folder and a column of labels, and no code. This one somebody invented."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from built_pages import every, first, read, shown
from small_projects import SmallProject
from vierdepijler.core.problems import ContentError, Severity
from vierdepijler.site.previews import Preview, rehearse
from vierdepijler.site.sources import SPOKEN, read_sources

GROUP = "groups.label_nl[a]"
LABELS = f"cell,nl,eo\n{GROUP},Groep één,Grupo unu\n"
WORDS = "".join(f"{name}: {name} eo\n" for name in SPOKEN).replace("menu_pages: menu_pages eo", "menu_pages: home")
PAGE = """---
page: home
title: Kiom da homoj?
menu: Kiom
description: La nombro de homoj.
---
# Kiom da homoj?

En {{ value(row("groups", code="a").label) }} estas {{ row("counts", day="2025-02-25", group="a").persons }}, laŭ
[ĉiuj nombroj]({{ page("counts") }}). {{ value(row("groups", code="b").label) }}

## Kaj plu {: #meer }

Jes.
"""


def with_language(project: SmallProject) -> SmallProject:
    project.write("site/labels.csv", LABELS)
    project.write("site/eo/_words.yml", WORDS).write("site/eo/index.md", PAGE)
    project.append("site/nl/index.md", "\n## En verder {: #meer }\n\nHet [vervolg]({{ page('counts') }}).\n")
    return project


@pytest.fixture(scope="module")
def spoken(small_site: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    project = with_language(small_site.copy(tmp_path_factory.mktemp("spoken") / "project"))
    project.build()
    return project


@pytest.fixture(scope="module")
def page(spoken: SmallProject) -> HtmlElement:
    return read(spoken.public / "eo" / "index.html")


def test_a_page_speaks_the_language_and_its_figures_are_bound_as_on_any(page: HtmlElement) -> None:
    assert page.get("lang") == "eo"
    assert shown(first(page, f'main [data-cell="{GROUP}"]')) == "Grupo unu"
    figure = first(page, "main data")
    assert (figure.attrib["value"], shown(figure)) == ("3290", "3\u00a0290")
    assert every(page, ".menu__link[aria-current=page]")[0].text == "Kiom"
    assert shown(first(page, ".translated")).startswith("translated eo")


def test_what_is_not_there_in_the_language_is_marked_with_the_one_it_is_in(page: HtmlElement) -> None:
    other = first(page, 'main [data-cell="groups.label_nl[b]"]')
    assert (shown(other), other.get("lang"), other.get("dir")) == ("Groep twee", "nl", "ltr")
    link = next(link for link in every(page, "main a") if shown(link) == "ĉiuj nombroj")
    assert (link.get("href"), link.get("hreflang")) == ("../tellingen.html", "nl")
    assert first(page, ".figure__cell").get("hreflang") == "nl"
    assert [link.get("hreflang") for link in every(page, ".menu__elsewhere a")] == ["nl", "en"]


def test_the_text_that_was_translated_stands_beside_each_part_and_leads_nowhere(page: HtmlElement) -> None:
    before, after = every(page, ".beside__other > div")
    assert before.get("lang") == "nl"
    assert shown(before).startswith("Hoeveel mensen zijn er?")
    assert shown(after).split() == ["En", "verder", "Het", "vervolg."]
    assert every(before, "a, sup, [id]") == []


def test_each_translation_leads_to_the_others(page: HtmlElement, spoken: SmallProject) -> None:
    dutch = read(spoken.public / "index.html")
    for one in (dutch, page):
        alternates = [link.get("hreflang") for link in every(one, "link[rel=alternate][hreflang]")]
        assert alternates == ["nl", "en", "eo", "x-default"]
    assert first(dutch, ".languages a[hreflang=eo]").get("href") == "eo/index.html"
    assert "<loc>https://miniature.example/eo/</loc>" in (spoken.public / "sitemap.xml").read_text("utf-8")


def test_such_a_language_has_pages_only(spoken: SmallProject, page: HtmlElement) -> None:
    folder = spoken.public / "eo"
    assert [path.name for path in folder.rglob("*") if path.is_file() and "assets" not in path.parts] == ["index.html"]
    assert every(page, "[type='application/atom+xml'], .search, .colophon__menu") == []
    image = first(page, "meta[property='og:image']").attrib["content"]
    assert (spoken.public / image.partition(".example/")[2]).is_file()


def test_the_preview_makes_the_same_page(spoken: SmallProject) -> None:
    made = Preview(spoken.read_published(), spoken.folder).page("eo/index.html")
    assert made == (spoken.public / "eo" / "index.html").read_bytes()


def test_what_pages_show_untranslated_is_warned_of(spoken: SmallProject) -> None:
    problems = rehearse(spoken.read_published(), spoken.folder)
    assert [(one.file, one.column, one.severity) for one in problems] == [("site/labels.csv", "eo", Severity.WARNING)]
    assert str(problems[0].what).startswith("'groups.label_nl[b]' is not translated")


def test_a_translation_of_what_a_cell_no_longer_says_is_none(small_project: SmallProject) -> None:
    with_language(small_project).alter("site/labels.csv", "Groep één", "Groep een")
    made = Preview(small_project.read_published(), small_project.folder).page("eo/index.html") or b""
    assert b"Grupo unu" not in made
    assert "Groep één".encode() in made


def test_a_language_from_right_to_left_is_written_so(small_project: SmallProject) -> None:
    with_language(small_project).alter("site/labels.csv", "eo", "yi")
    (small_project.folder / "site" / "eo").rename(small_project.folder / "site" / "yi")
    made = Preview(small_project.read_published(), small_project.folder).page("yi/index.html") or b""
    assert b'<html lang="yi" dir="rtl">' in made


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("eo/_words.yml", "beside: beside eo", "", "site/eo/_words.yml: beside: the word 'beside' is not there"),
        ("eo/_words.yml", "menu_pages: home", "menu_pages: home counts", "site/eo: the page 'counts' of its menu"),
        ("eo/index.md", "page: home", "page: house", "site/eo/index.md:1: page: there is no page 'house' to translate"),
        ("labels.csv", "Grupo unu", "Grupo 1", "site/labels.csv:2: eo: it has other numbers than what is translated"),
        ("labels.csv", "cell,nl", "cell,de", "site/labels.csv:1: its columns are others than"),
        ("labels.csv", ",", ";", "site/labels.csv:1: its columns are others than"),
        ("labels.csv", LABELS, "", "site/labels.csv:1: its columns are others than"),
        ("labels.csv", "nl,eo", "nl,qqq", "site/labels.csv:1: its columns are others than"),
        ("labels.csv", "nl,eo", "nl,io", "site/io/_words.yml: the words of the interface cannot be read"),
    ],
)
def test_what_a_language_lacks_is_told(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    texts = {"labels.csv": LABELS, "eo/_words.yml": WORDS, "eo/index.md": PAGE}
    for language in ("nl", "en"):
        texts |= {f"{language}/_words.yml": "a: b\n", f"{language}/index.md": PAGE}
    assert old in texts[file]
    for name, text in {**texts, file: texts[file].replace(old, new)}.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        read_sources(tmp_path / "site", ("nl", "en"))
    assert any(str(one).startswith(problem) for one in caught.value.problems)
