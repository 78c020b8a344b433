import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PROJECT
from vierdepijler.core import staging
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.staging import fingerprint, is_made_of, staged
from vierdepijler.core.writing import OLD

MARKER = "marker"
LIST = ".out.contents"


def fill(folder: Path, text: str) -> None:
    (folder / MARKER).write_text(text)


def make(target: Path, text: str) -> None:
    with staged(target) as stage:
        fill(stage, text)


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    make(tmp_path / "deep" / "out", "new")
    assert (tmp_path / "deep" / "out" / MARKER).read_text() == "new"


def test_a_folder_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    make(tmp_path / "out", "new")
    assert sorted(path.name for path in tmp_path.rglob("*")) == [LIST, MARKER, "out"]
    assert (tmp_path / "out" / MARKER).read_text() == "new"


def test_a_failure_leaves_the_old_folder_and_no_stage(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "out") as stage:
        fill(stage, str(1 // 0))
    assert (tmp_path / "out" / MARKER).read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST, "out"]


def test_beside_a_folder_stands_a_list_of_what_was_made_in_it(tmp_path: Path) -> None:
    make(tmp_path / "out", "new")
    assert (tmp_path / LIST).read_text().splitlines()[1:] == [MARKER]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "another byte": lambda out: fill(out, "never"),
    "a file more": lambda out: (out / "more").write_text(""),
    "a file less": lambda out: (out / MARKER).unlink(),
    "a folder less": shutil.rmtree,
    "no list": lambda out: (out.parent / LIST).unlink(),
    "an empty list": lambda out: (out.parent / LIST).write_text(""),
    "half a list": lambda out: (out.parent / LIST).write_bytes((out.parent / LIST).read_bytes()[:20]),
}


def test_a_folder_is_known_by_what_it_was_made_of(tmp_path: Path) -> None:
    with staged(tmp_path / "out", "rows") as stage:
        fill(stage, "new")
    assert is_made_of(tmp_path / "out", "rows")
    assert not is_made_of(tmp_path / "out", "other rows")
    make(tmp_path / "out", "of nothing that was told")
    assert not is_made_of(tmp_path / "out", "")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_folder_that_is_not_as_it_was_made_is_made_again(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    with staged(tmp_path / "out", "rows") as stage:
        fill(stage, "new")
    damage(tmp_path / "out")
    assert not is_made_of(tmp_path / "out", "rows")


def test_a_link_to_a_folder_is_no_file_to_be_made_of(tmp_path: Path) -> None:
    fill(tmp_path, "new")
    alone = fingerprint([tmp_path])
    (tmp_path / "installed").symlink_to(tmp_path.parent, target_is_directory=True)
    assert fingerprint([tmp_path]) == alone


def test_a_file_that_was_added_later_is_not_lost(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    (tmp_path / "out" / "mine.html").write_text("mine")
    with pytest.raises(UnreadableError, match=r"not made here, such as 'mine\.html'"):
        make(tmp_path / "out", "new")
    assert (tmp_path / "out" / MARKER).read_text() == "old"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("dear to someone")
    with pytest.raises(UnreadableError, match="holds files that were not made here"):
        make(tmp_path, "new")
    assert (tmp_path / "photo.jpg").exists()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    make(tmp_path / "out", "new")
    assert (tmp_path / "out" / MARKER).exists()


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UnreadableError, match="not a folder"):
        make(tmp_path / "out", "new")


def test_a_system_without_an_exchange_replaces_in_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda _one, _other: False)
    make(tmp_path / "out", "old")
    make(tmp_path / "out", "new")
    assert (tmp_path / "out" / MARKER).read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST, "out"]


def test_the_exchange_of_this_system_swaps_two_folders(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux can exchange two folders in one step")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        fill(tmp_path / name, name)
    assert staging._exchange(tmp_path / "a", tmp_path / "b")  # noqa: SLF001  # the step that makes it whole
    assert (tmp_path / "a" / MARKER).read_text() == "b"


KILLED = """
import os, signal, sys
from pathlib import Path
from vierdepijler.core.staging import staged
with staged(Path(sys.argv[1])) as stage:
    (stage / "marker").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_leaves_the_old_folder_and_the_next_run_clears_up(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts")}
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False, env=environment)
    assert (tmp_path / "out" / MARKER).read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 3
    make(tmp_path / "out", "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST, "out"]


def test_a_name_with_brackets_is_cleared_up_too(tmp_path: Path) -> None:
    (tmp_path / ".out[1].999999.tmp").mkdir()
    make(tmp_path / "out[1]", "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out[1].contents", "out[1]"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableError, match="a file is in the way"):
        make(tmp_path / "file" / "out", "new")


def test_what_a_killed_run_had_set_aside_is_put_back(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    (tmp_path / ".out.x.tmp").mkdir()
    (tmp_path / "out").rename(tmp_path / ".out.x.tmp" / OLD)
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "out"):
        raise ZeroDivisionError
    assert (tmp_path / "out" / MARKER).read_text() == "old"


def test_what_was_set_aside_is_put_back_where_the_new_cannot_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda _one, _other: False)
    make(tmp_path / "out", "old")
    with pytest.raises(FileNotFoundError), staged(tmp_path / "out") as stage:
        monkeypatch.setattr(staging, "flush_tree", lambda _folder: stage.rename(tmp_path / "gone"))
    assert (tmp_path / "out" / MARKER).read_text() == "old"


def test_a_whole_disk_is_refused_before_it_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_files", lambda _folder: pytest.fail("the disk is looked through"))
    with pytest.raises(UnreadableError, match=r"^/: this is a whole disk"):
        make(Path("/"), "new")


def test_a_folder_takes_its_place_when_all_of_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, flushed = tmp_path / "out", list[tuple[str, bool]]()
    for flush in ("flush", "flush_tree"):
        monkeypatch.setattr(staging, flush, lambda path: flushed.append((path.name, target.exists())))
    make(target, "new")
    assert flushed == [("new", False), (tmp_path.name, True)]
