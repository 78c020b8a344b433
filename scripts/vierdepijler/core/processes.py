"""Work that is done side by side: each part in a process of its own, which begins as a copy of this one.

Nothing of what is there already is read or made twice. No part may use what works with threads of its own, as Typst
does: where this process used it before, they are not in the copy, and nothing ever comes. Where a system cannot copy a
process, or gives us one core, the parts are done one after the other; what they make is the same.

What such a library does itself is done at once in threads of this process.
"""

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

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
