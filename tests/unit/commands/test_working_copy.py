"""What follows from each kind of change, before the whole site is built."""

import shutil
from pathlib import Path

import pytest

from small_projects import SmallProject
from vierdepijler.commands.working_copy import WorkingCopy, follow, open_copy, republish
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError

PAGE, UNITS, RELEASES = "site/nl/tellingen.md", "data/units.csv", "data/releases.csv"


@pytest.fixture
def copy(small_project: SmallProject) -> WorkingCopy:
    return open_copy(small_project.folder)


def page(copy: WorkingCopy, path: str) -> str:
    made = copy.preview.page(path)
    assert made is not None, path
    return made.decode()


def test_a_page_that_changes_is_made_again_with_the_package_as_it_was(
    copy: WorkingCopy, small_project: SmallProject
) -> None:
    before = page(copy, "tellingen.html")
    followed = follow(copy, [small_project.alter(PAGE, "title: ", "title: Vandaag, ")])
    assert "<title>Vandaag" in page(followed, "tellingen.html")
    assert followed.source is copy.source
    assert followed.preview.package is copy.preview.package
    assert page(copy, "tellingen.html") == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("site/nl/_words.yml", "tools: ", "tools: Vindplaats "),
        ("site/theme/main.html", '<article class="page">', '<article class="page nieuw">'),
        ("site/blocks/blocks.html", 'class="chart__title', 'class="nieuw'),
        ("mkdocs.yml", "tagline: ", "tagline: Nieuw "),
        ("site/charts/people.yml", "title_nl: ", "title_nl: Nieuw "),
    ],
)
def test_what_many_pages_share_changes_each_of_them(
    copy: WorkingCopy, small_project: SmallProject, file: str, old: str, new: str
) -> None:
    before = page(copy, "tellingen.html")
    followed = follow(copy, [small_project.alter(file, old, new)], ["tellingen.html"])
    assert new.rsplit(maxsplit=1)[-1].strip('">') in page(followed, "tellingen.html")
    assert page(followed, "tellingen.html") != before


def test_a_cell_that_changes_is_on_the_page_of_its_table_and_in_its_files(
    copy: WorkingCopy, small_project: SmallProject
) -> None:
    followed = follow(copy, [small_project.alter(UNITS, "procent", "van de honderd")])
    assert "van de honderd" in page(followed, "data/units.html")
    root, published = followed.preview.package.root, small_project.published / "latest"
    assert "van de honderd" in (root / "units.csv").read_text("utf-8")
    assert followed.touched == {"units"}
    # What is published stays as it is, and what did not change is the same file.
    assert "van de honderd" not in (published / "units.csv").read_text("utf-8")
    assert (root / "counts.xlsx").read_bytes() == (published / "counts.xlsx").read_bytes()


def test_what_a_resource_says_anew_of_its_table_is_not_published_yet(small_project: SmallProject) -> None:
    small_project.alter("datapackage.json", '"role": "units"', '"role": "scores"')
    assert open_copy(small_project.folder).touched == {"units"}


def test_a_second_change_does_not_undo_the_first(copy: WorkingCopy, small_project: SmallProject) -> None:
    followed = follow(copy, [small_project.alter(UNITS, "procent", "van de honderd")])
    followed = follow(followed, [small_project.alter(RELEASES, "Meer.", "Veel meer.")])
    assert followed.touched == {"units", "releases"}
    assert "van de honderd" in page(followed, "data/units.html")
    assert "Veel meer." in page(followed, "data/releases.html")


def test_a_new_row_and_a_new_text_in_the_descriptor_are_shown(copy: WorkingCopy, small_project: SmallProject) -> None:
    small_project.append(UNITS, "euro,duizend euro,thousand euros\n")
    descriptor = small_project.alter("datapackage.json", '"title": "Uitgaven."', '"title": "Versies"')
    followed = follow(copy, [small_project.folder / UNITS, descriptor])
    assert "duizend euro" in page(followed, "data/units.html")
    assert "<title>Versies" in page(followed, "data/releases.html")
    assert followed.touched == {"units", "releases"}


