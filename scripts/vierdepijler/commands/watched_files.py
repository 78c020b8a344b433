"""Files that are watched: which came, went or changed since they were last looked at.

Looking is asking for the time, size and number of each file. That works on every file system and with every editor:
one that writes another file and renames it changes the number.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PAUSE = 0.05  # seconds; an editor is done with what it saves when nothing changes for so long
OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".part")

Look = Mapping[Path, tuple[int, int, int]]


def look(places: Iterable[Path]) -> Look:
    """See how every file in some places stands now; those of editors, hidden or half written, are no files here."""
    found = {}
    for path in _files(places):
        try:
            seen = path.stat()
        except OSError:  # it went in the meantime
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            for folder, folders, names in os.walk(place):
                folders[:] = [name for name in folders if not name.startswith(".")]
                yield from (Path(folder, name) for name in names if _is_file_of_ours(name))
        else:
            yield place


def _is_file_of_ours(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith(OF_EDITORS)


@dataclass
class Watch:
    """Watches places, files or folders, from the moment it is made."""

    places: tuple[Path, ...]
    _seen: Look = field(init=False)

    def __post_init__(self) -> None:
        self._seen = look(self.places)

    def changed(self) -> frozenset[Path]:
        """Give the files that are not as they were the last time; waits until no more follow."""
        now = look(self.places)
        if now == self._seen:
            return frozenset()
        while True:
            time.sleep(PAUSE)
            before, now = now, look(self.places)
            if before == now:
                break
        before, self._seen = self._seen, now
        return frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))
