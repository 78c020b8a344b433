"""What takes long to make, kept under the hash of what it is made of, so that the next run need not make it again.

Nothing depends on it: what is not there, half written or damaged is made again. Each file begins with the hash of its
name and of what is in it, so that it need not be flushed, nor written beside its place.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

HASH = hashlib.sha256
SIZE = HASH().digest_size
GRANULE = 1  # seconds by which the clock of a disk may differ from ours
PLACE: ContextVar[tuple[Path, str] | None] = ContextVar("PLACE", default=None)  # where it is kept, and what makes it


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
