"""Long work done side by side, each part in a process that begins as a copy of this one; and how far it is.

Nothing of what is there already is read or made twice. No part may use what works with threads of its own, as Typst
does: where this process used it before, they are not in the copy, and nothing ever comes. Where a system cannot copy a
process, or gives us one core, the parts are done one after the other; what they make is the same.

What such a library does itself is done at once in threads of this process.
"""

import contextlib
import ctypes
import math
import mmap
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TextIO, TypeVar

from .problems import Message, grouped, in_language, say

T = TypeVar("T")
PR_SET_PDEATHSIG = 1  # linux/prctl.h: end with the process that began this one


def side_by_side(parts: Sequence[Callable[[], T]]) -> list[T]:
    """Do some parts of the work at once, the first in this process; gives what each gives, in their order.

    What they give must be such that `pickle` can carry it. Raises what a part raises: of several, the first in order.
    """
    if len(parts) < 2 or not _can_copy():
        return [part() for part in parts]
    first, *others = parts
    begun = [_begin(part) for part in others]
    try:
        own = first()
        return [own, *(_end(process, answer) for process, answer in begun)]
    finally:
        for process, answer in begun:
            process.kill()
            process.join()
            answer.close()


def dealt(things: Iterable[T]) -> list[list[T]]:
    """Deal things over as many parts as there are cores: what the things of a part share is made once for them."""
    dealing = [*things]
    hands = min(len(dealing), _cores())
    return [dealing[place::hands] for place in range(hands)]


def at_once(parts: Iterable[Callable[[], T]]) -> list[T]:
    """Do parts that mostly leave the interpreter to others, as Typst and Pillow do, in a thread for each core.

    Gives what each gives, in their order. Raises what a part raises: of several, the first in order.
    """
    threads = ThreadPoolExecutor(os.cpu_count())
    try:
        begun = [threads.submit(copy_context().run, part) for part in parts]
        return [one.result() for one in begun]
    finally:
        threads.shutdown(cancel_futures=True)


def _can_copy() -> bool:
    """Tell whether parts can be done at once; a part does its own parts one after the other."""
    return _cores() > 1 and not multiprocessing.current_process().daemon


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _begin(part: Callable[[], T]) -> tuple[ForkProcess, Connection]:
    context = multiprocessing.get_context("fork")
    answer, tell = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(part, tell), daemon=True)
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of Arrow, which knows how to be copied
        process.start()
    tell.close()
    return process, answer


def _do(part: Callable[[], T], tell: Connection) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
    try:
        outcome: tuple[bool, object] = True, part()
    except BaseException as error:  # noqa: BLE001  # whatever it is, it is raised where the whole is waited for
        outcome = False, _carried(error)
    with contextlib.suppress(BrokenPipeError):
        tell.send(outcome)


def _carried(error: BaseException) -> BaseException:
    """Give an error that `pickle` can carry, with where it was raised."""
    error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # ours
    except Exception:  # noqa: BLE001  # errors of others may hold anything
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _end(process: ForkProcess, answer: Connection) -> Any:
    try:
        is_done, outcome = answer.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"a part of the work was ended by signal {-(process.exitcode or 0)}") from None
    if not is_done:
        raise outcome
    return outcome


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
