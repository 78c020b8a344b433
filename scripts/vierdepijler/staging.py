"""Folders that appear whole or not at all.

What is published is replaced in one step, after everything has been written beside it. A run that fails,
or is killed half-way, leaves what was there before.
"""

import ctypes
import glob
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .problems import unreadable

RENAME_EXCHANGE = 2  # linux/fs.h
AT_FDCWD = -100  # fcntl.h: a relative path counts from the current folder


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target`, and put it in the place of `target` if all goes well.

    The folder above the one given may hold what is only needed on the way. Beside every folder made here stands
    a list of its files; one that holds other files is not ours to replace. Raises `UnreadableError` for such a
    folder, or where the place cannot be written.
    """
    target = target.absolute()
    try:
        _refuse_foreign(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_up(target)
        workshop = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        stage = workshop / "new"
        stage.mkdir(parents=True)
    except OSError as error:
        reason = "a file is in the way" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
        raise unreadable(
            str(target), f"the folder cannot be written ({reason})", "choose another folder for --out"
        ) from error
    try:
        yield stage
        made = _files(stage)
        _write_contents(target, sorted({*made, *_contents(target)}))  # right both before and after the change
        _put_in_place(stage, target)
        _write_contents(target, made)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _list_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.contents")


def _contents(target: Path) -> set[str]:
    listed = _list_of(target)
    return set(listed.read_text("utf-8", errors="replace").split("\n")) if listed.is_file() else set()


def _write_contents(target: Path, names: Sequence[str]) -> None:
    # In one step too: half a list would make files of ours look like those of somebody else.
    draft = target.with_name(f".{target.name}.{os.getpid()}.contents.tmp")
    draft.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    draft.replace(_list_of(target))


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    )


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise unreadable(str(target), "this is not a folder", "choose another folder for --out")
    made_here = _contents(target)
    others = [name for name in _files(target) if name not in made_here] if target.is_dir() else []
    if others:
        raise unreadable(
            str(target),
            f"this folder holds files that were not made here, such as {others[0]}",
            "choose an empty or new folder for --out, or move those files, so that nothing of yours is lost",
        )


def _clear_up(target: Path) -> None:
    """Clear up after killed runs: put back what one had set aside, remove what it had half written."""
    name = glob.escape(target.name)
    for previous in target.parent.glob(f".{name}.old.*.tmp"):
        if not target.exists():
            previous.rename(target)
    for leftover in target.parent.glob(f".{name}.*.tmp"):
        number = leftover.name.split(".")[-2]
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(leftover, ignore_errors=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _put_in_place(stage: Path, target: Path) -> None:
    """Let `stage` take the name `target`; afterwards `stage` holds what was there before, if anything."""
    if not target.exists():
        stage.rename(target)
    elif not _exchange(stage, target):
        # Two renames: the one moment without a target is the price where the system has no exchange.
        previous = target.with_name(f".{target.name}.old.{os.getpid()}.tmp")
        target.rename(previous)
        try:
            stage.rename(target)
        except OSError:
            previous.rename(target)
            raise
        previous.rename(stage)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can (Linux: renameat2); say whether it was done."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(done == 0)
