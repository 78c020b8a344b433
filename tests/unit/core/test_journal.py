from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.core import staging
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.staging import JOURNAL, finish, together
from vierdepijler.core.writing import take_place

OLD, NEW = {"a": "1", "data/b": "1"}, {"a": "2", "data/b": "1", "data/c": "2", "more/deep/d": "2"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def state(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, OLD)
    return tmp_path


def changes() -> dict[str, str]:
    return {name: text for name, text in NEW.items() if name not in OLD or text != OLD[name]}


def test_files_that_change_together_all_take_their_places(root: Path) -> None:
    with together(root) as stage:
        write(stage, changes())
        assert {name: text for name, text in state(root).items() if not name.startswith(".")} == OLD
    assert state(root) == NEW


def test_a_failure_changes_nothing(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), together(root) as stage:
        write(stage, {**changes(), "e": str(1 // 0)})
    assert state(root) == OLD


@pytest.mark.parametrize("moved", range(4))
def test_a_change_that_was_broken_off_is_finished_from_wherever_it_was(root: Path, moved: int) -> None:
    write(root / JOURNAL, changes())
    for name in list(changes())[:moved]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / JOURNAL / name).rename(root / name)
    finish(root)
    assert state(root) == NEW
    assert not (root / JOURNAL).exists()


def test_a_change_that_was_not_begun_is_taken_back(root: Path) -> None:
    write(root / f".{JOURNAL}.dead.tmp", changes())
    finish(root)
    assert state(root) == OLD


def test_to_read_a_package_finishes_what_was_begun(miniature: Copy) -> None:
    changed = miniature.descriptor.read_text("utf-8").replace('"version"', '"edition"', 1)
    write(miniature.folder, {f"{JOURNAL}/datapackage.json": changed})
    assert "edition" in miniature.read().descriptor
    assert not (miniature.folder / JOURNAL).exists()


def test_two_runs_that_finish_the_same_do_no_harm(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root / JOURNAL, changes())
    move = take_place

    def interrupted(source: Path, target: Path) -> None:
        monkeypatch.setattr(staging, "take_place", move)
        finish(root)
        move(source, target)

    monkeypatch.setattr(staging, "take_place", interrupted)
    finish(root)
    assert state(root) == NEW


def test_what_no_rename_can_do_is_refused_before_it_is_half_done(root: Path) -> None:
    with pytest.raises(UnreadableError, match="'b' is in the way"), together(root) as stage:
        write(stage, {"a": "2", "data/b/c": "2"})
    assert state(root) == OLD


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_journal_leads_nowhere_else(root: Path, tmp_path_factory: pytest.TempPathFactory, *, is_begun: bool) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (root / "way").symlink_to(elsewhere)
    if is_begun:
        write(root / JOURNAL, {"way/x": "2"})
    with pytest.raises(UnreadableError, match="way: this folder lies elsewhere"), together(root) as stage:
        write(stage, {"way/x": "2"})
    assert state(elsewhere) == {}


def test_a_journal_that_is_a_link_brings_nothing_in(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, {"x": "2"})
    (root / JOURNAL).symlink_to(elsewhere)
    finish(root)
    assert state(elsewhere) == {"x": "2"}


def test_a_folder_that_may_not_be_written_is_named_before_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda place, _mode: Path(place) != root / "data")
    with pytest.raises(UnreadableError, match=rf"^{root}/data: the folder cannot be written"), together(root) as stage:
        write(stage, changes())
    assert state(root) == OLD
