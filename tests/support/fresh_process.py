"""Python in a process of its own, and what it did there: the modules it loaded and the files it opened."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT

# Python tells its audit hooks of every file that it opens; what a library in C opens by itself is not heard.
OBSERVER = """
import json, os, runpy, sys
target, script, *sys.argv[1:] = sys.argv[1:]
sys.argv[0] = script
opened = []
def hear(event, details):
    if event == "open" and isinstance(details[0], (str, bytes, os.PathLike)):
        opened.append(os.path.abspath(os.fsdecode(details[0])))
sys.addaudithook(hear)
code = 0
try:
    sys.path[0] = os.path.dirname(script)
    runpy.run_path(script, run_name="__main__")
except SystemExit as stop:
    code = stop.code or 0
finally:
    seen = {"loaded": sorted(sys.modules), "opened": opened}
    sys.stdout.flush()
    with open(target, "w") as file:
        json.dump(seen, file)
os._exit(code)
"""


@dataclass(frozen=True)
class Process:
    """A process that ended: its exit code, what it said, the modules it had loaded and the files it had opened.

    A file stands among `opened` as often as it was opened, and with its whole path.
    """

    code: int
    said: str
    loaded: frozenset[str]
    opened: tuple[str, ...]


def run_script(script: Path, *options: str | Path) -> Process:
    """Run a script in a new process, in the folder of the project."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "seen.json"
        done = subprocess.run(
            [sys.executable, "-c", OBSERVER, str(seen), str(script), *map(str, options)],
            cwd=PROJECT, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = json.loads(seen.read_text("utf-8"))
    return Process(done.returncode, done.stdout + done.stderr, frozenset(told["loaded"]), tuple(told["opened"]))


def run_code(code: str) -> Process:
    """Run some lines in a new process that finds our modules."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "lines.py"
        found = f"import sys\nsys.path.insert(0, {str(PROJECT / 'scripts')!r})\n"
        script.write_text(found + textwrap.dedent(code), encoding="utf-8")
        return run_script(script)
