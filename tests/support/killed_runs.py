"""Runs of verbs that kill themselves at one of their file operations.

Python tells of each operation before it is done (PEP 578). To start Python and load all for every run would take most
of the time, so a process that has loaded it is forked for each.
"""

import importlib
import json
import os
import re
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vierdepijler.core.reading import read_package
from vierdepijler.figures.new_tables import write_texts
from vierdepijler.quality.scores import Finding, Score, write_scores
from vierdepijler.releases.archives import keep_release

OPERATIONS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
LIBRARIES = {"sqlite3.connect": 0, "ctypes.dlsym": 1}  # what these open or ask for: a database, the exchange of folders
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LONGEST = 120  # seconds, after which a run that hangs is ended
LOADED = (  # by the verbs, some of it only when they need it
    *(f"vierdepijler.commands.{name}" for name in ("publishing", "sealing", "command_line")),
    *(f"vierdepijler.figures.{name}" for name in ("new_tables", "proposals", "trace_text")),
    *(f"vierdepijler.{name}" for name in ("checks.checking", "core.columnar.reference")),
    *("jsonschema", "markdown", "material", "mkdocs.commands.build", "PIL.Image", "pygments", "rdflib"),
)
AT_RANDOM = re.compile(r"\.[a-z0-9_]{8}\.tmp")  # what tempfile adds to a name
SCRIPTS = Path(__file__).parents[2] / "scripts"


@dataclass(frozen=True)
class Operation:
    """One moment to be killed at: before an operation, or where a file was opened and nothing is in it yet."""

    event: str
    place: str

    @property
    def is_aside(self) -> bool:
        """Whether it is done in a workshop, where nobody looks but the run itself, or in what is kept for the next."""
        inside = (f".*.tmp{os.sep}", f".kept{os.sep}")
        return any(part in self.place for part in inside) or not Path(self.place).is_absolute()


class Trace:
    """Takes note of every operation, and kills its process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.done: list[Operation] = []
        self.last = last
        self.is_ours = False

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if self.is_ours:
            return
        if event == "open" and isinstance(values[0], str | bytes | os.PathLike) and values[2] & WRITING:
            self._note("open", values[0])
            self._note("torn", values[0])
        elif event in OPERATIONS:
            self._note(event, values[0])
        elif event in LIBRARIES:
            self._note(event, values[LIBRARIES[event]])

    def _note(self, event: str, place: Any) -> None:
        self.done.append(Operation(event, AT_RANDOM.sub(".*.tmp", os.fsdecode(place))))
        if len(self.done) - 1 == self.last:
            self.is_ours = True
            if event == "torn":
                Path(os.fsdecode(place)).write_bytes(b"")
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Runner:
    """The process that has loaded all, and is forked for every run."""

    process: "subprocess.Popen[str]"

    def run(self, verb: str, project: Path, last: int | None = None) -> int:
        """Run a verb in a project, and give its exit code: -9 where it was killed before its operation `last`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"verb": verb, "project": str(project), "last": last}), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


def temporary(project: Path) -> Path:
    """Give the folder for temporary files of the runs in a project."""
    return project.with_name(f"{project.name}-temporary")


def said(project: Path) -> str:
    """Give what the last run in a project said."""
    return project.with_name(f"{project.name}.log").read_text("utf-8")


def operations(project: Path) -> list[Operation]:
    """Give the operations of the last run in a project that was not killed."""
    noted = json.loads(project.with_name(f"{project.name}.json").read_text("utf-8"))
    return [Operation(**one) for one in noted]


@contextmanager
def runner() -> Iterator[Runner]:
    command, environment = [sys.executable, __file__], {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Runner(process)


def script(name: str, *options: str) -> Callable[[Path], None]:
    """Give a verb as its script in a project runs it."""

    def run(project: Path) -> None:
        sys.argv = [f"{name}.py", *options]
        runpy.run_path(str(project / "scripts" / f"{name}.py"), run_name="__main__")

    return run


def keep(project: Path) -> None:
    """Keep what is published as a release: the last step of sealing, without what goes before."""
    try:
        keep_release(project / "build" / "data" / "latest", ["index.html"], "1.1.0", project)
    except FileExistsError:
        sys.exit(1)  # it is kept already, which sealing says


def add(project: Path) -> None:
    """Write a new table that was drafted: the last step of adding one."""
    package, descriptor = read_package(project / "datapackage.json"), (project / "datapackage.json").read_text("utf-8")
    texts = {
        "data/more/visits.csv": "group,visits\na,12\n",
        "datapackage.json": descriptor.replace("1.1.0", "1.2.0", 1),
    }
    write_texts(package, texts)


def score(project: Path) -> None:
    """Write a score that rose in its table."""
    row = {"metric": "m", "outcome": "not_full", "points": "0", "maximum": "1"}
    write_scores([Score(row, "metadata_points.csv", 2, Finding(1, 1))], project / "data")


VERBS: Mapping[str, Callable[[Path], None]] = {
    "publish": script("publish"),
    "build_site": script("build_site"),
    "release": script("release"),
    "keep": keep,
    "new_table": script("new_table", "visits.csv", "--no-questions"),
    "add": add,
    "validate": script("validate", "--save", "json=report.json"),
    "score": score,
}


def _obey(verb: str, project: Path, last: int | None) -> int:
    trace, code = Trace(last), 0
    log = os.open(project.with_name(f"{project.name}.log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    signal.alarm(LONGEST)
    temporary(project).mkdir(exist_ok=True)
    tempfile.tempdir = str(temporary(project))
    os.chdir(project)
    sys.addaudithook(trace)
    try:
        VERBS[verb](project)
    except SystemExit as ended:
        code = int(ended.code or 0)
    trace.is_ours = True
    noted = json.dumps([vars(one) for one in trace.done])
    project.with_name(f"{project.name}.json").write_text(noted, encoding="utf-8")
    sys.stdout.flush()
    return code


def _serve() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one after the other: the same moments each time
    for name in LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            code = 3
            try:
                code = _obey(order["verb"], Path(order["project"]), order["last"])
            except BaseException:  # noqa: BLE001  # a child must never come back here
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve()
