"""Runs of our commands behind walls: each in a process of its own, with so much time and memory and no more.

The processes are forked from one that has loaded what they need, so that hundreds of them take seconds.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from conftest import PROJECT
from hostile_inputs import Hostile

SECONDS, GIGABYTE = 10, 1 << 30
SERVER = """
import argparse, encodings.utf_8_sig, gc, json, os, resource, runpy, signal, sys, tempfile
from pathlib import Path

seconds, memory = map(int, sys.argv[1:3])
import frictionless, jsonschema, slugify, validators
import vierdepijler.core.columnar.blocks
vierdepijler.core.columnar.blocks.spare_pandas()
import vierdepijler.checks.checking, vierdepijler.core.columnar.reference, vierdepijler.core.columnar.scanning
import vierdepijler.checks.schema_errors, vierdepijler.checks.pages.chart_specs, vierdepijler.figures.documents
import vierdepijler.core.reading, vierdepijler.figures.trace_text, vierdepijler.figures.trace_text
import vierdepijler.commands.command_line, vierdepijler.checks.reports, vierdepijler.commands.validating
frictionless.system.plugins
gc.freeze()  # a look for rubbish would write in all memory that is shared, and so copy it

def used():
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()

def run(script, options, folder, heard):
    for stream in (1, 2):
        os.dup2(heard, stream)
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (used() + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    signal.alarm(6 * seconds)  # for who waits without working
    sys.argv = [script, *options]
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        import traceback
        traceback.print_exc()
        return 99

for line in sys.stdin:
    script, options, folder = json.loads(line)
    with tempfile.TemporaryFile() as heard:
        child = os.fork()
        if not child:
            sys.stdin.close()
            code = run(script, options, folder, heard.fileno())
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
        _, status, usage = os.wait4(child, 0)
        heard.seek(0)
        print(json.dumps([
            os.waitstatus_to_exitcode(status), heard.read(100_000).decode(errors="replace"),
            usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024,
        ]), flush=True)
"""


@dataclass(frozen=True)
class Walled:
    """How a run ended: its exit code (minus the signal that ended it), what it said, the time and memory it took."""

    code: int
    said: str
    seconds: float
    memory: int


class Walls:
    """The process that the runs are forked from."""

    def __init__(self, seconds: int = SECONDS, memory: int = GIGABYTE) -> None:
        """Load what our commands need."""
        self._server: Any = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(seconds), str(memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(PROJECT / "scripts")},
        )  # fmt: skip

    def __enter__(self) -> Self:
        """Give the walls."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._server.stdin.close()
        self._server.wait()

    def run(self, verb: str, options: list[str], folder: Path) -> Walled:
        """Run a verb in a folder."""
        print(json.dumps([str(PROJECT / "scripts" / f"{verb}.py"), options, str(folder)]), file=self._server.stdin)
        self._server.stdin.flush()
        return Walled(*json.loads(self._server.stdout.readline()))


COUNTED = re.compile(r"Checked \d|\d+ (?:error|warning|note)")  # the line above all messages
LONGEST = 600  # characters of a message


def flaws(hostile: Hostile, walls: Walls, folder: Path) -> Iterator[str]:
    """Give what is wrong with how a hostile input is told of, and with what it takes."""
    hostile.write(folder)
    done = walls.run(hostile.verb, [*hostile.options, "--package", "datapackage.json"], folder)
    if done.code not in (1, 2) or done.seconds >= SECONDS or done.memory >= GIGABYTE:
        yield str(done)
    lines = [line for line in done.said.splitlines() if line and not COUNTED.match(line)]
    if not 1 <= len(lines) <= hostile.most + 1 or not lines[0].startswith(hostile.place):
        yield f"{len(lines)} messages: {done.said[:3000]}"
    if hostile.told not in done.said or "Traceback" in done.said:
        yield f"not told, or a traceback: {done.said[:3000]}"
    yield from (f"too long: {line[:LONGEST]}" for line in lines if len(line) >= LONGEST)
