"""Files that change together: all of them, or none.

They lie in a journal first, a folder beside the descriptor that holds them as they must become. The rename that makes
it a journal is the moment at which all is done: a killed run has not begun, or the next run finishes what it began.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .messages import heard, say
from .problems import quoted, unreadable
from .writing import NEW, clear_up, flush, take_place, telling, unwritable, workshop

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
