import ctypes
import errno
import os
import stat
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Copy, run_verb
from vierdepijler.core import writing
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.writing import clear_up, flush_tree, scratch, workshop, write_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "deep" / "a.csv", "old\n")
    write_file(tmp_path / "deep" / "a.csv", "new\r\n")
    assert (tmp_path / "deep" / "a.csv").read_bytes() == b"new\r\n"
    assert names(tmp_path / "deep") == ["a.csv"]


def test_a_file_takes_its_place_when_it_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / "a.csv", list[str]()
    write_file(path, "old")
    monkeypatch.setattr(writing, "flush", lambda flushed: seen.append(f"{flushed.name}: {path.read_text()}"))
    write_file(path, "new")
    assert seen == ["new: old", f"{tmp_path.name}: new"]


def test_to_flush_asks_the_system_for_a_file_and_for_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = list[int]()
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(os.fstat(handle).st_ino))
    write_file(tmp_path / "a.csv", "new")
    assert flushed == [(tmp_path / "a.csv").stat().st_ino, tmp_path.stat().st_ino]


def tree(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "a.csv").write_text("new")


def test_a_tree_is_flushed_by_asking_for_its_whole_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = list[int]()
    library = SimpleNamespace(syncfs=lambda handle: flushed.append(os.fstat(handle).st_ino))
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_options: library)
    tree(tmp_path)
    flush_tree(tmp_path)
    assert flushed == [tmp_path.stat().st_ino]


def test_a_disk_that_cannot_write_what_is_under_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_handle: int) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_options: SimpleNamespace(syncfs=fails))
    with pytest.raises(OSError, match="Input/output error"):
        flush_tree(tmp_path)


def test_elsewhere_every_file_of_a_tree_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = list[Path]()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_options: object())
    monkeypatch.setattr(writing, "flush", flushed.append)
    tree(tmp_path)
    flush_tree(tmp_path)
    assert flushed == [tmp_path / "deep", tmp_path / "deep" / "a.csv", tmp_path]


def test_a_file_keeps_its_permissions_and_a_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "real.csv").chmod(0o600)
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_file(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real.csv").stat().st_mode) == 0o600


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = list[str]()
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_file(pipe, "new")
    reader.join()
    assert read == ["new"]
    assert pipe.is_fifo()


def test_what_dead_runs_left_goes_and_what_a_living_one_needs_stays(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.dead.tmp").mkdir()
    with workshop(tmp_path / "a.csv") as living:
        clear_up(tmp_path / "a.csv")
        assert names(tmp_path) == [living.name]
    assert names(tmp_path) == []


def test_what_is_left_of_another_file_is_not_ours_to_judge(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.dead.tmp" / writing.OLD).mkdir(parents=True)
    write_file(tmp_path / "a", "new")
    assert names(tmp_path) == [".a.csv.dead.tmp", "a"]


def test_a_link_that_looks_like_a_leftover_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs" / writing.OLD).mkdir(parents=True)
    (tmp_path / ".a.x.tmp").symlink_to("theirs")
    clear_up(tmp_path / "a")
    assert names(tmp_path) == [".a.x.tmp", "theirs"]
    assert names(tmp_path / "theirs") == [writing.OLD]


def test_temporary_folders_of_dead_runs_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / ".vierdepijler.dead.tmp").mkdir()
    with scratch() as folder:
        assert names(tmp_path) == [folder.name]
    assert names(tmp_path) == []


def test_each_verb_clears_the_temporary_folders_of_dead_runs(
    miniature: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary" / ".vierdepijler.dead.tmp").mkdir(parents=True)
    run_verb("validate", "--package", miniature.descriptor)
    assert names(tmp_path / "temporary") == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/elsewhere/source.csv"), "the disk of this folder is full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "the disk of this folder is full"),
        (OSError(errno.EROFS, "Read-only file system"), r"the folder cannot be written \(Read-only file system\)"),
    ],
)
def test_a_disk_is_named_and_not_the_file_that_was_read(tmp_path: Path, error: OSError, told: str) -> None:
    with pytest.raises(UnreadableError, match=rf"^{tmp_path}: {told}"), workshop(tmp_path / "out"):
        raise error
    assert names(tmp_path) == []


def test_a_full_disk_is_seen_behind_the_error_of_a_library(tmp_path: Path) -> None:
    error = ValueError("the workbook could not be closed")
    error.__context__ = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(UnreadableError, match="the disk of this folder is full"), workshop(tmp_path / "out"):
        raise error


@pytest.mark.parametrize("name", ["source.csv", "../elsewhere.csv", None, 7])
def test_what_may_not_be_read_is_not_blamed_on_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | int | None
) -> None:
    monkeypatch.chdir(tmp_path)
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / name) if isinstance(name, str) else name)
    with pytest.raises(PermissionError), workshop(tmp_path / "out"):
        raise error


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*, prefix: str, suffix: str, dir: Path) -> str:  # noqa: A002  # the library names it so
        raise PermissionError(errno.EACCES, "Permission denied", f"{dir}/{prefix}{suffix}")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(UnreadableError, match=rf"^{tmp_path}: the folder cannot be written \(Permission denied\)"):
        write_file(tmp_path / "a.csv", "new")
