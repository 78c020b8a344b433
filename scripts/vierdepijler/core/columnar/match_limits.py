"""Patterns of a schema on the cells that Python's engine must search: with a limit in time where it may need one.

Python's engine tries one way after the other, so that `(a+)+` on thirty letters takes minutes; only another process can
be stopped while it does. Most patterns on most cells can be seen to take no time, and RE2 (`patterns`) never does.
"""

import json
import re
import subprocess
import sys
import threading
import time
from functools import cache, lru_cache

import pyarrow as pa

from .arrow_texts import is_plain
from .patterns import matches, shared_pattern

QUICK = 10_000_000  # ways to try: a second at most
START, EACH = 1.0, 0.001  # seconds that a pattern may take, and what each text adds to them
CHOICES = re.compile(r"[*+?{|]")
NESTED = re.compile(r"\)[*+?{]")
SEARCHER = """
import json, re, signal, sys
pattern = re.compile(json.loads(sys.stdin.readline()))
for line in sys.stdin:
    getattr(signal, "alarm", int)(10)  # should nobody be left to stop it
    print(int(bool(pattern.match(json.loads(line)))), flush=True)
    getattr(signal, "alarm", int)(0)
"""


class SlowPatternError(Exception):
    """A pattern that would take too long on the text of a cell."""

    def __init__(self, pattern: str, text: str) -> None:
        """Keep both."""
        super().__init__(pattern, text)
        self.pattern, self.text = pattern, text


def is_match(compiled: re.Pattern[str], text: str) -> bool:
    """Tell whether a text matches from its start, as Python says; raises `SlowPatternError` where that takes too long.

    `compiled` is `^pattern$`, as Frictionless makes it.
    """
    if is_quick(compiled.pattern, len(text)):
        return compiled.match(text) is not None
    shared, cell = _shared(compiled.pattern), pa.array([text])
    if shared is not None and is_plain(cell):
        return bool(matches(cell, shared)[0])
    return _searcher(compiled.pattern).is_match(text)


def is_quick(pattern: str, length: int) -> bool:
    """Tell whether there are few ways to match a text: no repeat is repeated, and few stand one after the other."""
    choices = len(CHOICES.findall(pattern))
    return choices < 2 or (not NESTED.search(pattern) and max(length, 2) ** choices <= QUICK)


@cache
def _shared(pattern: str) -> str | None:
    return shared_pattern(pattern.removeprefix("^").removesuffix("$"))


@lru_cache(maxsize=8)
def _searcher(pattern: str) -> "_Searcher":
    return _Searcher(pattern)


class _Searcher:
    """A process that matches texts with one pattern, and ends with this one."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.left, self.lock = pattern, START, threading.Lock()
        self.process = subprocess.Popen(  # noqa: S603  # Python itself
            [sys.executable, "-I", "-S", "-c", SEARCHER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._say(pattern)

    def is_match(self, text: str) -> bool:
        """Ask the process; raises `SlowPatternError` where it has no answer in time, and then for every other text."""
        with self.lock:
            asked = time.monotonic()
            limit = threading.Timer(self.left, self.process.kill)
            limit.start()
            answer = self._answer(text)
            limit.cancel()
            self.left += EACH - (time.monotonic() - asked)
        if not answer:
            raise SlowPatternError(self.pattern, text)
        return answer == "1\n"

    def _answer(self, text: str) -> str:
        try:
            self._say(text)
            return str(self.process.stdout.readline()) if self.process.stdout else ""
        except OSError:  # it was stopped
            return ""

    def _say(self, text: str) -> None:
        if self.process.stdin:
            print(json.dumps(text), file=self.process.stdin, flush=True)
