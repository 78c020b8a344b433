"""What follows from each kind of change, before the whole site is built."""

import shutil
from pathlib import Path

import pytest

from vierdepijler.package import Package
from vierdepijler.problems import ContentError
from vierdepijler.working_copy import WorkingCopy, follow, open_copy
from working_project import change, working_project

EVENTS = "data/trajectory/policy_events.csv"
PILOTS = "data/funding/pilots.csv"


@pytest.fixture
def copy(published: Package, tmp_path: Path) -> WorkingCopy:
    return open_copy(working_project(tmp_path, published))


def page(copy: WorkingCopy, path: str) -> str:
    made = copy.preview.page(path)
    assert made is not None, path
    return made.decode()


def test_a_page_that_changes_is_made_again_with_the_package_as_it_was(copy: WorkingCopy) -> None:
    before = page(copy, "geld.html")
    changed = change(copy.project / "site" / "nl" / "geld.md", "title: ", "title: Vandaag, ")
    followed = follow(copy, [changed])
    assert "<title>Vandaag" in page(followed, "geld.html")
    assert followed.source is copy.source
    assert followed.preview.package is copy.preview.package
    assert page(copy, "geld.html") == before


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("site/nl/_words.yml", "source: ", "source: Vindplaats ", "resultaten.html"),
        ("site/theme/main.html", '<article class="page">', '<article class="page nieuw">', "en/results.html"),
        ("site/blocks/blocks.html", 'class="chart__title', 'class="nieuw', "resultaten.html"),
        ("mkdocs.yml", "tagline: ", "tagline: Nieuw ", "resultaten.html"),
        ("site/charts/who-finished.yml", "title_nl: ", "title_nl: Nieuw ", "resultaten.html"),
    ],
)
def test_what_many_pages_share_changes_each_of_them(
    copy: WorkingCopy, file: str, old: str, new: str, path: str
) -> None:
    before = page(copy, path)
    followed = follow(copy, [change(copy.project / file, old, new)], [path])
    assert new.rsplit(maxsplit=1)[-1].strip('">') in page(followed, path)
    assert page(followed, path) != before


def test_a_cell_that_changes_is_on_the_page_of_its_table_and_in_its_files(
    copy: WorkingCopy, published: Package
) -> None:
    changed = change(copy.project / EVENTS, "Oproep voor proeftuinen", "Oproep om te proev")
    followed = follow(copy, [changed])
    assert "Oproep om te proev" in page(followed, "data/policy_events.html")
    root = followed.preview.package.root
    assert "Oproep om te proev" in (root / "policy_events.csv").read_text("utf-8")
    assert followed.touched == {"policy_events"}
    # What is published stays as it is, and what did not change is the same file.
    assert "Oproep om te proev" not in (published.root / "policy_events.csv").read_text("utf-8")
    assert (root / "completions.xlsx").read_bytes() == (published.root / "completions.xlsx").read_bytes()


def test_a_second_change_does_not_undo_the_first(copy: WorkingCopy) -> None:
    first = change(copy.project / EVENTS, "Oproep voor proeftuinen", "Oproep om te proev")
    second = change(copy.project / "data/reference/areas.csv", "Vlaanderen", "Vlaanderen zelf")
    followed = follow(follow(copy, [first]), [second])
    assert followed.touched == {"policy_events", "areas"}
    assert "Oproep om te proev" in page(followed, "data/policy_events.html")
    assert "Vlaanderen zelf" in page(followed, "data/areas.html")


def test_a_new_row_and_a_new_text_in_the_descriptor_are_shown(copy: WorkingCopy) -> None:
    path = copy.project / "data/reference/terms.csv"
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("later,Iets van later,Something of later,Dat kwam later.,That came later.\n")
    title = copy.source.text(copy.source.tables["areas"].descriptor, "title", "nl")
    descriptor = change(copy.project / "datapackage.json", f'"title": "{title}"', '"title": "Streken"')
    followed = follow(copy, [path, descriptor])
    assert "Iets van later" in page(followed, "data/terms.html")
    assert "<title>Streken" in page(followed, "data/areas.html")
    assert followed.touched == {"terms", "areas"}


def test_pages_come_and_go(copy: WorkingCopy) -> None:
    made = [copy.project / "site" / language / "nieuw.md" for language in ("nl", "en")]
    for path in made:
        path.write_text("---\npage: new\ntitle: Nieuw\ndescription: Iets nieuws\n---\nEen pagina.\n")
    followed = follow(copy, made)
    assert "Een pagina." in page(followed, "nieuw.html")
    for path in made:
        path.unlink()
    assert follow(followed, made).preview.page("nieuw.html") is None


def test_a_mistake_in_a_page_is_refused_with_its_line_and_can_be_mended(copy: WorkingCopy) -> None:
    path = copy.project / "site" / "nl" / "geld.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\nEr waren 12 oproepen.\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        follow(copy, [path])
    line = len(text.splitlines()) + 2
    assert str(caught.value.problems[0]).startswith(f"site/nl/geld.md:{line}: ")
    path.write_text(text + "\nEr waren oproepen.\n", encoding="utf-8")
    assert "Er waren oproepen." in page(follow(copy, [path]), "geld.html")


def test_a_mistake_in_a_table_is_refused_with_its_line(copy: WorkingCopy) -> None:
    path = change(copy.project / EVENTS, "2020-07-14", "14 juli")
    with pytest.raises(ContentError) as caught:
        follow(copy, [path])
    assert str(caught.value.problems[0]).startswith("data/trajectory/policy_events.csv:3: event_date: ")


def test_a_mistake_that_shows_only_on_the_page_somebody_looks_at_is_refused(copy: WorkingCopy) -> None:
    path = change(copy.project / "site" / "theme" / "main.html", "{{ page.content }}", "{{ page.contents.nothing }}")
    with pytest.raises(ContentError) as caught:
        follow(copy, [path], ["geld.html"])
    assert caught.value.problems[0].file == "site/theme/main.html"


def test_the_sources_may_go_for_a_moment(copy: WorkingCopy) -> None:
    shutil.move(copy.project / PILOTS, copy.project / "elsewhere.csv")
    with pytest.raises(ContentError, match=r"pilots\.csv"):
        follow(copy, [copy.project / PILOTS])
    shutil.move(copy.project / "elsewhere.csv", copy.project / PILOTS)
    assert follow(copy, [copy.project / PILOTS]).preview.page("data/pilots.html")
