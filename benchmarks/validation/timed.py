"""Run a contestant on the package in this folder, and print what it found and the seconds it took, as JSON.

`python timed.py by_polars` imports that module, which is what its imports cost, and calls its `check`.
"""

import time

STARTED = time.perf_counter()

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Import, check, and tell."""
    contestant = import_module(sys.argv[1])
    imported = time.perf_counter()
    found = contestant.check(Path())
    done = time.perf_counter()
    told = {"importing": imported - STARTED, "checking": done - imported}
    print(json.dumps({**told, "found": {kind: sorted(rows) for kind, rows in found.items() if rows}}))


if __name__ == "__main__":
    main()
