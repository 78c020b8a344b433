import re
import sys
from pathlib import Path

from conftest import PROJECT
from vierdepijler.commands.live import WholeBuild, commands_of


def script(folder: Path, name: str, text: str) -> tuple[str | Path, ...]:
    path = folder / name
    path.write_text(text)
    return sys.executable, path


def finish(build: WholeBuild) -> int:
    """Wait for each command in turn, as the loop of the live site does."""
    while (code := build.done()) is None:
        assert build.is_running
        build.wait()
    return code


def test_the_commands_are_those_of_make_site() -> None:
    made = (PROJECT / "Makefile").read_text("utf-8").partition("\nsite:")[2].partition("\n\n")[0]
    ours = [Path(command[1]).relative_to(PROJECT).as_posix() for command in commands_of(PROJECT)]
    assert re.findall(r"\$\(RUN\) (\S+)", made) == ours


def test_commands_run_one_after_the_other(tmp_path: Path) -> None:
    first = script(tmp_path, "first.py", f"open({str(tmp_path / 'made')!r}, 'w').close()")
    second = script(tmp_path, "second.py", f"open({str(tmp_path / 'made')!r}).close()")
    build = WholeBuild((first, second))
    assert build.done() is None
    build.start()
    assert finish(build) == 0
    assert not build.is_running
    assert build.done() is None


def test_a_command_that_fails_stops_the_rest_and_what_it_said_is_kept(tmp_path: Path) -> None:
    fails = script(tmp_path, "fails.py", "import sys; print('data.csv:3: wrong', file=sys.stderr); sys.exit(1)")
    never = script(tmp_path, "never.py", f"open({str(tmp_path / 'made')!r}, 'w').close()")
    build = WholeBuild((fails, never))
    for _ in range(2):  # what was said the last time is gone
        build.start()
        assert finish(build) == 1
        assert build.complaints == "data.csv:3: wrong\n"
    assert not (tmp_path / "made").exists()


def test_what_is_given_up_has_ended_before_the_next_begins(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    clears_up = f"""
import pathlib, signal, sys, time
def end(*_):
    with open({str(marks)!r}, "a") as file: file.write("ended ")
    sys.exit(1)
signal.signal(signal.SIGTERM, end)
with open({str(marks)!r}, "a") as file: file.write("began ")
while True: time.sleep(0.01)  # one long sleep would miss a signal that comes just before it
"""
    build = WholeBuild((script(tmp_path, "long.py", clears_up),))
    build.start()
    while not (marks.exists() and marks.read_text()):  # the file is there before its words are
        assert build.is_running
    build.give_up()
    build.start()
    while marks.read_text().split()[-1] != "began" or marks.read_text().count("began") < 2:
        assert build.is_running
    build.stop()
    assert marks.read_text().split() == ["began", "ended", "began", "ended"]


def test_what_is_under_way_can_be_given_up(tmp_path: Path) -> None:
    build = WholeBuild((script(tmp_path, "long.py", "import time; time.sleep(600)"),))
    build.start()
    build.stop()
    assert not build.is_running
    assert build.done() is None
