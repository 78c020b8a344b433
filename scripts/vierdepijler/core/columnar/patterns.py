"""Patterns of a schema for RE2, Arrow's engine, where it is sure to agree with Python's about a text.

Both give a regular expression the same meaning for texts of printable ASCII, as long as it keeps to what both have.
What only one of them knows is refused by the other, except for the few notations that are named here.
 || Patterns of a schema on the cells that Python's engine must search: with a limit in time where it may need one.

Python's engine tries one way after the other, so that `(a+)+` on thirty letters takes minutes; only another process can
be stopped while it does. Most patterns on most cells can be seen to take no time, and RE2 (`patterns`) never does.
"""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .blocks import Mask, as_mask, is_printable

# Notations that both may accept and read differently: a repeat without a lower limit, one that gives nothing back,
# named classes and operations on classes.
READ_DIFFERENTLY = (
    "{,",
    "}+",
    "*+",
    "++",
    "?+",
    "[:",
    "&&",
    "||",
    "--",
    "~~",
    r"\B",  # Python finds it nowhere in an empty text, RE2 does
    r"\Z",
    r"\z",
    r"\C",
    r"\Q",
    "(?U",
    "(?x",
    "(?#",
)
SAMPLE, FEW = 1000, 950  # texts that are tried, and how many of them may be different where they come again
PLAIN_TEXT = r"^[\x20-\x7e]*$"


def shared_pattern(pattern: str) -> str | None:
    """Give the pattern of a field as RE2 must search for it; None where the two engines may differ about it.

    Frictionless matches `^pattern$` from the start of the text, so that in `a|b` the `^` belongs to the first
    alternative alone and the `$` to the last.
    """
    if not pattern.isascii() or any(notation in pattern for notation in READ_DIFFERENTLY):
        return None
    shared = f"^(?:^{pattern}$)"
    try:
        re.compile(f"^{pattern}$")
        pc.match_substring_regex(pa.array([""]), shared)
    except (re.error, pa.ArrowInvalid, ValueError, OverflowError, RecursionError):
        return None
    return shared


def asked_once(question: Callable[[pa.StringArray], Mask], texts: pa.StringArray) -> Mask:
    """Ask something of texts; of codes, which come again and again, once each."""
    if len(texts) <= SAMPLE or pc.count_distinct(texts.slice(0, SAMPLE)).as_py() > FEW:
        return question(texts)
    coded = texts.dictionary_encode()
    answers = np.append(question(coded.dictionary), False)
    found: Mask = answers[pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy()]
    return found


def matches(texts: pa.StringArray, pattern: str) -> Mask:
    """Tell which texts match and are printable ASCII, of which the engines agree."""
    matched = as_mask(pc.match_substring_regex(texts, pattern))
    return matched if is_printable(texts) else matched & as_mask(pc.match_substring_regex(texts, PLAIN_TEXT))


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
    if shared is not None and is_printable(cell):
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
