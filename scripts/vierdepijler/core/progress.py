"""How far long work is: one line on a terminal that is written over, and nothing where nobody looks."""

import math
import mmap
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from .problems import Message, grouped, in_language, say

FIRST = 1.0  # seconds; shorter work needs no line
BETWEEN = 0.2  # seconds from one line to the next: more often, nobody reads it
IN_MINUTES = 120  # seconds left from which on they are told in minutes
KILOBYTE, MEGABYTE = 1000, 1000**2
ROWS, BYTES, WIDTH = range(3)  # of what is done, and the width of the line that stands there now


class Progress:
    """A line such as `Checked 3,400,000 rows, 245 of 720 MB, 12 seconds left`, from the second that work lasts on.

    It shows only on a terminal that can go back to the start of a line; elsewhere every call does nothing.
    """

    def __init__(
        self,
        total_bytes: int,
        stream: TextIO,
        clock: Callable[[], float] = time.monotonic,
        language: str = "en",
    ) -> None:
        """Start the work: `total_bytes` to do, told on `stream`; the clock gives seconds."""
        self._total, self._stream, self._clock, self._language = total_bytes, stream, clock, language
        self._is_shown = stream.isatty() and os.environ.get("TERM") != "dumb"
        # Shared with the processes that begin as copies of this one: what they do counts too, and they tell of it.
        self._seen = memoryview(mmap.mmap(-1, 3 * 8)).cast("q")
        self._start = clock() if self._is_shown else 0.0
        self._next = self._start + FIRST

    def advance(self, rows: int, size: int) -> None:
        """Add the rows, and the bytes that they take, that were done since the last call."""
        self._seen[ROWS] += rows
        self._seen[BYTES] += size
        if self._is_shown and (now := self._clock()) >= self._next:
            self._next = now + BETWEEN
            self._write(in_language(self._line(now - self._start), self._language))

    def done(self) -> None:
        """Clear the line, so that whatever comes next stands in its place."""
        if self._seen[WIDTH]:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        line = line[: _columns(self._stream)]
        self._stream.write(f"\r{line:<{self._seen[WIDTH]}}")  # spaces over what is left of a longer line
        self._stream.flush()
        self._seen[WIDTH] = len(line)

    def _line(self, seconds: float) -> Message:
        unit, size = ("MB", MEGABYTE) if self._total >= 10 * MEGABYTE else ("kB", KILOBYTE)
        done = self._seen[BYTES]
        told = {
            "rows": _counted(self._seen[ROWS], "{count} row", "{count} rows", self._language),
            "done": grouped(min(done, self._total) // size, self._language),
            "total": grouped(math.ceil(self._total / size), self._language),
            "unit": unit,
        }
        if not 0 < done < self._total:
            return say("Checked {rows}, {done} of {total} {unit}", **told)
        left = _time(seconds * (self._total - done) / done, self._language)
        return say("Checked {rows}, {done} of {total} {unit}, {left} left", **told, left=left)


class PagesMade(Progress):
    """A line such as `Made 120 of 210 pages, 5 seconds left`; each page counts as one row, and one byte."""

    def _line(self, seconds: float) -> Message:
        done, told = self._seen[ROWS], grouped(self._seen[ROWS], self._language)
        left = _time(seconds * (self._total - done) / max(done, 1), self._language)
        return say("Made {done} of {total} pages, {left} left", done=told, total=str(self._total), left=left)


SHOWN: ContextVar[PagesMade | None] = ContextVar("SHOWN", default=None)


@contextmanager
def telling_pages(total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Show how many of so many pages are made within, of which `page_made` tells; the line is cleared at the end."""
    shown = PagesMade(total, stream, clock)
    outer = SHOWN.set(shown)
    try:
        yield
    finally:
        SHOWN.reset(outer)
        shown.done()


def page_made() -> None:
    """Tell that one more page is made, where somebody is told."""
    if shown := SHOWN.get():
        shown.advance(1, 1)


@contextmanager
def progress(
    total_bytes: int, stream: TextIO, clock: Callable[[], float] = time.monotonic, language: str = "en"
) -> Iterator[Progress]:
    """Show how far the work within is; its line is cleared at the end, and before an exception gets out."""
    shown = Progress(total_bytes, stream, clock, language)
    try:
        yield shown
    finally:
        shown.done()


def _time(seconds: float, language: str) -> Message:
    """Say how long it takes, rounded up: who waits should not be told less."""
    if seconds > IN_MINUTES:
        return say("{count} minutes", count=grouped(math.ceil(seconds / 60), language))
    return _counted(math.ceil(seconds), "{count} second", "{count} seconds", language)


def _counted(number: int, one: str, several: str, language: str) -> Message:
    return say(one if number == 1 else several, count=grouped(number, language))


def _columns(stream: TextIO) -> int:
    """Give the characters that fit on a line; in the last column some terminals go to the next line already."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # a stream that has no number, or whose terminal does not tell
        columns = 0
    return max((columns or shutil.get_terminal_size().columns) - 1, 0)
