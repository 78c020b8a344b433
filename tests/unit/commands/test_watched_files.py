from pathlib import Path

import pytest

from vierdepijler.commands.live import FileWatch


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