def test_pages_come_and_go(copy: WorkingCopy, small_project: SmallProject) -> None:
    made = [small_project.folder / "site" / language / "nieuw.md" for language in ("nl", "en")]
    for path in made:
        path.write_text("---\npage: new\ntitle: Nieuw\ndescription: Iets nieuws\n---\nEen pagina.\n")
    followed = follow(copy, made)
    assert "Een pagina." in page(followed, "nieuw.html")
    for path in made:
        path.unlink()
    assert follow(followed, made).preview.page("nieuw.html") is None


def test_a_mistake_in_a_page_is_refused_with_its_line_and_can_be_mended(
    copy: WorkingCopy, small_project: SmallProject
) -> None:
    small_project.append(PAGE, "\nEr waren 12 oproepen.\n")
    with pytest.raises(ContentError) as caught:
        follow(copy, [small_project.folder / PAGE])
    assert str(caught.value.problems[0]).startswith(f"{PAGE}:{small_project.lines(PAGE)}: ")
    mended = small_project.alter(PAGE, "12 oproepen", "oproepen")
    assert "Er waren oproepen." in page(follow(copy, [mended]), "tellingen.html")


def test_a_mistake_in_a_table_is_refused_with_its_line(copy: WorkingCopy, small_project: SmallProject) -> None:
    with pytest.raises(ContentError) as caught:
        follow(copy, [small_project.alter("data/counts.csv", "2025-02-25,b", "25 februari,b")])
    assert str(caught.value.problems[0]).startswith("data/counts.csv:3: day: ")


def test_a_mistake_that_shows_only_on_the_page_somebody_looks_at_is_refused(
    copy: WorkingCopy, small_project: SmallProject
) -> None:
    path = small_project.alter("site/theme/main.html", "{{ page.content | safe }}", "{{ page.contents.nothing }}")
    with pytest.raises(ContentError) as caught:
        follow(copy, [path], ["tellingen.html"])
    assert caught.value.problems[0].file == "site/theme/main.html"


def test_the_sources_may_go_for_a_moment(copy: WorkingCopy, small_project: SmallProject) -> None:
    units, elsewhere = small_project.folder / UNITS, small_project.folder / "elsewhere.csv"
    shutil.move(units, elsewhere)
    with pytest.raises(ContentError, match=r"units\.csv"):
        follow(copy, [units])
    shutil.move(elsewhere, units)
    assert follow(copy, [units]).preview.page("data/units.html")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def package(small_site: SmallProject) -> Package:
    return small_site.read()


@pytest.fixture(scope="module")
def published(small_site: SmallProject) -> Package:
    return small_site.read_published()


def test_tables_that_did_not_change_come_out_as_they_were_published(
    package: Package, published: Package, tmp_path: Path
) -> None:
    before = files(published.root)
    again = republish(package, {"counts", "groups"}, published.root.parent, tmp_path)
    assert again.root == tmp_path / "latest"
    assert files(again.root) == before
    assert files(published.root) == before  # what is published was not written to
    assert (tmp_path / "releases.json").read_bytes() == (published.root.parent / "releases.json").read_bytes()


def test_without_links_of_the_file_system_files_are_copied(
    package: Package, published: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    again = republish(package, set(), published.root.parent, tmp_path)
    assert files(again.root) == files(published.root)


def test_a_table_that_went_is_in_the_package_no_longer(package: Package, published: Package, tmp_path: Path) -> None:
    again = republish(package.only(["counts"]), set(), published.root.parent, tmp_path)
    assert list(again.tables) == ["counts"]


def test_tables_that_were_read_before_are_taken_over(published: Package, package: Package, tmp_path: Path) -> None:
    kept = {name: table for name, table in published.tables.items() if name != "counts"}
    again = republish(package, {"counts"}, published.root.parent, tmp_path, kept)
    assert {name for name, table in again.tables.items() if table is published.tables[name]} == set(kept)
