"""Folders that appear whole or not at all.

What is published is replaced in one step, after everything has been written beside it. A run that fails,
or is killed half-way, leaves what was there before.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problems import UnreadableError

RENAME_EXCHANGE = 2  # linux/fs.h
AT_FDCWD = -100  # fcntl.h: a relative path counts from the current folder


@contextmanager
def staged(target: Path, *, marker: str) -> Iterator[Path]:
    """Give an empty folder beside `target`, and put it in the place of `target` if all goes well.

    `marker` is the path of a file that every folder of this kind holds. A folder that exists without it is
    not ours to replace. Raises `UnreadableError` for such a folder, or where the place cannot be written.
    """
    target = target.absolute()
    _refuse_foreign(target, marker)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target)
        stage = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        stage.mkdir()
    except OSError as error:
        raise UnreadableError(
            str(target), f"the folder cannot be written ({error.strerror})", "choose another folder for --out"
        ) from error
    try:
        yield stage
        if not (stage / marker).is_file():
            raise RuntimeError(f"the new {target.name} was written without {marker}")
        _put_in_place(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_foreign(target: Path, marker: str) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UnreadableError(str(target), "this is not a folder", "choose another folder for --out")
    if target.is_dir() and any(target.iterdir()) and not (target / marker).is_file():
        raise UnreadableError(
            str(target),
            f"this folder holds other files, and was not made here (there is no {marker} in it)",
            "choose an empty or new folder for --out, so that nothing of yours is lost",
        )


def _remove_leftovers(target: Path) -> None:
    """Clear up after killed runs: put back what one had set aside, remove what it had half written."""
    for previous in target.parent.glob(f".{target.name}.old.*.tmp"):
        if not target.exists():
            previous.rename(target)
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
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
