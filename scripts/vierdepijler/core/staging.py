"""Folders that appear whole or not at all.

What is published is replaced in one step, after everything has been written beside it. A run that fails,
or is killed half-way, leaves what was there before. What a folder was made of is kept with the list of its files, so
that it need not be made again.
"""

import ctypes
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .messages import say
from .problems import quoted, unreadable
from .writing import NEW, OLD, flush, flush_tree, workshop, write_file

RENAME_EXCHANGE = 2  # linux/fs.h
AT_FDCWD = -100  # fcntl.h: a relative path counts from the current folder
MADE_OF = "made of /"  # no file has such a name
COMPILED = "__pycache__"
ANOTHER = say("choose another folder for --out")


@contextmanager
def staged(target: Path, made_of: str = "") -> Iterator[Path]:
    """Give an empty folder beside `target`, and put it in the place of `target` if all goes well.

    The folder above the one given may hold what is only needed on the way. Beside every folder made here stands
    a list of its files, with the fingerprint of what it is made of where one is given; a folder that holds other files
    is not ours to replace. Raises `UnreadableError` for such a
    folder, or where the place cannot be written.
    """
    target = target.absolute()
    _refuse_foreign(target)
    with workshop(target) as folder:
        stage = folder / NEW
        stage.mkdir()
        yield stage
        made = list(_files(stage))
        flush_tree(stage)
        _write_contents(target, [*made, *_contents(target)])  # right both before and after the change
        _put_in_place(stage, target)
        flush(target.parent)
        _write_contents(target, made, made_of and _fingerprint(target, made, made_of))


def fingerprint(files: Iterable[Path]) -> str:
    """Give one hash of the names of files and what is in them, in this order; of a folder counts every file below it.

    Where the files lie does not count, so that the same project in another place has the same.
    """
    found = hashlib.sha256()
    for path in files:
        for file in [str(path)] if path.is_file() else [f"{path}/{name}" for name in sorted(_files(path))]:
            if COMPILED not in file:
                with open(file, "rb") as content:  # noqa: PTH123  # of thousands of files
                    content_hash = hashlib.file_digest(content, "sha256").hexdigest()
                found.update(f"{file.removeprefix(str(path.parent))}\0{content_hash}\0".encode())
    return found.hexdigest()


def is_made_of(target: Path, made_of: str) -> bool:
    """Tell whether a folder was made of what has this fingerprint, and still holds just the files that were made."""
    target = target.absolute()
    listed = _list_of(target)
    if not listed.is_file() or not target.is_dir():
        return False
    first, *names = listed.read_text("utf-8", errors="replace").splitlines() or [""]
    return sorted(_files(target)) == names and first == MADE_OF + _fingerprint(target, names, made_of)


def _fingerprint(target: Path, names: Iterable[str], made_of: str) -> str:
    return hashlib.sha256(f"{made_of} {fingerprint(target / name for name in sorted(names))}".encode()).hexdigest()


def _list_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.contents")


def _contents(target: Path) -> set[str]:
    listed = _list_of(target)
    return set(listed.read_text("utf-8", errors="replace").split("\n")) if listed.is_file() else set()


def _write_contents(target: Path, names: Iterable[str], fingerprint: str = "") -> None:
    # Whole too: half a list would make files of ours look like those of somebody else.
    write_file(_list_of(target), f"{MADE_OF}{fingerprint}\n" + "".join(f"{name}\n" for name in sorted({*names})))


def _files(folder: Path) -> Iterator[str]:
    """Give the files in a folder and in those below it, named from there; a link is one, wherever it leads."""
    for here, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]  # noqa: PTH114, PTH118  # fast
        within = "" if Path(here) == folder else Path(here).relative_to(folder).as_posix() + "/"
        yield from (within + name for name in (*names, *links))


def _refuse_foreign(target: Path) -> None:
    if target.is_mount():
        raise unreadable(str(target), say("this is a whole disk, which cannot be replaced"), ANOTHER)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise unreadable(str(target), say("this is not a folder"), ANOTHER)
    made_here = _contents(target)
    others = (name for name in _files(target) if name not in made_here) if target.is_dir() else iter(())
    if (first := next(others, None)) is not None:
        what = say("this folder holds files that were not made here, such as {name}", name=quoted(first))
        todo = say("choose an empty or new folder for --out, or move those files, so that nothing of yours is lost")
        raise unreadable(str(target), what, todo)


def _put_in_place(stage: Path, target: Path) -> None:
    """Let `stage` take the name `target`; afterwards its workshop holds what was there before, if anything."""
    if not target.exists():
        stage.rename(target)
    elif not _exchange(stage, target):
        # Two renames: the one moment without a target is the price where the system has no exchange. A run that ends
        # in between leaves the old one in its workshop, from where it is put back.
        target.rename(stage.with_name(OLD))
        stage.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can (Linux: renameat2); say whether it was done."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(done == 0)
