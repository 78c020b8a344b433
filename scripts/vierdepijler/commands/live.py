"""The site as it is worked on: a change is shown at once, and the whole site is built right after it.

A page is made when a browser asks for it, from the sources as they are then (`working_copy`). Meanwhile `make site`
runs beside it (`WholeBuild`); once that is done, all that is shown comes from what it built.

Looking whether files changed is asking for the time, size and number of each. That works on every file system and with
every editor: one that writes another file and renames it changes the number.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from vierdepijler.core.problems import ContentError
from vierdepijler.site.serving import SiteServer
from vierdepijler.writers.formats.publication import DESCRIPTOR

from .command_line import show
from .working_copy import BUILD, DRAFT, WorkingCopy, follow, open_copy

# What the package holds lies in these too: the rules stand beside the code that they explain.
WATCHED = (
    "data",
    "site",
    "datapackage.json",
    "mkdocs.yml",
    "mkdocs.en.yml",
    "scripts/vierdepijler/checks/rules/rules.csv",
)
LOOK_EVERY = 0.1  # seconds
HOME = "index.html"
PAUSE = 0.05  # seconds; an editor is done with what it saves when nothing changes for so long
OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".part")

Stamps = Mapping[Path, tuple[int, int, int]]
LESS_URGENT = 10  # what is added to the niceness: whoever waits for a page comes first
Command = Sequence[str | Path]


def commands_of(project: Path) -> tuple[Command, ...]:
    """Give the commands that publish the package of a project and build its site."""
    scripts = project / "scripts"
    return (sys.executable, scripts / "publish.py"), (sys.executable, scripts / "build_site.py")


@dataclass
class WholeBuild:
    """Commands that run one after the other, until one fails; starting them again gives up what was under way."""

    commands: tuple[Command, ...]
    _left: list[Command] = field(default_factory=list)
    _running: subprocess.Popen[bytes] | None = None
    _complaints: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def start(self) -> None:
        """Begin with the first command."""
        self.stop()
        self._left = list(self.commands)
        self._complaints.seek(0)
        self._complaints.truncate()
        self._next()

    def give_up(self) -> None:
        """Let what is under way clear up and end; `start` or `stop` waits for that."""
        if self._running is not None:
            self._running.terminate()

    def stop(self) -> None:
        """Give up what is under way, and wait until it has cleared up; what it would have replaced stays."""
        if self._running is not None:
            self.give_up()
            self._running.wait()
            self._running = None

    def done(self) -> int | None:
        """Give the exit code once all is done or one command failed; None before that, and when nothing was begun."""
        if self._running is None or (code := self._running.poll()) is None:
            return None
        if code == 0 and self._left:
            self._next()
            return None
        self._running = None
        return code

    def wait(self) -> None:
        """Wait until the command that is under way is done."""
        if self._running is not None:
            self._running.wait()

    @property
    def is_running(self) -> bool:
        """Whether a command is under way."""
        return self._running is not None

    @property
    def complaints(self) -> str:
        """What the commands complained of, since the start."""
        self._complaints.seek(0)
        return self._complaints.read().decode("utf-8", "replace")

    def _next(self) -> None:
        # A session of its own: the Ctrl-C of the terminal is ours to pass on.
        self._running = subprocess.Popen(  # noqa: S603  # our own commands
            self._left.pop(0), stdout=subprocess.DEVNULL, stderr=self._complaints, start_new_session=True
        )
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._running.pid, LESS_URGENT)


class LiveSite:
    """What is shown of a project: pages as its sources are now, and files as they were last built."""

    def __init__(self, project: Path, public: Path, whole: WholeBuild) -> None:
        """Show a project, whose site is built by `whole` in the folder `public`."""
        self.project, self.public, self.whole = project, public, whole
        self.copy: WorkingCopy | None = None  # none before the first build, nor if that failed
        self.is_whole = False  # whether `public` is as the sources are now
        self._waiting: set[Path] = set()  # changed, and not shown yet: something is wrong
        self._pages: frozenset[str] = frozenset()  # those of the last build: one that went is not shown from there
        self._shown = HOME  # the last page that somebody asked for; who begins will ask for this one
        self._told: list[ContentError] = []
        self._since = 0.0

    def open(self) -> None:
        """Show what was built before, as the sources are now; where that cannot be, build it all first."""
        try:
            self.copy = open_copy(self.project)
            self._pages = self.copy.preview.paths
        except (ContentError, OSError):
            self.copy = None
        if self.copy is None or not self.public.is_dir():
            _say("building the site, once …")
            self.build()
            while self.whole.is_running:
                self.whole.wait()
                self.settle()
        else:
            self.change([self.project / DESCRIPTOR])

    def build(self) -> None:
        """Begin to build the whole site."""
        self._since = time.monotonic()
        self.is_whole = False
        self.whole.start()

    def change(self, files: Collection[Path]) -> bool:
        """Follow a change of files; tells whether there is something new to show. Mistakes are said."""
        self.whole.give_up()  # whoever waits for a page does not wait for that
        self._waiting.update(files)
        self._since = time.monotonic()
        if self.copy is None:
            self.build()
            return False
        try:
            self.copy = follow(self.copy, self._waiting, [self._shown])
        except ContentError as error:
            self.whole.stop()
            show(error.problems, error.root, sys.stderr)
            _say(f"{self._named(files)}: not shown, the site stays as it was")
            return False
        self._waiting.clear()
        self._told.clear()
        self.is_whole = False
        _say(f"{self._named(files)}: shown after {time.monotonic() - self._since:.1f} s; the rest follows …")
        self.whole.start()
        return True

    def settle(self) -> bool:
        """Show what was built, once that is done; tells whether it was done now, and well."""
        code = self.whole.done()
        if code is None:
            return False
        print(self.whole.complaints, end="", file=sys.stderr)
        took = time.monotonic() - self._since
        if code:
            _say(f"the whole site could not be built ({took:.1f} s); it is mended by the next save")
            return False
        self.copy, self.is_whole = open_copy(self.project), True
        self._pages = self.copy.preview.paths
        self.clear_up()
        _say(f"all pages and downloads are up to date after {took:.1f} s")
        return True

    def clear_up(self) -> None:
        """Remove the packages that were made for pages only."""
        for folder in (self.project / BUILD).glob(f"{DRAFT}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def find(self, path: str) -> bytes | Path | None:
        """Give what is shown at a path of the site, None where nothing is."""
        if path.endswith(".html"):
            self._shown = path
        if self.copy is None or self.is_whole:
            return self._built(path)
        try:
            page = self.copy.preview.page(path)
        except ContentError as error:
            self._tell(error)
            return self._built(path)
        if page or path in self._pages:
            return page
        return next((file for file in self.copy.preview.files(path) if file.is_file()), self._built(path))

    def _tell(self, error: ContentError) -> None:
        """Say what is wrong with a page, once: a browser asks for it again and again."""
        if error not in self._told:
            self._told.append(error)
            show(error.problems, error.root, sys.stderr)

    def _built(self, path: str) -> Path | None:
        built = self.public / path
        return built if built.is_file() else None

    def _named(self, files: Collection[Path]) -> str:
        first, *others = sorted(file.relative_to(self.project).as_posix() for file in files)
        return f"{first} and {len(others)} more" if others else first


def stamps_of(places: Iterable[Path]) -> Stamps:
    """See how every file in some places stands now; those of editors, hidden or half written, are no files here."""
    found = {}
    for path in _files(places):
        try:
            seen = path.stat()
        except OSError:  # it went in the meantime
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            for folder, folders, names in os.walk(place):
                folders[:] = [name for name in folders if not name.startswith(".")]
                yield from (Path(folder, name) for name in names if _is_file_of_ours(name))
        else:
            yield place


def _is_file_of_ours(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith(OF_EDITORS)


@dataclass
class FileWatch:
    """Watches places, files or folders, from the moment it is made."""

    places: tuple[Path, ...]
    _seen: Stamps = field(init=False)

    def __post_init__(self) -> None:
        self._seen = stamps_of(self.places)

    def changed(self) -> frozenset[Path]:
        """Give the files that are not as they were the last time; waits until no more follow."""
        now = stamps_of(self.places)
        if now == self._seen:
            return frozenset()
        while True:
            time.sleep(PAUSE)
            before, now = now, stamps_of(self.places)
            if before == now:
                break
        before, self._seen = self._seen, now
        return frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))


def serve(project: Path, public: Path, host: str, port: int) -> None:
    """Show a project at an address of this machine until stopped; raises `OSError` where that address is taken."""
    live = LiveSite(project, public, WholeBuild(commands_of(project)))
    server = SiteServer(live.find, host, port)
    try:
        watch = FileWatch(tuple(project / name for name in WATCHED))
        live.open()
        server.start()
        _say(f"The site is at http://{host}:{server.server_port}/ (stop with Ctrl-C)")
        while True:
            time.sleep(LOOK_EVERY)
            changed = watch.changed()
            if (changed and live.change(changed)) or live.settle():
                server.reload()
    except KeyboardInterrupt:
        _say("stopped")
    finally:
        live.whole.stop()
        live.clear_up()
        server.shutdown()
        server.server_close()


def _say(what: str) -> None:
    print(what, flush=True)
