"""What every contestant does: start the clock before it imports anything, check one package, and tell what it found."""

import time

STARTED = time.perf_counter()

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from planted import kind_of

Found = dict[str, list[int]]  # row numbers by kind of error; the header is row 1


def by_kind(errors: Iterable[Any]) -> Found:
    """Sort errors of Frictionless by kind."""
    found: Found = {}
    for error in errors:
        found.setdefault(kind_of(error.type, error.note), []).append(error.row_number)
    return found


def tell(check: Callable[[Path], Found]) -> None:
    """Check the package in the folder that the command line names, and print seconds and findings as JSON."""
    imported = time.perf_counter()
    found = check(Path(sys.argv[1]))
    done = time.perf_counter()
    taken = {"importing": imported - STARTED, "checking": done - imported}
    print(json.dumps({**taken, "found": {kind: sorted(rows) for kind, rows in found.items() if rows}}))
