"""The loop of `make serve`, a change at a time: what is shown at once."""

import shutil
import sys
from pathlib import Path

import pytest

from small_projects import SmallProject
from vierdepijler.commands.live import FileWatch, LiveSite, WholeBuild

QUICK = (sys.executable, "-c", "pass")
FAILS = (sys.executable, "-c", "import sys; sys.exit('site/nl/tellingen.md:3: wrong')")
PAGE = "site/nl/tellingen.md"


@pytest.fixture
def live(small_project: SmallProject) -> LiveSite:
    """A live site that was built before; its whole build changes nothing."""
    for name in ("tellingen.html", "uitgaven.html", "404.html"):
        small_project.write(f"public/{name}", f"as {name} was built")
    live = LiveSite(small_project.folder, small_project.public, WholeBuild((QUICK,)))
    live.build()
    finish(live)
    return live


def finish(live: LiveSite) -> bool:
    """Let the whole build run to its end; tells whether there is something new to show."""
    settled = live.settle()
    while live.whole.is_running:
        live.whole.wait()
        settled = live.settle()
    return settled


def shown(live: LiveSite, path: str) -> str:
    found = live.find(path)
    assert found is not None, path
    return found.decode() if isinstance(found, bytes) else found.read_text("utf-8")


def test_a_change_is_shown_at_once_and_what_was_built_after_it(
    live: LiveSite, small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(live, "tellingen.html") == "as tellingen.html was built"
    assert live.change([small_project.alter(PAGE, "title: ", "title: Vandaag, ")])
    assert "<title>Vandaag, " in shown(live, "tellingen.html")
    assert shown(live, "404.html") == "as 404.html was built"
    assert f"{PAGE}: shown after" in capsys.readouterr().out
    assert finish(live)
    assert shown(live, "tellingen.html") == "as tellingen.html was built"
    assert "up to date after" in capsys.readouterr().out


def test_a_stylesheet_is_shown_as_it_is_now_in_both_languages(live: LiveSite, small_project: SmallProject) -> None:
    small_project.write("site/assets/vierdepijler.css", "body { color: teal }")
    assert live.change([small_project.folder / "site" / "assets" / "vierdepijler.css"])
    for name in ("assets/vierdepijler.css", "en/assets/vierdepijler.css"):
        assert shown(live, name) == "body { color: teal }"


def test_a_mistake_is_told_with_its_line_and_the_site_stays_until_it_is_mended(
    live: LiveSite, small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small_project.folder / PAGE
    text = path.read_text("utf-8")
    small_project.append(PAGE, "\nEr waren 12 oproepen.\n")
    capsys.readouterr()
    assert not live.change([path])
    said = capsys.readouterr()
    assert f"{PAGE}:{small_project.lines(PAGE)}: " in said.err
    assert "the site stays as it was" in said.out
    assert shown(live, "tellingen.html") == "as tellingen.html was built"
    # Another file does not make it right, and its own change waits with it.
    assert not live.change([small_project.alter("site/nl/uitgaven.md", "title: ", "title: Vandaag, ")])
    small_project.write(PAGE, text)
    assert live.change([path])
    assert "<title>Vandaag, " in shown(live, "uitgaven.html")


def test_a_page_that_fails_when_it_is_asked_for_is_told_once_and_shown_as_it_was_built(
    live: LiveSite, small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    live.change([small_project.alter("site/nl/_words.yml", "source: ", "source: Vindplaats, ")])
    small_project.append(PAGE, "\n{{ row('nothing') }}\n")  # not noticed yet
    capsys.readouterr()
    for _ in range(2):
        assert shown(live, "tellingen.html") == "as tellingen.html was built"
    assert capsys.readouterr().err.count(f"{PAGE}:{small_project.lines(PAGE)}: ") == 1


def test_a_page_that_went_is_not_shown_from_what_was_built(live: LiveSite, small_project: SmallProject) -> None:
    gone = [small_project.folder / "site" / name for name in ("nl/uitgaven.md", "en/releases.md")]
    for path in gone:
        path.unlink()
    assert live.change(gone)
    assert live.find("uitgaven.html") is None


def test_a_whole_build_that_fails_is_told_and_what_is_shown_stays(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    live = LiveSite(small_project.folder, small_project.public, WholeBuild((FAILS,)))
    live.open()
    assert not finish(live)
    assert f"{PAGE}:3: wrong" in capsys.readouterr().err
    assert "Hoeveel mensen zijn er?" in shown(live, "tellingen.html")


def test_where_nothing_was_built_before_all_is_built_first(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(small_project.public)
    live = LiveSite(small_project.folder, small_project.public, WholeBuild((QUICK,)))
    live.open()
    assert live.is_whole
    assert "building the site" in capsys.readouterr().out


@pytest.fixture
def watch(tmp_path: Path) -> FileWatch:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    (tmp_path / "one.json").write_text("{}")
    return FileWatch((tmp_path / "data", tmp_path / "one.json", tmp_path / "later.yml"))


def test_nothing_changed(watch: FileWatch) -> None:
    assert watch.changed() == frozenset()


def test_what_came_went_and_changed_is_told_once(watch: FileWatch, tmp_path: Path) -> None:
    (tmp_path / "data" / "a.csv").unlink()
    (tmp_path / "data" / "new").mkdir()
    (tmp_path / "data" / "new" / "b.csv").write_text("2")
    (tmp_path / "one.json").write_text("[1]")
    (tmp_path / "later.yml").write_text("")
    names = ("data/a.csv", "data/new/b.csv", "one.json", "later.yml")
    assert watch.changed() == {tmp_path / name for name in names}
    assert watch.changed() == frozenset()


def test_an_editor_that_writes_beside_a_file_and_renames_changes_that_file(watch: FileWatch, tmp_path: Path) -> None:
    draft = tmp_path / "data" / ".a.csv.swp"
    draft.write_text("2")
    assert watch.changed() == frozenset()
    draft.rename(tmp_path / "data" / "a.csv")
    assert watch.changed() == {tmp_path / "data" / "a.csv"}


@pytest.mark.parametrize("name", ["a.csv~", ".#a.csv", "#a.csv#", "a.csv.tmp", ".cache/a.csv"])
def test_files_of_editors_do_not_count(watch: FileWatch, tmp_path: Path, name: str) -> None:
    (tmp_path / "data" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "data" / name).write_text("2")
    assert watch.changed() == frozenset()
