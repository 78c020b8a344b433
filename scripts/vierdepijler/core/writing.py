"""One way of writing: beside, flushed to the disk, and then one rename.

What is written appears whole or not at all, also where the run is killed, the disk is full or the power goes. What is
under way lies in a workshop: a folder beside its target that is locked for as long as its process lives, so that the
next run knows which workshops are of dead ones, and clears them.
"""

import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .problems import Message, UnreadableError, heard, say, unreadable

if sys.platform != "win32":
    import fcntl

NEW, OLD = "new", "old"  # in a workshop: what is made, and what it replaces as long as that is not sure
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LOCKED = frozenset({errno.EACCES, errno.EPERM})
IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR})


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target`, on its disk, in which to make what will take its place.

    It goes in the end, and those that dead runs left for this target went before. Raises `UnreadableError` that names
    `target` where its folder cannot be written, or its disk is full.
    """
    with telling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_up(target)
        folder, lock = _claim(target)
        try:
            yield folder
        finally:
            _remove(folder, target)
            _release(lock)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder among the temporary files of the system, for what is only needed on the way."""
    with workshop(_aside()) as folder:
        yield folder


def clear_scratch() -> None:
    """Remove the temporary folders that dead runs left: the next one may have no need of such a folder itself."""
    clear_up(_aside())


def _aside() -> Path:
    return Path(tempfile.gettempdir()) / "vierdepijler"


def write_file(path: Path, text: str) -> None:
    """Write a text (UTF-8, its line ends as they are) in the place of a file, whole or not at all.

    What is no ordinary file, such as a pipe, is written as it is. Raises `UnreadableError` where that cannot be done.
    """
    target = path.resolve()  # behind a link, so that the link stays
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8", newline="")
        return
    with workshop(target) as folder:
        draft = folder / NEW
        draft.write_text(text, encoding="utf-8", newline="")
        flush(draft)
        take_place(draft, target)
        flush(target.parent)


def share(source: str | Path, target: str | Path) -> None:
    """Let a file that is never written again, but replaced, stand in a second place too."""
    try:
        os.link(source, target)
    except OSError:  # a file system without links, or another one
        shutil.copy2(source, target)


def flush(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk and not only on their way."""
    if sys.platform == "win32" and path.is_dir():
        return  # there names are on the disk by themselves, and a folder cannot be opened
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """See to it that a folder with all in it is on the disk.

    Where the system can, all that its disk has still to write is written at once (Linux: syncfs): with thousands of
    files that takes a fiftieth of the time.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if syncfs is None:
        for path in (*folder.rglob("*"), folder):
            flush(path)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def clear_up(target: Path) -> None:
    """Remove the workshops that dead runs left for a target."""
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        middle = leftover.name.removeprefix(f".{target.name}.").removesuffix(".tmp")
        if "." in middle:
            continue  # of another target, whose name begins as this one
        with suppress(OSError):  # it is in use, or has gone meanwhile
            lock = _lock(leftover, is_waiting=False)
            try:
                _remove(leftover, target)
            finally:
                _release(lock)


def _remove(folder: Path, target: Path) -> None:
    """Remove a workshop; what was set aside in it goes back, where nothing has come in its place."""
    if (folder / OLD).exists() and not target.exists():
        (folder / OLD).rename(target)
    shutil.rmtree(folder, ignore_errors=True)


def take_place(source: Path, target: Path) -> None:
    """Give a file its place, with the permissions of the one that stands there."""
    if target.is_file():
        shutil.copymode(target, source)
    source.replace(target)


def _claim(target: Path) -> tuple[Path, int | None]:
    """Make a workshop and lock it; one that another run took for a leftover, just before, is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        with suppress(FileNotFoundError):
            lock = _lock(folder, is_waiting=True)
            if folder.exists():
                return folder, lock
            _release(lock)


def _lock(folder: Path, *, is_waiting: bool) -> int | None:
    """Lock a folder for as long as this process lives; raises `OSError` where another one has it."""
    if sys.platform == "win32":
        if is_waiting:
            return None  # a folder cannot be locked there, so leftovers stay until somebody removes them
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(folder))
    handle = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if is_waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


@contextmanager
def telling(target: Path) -> Iterator[None]:
    """Say of a full disk, or of a folder that cannot be written, which it is: who wrote there may name other files."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:  # also one that a library, or whoever called it, made of it
        if told := _told(error, target):
            raise told from error
        raise


def _told(error: BaseException, target: Path) -> UnreadableError | None:
    """Say what stops the writing of `target`; None where it is something else."""
    if any(isinstance(cause, OSError) and cause.errno in FULL for cause in _causes(error)):
        what, todo = say("the disk of this folder is full"), say("make room on it, or write on another disk")
        return unreadable(str(target.parent), what, todo)
    reason = _reason(error, target) if isinstance(error, OSError) else None
    return None if reason is None else unwritable(target.parent, reason)


def unwritable(folder: Path, reason: Message) -> UnreadableError:
    """Make the error that says that a folder cannot be written, and why."""
    what = say("the folder cannot be written ({reason})", reason=reason)
    return unreadable(str(folder), what, say("let it be written, or choose another one"))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _reason(error: OSError, target: Path) -> Message | None:
    """Tell why the folder of `target` cannot be written; None for an error about a file that is read, or another."""
    if error.errno == errno.EROFS:
        return heard(str(error.strerror))
    if not isinstance(error.filename, str | bytes):
        return None
    place, folder = Path(os.fsdecode(error.filename)).absolute(), target.parent.absolute()
    holds = folder.is_relative_to(place)
    if error.errno in IN_THE_WAY and holds:
        return say("a file is in the way")
    inside = place.relative_to(folder).parts[:1] if place.is_relative_to(folder) else ()
    is_ours = any(name == target.name or name.startswith(f".{target.name}.") for name in inside)
    return heard(str(error.strerror)) if error.errno in LOCKED and (holds or is_ours) else None
