"""The whole build, beside other work: the same commands that `make site` runs, which can be given up half-way."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

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
