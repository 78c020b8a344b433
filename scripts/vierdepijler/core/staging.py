"""What changes in one step: a folder that is published appears whole or not at all, files that belong together all.

A folder is replaced after everything has been written beside it; what it was made of is kept with the list of files,
so that it need not be made again. Files lie in a journal first, a folder beside the descriptor that holds them as they
must become. The rename that makes it a journal is the moment at which all is done. A run that fails, or is killed
half-way, leaves what was there, or the next run finishes what it began.
"""

import ctypes
import errno
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from .problems import heard, quoted, say, unreadable
from .writing import NEW, OLD, clear_up, flush, flush_tree, take_place, telling, unwritable, workshop, write_file

RENAME_EXCHANGE = 2  # linux/fs.h
AT_FDCWD = -100  # fcntl.h: a relative path counts from the current folder
MADE_OF = "made of /"  # no file has such a name
COMPILED = "__pycache__"
ANOTHER = say("choose another folder for --out")
HASH = hashlib.sha256
SIZE = HASH().digest_size
GRANULE = 1  # seconds by which the clock of a disk may differ from ours
PLACE: ContextVar[tuple[Path, str] | None] = ContextVar("PLACE", default=None)  # where it is kept, and what makes it


@contextmanager
def staged(target: Path, made_of: str = "") -> Iterator[Path]:
    """Give an empty folder beside `target`, and put it in the place of `target` if all goes well.

    The folder above the one given may hold what is only needed on the way. Beside every folder made here stands
    a list of its files, with the fingerprint of what it is made of where one is given; a folder that holds other files
    is not ours to replace. Raises `UnreadableError` for such a folder, or where the place cannot be written.
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
            if COMPILED in file:
                continue
            with suppress(IsADirectoryError):  # a link to a folder, whose files are not ours
                with open(file, "rb") as content:  # noqa: PTH123  # of thousands of files
                    content_hash = hashlib.file_digest(content, "sha256").hexdigest()
                found.update(f"{file.removeprefix(str(path.parent))}\0{content_hash}\0".encode())
    return found.hexdigest()


def is_made_of(target: Path, made_of: str) -> bool:
    """Tell whether a folder was made of what has this fingerprint, and still holds just the files that were made.

    What dead runs left beside it goes, for there may be no next run that makes it.
    """
    target = target.absolute()
    if not target.is_dir() or target.is_mount():
        return False
    clear_up(target)
    listed = _list_of(target)
    if not listed.is_file():
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


JOURNAL = ".unfinished"  # what is to be moved to its places below the folder that it lies in


@contextmanager
def together(root: Path) -> Iterator[Path]:
    """Give an empty folder; what is put in it takes its place below `root` in the end, all of it or nothing.

    Raises `UnreadableError` where that cannot be done, and has then changed nothing.
    """
    finish(root)
    with workshop(root / JOURNAL) as folder:
        stage = folder / NEW
        stage.mkdir()
        yield stage
        _refuse_places(stage, root)
        for path in (*stage.rglob("*"), stage):
            flush(path)
        stage.rename(root / JOURNAL)
        flush(root)
        finish(root)


def finish(root: Path) -> None:
    """Finish what a killed run had begun to change below `root`, and clear up what others had not begun.

    Two runs that do so at once do each other no harm: every step is one rename, and one that was done is passed over.
    Raises `UnreadableError` where it cannot be finished here.
    """
    journal = root / JOURNAL
    clear_up(journal)
    if journal.is_dir() and not journal.is_symlink():
        _refuse_places(journal, root)
        with telling(journal):
            _take_places(journal, root)
            flush(root)


def _take_places(source: Path, target: Path) -> None:
    """Move files to their places, a folder that is not there yet whole; what another run has moved is passed over."""
    with suppress(FileNotFoundError):
        if source.is_symlink() or not (source.is_dir() and target.is_dir()):
            take_place(source, target)
            return
        for path in sorted(source.iterdir()):
            _take_places(path, target / path.name)
        flush(target)
        source.rmdir()


def _refuse_places(source: Path, root: Path) -> None:
    """Refuse what no rename can do, before it is half done: a folder that is a file, or that may not be written.

    A folder behind a link is refused too, for a journal may have come with a package of somebody else; so is one on
    another disk.
    """
    for path in source.rglob("*"):
        place = root / path.relative_to(source)
        if path.is_dir() and (place.is_symlink() or place.is_mount()):
            what = say("this folder lies elsewhere, so that what changes together cannot be written in one step")
            raise unreadable(str(place), what, say("put the folder itself there"))
        if place.exists() and place.is_dir() != path.is_dir():
            raise unwritable(place.parent, say("{name} is in the way", name=quoted(place.name)))
        if place.is_dir() and not os.access(place, os.W_OK):
            raise unwritable(place, heard(os.strerror(errno.EACCES)))


@contextmanager
def keeping(target: Path, made_by: str) -> Iterator[None]:
    """Keep beside `target` what `kept` gives within, for as long as the code with the fingerprint `made_by` makes it.

    What was not asked for goes in the end, if all goes well.
    """
    folder, begun = target.absolute().parent / f".{target.name}.kept", time.time()
    outer = PLACE.set((folder, made_by))
    try:
        yield
    finally:
        PLACE.reset(outer)
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.stat(follow_symlinks=False).st_mtime < begun - GRANULE:
                Path(entry).unlink()


def kept(make: Callable[[], bytes], *made_of: str | bytes) -> bytes:
    """Give what `make` gives, or gave before for the same: `made_of` is all that it depends on, but the code."""
    if (place := PLACE.get()) is None:
        return make()
    folder, made_by = place
    parts = [part.encode() if isinstance(part, str) else part for part in (made_by, *made_of)]
    name = HASH(b"".join(HASH(part).digest() for part in parts)).hexdigest()
    with suppress(OSError):
        found = (folder / name).read_bytes()
        if found[:SIZE] == _seal(name, found[SIZE:]):
            os.utime(folder / name)
            return found[SIZE:]
    content = make()
    with suppress(OSError):  # where it cannot be kept, it is made each time
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_seal(name, content) + content)
    return content


def _seal(name: str, content: bytes) -> bytes:
    return HASH(name.encode() + content).digest()
