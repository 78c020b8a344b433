import io
import os
import sys
from contextlib import suppress
from functools import partial

import pytest
from test_messages import DUTCH

from fresh_process import run_code
from vierdepijler.core.processes import side_by_side
from vierdepijler.core.progress import BETWEEN, FIRST, PagesMade, Progress, page_made, progress, telling_pages

MB = 1000**2


class Terminal(io.StringIO):
    """A terminal of a width of our choice, and what stands on its one line."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        return on_screen(self.getvalue())


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def on_screen(written: str) -> str:
    """Read a line as a terminal does: after a carriage return the next characters replace the first."""
    line = ""
    for text in written.split("\r"):
        line = text + line[len(text) :]
    return line.rstrip(" ")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")


def shown(clock: Clock, language: str = "en", total: int = 720 * MB) -> tuple[Progress, Terminal]:
    terminal = Terminal()
    return Progress(total, terminal, clock, language), terminal


def test_long_work_tells_its_rows_its_bytes_and_the_time_left(clock: Clock) -> None:
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(3_400_000, 240 * MB)
    assert terminal.line == "Checked 3,400,000 rows, 240 of 720 MB, 12 seconds left"


def test_it_is_told_in_dutch(clock: Clock) -> None:
    told, terminal = shown(clock, "nl", 7200 * MB)
    clock.wait(6)
    told.advance(3_400_000, 2400 * MB)
    assert terminal.line == "3.400.000 rijen nagekeken, 2.400 van 7.200 MB, nog 12 seconden"


@pytest.mark.parametrize(
    ("done", "left"),
    [(1, "12 minutes"), (6, "114 seconds"), (60, "6 seconds"), (110, "1 second"), (119, "1 second")],
)
def test_the_time_left_follows_from_the_time_taken(clock: Clock, done: int, left: str) -> None:
    told, terminal = shown(clock, total=120 * MB)
    clock.wait(6)
    told.advance(5, done * MB)
    assert terminal.line == f"Checked 5 rows, {done} of 120 MB, {left} left"


@pytest.mark.parametrize(("size", "done"), [(0, 0), (720 * MB, 720), (721 * MB, 720)])
def test_no_time_is_told_where_none_is_known_or_left(clock: Clock, size: int, done: int) -> None:
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(1, size)
    assert terminal.line == f"Checked 1 row, {done} of 720 MB"


def test_small_files_are_told_in_kilobytes(clock: Clock) -> None:
    told, terminal = shown(clock, total=9_999_001)
    clock.wait(6)
    told.advance(2, 5_000_000)
    assert terminal.line == "Checked 2 rows, 5,000 of 10,000 kB, 6 seconds left"


def test_nothing_to_read_is_no_mistake(clock: Clock) -> None:
    told, terminal = shown(clock, total=0)
    clock.wait(6)
    told.advance(0, 0)
    assert terminal.line == "Checked 0 rows, 0 of 0 kB"


def test_short_work_shows_nothing(clock: Clock) -> None:
    told, terminal = shown(clock)
    for _ in range(9):
        clock.wait(FIRST / 10)
        told.advance(1, MB)
    told.done()
    assert terminal.getvalue() == ""


def test_the_line_is_written_at_most_five_times_a_second(clock: Clock) -> None:
    told, terminal = shown(clock)
    clock.wait(FIRST)
    for _ in range(1000):
        told.advance(1, 1)
        clock.wait(0.002)
    assert terminal.getvalue().count("\r") == 2 / BETWEEN == 10


def test_what_was_done_between_two_lines_is_told_in_the_next(clock: Clock) -> None:
    told, terminal = shown(clock)
    told.advance(1, 90 * MB)
    clock.wait(FIRST)
    told.advance(1, 90 * MB)
    assert terminal.line == "Checked 2 rows, 180 of 720 MB, 3 seconds left"


def test_a_shorter_line_leaves_nothing_of_a_longer_one(clock: Clock) -> None:
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(1, 240 * MB)
    clock.wait(6)
    told.advance(0, 480 * MB)
    assert terminal.line == "Checked 1 row, 720 of 720 MB"


def test_the_line_is_cleared_when_all_is_done(clock: Clock) -> None:
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(1, MB)
    told.done()
    told.done()
    assert terminal.line == ""
    assert terminal.getvalue().endswith(" \r")
    terminal.write("Checked.")
    assert terminal.line == "Checked."


def test_the_line_is_cleared_before_a_mistake_gets_out(clock: Clock) -> None:
    terminal = Terminal()

    def work() -> None:
        with progress(MB, terminal, clock) as told:
            clock.wait(6)
            told.advance(1, 1)
            assert terminal.line
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        work()
    assert terminal.line == ""


@pytest.mark.parametrize("columns", [1, 2, 20, 54, 55])
def test_a_narrow_terminal_gets_what_fits(clock: Clock, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(3_400_000, 240 * MB)
    assert terminal.line == "Checked 3,400,000 rows, 240 of 720 MB, 12 seconds left"[: columns - 1].rstrip()


def test_a_terminal_that_can_only_go_forward_shows_nothing(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    told, terminal = shown(clock)
    clock.wait(6)
    told.advance(1, MB)
    told.done()
    assert terminal.getvalue() == ""


def all_of(reader: int, writer: int) -> str:
    """Read what was written to its end: what is told to a terminal comes out of it a moment later."""
    os.close(writer)
    told = b""
    with suppress(OSError):  # as Linux says of a terminal that nobody writes to any more
        while part := os.read(reader, 10_000):
            told += part
    os.close(reader)
    return told.decode()


def worked_on(descriptor: int, clock: Clock) -> None:
    with open(descriptor, "w", encoding="utf-8", closefd=False) as stream, progress(720 * MB, stream, clock) as told:
        clock.wait(6)
        told.advance(3_400_000, 240 * MB)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_real_terminal_shows_it_and_is_cleared(clock: Clock) -> None:
    reader, writer = os.openpty()
    worked_on(writer, clock)
    written = all_of(reader, writer)
    assert "\rChecked 3,400,000 rows, 240 of 720 MB, 12 seconds left" in written
    assert on_screen(written) == ""


def test_a_pipe_gets_nothing(clock: Clock) -> None:
    reader, writer = os.pipe()
    worked_on(writer, clock)
    assert all_of(reader, writer) == ""


def test_it_loads_quickly() -> None:
    done = run_code("import vierdepijler.core.processes")
    assert not done.loaded & {"pandas", "numpy", "pyarrow", "yaml", "frictionless"}


def test_every_amount_is_said_in_dutch() -> None:
    assert {"{count} row", "{count} rows", "{count} second", "{count} seconds", "{count} minutes"} <= set(DUTCH)


def test_pages_are_told_with_the_time_left(clock: Clock) -> None:
    terminal = Terminal()
    with telling_pages(210, terminal, clock):
        for _ in range(119):
            page_made()
        clock.wait(6)
        page_made()
        assert terminal.line == "Made 120 of 210 pages, 5 seconds left"
    assert terminal.line == ""
    page_made()  # nobody is told
    assert terminal.line == ""


def test_what_a_copy_of_the_process_does_counts(clock: Clock) -> None:
    terminal = Terminal()
    told = PagesMade(3, terminal, clock)
    side_by_side([partial(told.advance, 0, 0), partial(told.advance, 2, 2)])
    clock.wait(6)
    told.advance(1, 1)
    assert terminal.line == "Made 3 of 3 pages, 0 seconds left"
